import { expect, test } from "vitest";
import { elementOf, fieldWords, isTold, valueWords } from "../../src/components/panel/values.ts";

const now = new Date(2026, 2, 17, 10, 42);
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, "");

const cases: [string, unknown, string | null, string][] = [
  ["title", "Rent", null, "Rent"],
  ["title", "", null, "empty"],
  ["status", "open", null, "open"],
  ["status", "cancelled", null, "will not be done"],
  ["priority", 2, null, "!2"],
  ["priority", 0, null, "none"],
  ["due", null, null, "no date"],
  ["repeat", "FREQ=DAILY", null, "Every day"],
  ["repeat", null, null, "Does not repeat"],
  ["reminder", "before 10m", null, "10 minutes before"],
  ["assignee", { kind: "person", id: "x" }, "Mia", "Mia"],
  ["assignee", null, null, "nobody"],
  ["list", "x", "House", "House"],
  ["list", "x", null, "something this version does not know"],
  ["parent", null, null, "not part of another task"],
  ["rotation", ["a", "b"], "Mia, Leo", "Mia, Leo"],
  ["rotation", [], null, "Nobody takes turns"],
  ["tags", { element: "bills", in: true }, null, "#bills added"],
  ["tags", { element: "bills", in: false }, null, "#bills removed"],
  ["waits_for", { element: "x", in: true }, "Buy paint", "waits for Buy paint"],
  ["deleted", true, null, "in the trash"],
  ["order", "a0V", null, "a place in the list"],
  ["field 99", 7, null, "something this version does not know"],
  ["tags", 7, null, "something this version does not know"],
];

test.each(cases)("%s %j (%s) is %s", (field, value, shown, words) => {
  expect(plain(valueWords(field, value, shown, now))).toBe(words);
});

test("fields have names, and those that say nothing are not told", () => {
  expect(fieldWords("due")).toBe("date");
  expect(fieldWords("field 99")).toBe("field");
  expect(["order", "created", "moved", "predecessor"].some(isTold)).toBe(false);
  expect(isTold("title")).toBe(true);
});

test("an element of a set is told from a value", () => {
  expect(elementOf({ element: "bills", in: true })).toBe("bills");
  expect(elementOf("bills")).toBeNull();
  expect(elementOf(null)).toBeNull();
});
