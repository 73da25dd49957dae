import { afterEach, beforeEach, expect, test } from "vitest";
import { focusPart } from "../../src/lib/parts.ts";
import type { World } from "../memory/world.ts";
import { mia } from "../memory/world.ts";
import { Bench, household } from "./bench.ts";

let bench: Bench;
let world: World;

beforeEach(() => {
  ({ world } = household());
});
afterEach(async () => {
  await bench.close();
});

test("the panel shows a task whole, with a name", async () => {
  bench = await Bench.open(world, "t-rent");
  const panel = bench.get("panel");
  expect(panel.tagName).toBe("ASIDE");
  expect(panel.getAttribute("aria-label")).toContain("Transfer the rent, 950 €");
  expect(bench.text("panel-title")).toBe("Transfer the rent, 950 €");
  expect(bench.text("panel-date")).toMatch(/Fri.*March 20/);
  expect(bench.text("panel-repeat")).toBe("Every month on the 20th");
  expect(bench.text("panel-who")).toContain("Mia");
  expect(bench.text("panel-tags")).toBe("#bills");
  const named = (bench.get("panel-date").getAttribute("aria-labelledby") ?? "").split(" ");
  expect(named.map((id) => document.getElementById(id)?.textContent.slice(0, 4))).toEqual(["When", "Fri,"]);
  expect(bench.texts("subtask")).toHaveLength(3);
  expect(bench.all("subtask").map((line) => line.getAttribute("aria-level"))).toEqual(["1", "1", "2"]);
  await bench.until(() => bench.has("notes-shown"), "the notes");
  expect(bench.get("notes-shown").querySelector("b")?.textContent).toBe("letter");
});

test("the title is changed in place, and Escape leaves it as it was", async () => {
  bench = await Bench.open(world, "t-rent");
  bench.click("panel-title");
  bench.type("panel-title-field", "Something else");
  bench.press("Escape");
  expect(bench.has("panel-title-field")).toBe(false);
  expect(bench.has("panel")).toBe(true);
  bench.click("panel-title");
  bench.type("panel-title-field", "Transfer the rent");
  bench.press("Enter");
  await bench.until(() => bench.text("panel-title") === "Transfer the rent", "the new title");
  expect(bench.inputs("task_edit")).toEqual([
    { id: "t-rent", title: "Transfer the rent", title_seen: "Transfer the rent, 950 €" },
  ]);
});

test("a title being typed stays when another one arrives, and that one is offered", async () => {
  bench = await Bench.open(world, "t-rent");
  bench.click("panel-title");
  bench.type("panel-title-field", "Mine");
  bench.transport.change("t-rent", { title: "Theirs" });
  await bench.until(() => bench.has("title-theirs"), "the other title");
  expect((bench.get("panel-title-field") as HTMLTextAreaElement).value).toBe("Mine");
  expect(bench.text("title-theirs")).toContain("Theirs");
  bench.get("title-theirs").querySelector("button")?.click();
  expect((bench.get("panel-title-field") as HTMLTextAreaElement).value).toBe("Theirs");
});

test("Escape closes the panel; another task keeps the focus in it", async () => {
  bench = await Bench.open(world, "t-rent");
  bench.get("panel-close").focus();
  bench.app.openTask("t-paint");
  await bench.until(() => bench.text("panel-title") === "Buy paint", "the other task");
  expect(bench.get("panel").contains(document.activeElement)).toBe(true);
  expect(bench.inputs("presence_set")).toEqual([{ task: "t-rent" }, { task: "t-paint" }]);
  bench.press("Escape");
  await bench.until(() => !bench.has("panel"), "the panel to close");
});

test("receipts name the computers and what is missing", async () => {
  bench = await Bench.open(world, "t-rent");
  await bench.until(() => bench.has("receipt"), "the receipt");
  expect(bench.text("receipt")).toBe("On 2 of 3 computers");
  bench.click("receipt");
  expect(bench.text("receipt-missing")).toMatch(/^attic-pc\s?last had changes/);
  expect(bench.texts("receipt-on").map((text) => text.replace(/\s?has it/, ""))).toEqual([
    "Jonas’s laptop",
    "Kitchen",
  ]);
  bench.press("Escape", {}, bench.get("receipt"));
  expect(bench.has("receipt-missing")).toBe(false);
  expect(bench.has("panel")).toBe(true);
});

