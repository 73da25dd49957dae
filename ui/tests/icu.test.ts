import { describe, expect, test } from "vitest";
import { compile, Formatter } from "../src/lib/icu.ts";
import { lastGrouping } from "../src/lib/grouping.ts";
import { en } from "../src/messages/en/index.ts";

const english = new Formatter("en");

describe("messages", () => {
  test("a number takes the form of its language", () => {
    const message = "{n, plural, =0 {none} one {# task} other {# tasks}}";
    expect([0, 1, 2, 1234].map((n) => english.format(message, { n }))).toEqual([
      "none",
      "1 task",
      "2 tasks",
      "1,234 tasks",
    ]);
    const polish = new Formatter("pl");
    const forms = "{n, plural, one {zadanie} few {zadania} many {zadań} other {zadania}}";
    expect([1, 3, 5].map((n) => polish.format(forms, { n }))).toEqual(["zadanie", "zadania", "zadań"]);
  });

  test("a name is isolated, so that it cannot turn the sentence around", () => {
    expect(english.format("{list} is empty", { list: "אבג" })).toBe("\u2068אבג\u2069 is empty");
  });

  test("a name stands inside a plural form", () => {
    const message = "{n, plural, one {1 change to {computer}} other {# changes to {computer}}}";
    expect(english.format(message, { n: 2, computer: "Kitchen" })).toBe("2 changes to \u2068Kitchen\u2069");
  });

  test.each(["{", "{n", "}", "{n, plural, one {x}}", "{n, select, a {x} other {y}}", "{n, plural, other x}"])(
    "a broken message is refused: %s",
    (message) => {
      expect(() => compile(message)).toThrow();
    },
  );

  test.each(Object.entries(en))("%s can be read", (_key, message) => {
    expect(() => compile(message)).not.toThrow();
  });
});

test("small numbers and their forms are those of Intl, in every language and with its digits", () => {
  const forms = "{n, plural, zero {zero} one {one} two {two} few {few} many {many} other {other}}";
  for (const language of ["en", "de", "es", "ar"]) {
    for (const locale of [language, `${language}-u-nu-latn`, `${language}-u-nu-arab`]) {
      const formatter = new Formatter(language, locale);
      const [rules, digits] = [new Intl.PluralRules(language), new Intl.NumberFormat(locale)];
      for (const n of [
        ...Array(130).keys(),
        999,
        1000,
        1001,
        9999,
        10_001,
        99_999,
        100_000,
        123_456,
        1.5,
        -1,
        1_000_000,
        2_000_000,
      ]) {
        expect([language, n, formatter.format(forms, { n })]).toEqual([language, n, rules.select(n)]);
        expect([locale, formatter.number(n)]).toEqual([locale, digits.format(n)]);
      }
    }
  }
});

test("numbers that are written without asking Intl are written as it writes them", () => {
  for (const locale of [
    "en-US",
    "en-GB",
    "en-IN",
    "en-ZA",
    "de-DE",
    "de-CH",
    "de-AT",
    "es-ES",
    "es-MX",
    "ar-EG",
  ]) {
    const digits = new Intl.NumberFormat(locale);
    localStorage.clear();
    for (const formatter of [new Formatter("en", locale), new Formatter("en", locale)])
      for (const n of [0, 999, 1000, 1001, 9999, 10_000, 10_001, 54_321, 99_999, 100_000, 1_234_567])
        expect([locale, formatter.number(n)]).toEqual([locale, digits.format(n)]);
    const plain = locale !== "ar-EG";
    expect(lastGrouping(locale) !== null).toBe(plain);
  }
});
