import { afterEach, describe, expect, test } from "vitest";
import { addDays } from "../../src/lib/days.ts";
import type { Task } from "../../src/generated/api.ts";
import { smallWorld, taskOf } from "../memory/world.ts";
import { Page } from "../page.ts";
import { today } from "./house.ts";

let page: Page;

afterEach(() => page.close());

/** A window on more rows than it reads. */
async function openMany(count: number, more: (index: number) => Partial<Task> = () => ({})): Promise<void> {
  const world = smallWorld();
  const [inbox] = world.lists;
  if (!inbox) throw new Error("no list");
  for (let index = 0; index < count; index++)
    world.tasks.push(taskOf(`t${index}`, `Task ${index}`, inbox, more(index)));
  page = await Page.open(world);
}

const selected = (): string[] => [...page.app.selection.ids];
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `t${from + index}`);

describe("all of a view that is not read whole", () => {
  test("in Today, what was done on other days is not of it", async () => {
    const day = (index: number): string => (index < 200 ? today : addDays(today, -1));
    await openMany(300, (index) => ({ status: "done", completed_at: `${day(index)}T12:00:00` }));
    await page.app.settings.change({ show_done: true });
    page.click("today-button");
    await page.until(() => page.app.doneRows?.total === 200, "what was done today");
    await page.until(() => page.titles().length > 0, "the rows");
    page.all("task-row")[0]?.focus();
    page.press("a", { ctrlKey: true });
    await page.until(() => page.app.selection.size > 0, "all");
    expect(selected().sort()).toEqual(numbers(0, 200).sort());
  });

  test("subtasks that are folded away are left out as in one that is", async () => {
    await openMany(300, (index) => (index === 1 || index === 299 ? { parent: `t${index - 1}` } : {}));
    await page.until(() => page.titles().length > 0, "the rows");
    page.app.folded.add("t0");
    page.app.folded.add("t298");
    page.row("Task 0").focus();
    page.press("a", { ctrlKey: true });
    await page.until(() => page.app.selection.size > 0, "all");
    expect(selected()).toEqual(numbers(0, 299).filter((id) => id !== "t1"));
  });

  test("and in a narrowed one only what is not of it is not shown", async () => {
    await openMany(600, (index) => (index < 500 ? {} : { title: "Other" }));
    await page.until(() => page.titles().length > 0, "the rows");
    page.app.selection.replace(["t599"]);
    page.row("Task 0").focus();
    page.press("/");
    page.type("filter-field", "task");
    await page.until(() => page.app.rows?.total === 500, "the narrowed view");
    await page.until(() => page.text("bulk-bar").startsWith("1 selected, 1 not shown"), "the one");
    page.row("Task 0").focus();
    page.press("a", { ctrlKey: true });
    await page.until(() => page.app.selection.size === 500, "all");
    expect(page.text("bulk-bar")).toMatch(/^500 selected(?!,)/);
    page.app.selection.add(["t599"]);
    await page.until(() => page.text("bulk-bar").startsWith("501 selected, 1 not shown"), "the other");
  });
});

describe("moving with the keys where not all rows are read", () => {
  const told = (): string => page.app.toasts.polite;

  test("says no numbers that nobody knows", async () => {
    await openMany(600);
    await page.until(() => page.titles().length > 0, "the rows");
    page.row("Task 0").focus();
    page.press("ArrowDown", { altKey: true });
    await page.until(() => told() !== "", "the announcement");
    expect(told()).toBe("Moved down");
    page.press("ArrowUp", { altKey: true });
    await page.until(() => told() === "Moved up", "the announcement of the way back");
    page.press("ArrowUp", { altKey: true });
    await page.until(() => told() === "It is the first already", "the edge");
  });

  test("reads the task that it goes behind", async () => {
    // The second task has more below it than is read.
    await openMany(600, (index) => (index > 1 && index < 500 ? { parent: "t1", depth: 1 } : {}));
    await page.until(() => page.titles().length > 0, "the rows");
    page.row("Task 1").focus();
    page.press("ArrowDown", { altKey: true });
    await page.until(() => page.inputs("task_arrange").length === 1, "the move");
    expect(page.inputs("task_arrange")).toEqual([{ ids: ["t1"], to: { after: "t500" } }]);
  });
});

test("a key that moves the cursor leaves all that is in sight up to date", async () => {
  await openMany(300);
  await page.until(() => page.titles().length > 0, "the rows");
  const scroller = document.querySelector(".scroll") as HTMLElement;
  scroller.scrollTop = 7600;
  scroller.dispatchEvent(new Event("scroll"));
  await page.until(() => page.titles().includes("Task 200"), "the rows further down");
  expect(page.titles()).toContain("Task 190");
  Object.defineProperty(page.row("Task 201"), "offsetTop", { get: () => 7700 });
  page.row("Task 200").focus();
  page.press("j");
  await page.until(() => document.activeElement === page.row("Task 201"), "the next row");
  page.transport.change("t190", { title: "Changed elsewhere" });
  await page.until(() => page.titles().includes("Changed elsewhere"), "what changed above it");
});

test("a row that was scrolled away comes back into sight before a key does something to it", async () => {
  await openMany(300);
  await page.until(() => page.titles().length > 0, "the rows");
  const scroller = document.querySelector(".scroll") as HTMLElement;
  const scrollTo = (top: number): void => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event("scroll"));
  };
  const row = page.row("Task 5");
  Object.defineProperty(row, "offsetTop", { get: () => 200 });
  row.focus();
  scrollTo(8000);
  await page.until(() => page.titles().includes("Task 200"), "the rows further down");
  expect(document.activeElement).toBe(row);
  page.press("1");
  expect(scroller.scrollTop).toBe(200);
  // What is for several has no row to show.
  page.app.selection.replace(["t5", "t6"]);
  scrollTo(8000);
  page.press("2");
  expect(scroller.scrollTop).toBe(8000);
});
