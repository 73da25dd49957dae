import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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

test("what was selected stays so when it is done, until it goes out of the view", async () => {
  page.app.selection.replace(["a", "f"]);
  page.row("Any").focus();
  page.press("d");
  await page.until(() => page.inputs("task_do_many").length === 1, "the change");
  await page.until(() => page.row("Last").dataset.status === "done", "the rows to be struck");
  await page.app.finish();
  expect(selected()).toEqual(["a", "f"]);
  expect(page.text("bulk-bar")).toMatch(/^2 selected/);
  vi.useFakeTimers();
  try {
    page.app.rows?.touch();
    vi.advanceTimersByTime(4000);
  } finally {
    vi.useRealTimers();
  }
  expect(page.titles()).toEqual(["Parent", "Child"]);
  expect(selected()).toEqual([]);
});

test("or until another list has it", async () => {
  page.app.selection.replace(["a", "f"]);
  const sideList = page.all("sidebar-list")[1] ?? null;
  document.elementFromPoint = () => sideList;
  carry("Any");
  await page.until(() => !page.app.selection.has("a"), "those that were moved");
  expect(page.titles()).toEqual(["Parent", "Child"]);
  expect(selected()).toEqual([]);
});

test("what is dropped at another place stays selected", async () => {
  page.app.selection.replace(["e", "f"]);
  document.elementFromPoint = () => document.querySelector(".scroll .rows");
  carry("Last");
  await page.until(() => page.inputs("task_arrange").length === 1, "the move");
  await page.until(() => page.titles()[0] === "Child", "the rows in their places");
  await page.app.finish();
  expect(selected()).toEqual(["e", "f"]);
});

/** Takes a row up, and lets it go at the top. */
function carry(title: string): void {
  const at = (type: string, y: number, on: EventTarget): boolean =>
    on.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, clientX: 100, clientY: y }));
  at("pointerdown", 100, page.row(title));
  at("pointermove", 80, window);
  at("pointermove", 0, window);
  at("pointerup", 0, window);
  flushSync();
}
