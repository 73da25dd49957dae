import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  dateOrderOf,
  dateSeparatorOf,
  firstWeekdayOf,
  hourCycleOf,
  localeFor,
  weekdayName,
  weekendOf,
  withoutKeys,
} from "../src/lib/locale.ts";

const HABITS = join(import.meta.dirname, "../../crates/model/src/when/locale.rs");

test("the system's locale of the same language gives the region", () => {
  expect(localeFor("de", ["fr-FR", "de-AT"])).toBe("de-AT");
  expect(localeFor("en", ["en-AU", "en"])).toBe("en-AU");
});

test("a system in another language gives its region's week and hours", () => {
  const norwegian = localeFor("en", ["nb-NO"]);
  expect(firstWeekdayOf(norwegian)).toBe("monday");
  expect(hourCycleOf(norwegian)).toBe("h23");
  const american = localeFor("de", ["en-US"]);
  expect(firstWeekdayOf(american)).toBe("sunday");
  // Nobody writes "4:13 PM" in German, wherever the computer is.
  expect(hourCycleOf(american)).toBe("h23");
});

test("what is chosen stands over what the system says", () => {
  const chosen = localeFor("en", ["en-US"], { firstWeekday: "monday", hourCycle: "h23", weekend: "friday" });
  expect(firstWeekdayOf(chosen)).toBe("monday");
  expect(weekendOf(chosen)).toBe("friday");
  expect(withoutKeys(chosen)).toBe("en-US");
  expect(withoutKeys(localeFor("en", ["en-US"], { weekend: "sunday" }))).toBe("en-US");
  expect(hourCycleOf(chosen)).toBe("h23");
  expect(
    new Intl.DateTimeFormat(chosen, { hour: "2-digit", minute: "2-digit" }).format(
      new Date(2026, 0, 1, 17, 5),
    ),
  ).toBe("17:05");
});

test("what a web view reports is not always a language", () => {
  expect(localeFor("en", ["c", "en-GB"])).toBe("en-GB");
  expect(localeFor("es", ["c"])).toBe("es");
  const among = localeFor("en", ["c", "C.UTF-8", "en_US", "xx-invalid-tag-!", "de-AT"]);
  expect(withoutKeys(among)).toBe("en-AT");
  expect(localeFor("en", [])).toBe("en");
});

test("Arabic has the digits that people type, as the signs of a row have", () => {
  expect(new Intl.NumberFormat(localeFor("ar", ["ar-EG"])).format(1234)).toBe("1,234");
});

test("habits of a region are known", () => {
  expect(firstWeekdayOf("ar-EG")).toBe("saturday");
  expect(firstWeekdayOf("de-DE")).toBe("monday");
  expect(dateOrderOf("en-US")).toBe("mdy");
  expect(dateOrderOf("de")).toBe("dmy");
  expect(dateOrderOf("sv-SE")).toBe("ymd");
  expect(dateSeparatorOf("de")).toBe(".");
  expect(dateSeparatorOf("en-GB")).toBe("/");
  expect(weekdayName("en", 6)).toBe("Saturday");
});

test("weekends begin where the words of quick add have them begin", () => {
  const source = readFileSync(HABITS, "utf8");
  const codes = (text = ""): string[] => [...text.matchAll(/\b[A-Z]{2}\b/g)].map(([code]) => code);
  const regions = (name: string) => codes(new RegExp(`const ${name}: &str = "([^"]+)"`).exec(source)?.[1]);
  const friday = regions("FRIDAY_WEEKENDS");
  const sunday = regions("SUNDAY_WEEKENDS");
  expect(friday).toContain("SA");
  expect(sunday).toContain("IN");
  const all = [...new Set(codes(source))];
  expect(all.length).toBeGreaterThan(100);
  for (const region of all) {
    const begins = friday.includes(region) ? "friday" : sunday.includes(region) ? "sunday" : "saturday";
    expect([region, weekendOf(`en-${region}`)]).toEqual([region, begins]);
  }
});
