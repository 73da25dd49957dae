import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogues } from "../build/catalogues.ts";
import { compile } from "../src/lib/icu.ts";
import { ar } from "../src/messages/ar/index.ts";
import { de } from "../src/messages/de/index.ts";
import { en } from "../src/messages/en/index.ts";
import { es } from "../src/messages/es/index.ts";
import { language, locale, names, t, type MessageKey } from "../src/messages/index.ts";
import type { Bare } from "../src/messages/language.svelte.ts";
import { pseudo } from "../src/messages/pseudo.ts";

const areas = import.meta.glob<Record<string, Record<string, string>>>("../src/messages/*/*.ts", {
  eager: true,
});

test("no sentence stands in two files", () => {
  for (const code of ["en", "de", "es", "ar"]) {
    const seen = new Map<string, string>();
    for (const [path, module] of Object.entries(areas)) {
      if (!path.includes(`/${code}/`) || path.endsWith("/index.ts")) continue;
      for (const key of Object.values(module).flatMap((messages) => Object.keys(messages))) {
        expect(seen.get(key), `${key} in ${path}`).toBeUndefined();
        seen.set(key, path);
      }
    }
    expect(seen.size).toBeGreaterThan(0);
  }
});

describe.each([
  ["de", de],
  ["es", es],
  ["ar", ar],
] as const)("the catalogue %s", (code, catalogue) => {
  test("has every sentence, and no other", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  test.each(Object.entries(catalogue))("%s has the same values and its language's forms", (key, message) => {
    const original = en[key as keyof typeof en];
    expect(valuesOf(message)).toEqual(valuesOf(original));
    for (const { ordinal, forms } of pluralsOf(message)) {
      const rules = new Intl.PluralRules(code, { type: ordinal ? "ordinal" : "cardinal" });
      const known = rules.resolvedOptions().pluralCategories;
      const given = forms.filter((form) => !form.startsWith("="));
      expect(given.every((form) => (known as string[]).includes(form))).toBe(true);
      // Spanish has a form for millions; where it is missing, "other" stands in for it.
      const needed = known.filter((form) => form !== "many" || code === "ar");
      for (const form of needed) expect(given, `${key} needs "${form}"`).toContain(form);
    }
  });

  test("says nothing that the interface does not say", () => {
    const avoided = {
      de: /\b(Synchronisier|Sync|Knoten|Peer|Konflikt|bitte|leider)\b/iu,
      es: /\b(sincroniz\w*|nodo|conflicto|por favor|lo sentimos)\b/iu,
      ar: /(مزامنة|تعارض|عذرا|من فضلك)/u,
    }[code];
    const said = Object.entries(catalogue).filter(
      ([key, message]) => !key.startsWith("also.") && avoided.test(message),
    );
    expect(said).toEqual([]);
  });
});

test("the strange dress of the tests is English, longer, and can be read", () => {
  for (const [key, message] of Object.entries(pseudo())) {
    expect(() => compile(message), key).not.toThrow();
    expect(valuesOf(message), key).toEqual(valuesOf(en[key as keyof typeof en]));
  }
  expect(pseudo()["settings.title"]).toBe("Šéttíñgš····");
  expect(pseudo()["side.count"]).toBe("{n, plural, one {1 tášk···} other {# táškš···}}");
  expect(pseudo()["merged.toast"]).toBe(
    "Mérgéd {n, plural, one {1 çháñgé····} other {# çháñgéš····}} tó {task}·····",
  );
});

test("a sentence follows the language while the window is open", async () => {
  await language.choose("de");
  expect(document.documentElement.lang).toBe("de");
  expect(t("settings.title")).toBe("Einstellungen");
  expect(names(["Mia", "Leo", "Priya"])).toBe("Mia, Leo und Priya");
  await language.choose("ar");
  expect(document.documentElement.dir).toBe("rtl");
  await language.choose("en", { hourCycle: "h23", firstWeekday: "saturday" });
  expect(document.documentElement.dir).toBe("ltr");
  expect(
    new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit" }).format(
      new Date(2026, 2, 17, 17),
    ),
  ).toBe("17:00");
  await language.choose("en");
});

test("in the product a language is its sentences alone, and they are the same", async () => {
  const { load } = catalogues() as { load: (id: string) => Promise<string | null> };
  const messages = join(import.meta.dirname, "../src/messages");
  expect(await load(`${messages}/en/index.ts`)).toBeNull();
  for (const [code, whole] of [["de", de] as const, ["es", es] as const, ["ar", ar] as const]) {
    const module = await load(`${messages}/${code}/index.ts`);
    const list = JSON.parse(/\[.*\]/su.exec(module ?? "")?.[0] ?? "[]") as Bare;
    expect(list).toHaveLength(Object.keys(en).length);
    language.use(code, whole);
    const said = Object.keys(en).map((key) => t(key as MessageKey, { n: 3 }));
    language.use(code, list);
    expect(Object.keys(en).map((key) => t(key as MessageKey, { n: 3 }))).toEqual(said);
  }
  await language.choose("en");
}, 20_000);

test("the strange dress is put on by a mark that a test leaves", async () => {
  localStorage.setItem("rota.pseudo", "");
  await language.choose("en");
  expect(t("settings.title")).toBe("Šéttíñgš····");
  localStorage.removeItem("rota.pseudo");
  await language.choose("en");
  expect(t("settings.title")).toBe("Settings");
});

test("the language that was asked for last wins, however long another takes", async () => {
  const slow = language.choose("ar");
  await language.choose("en");
  await slow;
  expect(language.code).toBe("en");
});

test("every message is said somewhere", () => {
  const sources = import.meta.glob<string>(
    ["../src/**/*.{ts,svelte}", "!../src/messages/**", "!../src/generated/**"],
    { query: "?raw", import: "default", eager: true },
  );
  const source = Object.values(sources).join("\n");
  const named = new Set([...source.matchAll(/["'`]([a-z][\w.]*\.[\w.]+)["'`]/gu)].map(([, name]) => name));
  // What begins a name whose end is put in: `did.${verb}`.
  const begun = [...source.matchAll(/[`]([a-z][\w.]*\.)\$\{/gu)].map(([, begin]) => begin ?? "");
  const unsaid = Object.keys(en).filter(
    (key) => !named.has(key) && !begun.some((begin) => begin !== "" && key.startsWith(begin)),
  );
  expect(unsaid).toEqual([]);
});

/** The names of the values in a message, each once. */
function valuesOf(message: string): string[] {
  const found = new Set<string>();
  walk(compile(message), (part) => {
    if (part.kind === "value" || part.kind === "plural") found.add(part.name);
  });
  return [...found].sort();
}

function pluralsOf(message: string): { ordinal: boolean; forms: string[] }[] {
  const found: { ordinal: boolean; forms: string[] }[] = [];
  walk(compile(message), (part) => {
    if (part.kind === "plural") found.push({ ordinal: part.ordinal, forms: [...part.forms.keys()] });
  });
  return found;
}

type Part = ReturnType<typeof compile>[number];

function walk(parts: readonly Part[], see: (part: Part) => void): void {
  for (const part of parts) {
    see(part);
    if (part.kind === "plural") for (const form of part.forms.values()) walk(form, see);
  }
}
