/**
 * A message in the part of ICU's syntax that the catalogue uses: `{name}`, `{n, plural, one {…} other {# …}}`, and
 * `{n, selectordinal, …}` for "the 2nd".
 */

import { GROUPED_END, grouped, groupingOf, keepGrouping, lastGrouping, type Grouping } from "./grouping.ts";

export type Values = Readonly<Record<string, string | number>>;

type Part =
  | { kind: "text"; text: string }
  | { kind: "value"; name: string }
  | { kind: "count" }
  | { kind: "plural"; name: string; ordinal: boolean; forms: Map<string, Part[]> };

// A person's text inside a sentence must not turn the sentence around.
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const LEFT_TO_RIGHT_ISOLATE = "\u2066";

/** Text in its own direction, whatever stands around it. */
export function isolated(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_ISOLATE;
}

/** Text that reads from left to right in every language, such as signs and keys. */
export function leftToRight(text: string): string {
  return LEFT_TO_RIGHT_ISOLATE + text + POP_ISOLATE;
}

/** Their whole numbers below a million have two forms. To ask `Intl` takes the first sentence of a page ten milliseconds. */
const ONE_OR_OTHER: ReadonlySet<string> = new Set(["en", "de", "es"]);
const ONE_OR_OTHER_END = 1_000_000;
/** From here on a number may have separators. */
const SMALL_END = 1000;

function isWhole(n: number, end: number): boolean {
  return Number.isInteger(n) && n >= 0 && n < end;
}

/** Whether numbers are written with the digits 0 to 9. */
function hasPlainDigits(locale: string): boolean {
  const forced = /-u-(?:.*-)?nu-(\w+)/.exec(locale)?.[1];
  return forced === undefined ? ONE_OR_OTHER.has(locale.split("-")[0] ?? locale) : forced === "latn";
}

/** Formats messages of one language, compiling each only once. */
export class Formatter {
  readonly #compiled = new Map<string, Part[]>();
  readonly #language: string;
  readonly #locale: string;
  // Each is dear to make, and a page begins without most of them.
  #cardinals: Intl.PluralRules | undefined;
  #ordinals: Intl.PluralRules | undefined;
  #digits: Intl.NumberFormat | undefined;
  #grouping: Grouping | null | undefined;

  /** Plural forms follow the language, digits the locale. */
  constructor(language: string, locale = language) {
    this.#language = language;
    this.#locale = locale;
  }

  /** A number as the sentences write it. */
  number(n: number): string {
    if (isWhole(n, SMALL_END) && hasPlainDigits(this.#locale)) return String(n);
    if (isWhole(n, GROUPED_END)) {
      if (this.#grouping === undefined) this.#grouping = lastGrouping(this.#locale);
      if (this.#grouping) return grouped(n, this.#grouping);
    }
    if (!this.#digits) {
      this.#digits = new Intl.NumberFormat(this.#locale);
      const grouping = groupingOf(this.#digits);
      if (grouping) keepGrouping(this.#locale, grouping);
    }
    return this.#digits.format(n);
  }

  format(message: string, values: Values = {}): string {
    let parts = this.#compiled.get(message);
    if (!parts) {
      parts = compile(message);
      this.#compiled.set(message, parts);
    }
    return this.#join(parts, values, 0);
  }

  #join(parts: readonly Part[], values: Values, count: number): string {
    return parts.map((part) => this.#one(part, values, count)).join("");
  }

  #one(part: Part, values: Values, count: number): string {
    switch (part.kind) {
      case "text":
        return part.text;
      case "count":
        return this.number(count);
      case "value":
        return this.#value(part.name, values);
      case "plural": {
        const n = Number(values[part.name] ?? 0);
        const { forms, ordinal } = part;
        const form = forms.get(`=${n}`) ?? forms.get(this.#form(n, ordinal)) ?? forms.get("other") ?? [];
        return this.#join(form, values, n);
      }
    }
  }

  #form(n: number, ordinal: boolean): Intl.LDMLPluralRule {
    if (ordinal) {
      this.#ordinals ??= new Intl.PluralRules(this.#language, { type: "ordinal" });
      return this.#ordinals.select(n);
    }
    if (isWhole(n, ONE_OR_OTHER_END) && ONE_OR_OTHER.has(this.#language)) return n === 1 ? "one" : "other";
    this.#cardinals ??= new Intl.PluralRules(this.#language);
    return this.#cardinals.select(n);
  }

  #value(name: string, values: Values): string {
    const value = values[name];
    if (value === undefined) return "";
    if (typeof value === "number") return this.number(value);
    return isolated(value);
  }
}

/** Throws on a message that cannot be read, so that a broken catalogue fails its test. */
export function compile(message: string): Part[] {
  const reader = { text: message, at: 0 };
  const parts = readParts(reader, false);
  if (reader.at < message.length) throw new Error(`a "}" too many in: ${message}`);
  return parts;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readParts(reader: Reader, inPlural: boolean): Part[] {
  const parts: Part[] = [];
  let text = "";
  const flush = (): void => {
    if (text) parts.push({ kind: "text", text });
    text = "";
  };
  for (; reader.at < reader.text.length; reader.at++) {
    const char = reader.text.charAt(reader.at);
    if (char === "}") break;
    if (char === "#" && inPlural) {
      flush();
      parts.push({ kind: "count" });
    } else if (char === "{") {
      flush();
      reader.at++;
      parts.push(readArgument(reader));
    } else {
      text += char;
    }
  }
  flush();
  return parts;
}

/** Reads up to the closing brace and stays on it. */
function readArgument(reader: Reader): Part {
  const head = readWord(reader);
  if (reader.text.charAt(reader.at) === "}") return { kind: "value", name: head };
  expect(reader, ",");
  const type = readWord(reader);
  if (type !== "plural" && type !== "selectordinal")
    throw new Error(`unknown argument type ${type} in: ${reader.text}`);
  expect(reader, ",");
  const forms = new Map<string, Part[]>();
  for (skipSpace(reader); reader.text.charAt(reader.at) !== "}"; skipSpace(reader)) {
    const form = readWord(reader);
    expect(reader, "{");
    forms.set(form, readParts(reader, true));
    expect(reader, "}");
  }
  if (!forms.has("other")) throw new Error(`no form "other" in: ${reader.text}`);
  return { kind: "plural", name: head, ordinal: type === "selectordinal", forms };
}

function readWord(reader: Reader): string {
  skipSpace(reader);
  const start = reader.at;
  while (reader.at < reader.text.length && !/[\s,{}]/.test(reader.text.charAt(reader.at))) reader.at++;
  const word = reader.text.slice(start, reader.at);
  if (!word) throw new Error(`a name is missing in: ${reader.text}`);
  skipSpace(reader);
  return word;
}

function expect(reader: Reader, char: string): void {
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== char) throw new Error(`"${char}" expected in: ${reader.text}`);
  reader.at++;
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text.charAt(reader.at))) reader.at++;
}
