import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Space } from "../src/generated/api.ts";
import { dayOf } from "../src/lib/days.ts";
import { listOf, smallWorld, spaceOf, taskOf, type World } from "./memory/world.ts";
import { Page } from "./page.ts";
import { plain } from "./screen.ts";

let world: World;
let page: Page;
/** What lies under the pointer: there is no layout here that would tell. */
let under: () => Element | null;
const calls = (operation: string): unknown[] =>
  page.transport.calls.filter((call) => call.operation === operation).map((call) => call.input);

beforeEach(async () => {
  world = smallWorld();
  const [inbox] = world.lists;
  const [space] = world.spaces;
  if (!inbox || !space) throw new Error("no list");
  world.lists.push(listOf("list-house", "House", space));
  world.tasks.push(
    taskOf("a", "One", inbox),
    taskOf("b", "Two", inbox),
    taskOf("c", "Three", inbox),
    taskOf("d", "Four", inbox),
  );
  under = () => document.querySelector(".scroll .rows");
  document.elementFromPoint = () => under();
  page = await Page.open(world);
  await page.until(() => page.titles().length === 4, "the rows");
});

afterEach(async () => {
  await page.close();
  vi.restoreAllMocks();
});

function pointer(type: string, x: number, y: number, on: EventTarget = window): void {
  on.dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0 }),
  );
  flushSync();
}

/** Takes a row up and carries it; rows are 40 px high and begin at 0. */
function carry(title: string, x: number, y: number): void {
  pointer("pointerdown", 100, 20, page.row(title));
  pointer("pointermove", 100, 30);
  pointer("pointermove", x, y);
}

test("a line shows the place and the level, and the row goes there", async () => {
  carry("Four", 100, 41);
  expect(page.get("drop-line").dataset.level).toBe("0");
  expect(page.row("Four").classList.contains("is-ghost")).toBe(true);
  pointer("pointermove", 130, 41);
  expect(page.get("drop-line").dataset.level).toBe("1");
  pointer("pointermove", 100, 41);
  pointer("pointerup", 100, 41);
  await page.until(() => page.titles().join() === "One,Four,Two,Three", "the move");
  expect(calls("task_arrange")).toEqual([{ ids: ["d"], parent: "clear", to: { after: "a" } }]);
  expect(page.has("drop-line")).toBe(false);
});

test("the selection is carried together", async () => {
  page.app.selection.replace(["d", "c"]);
  flushSync();
  carry("Three", 100, 0);
  pointer("pointerup", 100, 0);
  await page.until(() => calls("task_arrange").length === 1, "the call");
  expect(calls("task_arrange")).toEqual([{ ids: ["c", "d"], parent: "clear", to: { before: "a" } }]);
});

test("onto a list of the sidebar, and onto Today", async () => {
  under = () => document.querySelector("[data-list=list-house]");
  carry("Two", 10, 300);
  expect(document.querySelector(".is-drop")?.textContent).toContain("House");
  expect(page.has("drop-line")).toBe(false);
  pointer("pointerup", 10, 300);
  await page.until(() => !page.titles().includes("Two"), "the row to go");
  expect(calls("task_arrange")).toEqual([{ ids: ["b"], list: "list-house" }]);
  under = () => page.get("today-button");
  carry("One", 10, 60);
  pointer("pointerup", 10, 60);
  await page.until(() => calls("task_edit_many").length === 1, "the date");
  expect(calls("task_edit_many")).toEqual([{ ids: ["a"], due_day: dayOf(new Date()) }]);
});

test("Escape cancels, and a click is no drag", async () => {
  carry("Four", 100, 41);
  page.press("Escape", {}, window);
  expect(page.has("drop-line")).toBe(false);
  pointer("pointerup", 100, 41);
  pointer("pointerdown", 100, 20, page.row("One"));
  pointer("pointermove", 102, 21);
  pointer("pointerup", 102, 21);
  expect(calls("task_arrange")).toEqual([]);
  expect(page.app.toasts.polite).toBe("Not moved");
});

