import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addDays } from "../../src/lib/days.ts";
import { language } from "../../src/messages/index.ts";
import { taskOf, type World } from "../memory/world.ts";
import { Page } from "../page.ts";
import { heads, openHouse, show, today } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

describe("views", () => {
  test("today is in parts, and below it what was done today", async () => {
    await show(page, "today-button", "Overdue");
    expect(page.titles()).toEqual(["Overdue", "Any"]);
    expect(heads()).toEqual(["Overdue", "Any time"]);
    expect(page.get("today-button").textContent).toMatch(/Today\s*2 2 tasks/);
    const part = page.row("Overdue").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(part)?.textContent).toMatch(/Overdue.*, 1 task/);
    await page.until(() => page.has("done-fold"), "the fold");
    expect(page.get("done-fold").textContent).toMatch(/Done today\s*1/);
    page.click("done-fold");
    await page.until(() => page.titles().includes("Finished"), "the done task");
    expect(page.row("Finished").getAttribute("aria-checked")).toBe("true");
  });

  test("upcoming is grouped by day, with the days on which nothing is", async () => {
    await show(page, "upcoming-button", "Tomorrow");
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
    await show(page, "me-button", "Any");
    expect(page.titles()).toEqual(["Any"]);
    await show(page, "all-button", "Any");
    expect(heads()).toEqual(["Inbox", "House"]);
    await show(page, "sidebar-space", "Any");
    expect(document.querySelector("h1")?.textContent).toBe("Mine");
    await show(page, "done-button", "Finished");
    expect(page.titles()).toEqual(["Finished"]);
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
      await show(page, "all-button", "Overdue");
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
    await show(page, "done-button", "Finished");
    const clock = page.row("Finished").querySelector(".when")?.textContent;
    expect(clock).toMatch(/2:30|14:30/);
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
    await show(page, "today-button", "Overdue");
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
    await show(page, "today-button", "Overdue");
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
