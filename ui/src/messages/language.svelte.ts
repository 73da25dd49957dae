import { Formatter, isolated, type Values } from "../lib/icu.ts";
import { localeFor, type LocaleOverrides } from "../lib/locale.ts";
import { en } from "./en/index.ts";
import { lastLocaleFor } from "./last-locale.ts";

export type MessageKey = keyof typeof en;

/** A language's sentences. What is missing is said in English. */
export type Catalogue = Readonly<Partial<Record<MessageKey, string>>>;

/** As the product has them: without their names, in the order of the English ones. */
export type Bare = readonly (string | null)[];

export const LANGUAGES = ["en", "de", "es", "ar"] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** What each language calls itself: this is never translated. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  ar: "العربية",
};

// Each is a file of its own: English starts without waiting, and nobody loads the others' sentences.
const CATALOGUES: Readonly<Record<LanguageCode, () => Promise<Catalogue | Bare>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import("./de/index.ts")).de,
  es: async () => (await import("./es/index.ts")).es,
  ar: async () => (await import("./ar/index.ts")).ar,
};

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/** The language in use, its sentences, and the locale of its dates and numbers. Whatever reads it follows a change. */
class Language {
  #code = $state<string>("en");
  #catalogue = $state.raw<Catalogue>(en);
  /** Null until a language was chosen. */
  #locale = $state<string | null>(null);
  readonly #formatter = $derived(new Formatter(this.#code, this.locale));
  readonly #conjunction = $derived(new Intl.ListFormat(this.#code, { type: "conjunction" }));
  #wanted = 0;

  /** BCP 47 language of the sentences. */
  get code(): string {
    return this.#code;
  }

  /** The language with region, hour cycle and first weekday, for everything from `Intl`. */
  get locale(): string {
    return this.#locale ?? localeFor("en", systemLocales());
  }

  get direction(): "ltr" | "rtl" {
    return this.#code === "ar" ? "rtl" : "ltr";
  }

  /** Null means as the system says. The page changes at once when the sentences are there, and not before. */
  async choose(chosen: LanguageCode | null, overrides: LocaleOverrides = {}): Promise<void> {
    const code = chosen ?? systemLanguage();
    const turn = ++this.#wanted;
    const catalogue = isDressed() ? (await import("./pseudo.ts")).pseudo() : await CATALOGUES[code]();
    if (turn === this.#wanted) this.use(code, catalogue, overrides);
  }

  /** Shows the sentences of a catalogue that is there already. */
  use(code: string, catalogue: Catalogue | Bare, overrides: LocaleOverrides = {}): void {
    this.#wanted++;
    this.#catalogue = isBare(catalogue) ? named(catalogue) : catalogue;
    this.#code = code;
    this.#locale = lastLocaleFor(code, systemLocales(), overrides);
    document.documentElement.lang = code;
    document.documentElement.dir = this.direction;
  }

  format(key: MessageKey, values?: Values): string {
    return this.#formatter.format(this.#catalogue[key] ?? en[key], values);
  }

  number(n: number): string {
    return this.#formatter.number(n);
  }

  names(all: readonly string[]): string {
    // Names of both directions side by side would change places.
    const mixed = this.direction === "rtl" || all.some((name) => RIGHT_TO_LEFT.test(name));
    return this.#conjunction.format(mixed ? all.map(isolated) : all);
  }
}

export const language = new Language();

function isBare(catalogue: Catalogue | Bare): catalogue is Bare {
  return Array.isArray(catalogue);
}

function named(sentences: Bare): Catalogue {
  return Object.fromEntries(
    Object.keys(en).flatMap((name, at) => {
      const sentence = sentences[at];
      return typeof sentence === "string" ? [[name, sentence]] : [];
    }),
  );
}

/** For whoever looks at pictures: English in a strange dress shows what is not translated, or has no room to grow. */
const DRESS = "rota.pseudo";

function isDressed(): boolean {
  try {
    return localStorage.getItem(DRESS) !== null;
  } catch {
    return false;
  }
}

/** The first language of the system that there are sentences for. */
export function systemLanguage(): LanguageCode {
  for (const tag of systemLocales()) {
    const base = tag.split("-")[0];
    const known = LANGUAGES.find((code) => code === base);
    if (known) return known;
  }
  return "en";
}

export function systemLocales(): readonly string[] {
  return [...navigator.languages, navigator.language];
}
