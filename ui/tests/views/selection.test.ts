import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "../page.ts";
import { openHouse } from "./house.ts";

let page: Page;

beforeEach(async () => {
  ({ page } = await openHouse());
});

afterEach(() => page.close());

/** A click as a browser makes one: the row that is pressed has the focus before it is clicked. */
function click(title: string, keys: MouseEventInit = {}): void {
  const row = page.row(title);
  row.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0, ...keys }));
  row.focus();
  window.dispatchEvent(new PointerEvent("pointerup", { button: 0, ...keys }));
  row.dispatchEvent(new MouseEvent("click", { bubbles: true, ...keys }));
  flushSync();
}

const selected = (): string[] => [...page.app.selection.ids];

describe("Shift and a click", () => {
  test("extend from the row that was clicked before", async () => {
    click("Parent");
    click("Last", { shiftKey: true });
    await page.until(() => page.app.selection.size === 3, "the range");
    expect(selected()).toEqual(["d", "e", "f"]);
    click("Any", { shiftKey: true });
    await page.until(() => page.app.selection.has("a"), "the range to the other side");
    expect(selected()).toEqual(["a", "d"]);
  });

  test("extend from where the keys went", async () => {
    click("Any");
    page.press("ArrowDown");
    await page.until(() => document.activeElement === page.row("Parent"), "the next row");
    click("Last", { shiftKey: true });
    await page.until(() => page.app.selection.size === 3, "the range");
    expect(selected()).toEqual(["d", "e", "f"]);
  });
});

test("several rows go in the order in which they are shown, not in which they were selected", async () => {
  for (const title of ["Last", "Parent"]) click(title, { ctrlKey: true });
  expect(selected()).toEqual(["f", "d"]);
  page.press("ArrowUp", { altKey: true });
  await page.until(() => page.inputs("task_arrange").length === 1, "the move");
  expect(page.inputs("task_arrange")[0]).toEqual({ ids: ["d", "f"], to: { before: "a" } });
  await page.until(() => page.titles().at(-1) === "Any", "the rows in their new places");
  page.app.selection.replace(["elsewhere", "a", "f"]);
  page.press("e");
  expect(page.app.picker?.ids).toEqual(["f", "a", "elsewhere"]);
});
