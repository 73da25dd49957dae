import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fail } from "../memory/transport.ts";
import { mia, type World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { bare, openHouse, show } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

describe("the selection", () => {
  test("is made with x and Shift, and changed as one", async () => {
    page.row("Any").focus();
    page.press("x");
    expect(page.get("bulk-bar").textContent).toContain("1 selected");
    page.press("J", { shiftKey: true });
    await page.until(() => page.get("bulk-bar").textContent.includes("2 selected"), "two");
    expect(page.row("Parent").getAttribute("aria-selected")).toBe("true");
    page.press("2", {}, page.row("Parent"));
    await page.until(() => page.inputs("task_edit_many").length === 1, "the one call");
    expect(page.inputs("task_edit_many")).toEqual([{ ids: ["a", "d"], priority: 2 }]);
    page.press("Escape", {}, page.row("Parent"));
    expect(page.has("bulk-bar")).toBe(false);
  });

  test("takes the whole view, and survives narrowing it", async () => {
    page.row("Any").focus();
    page.press("a", { ctrlKey: true });
    await page.until(() => page.has("bulk-bar"), "the bar");
    expect(page.get("bulk-bar").textContent).toContain("4 selected");
    page.press("/");
    page.type("filter-field", "last");
    await page.until(() => page.titles().length === 1, "the one row");
    expect(page.get("bulk-bar").textContent).toContain("4 selected, 3 not shown");
  });

  test("a click opens, one with Ctrl selects, one with Shift extends", async () => {
    page.row("Parent").dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true }));
    page.row("Last").dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true }));
    await page.until(() => page.app.selection.size === 3, "the range");
    expect([...page.app.selection.ids]).toEqual(["d", "e", "f"]);
    page.row("Any").click();
    expect(page.app.selection.size).toBe(0);
    expect(page.app.panel?.id).toBe("a");
  });

  test("what may not be changed is skipped and counted", async () => {
    page.app.selection.replace(["a", "d"]);
    page.transport.answers.set("task_edit_many", (input: { ids: string[] }) => ({
      tasks: page.transport.write(["a"], { priority: 1 }),
      skipped: input.ids.slice(1).map((id) => ({ id, reason: fail("not_allowed", "you can only read it") })),
    }));
    page.press("1", {}, page.row("Any"));
    await page.until(() => page.has("toast"), "the toast");
    expect(page.get("toast").textContent).toMatch(/1 task was skipped/);
  });
});

describe("moving with the keys", () => {
  test("up, down, into a task and out, announced", async () => {
    page.row("Last").focus();
    page.press("ArrowUp", { altKey: true });
    await page.until(() => page.titles().join() === "Any,Last,Parent,Child", "the move");
    expect(page.inputs("task_arrange")[0]).toEqual({ ids: ["f"], to: { before: "d" } });
    await page.until(() => page.app.toasts.polite === "Moved up, 2 of 3", "the announcement");
    page.press("ArrowRight", { altKey: true, shiftKey: true }, page.row("Last"));
    await page.until(() => page.row("Last").getAttribute("aria-level") === "2", "the level");
    expect(page.inputs("task_arrange")[1]).toEqual({ ids: ["f"], parent: { set: "a" }, to: "last" });
    page.press("ArrowLeft", { altKey: true, shiftKey: true }, page.row("Last"));
    await page.until(() => page.row("Last").getAttribute("aria-level") === "1", "the level of before");
    expect(page.inputs("task_arrange")[2]).toEqual({ ids: ["f"], parent: "clear", to: { after: "a" } });
  });

  test("a list goes up and down in the sidebar", async () => {
    page.all("sidebar-list")[1]?.focus();
    page.press("ArrowUp", { altKey: true });
    await page.until(() => page.all("sidebar-list")[0]?.textContent.includes("House") === true, "the move");
    expect(page.inputs("list_move")).toEqual([{ list: "list-house", to: { before: "list-inbox" } }]);
  });
});

