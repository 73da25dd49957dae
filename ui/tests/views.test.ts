import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dayOf, addDays } from "../src/lib/days.ts";
import { language } from "../src/messages/index.ts";
import { fail } from "./memory/transport.ts";
import { jonas, listOf, mia, smallWorld, taskOf, type World } from "./memory/world.ts";
import { Page } from "./page.ts";
import { plain } from "./screen.ts";

let world: World;
let page: Page;
const today = dayOf(new Date());
const heads = (): string[] =>
  [...document.querySelectorAll(".rows h2")].map((head) => head.textContent.replace(/\s+/g, " ").trim());
const calls = (operation: string): unknown[] =>
  page.transport.calls.filter((call) => call.operation === operation).map((call) => call.input);

beforeEach(async () => {
  world = smallWorld();
  const [inbox] = world.lists;
  const [space] = world.spaces;
  if (!inbox || !space) throw new Error("no list");
  const house = listOf("list-house", "House", space, "orange");
  world.lists.push(house);
  const me = { kind: "person" as const, ...jonas };
  world.tasks.push(
    taskOf("a", "Any", inbox, { due: today, assignee: me }),
    taskOf("b", "Overdue", house, { due: addDays(today, -2) }),
    taskOf("c", "Tomorrow", house, { due: addDays(today, 1), tags: ["home"] }),
    taskOf("d", "Parent", inbox),
    taskOf("e", "Child", inbox, { parent: "d" }),
    taskOf("f", "Last", inbox),
    taskOf("g", "Finished", house, { status: "done", completed_at: new Date().toISOString() }),
    taskOf("h", "Thrown", house, {
      deleted_at: new Date().toISOString(),
      deleted_by: { person: mia, computer: { id: "pc-2", name: "Kitchen" } },
    }),
  );
  page = await Page.open(world);
  await page.until(() => page.titles().length === 4, "the rows");
});

afterEach(() => page.close());

async function show(testid: string, first: string): Promise<void> {
  page.click(testid);
  await page.until(() => page.titles()[0] === first, `the view of ${testid}`);
}

const bare = (text: string | null): string | null => text?.replaceAll(/[\u2068\u2069]/g, "") ?? null;

