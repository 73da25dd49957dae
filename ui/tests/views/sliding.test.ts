import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { openHouse } from "./house.ts";

let world: World;
let page: Page;
/** What slid, and from how far. */
let slid: string[];
const root = document.documentElement;

beforeEach(async () => {
  ({ world, page } = await openHouse());
  slid = [];
  // As the built style sheet has it.
  root.style.setProperty("--t-2", ".16s");
  // There is no layout here: a row is where its style says, and the window is 800 px high.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const scrolls = this.classList.contains("scroll");
    return new DOMRect(0, Number.parseFloat(this.style.top) || 0, 800, scrolls ? 800 : 40);
  });
  HTMLElement.prototype.animate = function (this: HTMLElement, frames, timing) {
    const title = this.querySelector("[data-testid=task-title]")?.textContent ?? this.className;
    const [from] = frames as Keyframe[];
    expect(timing).toMatchObject({ duration: 160 });
    slid.push(`${title} ${String(from?.transform)}`);
    return { cancel: () => undefined } as Animation;
  };
});

afterEach(async () => {
  await page.close();
  vi.restoreAllMocks();
  root.style.removeProperty("--t-2");
  delete (HTMLElement.prototype as Partial<HTMLElement>).animate;
});

async function moveUp(): Promise<void> {
  page.row("Last").focus();
  page.press("ArrowUp", { altKey: true });
  await page.until(() => page.titles().join() === "Any,Last,Parent,Child", "the move");
  await page.app.finish();
}

/** What lingers in the rows goes. */
function lingered(): void {
  vi.useFakeTimers();
  page.app.rows?.touch();
  vi.advanceTimersByTime(4000);
  vi.useRealTimers();
}

test("rows slide to the places that a key gave them, all at once", async () => {
  await moveUp();
  expect(slid.sort()).toEqual([
    "Child translateY(-40px)",
    "Last translateY(80px)",
    "Parent translateY(-40px)",
  ]);
});

test("a row that is done goes from among the others when it lingered", async () => {
  page.row("Any").focus();
  page.press("d");
  await page.until(() => page.row("Any").dataset.status === "done", "it to be done");
  await page.app.finish();
  expect(slid).toEqual([]);
  lingered();
  expect(page.titles()).toEqual(["Parent", "Child", "Last"]);
  expect(slid).toHaveLength(3);
  expect(slid[0]).toBe("Parent translateY(40px)");
});

test("also where word of what one did comes back from the service", async () => {
  page.row("Any").focus();
  page.press("d");
  await page.until(() => page.row("Any").dataset.status === "done", "it to be done");
  await page.app.finish();
  const shown = page.inputs("task_show").length;
  await page.app.rows?.rereadFor(new Set(["a"]));
  expect(page.inputs("task_show").length).toBe(shown + 1);
  lingered();
  expect(page.titles()).toEqual(["Parent", "Child", "Last"]);
  expect(slid).toHaveLength(3);
});

test("what others move is only there, and so is all of it with less motion", async () => {
  const [first] = world.tasks.splice(0, 1);
  if (first) world.tasks.push(first);
  page.transport.emit("task", ["a"]);
  await page.until(() => page.titles().at(-1) === "Any", "the order of others");
  page.transport.change("f", { status: "done", completed_at: new Date().toISOString() });
  await page.until(() => page.row("Last").dataset.status === "done", "what they did");
  lingered();
  await page.until(() => !page.titles().includes("Last"), "it to go");
  root.style.setProperty("--t-2", "0ms");
  page.row("Any").focus();
  page.press("ArrowUp", { altKey: true });
  await page.until(() => page.titles()[0] === "Any", "the move");
  await page.app.finish();
  expect(slid).toEqual([]);
});

test("nothing moves for one who walks or folds", async () => {
  page.row("Any").focus();
  page.press("ArrowDown");
  await page.until(() => document.activeElement === page.row("Parent"), "the next row");
  page.app.folded.add("d");
  flushSync();
  expect(page.titles()).toEqual(["Any", "Parent", "Last"]);
  expect(slid).toEqual([]);
});
