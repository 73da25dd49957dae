import { afterEach, beforeEach, expect, test } from "vitest";
import "../../src/components/panel/PanelBody.svelte";
import "../../src/components/pickers/OnePicker.svelte";
import type { HistoryEntry } from "../../src/generated/api.ts";
import { panelWorld } from "../memory/panel.ts";
import { fail } from "../memory/transport.ts";
import { taskOf } from "../memory/world.ts";
import { Page } from "../page.ts";
import { household, versionBy } from "./bench.ts";

let page: Page;

beforeEach(async () => {
  page = await Page.open(household().world);
  page.app.open({ kind: "list", list: "l-house" });
  await page.until(() => page.titles().includes("Buy paint"), "the list");
});
afterEach(async () => {
  await page.close();
});

test("beside the list: what is typed stays while rows come, change and go", async () => {
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-title"), "the panel");
  page.click("panel-title");
  page.type("panel-title-field", "Buy white paint");
  const field = page.get("panel-title-field");
  const list = page.transport.list("l-house");
  page.transport.add(taskOf("t-new", "From elsewhere", list));
  page.transport.change("t-rent", { title: "Rent" });
  page.transport.change("t-paint", { priority: 1 });
  await page.until(
    () => page.titles().includes("From elsewhere") && page.titles().includes("Rent"),
    "the rows",
  );
  expect(page.get("panel-title-field")).toBe(field);
  expect((field as HTMLTextAreaElement).value).toBe("Buy white paint");
  expect(document.activeElement).toBe(field);
  page.press("Enter");
  await page.until(() => page.titles().includes("Buy white paint"), "the row's new title");
});

test("a picker opened at a row gives the focus back to it", async () => {
  page.row("Buy paint").focus();
  page.press("s");
  await page.until(() => page.has("picker-field"), "the picker");
  expect(document.activeElement).toBe(page.get("picker-field"));
  page.press("Escape");
  await page.until(() => !page.has("picker"), "the picker to close");
  expect(document.activeElement).toBe(page.row("Buy paint"));
});

test("closing the panel gives the focus to the row", async () => {
  page.row("Buy paint").focus();
  page.press("Enter");
  await page.until(() => page.has("panel-close"), "the panel");
  page.get("panel-close").focus();
  page.click("panel-close");
  await page.until(() => document.activeElement === page.row("Buy paint"), "the row's focus");
});

test("a task that goes to the trash from its panel leaves the focus to a row", async () => {
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-more"), "the panel");
  page.get("panel-close").focus();
  await page.app.removeAll(["t-paint"]);
  await page.until(() => !page.has("panel"), "the panel to go");
  await page.until(() => document.activeElement?.closest("[data-id]") !== null, "the focus on a row");
});

test("closing the panel of a task that is not in the view gives the focus to one that is", async () => {
  page.app.openTask("t-trip");
  await page.until(() => page.has("panel-close"), "the panel");
  page.get("panel-close").focus();
  page.click("panel-close");
  await page.until(() => document.activeElement?.closest("[data-id]") !== null, "the focus on a row");
});

test("a task is taken out of the trash with an undo, and the focus goes on with its title", async () => {
  page.transport.change("t-paint", { deleted_at: "2026-03-17T10:00:00Z" });
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-restore"), "the button");
  page.get("panel-restore").focus();
  page.click("panel-restore");
  await page.until(() => !page.has("panel-restore"), "the task to be back");
  await page.until(() => document.activeElement === page.get("panel-title"), "the focus");
  expect(page.app.toasts.current?.undo).not.toBeNull();
});

test("a title that is half typed when another task is opened is not lost", async () => {
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-title"), "the panel");
  page.click("panel-title");
  page.type("panel-title-field", "Buy white paint");
  page.app.openTask("t-trip");
  await page.until(() => page.titles().includes("Buy white paint"), "the title");
});

test("nor is one that is half typed in a row when another view is opened", async () => {
  const row = page.row("Buy paint");
  row.focus();
  page.press("F2");
  await page.until(() => page.has("task-title-field"), "the field");
  page.type("task-title-field", "Buy white paint");
  page.app.open({ kind: "list", list: "l-school" });
  await page.until(() => !page.has("task-title-field"), "the other view");
  expect(page.inputs("task_edit")).toEqual([
    { id: "t-paint", title: "Buy white paint", title_seen: "Buy paint" },
  ]);
});

test("a title that cannot be saved stays in its field, with the reason under it and the focus in it", async () => {
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-title"), "the panel");
  page.click("panel-title");
  page.type("panel-title-field", "Buy white paint");
  page.transport.failing.set("task_edit", fail("busy", "the disk is slow"));
  page.press("Enter", {}, page.get("panel-title-field"));
  await page.until(() => page.has("panel-title-problem"), "the reason");
  const field = page.get("panel-title-field") as HTMLTextAreaElement;
  expect([field.value, field.getAttribute("aria-invalid")]).toEqual(["Buy white paint", "true"]);
  await page.until(() => document.activeElement === field, "the focus");
  page.transport.failing.clear();
  page.press("Enter", {}, field);
  await page.until(() => page.titles().includes("Buy white paint"), "the title");
});

test("Ctrl and an arrow go on to the next task, in the panel", async () => {
  page.app.openTask("t-paint");
  await page.until(() => page.has("panel-close"), "the panel");
  page.get("panel-close").focus();
  page.press("ArrowUp", { ctrlKey: true });
  await page.until(() => page.app.panel?.id !== "t-paint", "another task");
  await page.until(
    () => page.get("panel").contains(document.activeElement),
    "the focus to stay in the panel",
  );
});

test("what others change in the open task is said, and what one changes oneself is not", async () => {
  page.app.openTask("t-rent");
  await page.until(() => page.has("history-entry"), "the panel");
  const known = panelWorld(page.transport.world);
  const entry = (version: ReturnType<typeof versionBy>, field: string) => ({
    ...version,
    field,
    current: true,
    also_written: false,
    counts: true,
  });
  const write = (now: HistoryEntry): void => {
    known.history.set("t-rent", [now, ...(known.history.get("t-rent") ?? [])]);
    page.transport.change("t-rent", { updated_at: now.at });
  };
  const heard = (): string => page.app.toasts.polite.replaceAll(/[\u2068\u2069]/g, "");
  const before = heard();
  write(entry(versionBy("jonas", "v90", "2026-03-21", "2026-03-17T11:00:00Z"), "due"));
  await page.until(() => page.texts("history-entry")[0]?.includes("March 21") === true, "the history");
  expect(heard()).toBe(before);
  write(entry(versionBy("mia", "v91", "2026-03-22", "2026-03-17T11:01:00Z"), "due"));
  await page.until(() => heard() === "Mia changed this: date", "the announcement");
});