describe("views", () => {
  test("today is in parts, and below it what was done today", async () => {
    await show("today-button", "Overdue");
    expect(page.titles()).toEqual(["Overdue", "Any"]);
    expect(heads()).toEqual(["Overdue", "Any time"]);
    const part = page.row("Overdue").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(part)?.textContent).toMatch(/Overdue.*, 1 task/);
    await page.until(() => page.has("done-fold"), "the fold");
    expect(page.get("done-fold").textContent).toMatch(/Done today\s*1/);
    page.click("done-fold");
    await page.until(() => page.titles().includes("Finished"), "the done task");
    expect(page.row("Finished").getAttribute("aria-checked")).toBe("true");
  });

  test("upcoming is grouped by day, with the days on which nothing is", async () => {
    await show("upcoming-button", "Tomorrow");
    expect(heads()[0]).toMatch(/tomorrow$/);
    page.transport.change("c", { due: addDays(today, 3) });
    await page.until(() => heads().length === 3, "two empty days");
    expect(heads()[0]).toContain("nothing planned");
    await language.choose("de");
    page.app.goToDay = addDays(today, 1);
    const day = new Intl.DateTimeFormat("de", { weekday: "short", day: "numeric", month: "long" });
    const spoken = day.format(new Date(`${addDays(today, 1)}T12:00`)).replace(",", "");
    await page.until(() => page.app.toasts.polite !== "", "what is said of the day");
    expect(page.app.toasts.polite.replaceAll(/[,\u2068\u2069]/g, "")).toContain(spoken);
    await language.choose("en");
  });

  test("for me, all by list, a space, done by day", async () => {
    await show("me-button", "Any");
    expect(page.titles()).toEqual(["Any"]);
    await show("all-button", "Any");
    expect(heads()).toEqual(["Inbox", "House"]);
    await show("sidebar-space", "Any");
    expect(document.querySelector("h1")?.textContent).toBe("Mine");
    await show("done-button", "Finished");
    expect(page.titles()).toEqual(["Finished"]);
  });

  test("the trash says who deleted what, and gives it back", async () => {
    await show("trash-button", "Thrown");
    expect(page.row("Thrown").querySelector(".sr")?.textContent).toMatch(/by.*Mia/);
    page.click("task-restore");
    await page.until(() => page.titles().length === 0, "the row to go");
    expect(world.tasks.find((task) => task.id === "h")?.deleted_at).toBeNull();
    expect(page.get("empty").textContent).toContain("Trash is empty");
  });

  test("g i opens the inbox wherever it stands, and nobody's name for it is said in the window's language", async () => {
    const [inbox, house] = world.lists;
    if (!inbox || !house) throw new Error("no list");
    inbox.inbox = true;
    world.lists = [house, inbox];
    page.transport.emit("list");
    await page.until(() => page.all("sidebar-list")[0]?.textContent.includes("House") === true, "the order");
    page.app.open({ kind: "list", list: house.id });
    page.press("g");
    page.press("i");
    expect(page.app.view).toEqual({ kind: "list", list: inbox.id });
    await language.choose("de");
    try {
      await page.until(() => page.all("sidebar-list")[1]?.textContent.includes("Eingang") === true, "German");
      await show("all-button", "Overdue");
      expect(heads()).toEqual(["House", "Eingang"]);
      Object.assign(inbox, { name: "Inbox 2" });
      page.transport.emit("list");
      await page.until(() => page.all("sidebar-list")[1]?.textContent.includes("Inbox 2") === true, "a name");
    } finally {
      await language.choose("en");
    }
  });

  test("what was done stands at the time when it was done, and not when it was due", async () => {
    const at = (hour: number): string => new Date(new Date().setHours(hour, 30, 0, 0)).toISOString();
    page.transport.change("g", { due: at(9), completed_at: at(14) });
    await show("done-button", "Finished");
    const clock = page.row("Finished").querySelector(".when")?.textContent;
    expect(clock).toMatch(/2:30|14:30/);
  });

  test("nothing in the trash is said to go by itself", async () => {
    page.transport.change("h", { deleted_at: new Date(Date.now() - 29 * 86_400_000).toISOString() });
    await show("trash-button", "Thrown");
    const said = document.querySelector("main")?.textContent ?? "";
    expect(said).toContain("Thrown");
    expect(said).not.toMatch(/deletes itself|30 days/);
  });

  test("a deleted list lies in the trash until it is brought back", async () => {
    page.press("Delete", {}, page.all("sidebar-list")[1]);
    await page.until(() => page.all("sidebar-list").length === 1, "the list to go");
    page.click("trash-button");
    await page.until(() => page.has("deleted-list"), "the list in the trash");
    const who = page.get("deleted-list").querySelector("[role=img]");
    expect(who?.getAttribute("aria-label")).toMatch(/^deleted .+ by .?Jonas.?$/u);
    page.get("deleted-list").querySelector("button")?.click();
    await page.until(
      () => page.all("sidebar-list").length === 2 && !page.has("deleted-list"),
      "it to be back",
    );
  });

  test("of recovered tasks stands who deleted their list, and who had added them", async () => {
    const by = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    const [, house] = world.lists;
    if (!house) throw new Error("no list");
    await page.app.call("list_delete", { list: house.id });
    page.transport.change("b", { recovered: true, created_by: by });
    await page.until(() => page.has("recovered-button"), "the entry");
    await show("recovered-button", "Overdue");
    const why = () => page.all("recovered-why").map((line) => plain(line));
    const kept = "Mia had added 1 task meanwhile, so it was kept.";
    await page.until(() => why().join() === `You deleted the list House. ${kept}`, "the reason");
    house.deleted_by = { ...by, person: jonas };
    page.transport.emit("list");
    await page.until(
      () => why().join() === `Kitchen deleted the list House. ${kept}`,
      "another of one's computers",
    );
    house.deleted_by = by;
    page.transport.emit("list");
    await page.until(() => why().join() === `Mia deleted the list House. ${kept}`, "somebody else");
  });

  test("recovered tasks are shown by their list, with three ways out", async () => {
    const by = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    page.transport.change("f", { recovered: true, created_by: by });
    await page.until(() => page.has("recovered-button"), "the entry");
    await show("recovered-button", "Last");
    expect(page.texts("recovered-why")).toEqual([
      "The list Inbox was deleted. Mia had added 1 task meanwhile, so it was kept.",
    ]);
    const buttons = [...document.querySelectorAll<HTMLElement>(".rows .acts button")];
    expect(buttons.map((button) => button.textContent.replace(/[\u2068\u2069]/g, ""))).toEqual([
      "Bring Inbox back",
      "Move it to…",
      "Delete it",
    ]);
    buttons[2]?.click();
    await page.until(() => page.titles().length === 0, "the row to go");
    expect(calls("task_do_many")).toEqual([{ ids: ["f"], what: "delete" }]);
  });

  test("a long one that is opened later is whole at once, so that it can be scrolled to its end", async () => {
    const [, house] = world.lists;
    if (!house) throw new Error("no list");
    for (let n = 0; n < 60; n++) world.tasks.push(taskOf(`more-${n}`, `More ${n}`, house));
    let wholeAt: boolean | null = null;
    const watch = new MutationObserver(() => {
      const rows = document.querySelectorAll("[data-testid=task-row]").length;
      if (rows > 10) wholeAt ??= document.querySelector("[data-testid=new-task-field]") !== null;
    });
    watch.observe(document.body, { childList: true, subtree: true });
    page.all("sidebar-list")[1]?.click();
    await page.until(() => wholeAt !== null, "the rows of the list");
    watch.disconnect();
    expect(wholeAt).toBe(true);
  });

  test("back and forward, each where one left it", async () => {
    page.row("Last").focus();
    await show("today-button", "Overdue");
    page.press("ArrowLeft", { altKey: true }, document.body);
    await page.until(() => document.querySelector("h1")?.textContent === "Inbox", "the list again");
    await page.until(() => page.has("task-row") && page.row("Last").tabIndex === 0, "its row");
    page.press("ArrowRight", { altKey: true }, document.body);
    await page.until(
      () => document.querySelector("h1")?.textContent.startsWith("Today") === true,
      "today again",
    );
  });

  test("a view is narrowed with / and shown whole again", async () => {
    page.row("Any").focus();
    page.press("/");
    page.type("filter-field", "last");
    await page.until(() => page.titles().join() === "Last", "the one row");
    expect(page.titles()).toEqual(["Last"]);
    page.press("Escape", {}, page.get("filter-field"));
    await page.until(() => page.titles().length === 4, "all rows");
    expect(page.has("filter-field")).toBe(false);
  });

  test("Esc in the rows ends the narrowing, and its field goes", async () => {
    page.row("Any").focus();
    page.press("/");
    const field = page.type("filter-field", "last");
    await page.until(() => page.titles().join() === "Last", "the one row");
    page.press("Enter", {}, field);
    await page.until(() => document.activeElement === page.row("Last"), "the focus on the row");
    page.press("Escape");
    await page.until(() => page.titles().length === 4, "all rows");
    expect(page.has("filter-field")).toBe(false);
  });

  test("Ctrl+F searches where there is no list, and finds the field of the settings", async () => {
    page.click("computers-button");
    page.press("f", { ctrlKey: true }, document.body);
    await page.until(() => page.has("search-field"), "the search");
    page.app.open({ kind: "settings" });
    await page.until(() => page.has("settings-find"), "the settings");
    page.press("/", {}, document.body);
    expect(document.activeElement).toBe(page.get("settings-find"));
  });

  test("Ctrl+N goes to the last view where a task can be added", async () => {
    await show("today-button", "Overdue");
    for (const leave of ["trash-button", "done-button", "computers-button"]) {
      page.click(leave);
      await page.until(() => page.app.view.kind !== "today", leave);
      page.press("n", { ctrlKey: true }, document.body);
      await page.until(() => page.app.view.kind === "today", "today again");
      await page.until(() => document.activeElement === page.get("new-task-field"), "the field");
    }
    page.app.search("last");
    page.press("n", { ctrlKey: true }, document.body);
    await page.until(() => page.app.view.kind === "today", "today after a search");
  });

  test("where one may only read, Ctrl+N says why", async () => {
    const [space] = world.spaces;
    if (space) space.role = "viewer";
    page.transport.emit("space", ["space-mine"]);
    await page.until(
      () => page.get("new-task-field").getAttribute("aria-disabled") === "true",
      "the field to be off",
    );
    page.press("n", { ctrlKey: true }, document.body);
    await page.until(() => page.has("toast"), "the reason");
    expect(page.text("toast")).toContain(page.app.whyNotWrite("space-mine") ?? "?");
  });

  test("search finds open and done tasks and marks the words", async () => {
    page.app.search("in");
    await page.until(() => page.titles().includes("Finished"), "the results");
    expect(document.querySelector("mark")?.textContent).toMatch(/in/i);
    expect(page.get("search-field")).toHaveProperty("value", "in");
  });

  test("the order of a list can be that of its dates", async () => {
    page.row("Any").focus();
    page.press("v");
    page.press("o");
    await page.until(() => heads().length === 2, "the parts");
    expect(heads()).toEqual(["Today", "No date"]);
    page.row("Any").focus();
    page.press("v");
    page.press("o");
    await page.until(() => heads().length === 0, "the order by hand");
  });
});

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
    await page.until(() => calls("task_add").length === 1, "the call");
    const where = { list: "list-inbox", before: "d" };
    expect(calls("task_add")).toEqual([{ text: "Above", plain: true, ...where }]);
    expect(calls("task_arrange")).toEqual([]);
  });

  test("a new one is typed below its task and goes there", async () => {
    page.row("Parent").focus();
    page.press("a");
    const field = page.type("new-task-field", "Second child");
    page.press("Enter", {}, field);
    await page.until(() => page.titles().includes("Second child"), "the row");
    expect(calls("task_add")).toEqual([{ text: "Second child", plain: true, parent: "d" }]);
    page.press("Escape", {}, page.get("new-task-field"));
    page.row("Parent").focus();
    page.press("n");
    page.press("Enter", {}, page.type("new-task-field", "Below"));
    await page.until(() => calls("task_add").length === 2, "the call");
    expect(calls("task_add")[1]).toEqual({
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
    await show("today-button", "Overdue");
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
  await page.until(() => calls("task_add").length === 2, "both calls");
  const first = world.tasks.find(({ title }) => title === "First");
  expect(calls("task_add")).toMatchObject([
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
      const before = calls("task_add_many").length;
      await page.until(() => calls("task_add_many").length > before, `the lines of ${key}`);
      page.press("Escape", {}, page.get("new-task-field"));
    }
    expect(calls("task_add_many")).toEqual([
      { ...lines, parent: "d", set: {} },
      { ...lines, list: "list-inbox", to: { after: "d" }, set: {} },
      { ...lines, list: "list-inbox", to: { before: "d" }, set: {} },
    ]);
  });

  test("get the tag of the view", async () => {
    page.app.open({ kind: "tag", tag: "home" });
    await page.until(() => page.titles().join() === "Tomorrow", "the view");
    paste("One\nTwo");
    await page.until(() => calls("task_add_many").length === 1, "the lines");
    expect(calls("task_add_many")).toMatchObject([{ set: { tags: ["home"] } }]);
  });

  test("that are refused stand in the field, and Enter tries again", async () => {
    page.transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
    paste("One\n  Half");
    await page.until(() => page.has("new-task-problem"), "the reason");
    expect(page.text("pasted-lines")).toContain("2");
    page.transport.failing.clear();
    page.press("Enter", {}, page.get("new-task-field"));
    await page.until(() => calls("task_add_many").length === 2, "the second try");
    expect(calls("task_add_many")[1]).toEqual(calls("task_add_many")[0]);
    expect(page.has("pasted-lines")).toBe(false);
  });
});

test("where subtasks do not stand below their tasks, a new one is typed in the panel", async () => {
  await show("today-button", "Overdue");
  page.row("Any").focus();
  page.press("a");
  await page.until(() => page.has("subtask-field"), "the field");
  expect(page.app.panel?.id).toBe("a");
  page.app.search("last");
  await page.until(() => page.titles().join() === "Last", "the results");
  page.row("Last").focus();
  page.press("a");
  await page.until(() => page.app.panel?.id === "f" && page.has("subtask-field"), "the field of that task");
  expect(calls("task_add")).toEqual([]);
});

describe("the selection", () => {
  test("is made with x and Shift, and changed as one", async () => {
    page.row("Any").focus();
    page.press("x");
    expect(page.get("bulk-bar").textContent).toContain("1 selected");
    page.press("J", { shiftKey: true });
    await page.until(() => page.get("bulk-bar").textContent.includes("2 selected"), "two");
    expect(page.row("Parent").getAttribute("aria-selected")).toBe("true");
    page.press("2", {}, page.row("Parent"));
    await page.until(() => calls("task_edit_many").length === 1, "the one call");
    expect(calls("task_edit_many")).toEqual([{ ids: ["a", "d"], priority: 2 }]);
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
    expect(calls("task_arrange")[0]).toEqual({ ids: ["f"], to: { before: "d" } });
    await page.until(() => page.app.toasts.polite === "Moved up, 2 of 3", "the announcement");
    page.press("ArrowRight", { altKey: true, shiftKey: true }, page.row("Last"));
    await page.until(() => page.row("Last").getAttribute("aria-level") === "2", "the level");
    expect(calls("task_arrange")[1]).toEqual({ ids: ["f"], parent: { set: "a" }, to: "last" });
    page.press("ArrowLeft", { altKey: true, shiftKey: true }, page.row("Last"));
    await page.until(() => page.row("Last").getAttribute("aria-level") === "1", "the level of before");
    expect(calls("task_arrange")[2]).toEqual({ ids: ["f"], parent: "clear", to: { after: "a" } });
  });

  test("a list goes up and down in the sidebar", async () => {
    page.all("sidebar-list")[1]?.focus();
    page.press("ArrowUp", { altKey: true });
    await page.until(() => page.all("sidebar-list")[0]?.textContent.includes("House") === true, "the move");
    expect(calls("list_move")).toEqual([{ list: "list-house", to: { before: "list-inbox" } }]);
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
    await show(view, first);
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
    const wrote = ["task_add", "task_do_many", "task_edit_many", "undo"].flatMap((name) => calls(name));
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

describe("the palette", () => {
  const options = (): string[] =>
    page.all("palette-option").map((option) => option.textContent.replace(/\s+/g, " ").trim());

  async function type(text: string): Promise<HTMLInputElement> {
    page.press("k", { ctrlKey: true }, document.body);
    return page.type("palette-field", text);
  }

  test("finds tasks, commands and places, and opens them", async () => {
    const field = await type("last");
    await page.until(() => options()[0]?.startsWith("Last") === true, "the task");
    expect(field.getAttribute("aria-activedescendant")).toBe("pal-on");
    page.press("Enter", {}, field);
    await page.until(() => page.app.panel?.id === "f" && !page.has("palette"), "the task to open");
  });

  test("goes to a place by the beginning of its name, and adds what is no name", async () => {
    page.press("Enter", {}, await type("upcom"));
    await page.until(() => page.app.view.kind === "upcoming", "the view");
    const field = await type("Upcoming exams");
    await page.until(() => options()[0]?.includes("Upcoming exams") === true, "the task to add");
    page.press("Enter", {}, field);
    await page.until(() => calls("task_add").length === 1, "the task");
  });

  test("goes to a list, and takes back the choice with the arrows", async () => {
    const field = await type("+hou");
    await page.until(() => options().length === 1, "the list");
    page.press("ArrowDown", {}, field);
    page.press("Enter", {}, field);
    await page.until(() => document.querySelector("h1")?.textContent === "House", "the list");
  });

  test("runs a command for the row that had the focus", async () => {
    page.row("Last").focus();
    page.press("k", { ctrlKey: true });
    const field = page.type("palette-field", ">priority 1");
    page.press("Enter", {}, field);
    await page.until(() => calls("task_edit_many").length === 1, "the command");
    expect(calls("task_edit_many")).toEqual([{ ids: ["f"], priority: 1 }]);
  });

  test("Shift+Enter adds, Ctrl+Enter shows all results", async () => {
    page.press("Enter", { shiftKey: true }, await type("Buy milk"));
    await page.until(() => page.titles().includes("Buy milk"), "the task");
    page.press("Enter", { ctrlKey: true }, await type("milk"));
    await page.until(() => page.app.view.kind === "search", "the results");
    await page.until(() => page.titles().join() === "Buy milk", "the one result");
  });
});

test("on a phone rows are a list, each with a checkbox and a button", async () => {
  await page.close();
  const wide = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) => {
    const media = wide(query);
    if (query.includes("coarse")) Object.defineProperty(media, "matches", { value: true });
    return media;
  });
  page = await Page.open(world);
  vi.restoreAllMocks();
  const [row] = page.all("task-row");
  expect(row?.getAttribute("role")).toBe("listitem");
  expect(row?.closest(".tree")?.getAttribute("role")).toBe("list");
  for (const name of ["aria-level", "aria-checked", "aria-selected"])
    expect(row?.hasAttribute(name)).toBe(false);
  const check = page.get("task-check");
  expect([check.getAttribute("role"), check.getAttribute("aria-hidden"), check.tabIndex]).toEqual([
    "checkbox",
    null,
    0,
  ]);
  const open = page.get("task-open");
  expect(open.getAttribute("aria-label")).toContain(page.titles()[0]);
  open.click();
  expect(page.app.panel?.id).toBe(row?.dataset.id);
});