test("presence: who is here is shown, and what one does is told", async () => {
  bench = await Bench.open(world, "t-rent");
  expect(bench.inputs("presence_set")).toEqual([{ task: "t-rent" }]);
  world.presence.push({
    person: mia,
    computer: { id: "pc-kitchen", name: "Kitchen" },
    this: false,
    list: null,
    task: "t-rent",
    typing: true,
    on_it: ["t-rent"],
    since: "2026-03-17T10:00:00Z",
  });
  bench.transport.emit("presence");
  await bench.until(() => bench.text("presence").includes("Mia is typing"), "Mia");
  expect(bench.text("presence")).toContain("Mia is on it");
  bench.click("panel-on-it");
  await bench.until(() => bench.get("panel-on-it").getAttribute("aria-pressed") === "true", "on it");
  bench.click("panel-title");
  bench.type("panel-title-field", "x");
  const told = (): string => JSON.stringify(bench.inputs("presence_set").at(-1));
  await bench.until(() => told() === '{"typing":true}', "that one types");
  bench.press("Escape");
  await bench.until(() => told() === '{"typing":false}', "that one types no more");
  bench.app.closePanel();
  await bench.until(() => told() === '{"task":null}', "the leave");
});

test("a task that cannot be written says why, and nothing of it is lost", async () => {
  const [, home] = world.spaces;
  if (home) home.role = "viewer";
  bench = await Bench.open(world, "t-rent");
  expect(bench.get("panel-title").getAttribute("aria-disabled")).toBe("true");
  expect(bench.get("panel-date").title).toBe("You can read this list, not change it");
  expect(bench.get("merged-keep").getAttribute("aria-disabled")).toBe("true");
});

test("a task in the trash is brought back from there", async () => {
  bench = await Bench.open(world, "t-paint");
  bench.transport.change("t-paint", {
    deleted_at: "2026-03-17T10:00:00Z",
    deleted_by: { person: mia, computer: { id: "pc-kitchen", name: "Kitchen" } },
  });
  await bench.until(() => bench.has("panel-trashed"), "the trash");
  expect(bench.text("panel-trashed")).toContain("Mia put it into the trash");
  bench.click("panel-restore");
  await bench.until(() => !bench.has("panel-trashed"), "the way out of it");
});

test("the panel's width is changed with keys, within its bounds", async () => {
  bench = await Bench.open(world, "t-paint");
  const handle = bench.get("panel-resize");
  handle.focus();
  bench.press("End");
  expect(handle.getAttribute("aria-valuenow")).toBe("560");
  bench.press("ArrowLeft");
  expect(handle.getAttribute("aria-valuenow")).toBe("560");
  bench.press("Home");
  expect(document.documentElement.style.getPropertyValue("--panel-w")).toBe("21.25rem");
});

test("the key that goes from part to part begins at the title", async () => {
  bench = await Bench.open(world, "t-rent");
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]"))
    Object.defineProperty(part, "offsetParent", { configurable: true, get: () => document.body });
  focusPart(1);
  expect(document.activeElement).toBe(bench.get("panel-title"));
});

test("keys of a row mean the same in the panel, and a field keeps its letters", async () => {
  bench = await Bench.open(world, "t-rent");
  bench.get("panel-close").focus();
  bench.press("w");
  await bench.until(() => bench.has("picker-field"), "the picker");
  expect(bench.app.picker?.ids).toEqual(["t-rent"]);
  bench.press("Escape");
  expect(document.activeElement).toBe(bench.get("panel-close"));
  bench.press("a");
  await bench.until(() => document.activeElement === bench.get("subtask-field"), "the subtask's field");
  bench.press("s");
  expect(bench.app.picker).toBeNull();
  bench.press("Escape");
  bench.get("panel-close").focus();
  bench.press("m");
  await bench.until(() => bench.has("notes-field"), "the notes");
});

test("a task that will not be done is neither open nor done, and can be opened again", async () => {
  bench = await Bench.open(world, "t-paint");
  bench.click("panel-cancel");
  await bench.until(
    () => world.tasks.find((task) => task.id === "t-paint")?.status === "cancelled",
    "the state",
  );
  await bench.until(() => bench.text("panel-cancel") === "Open again", "the way back");
  bench.click("panel-cancel");
  await bench.until(
    () => world.tasks.find((task) => task.id === "t-paint")?.status === "open",
    "the way back",
  );
});

test("what is asked for as a day or a list changes no task", async () => {
  bench = await Bench.open(world);
  let day = "";
  bench.app.choose("date", bench.get("elsewhere"), (value) => (day = value));
  await bench.until(() => bench.all("day").length > 0, "the calendar");
  await bench.until(() => (document.activeElement as HTMLElement).dataset.day !== undefined, "its focus");
  const wanted = (document.activeElement as HTMLElement).dataset.day ?? "";
  (document.activeElement as HTMLElement).click();
  expect(day).toBe(wanted);
  let list = "";
  bench.app.choose("list", bench.get("elsewhere"), (value) => (list = value));
  await bench.until(() => bench.has("picker-option"), "the lists");
  bench.type("picker-field", "school");
  bench.press("Enter");
  expect(list).toBe("l-school");
  expect(bench.inputs("task_edit_many")).toEqual([]);
  expect(bench.inputs("task_arrange")).toEqual([]);
});
