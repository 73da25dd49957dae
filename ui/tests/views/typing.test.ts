import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fieldAt, standsBefore } from "../../src/components/new-field.ts";
import { RowList } from "../../src/lib/row-list.ts";
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

  test("a new one above a task goes to the list that its words name, and the next one above the task again", async () => {
    page.row("Parent").focus();
    page.press("N", { shiftKey: true });
    page.type("new-task-field", "Milk +House");
    await page.until(() => page.has("quick-chips"), "what was understood");
    page.press("Enter", {}, page.get("new-task-field"));
    await page.until(() => page.inputs("task_add").length === 1, "the call");
    expect(page.inputs("task_add")[0]).toEqual({ text: "Milk", plain: true, list: "list-house" });
    page.press("Enter", {}, page.type("new-task-field", "Above"));
    await page.until(() => page.inputs("task_add").length === 2, "the next call");
    expect(page.inputs("task_add")[1]).toMatchObject({ list: "list-inbox", before: "d" });
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

describe("the field among the rows", () => {
  const field = (): HTMLElement => page.get("new-task-field");

  test("stays beside its task when rows above it go, and with the focus", async () => {
    page.row("Last").focus();
    page.press("n");
    expect(document.activeElement).toBe(field());
    const label = field().getAttribute("aria-label");
    for (const [id, title] of [
      ["a", "Any"],
      ["e", "Child"],
    ] as const) {
      page.transport.change(id, { deleted_at: new Date().toISOString() });
      await page.until(() => !page.titles().includes(title), `${title} to go`);
      expect(document.activeElement).toBe(field());
      expect(field().getAttribute("aria-label")).toBe(label);
    }
    page.press("Enter", {}, page.type("new-task-field", "Behind the last"));
    await page.until(() => page.inputs("task_add").length === 1, "the call");
    expect(page.inputs("task_add")[0]).toMatchObject({ after: "f" });
  });

  test("stands beside the row before when its neighbour goes, and what is typed goes there", async () => {
    page.row("Parent").focus();
    page.press("n");
    page.press("Enter", {}, page.type("new-task-field", "Gone again"));
    await page.until(() => page.titles().includes("Gone again"), "the task");
    const added = world.tasks.find(({ title }) => title === "Gone again");
    // The service in memory puts it at the end.
    await page.until(() => page.has("new-task-field"), "the field");
    page.transport.change(added?.id ?? "", { deleted_at: new Date().toISOString() });
    await page.until(() => !page.titles().includes("Gone again"), "it to go");
    page.press("Enter", {}, page.type("new-task-field", "Next"));
    await page.until(() => page.inputs("task_add").length === 2, "the call");
    expect(page.inputs("task_add")[1]).toMatchObject({ after: "d" });
    expect(world.tasks.some(({ title }) => title === "Next")).toBe(true);
  });

  test("is the one at the end when all rows went", async () => {
    page.row("Last").focus();
    page.press("n");
    page.type("new-task-field", "Half a thou");
    for (const task of world.tasks)
      if (task.list.id === "list-inbox") task.deleted_at = new Date().toISOString();
    page.transport.emit("task", ["a", "d", "e", "f"]);
    await page.until(() => page.titles().length === 0, "the rows to go");
    await page.until(() => document.activeElement === field(), "the focus");
    expect(field().getAttribute("aria-label")).toMatch(/in .?Inbox/u);
    expect((field() as HTMLTextAreaElement).value).toBe("Half a thou");
  });

  test("stands where its neighbour is", () => {
    const [one, two, below, last] = ["a", "d", "e", "f"].map((id) =>
      world.tasks.find((task) => task.id === id),
    );
    if (!one || !two || !below || !last) throw new Error("no tasks");
    const all = [one, two, { ...below, depth: 1 }, last];
    const rows = RowList.of(all);
    expect(standsBefore(fieldAt("below", two, 1, rows), rows)).toBe(3);
    expect(standsBefore(fieldAt("above", two, 1, rows), rows)).toBe(1);
    expect(standsBefore(fieldAt("subtask", two, 1, rows), rows)).toBe(3);
    const fewer = RowList.of(all.slice(1));
    expect(standsBefore(fieldAt("below", two, 1, rows), fewer)).toBe(2);
    expect(standsBefore(fieldAt("above", last, 3, rows), fewer)).toBe(2);
    expect(standsBefore(fieldAt("below", last, 3, rows), RowList.of([one]))).toBe(1);
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

  test("are what the next one goes behind", async () => {
    page.row("Any").focus();
    page.press("n");
    paste("One\nTwo");
    await page.until(() => page.inputs("task_add_many").length === 1, "the lines");
    page.press("Enter", {}, page.type("new-task-field", "Three"));
    await page.until(() => page.inputs("task_add").length === 1, "the task");
    const two = world.tasks.find(({ title }) => title === "Two");
    expect(page.inputs("task_add")[0]).toMatchObject({ after: two?.id });
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