describe("commands", () => {
  test("two keys in a row go to a view; the first is shown while the second is awaited", async () => {
    page.row("Any").focus();
    page.press("g");
    expect(page.get("status-line").textContent).toMatch(/g.? and then\?/);
    page.press("t");
    await page.until(() => document.querySelector("h1")?.textContent.startsWith("Today") === true, "today");
    expect(page.get("status-line").textContent).not.toContain("and then");
  });

  test("letters can be switched off, and a key be changed", async () => {
    await page.app.settings.change({ letter_keys: false });
    page.row("Any").focus();
    page.press("j");
    expect(document.activeElement).toBe(page.row("Any"));
    page.press("ArrowDown");
    await page.until(() => document.activeElement === page.row("Parent"), "the next row");
    await page.app.settings.change({ letter_keys: true, keys: { next: "z" } });
    page.press("z");
    await page.until(() => document.activeElement === page.row("Child"), "the row after it");
  });

  test("the menu of a task has all actions, by arrows and by letters", async () => {
    page.row("Last").focus();
    page.press(".");
    await page.until(() => page.has("menu-done"), "the menu");
    await page.until(() => document.activeElement === page.get("menu-open"), "its first entry");
    page.press("ArrowDown");
    expect(document.activeElement).toBe(page.get("menu-new_subtask"));
    page.press("d");
    expect(document.activeElement).toBe(page.get("menu-done"));
    page.click("menu-done");
    await page.until(() => page.row("Last").dataset.status === "done", "it to be done");
    expect(document.activeElement).toBe(page.row("Last"));
  });

  test("the menu of a task folds its subtasks away and unfolds them, where it has any", async () => {
    page.row("Last").focus();
    page.press(".");
    await page.until(() => page.has("menu-done"), "the menu");
    expect([page.has("menu-fold"), page.has("menu-unfold")]).toEqual([false, false]);
    page.press("Escape");
    page.row("Parent").focus();
    page.press(".");
    await page.until(() => page.has("menu-fold"), "the menu of a task with subtasks");
    expect(page.has("menu-unfold")).toBe(false);
    page.click("menu-fold");
    await page.until(() => !page.titles().includes("Child"), "the child to fold away");
    page.press(".");
    await page.until(() => page.has("menu-unfold"), "the menu again");
    page.click("menu-unfold");
    await page.until(() => page.titles().includes("Child"), "the child again");
  });

  test.each([
    ["today-button", "Overdue", ["show_done"]],
    ["upcoming-button", "Tomorrow", []],
    ["me-button", "Any", ["show_done"]],
    ["all-button", "Any", ["order"]],
    ["sidebar-list", "Any", ["order", "show_done"]],
  ])("of what %s opens, only those options are offered that do something", async (view, first, does) => {
    await show(page, view, first);
    page.click("view-options");
    await page.until(() => page.has("menu-compact"), "the menu of the view");
    const offered = ["order", "show_done"].filter((id) => page.has(`menu-${id}`));
    expect(offered).toEqual(does);
  });

  test("while nothing can be saved, what writes is off in menu, palette and bar, and says why", async () => {
    world.health.push({ code: "disk_full", severity: "error", message: "", hint: null, remedy: null });
    page.transport.emit("health");
    const why = "Not saving: the disk is full";
    await page.until(() => page.text("status-line").includes(why), "the state");
    const off = (testid: string): boolean[] => [
      page.get(testid).getAttribute("aria-disabled") === "true",
      page.get(testid).title === why,
    ];
    page.row("Last").focus();
    page.press(".");
    await page.until(() => page.has("menu-done"), "the menu");
    expect([off("menu-done"), off("menu-delete"), off("menu-copy_link")]).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
    page.get("menu-done").focus();
    page.click("menu-done");
    expect(page.has("menu-done")).toBe(true);
    page.press("Escape", {}, page.get("menu-done"));

    page.row("Last").focus();
    page.press("x");
    await page.until(() => page.has("bulk-bar"), "the bar");
    expect([off("bulk-done"), off("bulk-priority_1")]).toEqual([
      [true, true],
      [true, true],
    ]);
    page.click("bulk-priority_1");
    expect(page.app.picker).toBeNull();
    expect(page.text("toast")).toContain(why);

    page.press("k", { ctrlKey: true }, document.body);
    const field = page.type("palette-field", ">undo");
    const [option] = page.all("palette-option");
    expect([option?.getAttribute("aria-disabled"), option?.textContent.includes(why)]).toEqual([
      "true",
      true,
    ]);
    page.press("Enter", {}, field);
    page.type("palette-field", "a new one");
    page.press("Enter", { shiftKey: true }, field);
    expect(page.has("palette")).toBe(true);
    page.press("Escape", {}, field);
    page.app.search("nowhere");
    await page.until(() => page.has("empty-add"), "an empty search");
    expect(off("empty-add")).toEqual([true, true]);
    page.click("empty-add");
    page.press("Enter", { shiftKey: true }, page.get("search-field"));
    const wrote = ["task_add", "task_do_many", "task_edit_many", "undo"].flatMap((name) => page.inputs(name));
    expect(wrote).toEqual([]);
  });

  test("tooltips name the keys as they are now, or none", async () => {
    const tips = (): (string | null)[] =>
      ["new-task-button", "view-options"].map((id) => bare(page.get(id).getAttribute("title")));
    expect(tips()).toEqual(["New task (Ctrl+N)", "View options (v)"]);
    expect(page.get("new-task-button").getAttribute("aria-label")).toBe("New task");
    await page.app.settings.change({ keys: { new_task: "Ctrl+E", delete: "Ctrl+X" }, letter_keys: false });
    page.over(page.row("Last"));
    await page.until(() => tips()[0] === "New task (Ctrl+E)", "the other key");
    expect(tips()[1]).toBe("View options");
    expect(bare(page.get("task-delete").getAttribute("title"))).toBe("To the trash (Ctrl+X)");
  });

  test("undo and redo say what they did, in words", async () => {
    page.row("Last").focus();
    page.press("1");
    await page.until(() => page.has("undo-button"), "the toast");
    page.transport.undone = { verb: "prioritize", count: 2, name: "Last", left: 1, by: mia };
    page.press("z", { ctrlKey: true });
    await page.until(
      () => page.get("toast").textContent.includes("2 tasks have their priority"),
      "the words",
    );
    expect(page.get("toast").textContent).toMatch(/Mia.* changed 1 of them since, that was left\./);
    page.press("Z", { ctrlKey: true, shiftKey: true });
    await page.until(() => page.get("toast").textContent.includes("2 tasks have another priority"), "redo");
  });
});
