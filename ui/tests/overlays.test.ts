import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later } from "../src/components/later.svelte.ts";
import { smallWorld, taskOf, type World } from "./memory/world.ts";
import { Page } from "./page.ts";
import { plain } from "./screen.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  world = smallWorld();
  const [inbox] = world.lists;
  if (!inbox) throw new Error("no list");
  world.tasks.push(taskOf("a", "One", inbox), taskOf("b", "Two", inbox));
  page = await Page.open(world);
  await page.until(() => page.titles().length === 2, "the rows");
});

afterEach(() => page.close());

test("the palette opens over an empty search, and the keys go on behind it", async () => {
  page.app.search("one");
  await page.until(() => page.titles().join() === "One", "the result");
  page.type("search-field", "");
  await page.until(() => page.app.rows === null, "no results");
  page.press("k", { ctrlKey: true });
  await page.until(() => page.has("palette-field"), "the palette");
  page
    .get("palette-field")
    .closest("dialog")
    ?.dispatchEvent(new Event("cancel", { cancelable: true }));
  await page.until(() => !page.has("palette"), "the palette to close");
  page.press("1", { ctrlKey: true });
  await page.until(() => page.app.view.kind === "today", "the first entry of the sidebar");
});

test("what is typed before the palette is there stands in it", async () => {
  later.parts = null;
  page.press("k", { ctrlKey: true }, document.body);
  for (const key of "o é") page.press(key, {}, document.body);
  await page.until(() => page.has("palette-field"), "the palette");
  expect((page.get("palette-field") as HTMLInputElement).value).toBe("o é");
});

test("a view is offered once, also where a person is called like it", async () => {
  page.press("k", { ctrlKey: true });
  await page.until(() => page.has("palette-field"), "the palette");
  page.type("palette-field", "for me");
  await page.until(() => page.all("palette-option").length > 0, "what fits");
  const named = page.all("palette-option").filter((one) => one.textContent.trim() === "For me");
  expect(named).toHaveLength(1);
});

test("a task is found by the title it had, which stands beside the one it has", async () => {
  const [one] = world.tasks;
  if (!one) throw new Error("no task");
  await page.app.call("task_edit_many", { ids: [one.id], title: "Call the plumber" });
  await page.app.call("task_edit_many", { ids: [one.id], title: "Book the heating" });
  page.press("k", { ctrlKey: true });
  await page.until(() => page.has("palette-field"), "the palette");
  const found = () => page.all("palette-option").map((option) => plain(option));
  page.type("palette-field", "plumb");
  await page.until(() => found()[0]?.startsWith("Book the heating") === true, "the task");
  expect(found()[0]).toContain("was “Call the plumber”");
  page.type("palette-field", "heating");
  await page.until(() => found()[0]?.includes("plumber") === false, "the task by what it is called");
  expect(found().filter((option) => option.includes("Book the heating"))).toHaveLength(1);
  page.press("Enter", {}, page.get("palette-field"));
  await page.until(() => page.app.panel?.id === one.id, "the task, open");
});

test("what breaks over the window goes, says so, and leaves the keys alive", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { control } = page.app;
  Object.defineProperty(control, "current", {
    configurable: true,
    get: () => {
      throw new Error("broken on purpose");
    },
  });
  page.press("k", { ctrlKey: true }, document.body);
  await page.until(() => page.has("toast"), "what is wrong");
  expect(page.get("toast").textContent).toMatch(/broken on purpose/i);
  expect(page.has("palette")).toBe(false);
  delete (control as unknown as Record<string, unknown>).current;
  page.press("k", { ctrlKey: true }, document.body);
  await page.until(() => page.has("palette-field"), "the palette, when it can be shown");
  vi.restoreAllMocks();
});

test("the button of Upcoming asks for a day, and goes there", async () => {
  page.click("upcoming-button");
  await page.until(() => page.has("go-to-date"), "the view");
  page.click("go-to-date");
  await page.until(() => page.has("picker"), "the days");
  document.querySelector<HTMLElement>("[data-testid=picker] [data-day]")?.click();
  await page.until(() => !page.has("picker") && page.app.goToDay === null, "the day");
  expect(page.app.picker).toBeNull();
});

test("over a dialog the size of the text still has its keys, and nothing behind it has any", async () => {
  page.row("One").focus();
  page.press("?");
  await page.until(() => page.has("key-sheet"), "the sheet");
  page.type("key-find", "merged");
  expect(plain(page.get("key-sheet"))).toContain("Keep a merged edit AltK");
  page.press("+", { ctrlKey: true }, page.get("key-find"));
  page.press("1", { ctrlKey: true }, page.get("key-find"));
  await page.until(() => page.app.settings.now.zoom === 110, "the size");
  expect([page.app.view.kind, page.has("key-sheet")]).toEqual(["list", true]);
});

test("the drawer of a narrow window has the focus while it is open, and gives it back", async () => {
  page.row("Two").focus();
  page.app.sidebar.open = true;
  await page.until(
    () => document.activeElement?.closest("[data-part]")?.getAttribute("data-part") === "sidebar",
    "the focus in the drawer",
  );
  page.press("Escape");
  await page.until(() => document.activeElement === page.row("Two"), "the focus on the row");
});

test("F6 reaches what has no parent of its offset, such as the drawer", () => {
  for (const part of document.querySelectorAll<HTMLElement>("[data-part=sidebar]"))
    Object.defineProperty(part, "offsetParent", { configurable: true, get: () => null });
  page.row("Two").focus();
  page.press("F6", { shiftKey: true });
  expect(document.activeElement?.closest("[data-part]")?.getAttribute("data-part")).toBe("sidebar");
});

test("F6 reaches the status line under the title, where the sidebar is put away", () => {
  for (const part of document.querySelectorAll("[data-part=sidebar], .statusbar"))
    part.getClientRects = () => [] as unknown as DOMRectList;
  page.row("Two").focus();
  page.press("F6");
  expect(document.activeElement).toBe(page.get("status-line-narrow"));
  page.press("F6");
  expect(document.activeElement).toBe(page.row("Two"));
});

test("a picker for no task does not open: nothing would be drawn, and no key would work", () => {
  page.app.openPicker("date", []);
  expect(page.app.picker).toBeNull();
});

test("the field of a search says what is searched for, also when the palette asks for something else", async () => {
  page.app.open({ kind: "search", text: "" });
  await page.until(() => page.has("search-field"), "the search");
  page.type("search-field", "one");
  await page.until(() => page.app.view.kind === "search" && page.app.view.text === "one", "the search");
  page.app.search("two");
  const field = page.get("search-field") as HTMLInputElement;
  await page.until(() => field.value === "two", "the other words");
});

test("the buttons of the sidebar and of the settings name their keys, as they are set", async () => {
  const titles = (): string[] =>
    ["side-open", "settings-button"].map((testid) =>
      page.get(testid).title.replaceAll(/[\u2068\u2069]/g, ""),
    );
  expect(titles()).toEqual(["All lists (Ctrl+\\)", "Settings (Ctrl+,)"]);
  await page.app.settings.change({ keys: { sidebar: "b", go_settings: "" } });
  await page.until(() => titles()[0] === "All lists (b)", "the key that was set");
  expect(titles()[1]).toBe("Settings");
  page.app.open({ kind: "search", text: "" });
  await page.until(() => page.has("search-field"), "the search");
  expect(titles()[0]).toBe("All lists (b)");
});
