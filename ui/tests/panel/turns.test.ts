import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plain } from "../screen.ts";
import { Bench, household } from "./bench.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await Bench.open(household().world);
  bench.get("elsewhere").focus();
  bench.app.openPicker("rotation", ["t-rent"], bench.get("elsewhere"));
  await bench.until(() => bench.has("rotation-add"), "the people");
});
afterEach(() => bench.close());

/** Presses a button that has the focus, and says which one has it then. */
async function press(testid: string, at = 0): Promise<string> {
  const button = bench.all(testid)[at];
  button?.focus();
  button?.click();
  flushSync();
  await new Promise((done) => setTimeout(done, 5));
  const focused = document.activeElement as HTMLElement;
  const where = plain(focused.closest("li") ?? focused);
  return `${focused.dataset.testid} ${where}`;
}

test("who is added leaves the focus to the next one, and in the end to what sets the order", async () => {
  expect(await press("rotation-add", 1)).toBe("rotation-add Leo");
  expect(await press("rotation-add", 1)).toBe("rotation-add Jonas");
  expect(await press("rotation-add")).toBe("rotation-set Set the order");
});

test("a button that moves somebody keeps the focus, also where it can go no further", async () => {
  for (let people = 0; people < 3; people++) await press("rotation-add");
  expect(bench.texts("rotation-down")).toHaveLength(3);
  expect(await press("rotation-down", 1)).toBe("rotation-down 3 Mia");
  const down = bench.all("rotation-down")[2];
  expect([down?.getAttribute("aria-disabled"), down?.title, down?.hasAttribute("disabled")]).toEqual([
    "true",
    "This person is the last already",
    false,
  ]);
  expect(await press("rotation-down", 2)).toBe("rotation-down 3 Mia");
  expect(await press("rotation-up", 1)).toBe("rotation-up 1 Leo");
  expect(bench.all("rotation-up")[0]?.title).toBe("This person is the first already");
});

test("who is left out leaves the focus to the one in their place, the last one to those who can be added", async () => {
  for (let people = 0; people < 3; people++) await press("rotation-add");
  expect(await press("rotation-remove", 1)).toBe("rotation-remove 2 Leo");
  expect(await press("rotation-remove", 1)).toBe("rotation-remove 1 Jonas");
  expect(await press("rotation-remove")).toMatch(/^rotation-add/);
});
