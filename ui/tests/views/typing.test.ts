import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fail } from "../memory/transport.ts";
import { type World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { openHouse, show } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

describe("subtasks", () => {
  test("fold and unfold, and say so", async () => {
    expect(page.row("Child").getAttribute("aria-level")).toBe("2");
    expect(page.row("Parent").getAttribute("aria-expanded")).toBe("true");
    page.row("Parent").focus();
    page.press("h");
    await page.until(() => !page.titles().includes("Child"), "the child to fold away");
    expect(page.row("Parent").getAttribute("aria-expanded")).toBe("false");
    page.press("l");
    await page.until(() => page.titles().includes("Child"), "the child again");
    page.row("Child").focus();
    page.press("h");
    await page.until(() => document.activeElement === page.row("Parent"), "the parent to have the focus");
  });

  test("a new one above a task is one step", async () => {
    page.row("Parent").focus();
    page.press("N", { shiftKey: true });
    page.press("Enter", {}, page.type("new-task-field", "Above"));
    await page.until(() => page.inputs("task_add").length === 1, "the call");
    const where = { list: "list-inbox", before: "d" };
    expect(page.inputs("task_add")).toEqual([{ text: "Above", plain: true, ...where }]);
    expect(page.inputs("task_arrange")).toEqual([]);
  });

  test("a new one is typed below its task and goes there", async () => {
    page.row("Parent").focus();
    page.press("a");
    const field = page.type("new-task-field", "Second child");
    page.press("Enter", {}, field);
    await page.until(() => page.titles().includes("Second child"), "the row");
    expect(page.inputs("task_add")).toEqual([{ text: "Second child", plain: true, parent: "d" }]);
    page.press("Escape", {}, page.get("new-task-field"));
    page.row("Parent").focus();
    page.press("n");
    page.press("Enter", {}, page.type("new-task-field", "Below"));
    await page.until(() => page.inputs("task_add").length === 2, "the call");
    expect(page.inputs("task_add")[1]).toEqual({
      text: "Below",
      plain: true,
      list: "list-inbox",
      after: "d",
    });
  });
});

describe("what is half typed for a new task", () => {
  const field = (): HTMLTextAreaElement => page.get("new-task-field") as HTMLTextAreaElement;

  test("is there again when one comes back to its view", async () => {
    page.type("new-task-field", "Half a thou");
    await show(page, "today-button", "Overdue");
    expect(field().value).toBe("");
    page.press("ArrowLeft", { altKey: true }, document.body);
    await page.until(() => document.querySelector("h1")?.textContent === "Inbox", "the list again");
    expect(field().value).toBe("Half a thou");
  });

  test("goes along when Esc takes the field away from among the rows, and back to it", () => {
    page.row("Any").focus();
    page.press("n");
    page.press("Escape", {}, page.type("new-task-field", "Half a thou"));
    expect(field().value).toBe("Half a thou");
    page.row("Parent").focus();
    page.press("n");
    expect(field().value).toBe("Half a thou");
  });

  test("comes back when it is refused after its field went", async () => {
    page.transport.latencyMs = 40;
    page.transport.failing.set("task_add", fail("disk_full", "the disk is full"));
    page.row("Any").focus();
    page.press("n");
    page.press("Enter", {}, page.type("new-task-field", "Refused"));
    page.press("Escape");
    await page.until(() => page.has("toast"), "the reason");
    expect(field().value).toBe("Refused");
  });
});

test("tasks typed fast one behind the other keep their order, also where the view is left before they are added", async () => {
  page.transport.latencyMs = 40;
  page.row("Any").focus();
  page.press("n");
  const { rows } = page.app;
  if (!rows) throw new Error("no rows");
  const atEnd = vi.spyOn(rows, "append");
  page.press("Enter", {}, page.type("new-task-field", "First"));
  page.press("Enter", {}, page.type("new-task-field", "Second"));
  page.press("Escape");
  await page.until(() => page.inputs("task_add").length === 2, "both calls");
  const first = world.tasks.find(({ title }) => title === "First");
  expect(page.inputs("task_add")).toMatchObject([
    { text: "First", after: "a" },
    { text: "Second", after: first?.id },
  ]);
  // Not even for a moment.
  expect(atEnd).not.toHaveBeenCalled();
});

describe("pasted lines", () => {
  function paste(text: string): void {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { getData: () => text } });
    page.get("new-task-field").dispatchEvent(event);
  }

  test("go where the field stands: below a task, behind one, before one", async () => {
    const lines = { lines: ["One", "Two"], plain: true, outline: true };
    for (const key of ["a", "n", "N"]) {
      page.row("Parent").focus();
      page.press(key, { shiftKey: key === "N" });
      paste("One\nTwo");
      const before = page.inputs("task_add_many").length;
      await page.until(() => page.inputs("task_add_many").length > before, `the lines of ${key}`);
      page.press("Escape", {}, page.get("new-task-field"));
    }
    expect(page.inputs("task_add_many")).toEqual([
      { ...lines, parent: "d", set: {} },
      { ...lines, list: "list-inbox", to: { after: "d" }, set: {} },
      { ...lines, list: "list-inbox", to: { before: "d" }, set: {} },
    ]);
  });

  test("get the tag of the view", async () => {
    page.app.open({ kind: "tag", tag: "home" });
    await page.until(() => page.titles().join() === "Tomorrow", "the view");
    paste("One\nTwo");
    await page.until(() => page.inputs("task_add_many").length === 1, "the lines");
    expect(page.inputs("task_add_many")).toMatchObject([{ set: { tags: ["home"] } }]);
  });

  test("that are refused stand in the field, and Enter tries again", async () => {
    page.transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
    paste("One\n  Half");
    await page.until(() => page.has("new-task-problem"), "the reason");
    expect(page.text("pasted-lines")).toContain("2");
    page.transport.failing.clear();
    page.press("Enter", {}, page.get("new-task-field"));
    await page.until(() => page.inputs("task_add_many").length === 2, "the second try");
    expect(page.inputs("task_add_many")[1]).toEqual(page.inputs("task_add_many")[0]);
    expect(page.has("pasted-lines")).toBe(false);
  });
});

test("where subtasks do not stand below their tasks, a new one is typed in the panel", async () => {
  await show(page, "today-button", "Overdue");
  page.row("Any").focus();
  page.press("a");
  await page.until(() => page.has("subtask-field"), "the field");
  expect(page.app.panel?.id).toBe("a");
  page.app.search("last");
  await page.until(() => page.titles().join() === "Last", "the results");
  page.row("Last").focus();
  page.press("a");
  await page.until(() => page.app.panel?.id === "f" && page.has("subtask-field"), "the field of that task");
  expect(page.inputs("task_add")).toEqual([]);
});
