import { expect, test } from "vitest";
import { globalChordOf } from "../src/components/settings/chord.ts";
import { cut, movedBy } from "../src/components/quickadd/spans.ts";
import { lineOf, titlesOf } from "../src/components/quickadd/lines.ts";

const friday = [{ start: 5, end: 11 }];

test("a piece keeps its place while other letters change", () => {
  expect(movedBy(friday, "Call friday", "Please call friday")).toEqual([{ start: 12, end: 18 }]);
  expect(movedBy(friday, "Call friday", "Call friday early")).toEqual(friday);
  expect(movedBy(friday, "Call friday", "Call friday")).toEqual(friday);
});

test("a piece whose own letters change is gone", () => {
  expect(movedBy(friday, "Call friday", "Call frday")).toEqual([]);
  expect(movedBy(friday, "Call friday", "Call fridays")).toEqual([]);
  expect(movedBy(friday, "Call friday", "Call xfriday")).toEqual([]);
  expect(movedBy(friday, "Call friday", "")).toEqual([]);
});

test("a text is cut at its marks, and nothing of it is lost", () => {
  const pieces = cut("Buy paint #home !4", [
    { start: 16, end: 18, kind: "ignored" },
    { start: 10, end: 15, kind: "token" },
    { start: 12, end: 17, kind: "token" },
    { start: 10, end: 99, kind: "token" },
  ]);
  expect(pieces.map(({ kind }) => kind)).toEqual(["plain", "token", "plain", "ignored"]);
  expect(pieces.map(({ text }) => text).join("")).toBe("Buy paint #home !4");
});

test("a pasted line is shown without its bullet, number and box", () => {
  expect(["- [ ] Flour", "2. Oat milk", "* Yeast", "[x] Salt", "  Sugar"].map(lineOf)).toEqual([
    "Flour",
    "Oat milk",
    "Yeast",
    "Salt",
    "Sugar",
  ]);
});

test("a pasted line is shown as the service will read it", () => {
  const titles = {
    "2024. Review": "2024. Review",
    "999) Review": "Review",
    "[x]foo": "[x]foo",
    "-a": "-a",
    "1.a": "1.a",
    "◦ a": "a",
    "‣ a": "a",
    "· a": "a",
    "— a": "a",
    "☐ a": "a",
    "☑a": "☑a",
    "- ☒ a": "a",
    "[✓] a": "a",
    "[] a": "a",
    "- - a": "- a",
    "[x] - a": "- a",
    "\ufeff\t* [X]\u00a0a\u3000": "a",
  };
  expect(Object.keys(titles).map(lineOf)).toEqual(Object.values(titles));
});

test("a line without a title becomes no task", () => {
  expect(titlesOf(["- ", "1.", "- [x]", "[ ] \u00a0", "Flour"])).toEqual(["Flour"]);
});

test("keys have one name", () => {
  const press = (key: string, more: KeyboardEventInit = {}): string | null =>
    globalChordOf(new KeyboardEvent("keydown", { key, ...more }));
  expect(press(" ", { ctrlKey: true, altKey: true })).toBe("Ctrl+Alt+Space");
  expect(press("k", { ctrlKey: true })).toBe("Ctrl+K");
  expect(press("Shift", { shiftKey: true })).toBeNull();
  expect(press("k")).toBeNull();
});