test("where rows are sorted, only days are targets", async () => {
  page.app.setOrder("due");
  await page.until(
    () => page.app.rows?.listing.shape === "agenda" && page.titles().length === 4,
    "the order",
  );
  carry("Four", 100, 60);
  expect(page.has("drop-line")).toBe(false);
  expect(page.get("status-line").textContent).toContain("Sorted by due date");
  pointer("pointerup", 100, 60);
  expect(calls("task_arrange")).toEqual([]);
});

test("groups that are a day, or none, give and take dates; those that are several are no targets", async () => {
  page.transport.change("a", { due: "2020-01-01" });
  page.transport.change("b", { due: dayOf(new Date()) });
  page.transport.change("c", { due: "2999-01-01" });
  page.app.setOrder("due");
  const heads = (): string[] => [...document.querySelectorAll(".rows h2")].map((head) => plain(head));
  await page.until(() => heads().length === 4, "the parts");
  expect(heads()).toEqual(["Overdue", "Today", "Later", "No date"]);
  // Headings and rows are 40 px high here: each part has 80.
  const marked = (): string => plain(document.querySelector(".is-drop h2") ?? document.createElement("i"));
  const drop = (title: string, y: number): string => {
    carry(title, 100, y);
    const over = marked();
    pointer("pointerup", 100, y);
    return over;
  };
  expect(drop("Four", 60)).toBe("");
  expect(drop("Four", 220)).toBe("");
  expect(drop("Four", 140)).toBe("Today");
  await page.until(() => calls("task_edit_many").length === 1, "the day");
  await page.until(() => heads().length === 3, "nothing without a date");
  page.transport.change("c", { due: null });
  await page.until(() => heads().at(-1) === "No date", "a part without a date");
  // It has the day already.
  expect(drop("Two", 140)).toBe("");
  expect(drop("Two", 260)).toBe("No date");
  await page.until(() => calls("task_edit_many").length === 2, "no day");
  expect(calls("task_edit_many")).toEqual([
    { ids: ["d"], due_day: dayOf(new Date()) },
    { ids: ["b"], due: "clear" },
  ]);
  expect(calls("task_arrange")).toEqual([]);
});

test("text from outside becomes tasks of the list it is dropped on", async () => {
  const drop = new Event("drop", { bubbles: true, cancelable: true });
  Object.assign(drop, { dataTransfer: { files: [], types: ["text/plain"], getData: () => "milk\n\nbread" } });
  document.querySelector("[data-list=list-house]")?.dispatchEvent(drop);
  await page.until(() => calls("task_add_many").length === 1, "the call");
  expect(calls("task_add_many")[0]).toMatchObject({ lines: ["milk", "bread"], list: "list-house" });
});

test("a list is dragged to another place of the sidebar", async () => {
  under = () => document.querySelector("[data-list=list-inbox]");
  const house = page.all("sidebar-list")[1] ?? document.body;
  pointer("pointerdown", 10, 300, house);
  pointer("pointermove", 10, 280);
  pointer("pointermove", 10, -1);
  expect(page.all("sidebar-list")[0]?.classList.contains("line-before")).toBe(true);
  pointer("pointerup", 10, -1);
  await page.until(() => page.all("sidebar-list")[0]?.textContent.includes("House") === true, "the move");
  expect(calls("list_move")).toEqual([{ list: "list-house", to: { before: "list-inbox" } }]);
});

test("a second press that carries the row elsewhere does not edit its title", async () => {
  carry("Four", 100, 41);
  pointer("pointerup", 100, 41);
  page.row("Four").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  flushSync();
  await page.until(() => page.titles().join() === "One,Four,Two,Three", "the move");
  expect(page.has("task-title-field")).toBe(false);
});

test("a list is dragged to a space that has none yet", async () => {
  world.spaces.push(spaceOf("space-home", "Home"));
  page.transport.emit("space");
  const home = (): Element | null => document.querySelector(".space[data-space=space-home]");
  await page.until(() => home() !== null, "the space");
  under = home;
  pointer("pointerdown", 10, 300, page.all("sidebar-list")[1]);
  pointer("pointermove", 10, 320);
  pointer("pointermove", 10, 400);
  expect(home()?.classList.contains("is-drop")).toBe(true);
  pointer("pointerup", 10, 400);
  await page.until(() => calls("list_move").length === 1, "the move");
  expect(calls("list_move")).toEqual([{ list: "list-house", to: "first", space: "space-home" }]);
  expect(home()?.classList.contains("is-drop")).toBe(false);
});

describe("what cannot be done says why in the status line", () => {
  /** Lets a row go where it cannot be, and gives what is said. */
  function refused(title: string, y = 60): string {
    page.app.remark = "";
    carry(title, 100, y);
    expect(page.has("drop-line")).toBe(false);
    expect(document.querySelector(".is-drop")).toBeNull();
    pointer("pointerup", 100, y);
    return page.app.remark;
  }

  test("over what takes no tasks", async () => {
    for (const entry of ["upcoming-button", "trash-button", "sidebar-space"]) {
      under = () => page.get(entry);
      expect(refused("One")).toBe("Tasks go onto a list or onto Today");
    }
    under = () => page.get("today-button");
    page.transport.change("a", { due: dayOf(new Date()) });
    await page.until(() => page.app.rows?.all.task("a")?.due !== null, "the date");
    expect(refused("One")).toBe("Nothing would change here");
  });

  test("below itself", async () => {
    page.transport.change("b", { parent: "a" });
    await page.until(() => page.row("Two").getAttribute("aria-level") === "2", "the subtask");
    page.app.remark = "";
    carry("One", 100, 60);
    pointer("pointermove", 140, 80);
    expect(page.has("drop-line")).toBe(false);
    expect(page.app.remark).toBe("A task cannot be part of itself");
  });

  test("where one may only read", async () => {
    const shared: Space = { ...spaceOf("space-home", "Home"), role: "viewer" };
    world.spaces.push(shared);
    world.lists.push(listOf("list-read", "Read", shared));
    world.tasks.push(taskOf("r", "Theirs", listOf("list-read", "Read", shared)));
    page.transport.emit("space");
    await page.until(() => page.app.whyNotWrite(shared.id) !== null, "the role");
    const why = "You can read this list, not change it";
    const lists = page.all("sidebar-list");
    under = () => lists[2] ?? null;
    pointer("pointerdown", 10, 300, lists[1]);
    pointer("pointermove", 10, 340);
    pointer("pointermove", 10, 350);
    expect([page.app.remark, document.querySelector(".line-after")]).toEqual([why, null]);
    pointer("pointerup", 10, 350);
    page.app.remark = "";
    pointer("pointerdown", 10, 300, lists[2]);
    expect(page.app.remark).toBe("");
    pointer("pointermove", 10, 340);
    expect(page.app.remark).toBe(why);
    pointer("pointerup", 10, 340);
    page.app.open({ kind: "list", list: "list-read" });
    await page.until(() => page.titles().join() === "Theirs", "the list");
    expect(refused("Theirs")).toBe(why);
  });
});

describe("what is pasted while no field has the focus", () => {
  function paste(text: string, on: EventTarget): Event {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { files: [], getData: () => text } });
    on.dispatchEvent(event);
    return event;
  }

  test("on a row goes to the open list, a line a task", async () => {
    const event = paste("milk\r\n\r\nbread", page.row("One"));
    await page.until(() => calls("task_add_many").length === 1, "the call");
    expect(calls("task_add_many")[0]).toMatchObject({ lines: ["milk", "bread"], list: "list-inbox" });
    expect(event.defaultPrevented).toBe(true);
  });

  test("on a list of the sidebar goes to that list alone", async () => {
    paste("milk", document.querySelector("[data-list=list-house]") ?? document.body);
    await page.until(() => calls("task_add_many").length > 0, "the call");
    await page.until(() => page.has("toast"), "what was done");
    expect(calls("task_add_many")).toMatchObject([{ lines: ["milk"], list: "list-house" }]);
  });

  test("in a field stays there, and in the trash adds nothing", async () => {
    page.row("One").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    const event = paste("milk", page.get("task-title-field"));
    expect(event.defaultPrevented).toBe(false);
    page.app.open({ kind: "trash" });
    await page.until(() => document.querySelector("[data-view=trash]") !== null, "the trash");
    paste("milk", document.body);
    expect(calls("task_add_many")).toEqual([]);
  });
});
