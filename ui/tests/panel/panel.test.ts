import { flushSync, tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { focusPart } from "../../src/lib/parts.ts";
import type { World } from "../memory/world.ts";
import { mia } from "../memory/world.ts";
import type { PanelWorld } from "../memory/panel.ts";
import { fail } from "../memory/transport.ts";
import { Bench, household, versionBy } from "./bench.ts";

let bench: Bench;
let world: World;
let known: PanelWorld;

beforeEach(() => {
  ({ world, known } = household());
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

describe("notes", () => {
  const field = (): HTMLTextAreaElement => bench.get("notes-field") as HTMLTextAreaElement;

  test("are saved on leaving, and kept as a draft while one types", async () => {
    bench = await Bench.open(world, "t-paint");
    bench.click("notes-edit");
    await bench.until(() => document.activeElement === field(), "the field's focus");
    bench.type("notes-field", "Matt, *white*");
    await bench.until(() => bench.inputs("draft_set").length > 0, "the draft");
    const draft = JSON.stringify({ text: "Matt, *white*", base: "" });
    expect(bench.inputs("draft_set").at(-1)).toEqual({ key: "notes/t-paint", text: draft });
    expect(bench.inputs("task_edit")).toEqual([]);
    bench.press("Enter", { ctrlKey: true });
    await bench.until(() => bench.has("notes-shown"), "the notes");
    expect(bench.inputs("task_edit")).toEqual([{ id: "t-paint", notes: "Matt, *white*", notes_seen: "" }]);
    expect(bench.inputs("draft_set").at(-1)).toEqual({ key: "notes/t-paint", text: null });
    expect(bench.get("notes-shown").querySelector("em")?.textContent).toBe("white");
  });

  test("leave the focus where one went while they were being written", async () => {
    bench = await Bench.open(world, "t-paint");
    bench.click("notes-edit");
    await bench.until(() => document.activeElement === field(), "the field's focus");
    bench.type("notes-field", "Matt");
    bench.transport.latencyMs = 50;
    bench.press("Escape");
    bench.get("panel-close").focus();
    await bench.until(() => bench.has("notes-shown"), "the notes");
    await tick();
    expect(document.activeElement).toBe(bench.get("panel-close"));
  });

  test("that could not be saved stay in the field and in the draft", async () => {
    bench = await Bench.open(world, "t-paint");
    bench.transport.failing.set("task_edit", {
      code: "disk_full",
      message: "the disk is full",
      hint: null,
      retryable: false,
    });
    bench.click("notes-edit");
    bench.type("notes-field", "Not to be lost");
    bench.press("Enter", { ctrlKey: true });
    await bench.until(() => bench.get("panel").textContent.includes("The disk is full"), "the problem");
    expect(field().value).toBe("Not to be lost");
    const draft = JSON.stringify({ text: "Not to be lost", base: "" });
    expect(bench.inputs("draft_set").at(-1)).toEqual({ key: "notes/t-paint", text: draft });
    bench.transport.failing.clear();
    bench.app.closePanel();
    await bench.until(
      () => world.tasks.some((task) => task.notes === "Not to be lost"),
      "the notes to be saved",
    );
  });

  test("come back from a draft that was never saved", async () => {
    bench = await Bench.open(world);
    await bench.app.call("draft_set", { key: "notes/t-paint", text: "From before" });
    bench.app.openTask("t-paint");
    await bench.until(() => bench.has("notes-field"), "the draft");
    expect(field().value).toBe("From before");
  });

  test("of a draft do not overwrite what others wrote since: both are offered", async () => {
    bench = await Bench.open(world);
    bench.transport.change("t-paint", { notes: "Theirs" });
    const text = JSON.stringify({ text: "Mine", base: "" });
    await bench.app.call("draft_set", { key: "notes/t-paint", text });
    bench.app.openTask("t-paint");
    await bench.until(() => bench.has("notes-theirs"), "the other notes");
    expect(field().value).toBe("Mine");
    expect(bench.text("notes-theirs")).toContain("Theirs");
    // Only looked at, it is neither saved nor lost.
    field().focus();
    bench.get("panel-close").focus();
    bench.app.openTask("t-trip");
    await bench.until(() => bench.text("panel-title") === "Pay for the trip", "another task");
    bench.app.openTask("t-paint");
    await bench.until(() => bench.has("notes-theirs"), "both again");
    expect(field().value).toBe("Mine");
    expect(bench.inputs("task_edit")).toEqual([]);
    bench.click("notes-take");
    bench.click("notes-done");
    await bench.until(() => bench.has("notes-shown"), "theirs to be taken");
    expect(bench.inputs("task_edit")).toEqual([]);
    expect(bench.inputs("draft_set").at(-1)).toEqual({ key: "notes/t-paint", text: null });
  });

  test("being typed stay when others arrive, which are offered", async () => {
    bench = await Bench.open(world, "t-paint");
    bench.click("notes-edit");
    bench.type("notes-field", "Mine");
    bench.transport.change("t-paint", { notes: "Theirs" });
    await bench.until(() => bench.has("notes-theirs"), "the other notes");
    expect(field().value).toBe("Mine");
    bench.click("notes-take");
    expect(field().value).toBe("Theirs");
    expect(bench.has("notes-theirs")).toBe(false);
  });

  test("their checkboxes are turned over where they stand", async () => {
    bench = await Bench.open(world, "t-rent");
    await bench.until(() => bench.has("notes-checkbox"), "the checkboxes");
    bench.click("notes-checkbox");
    await bench.until(
      () => bench.all("notes-checkbox")[0]?.getAttribute("aria-checked") === "true",
      "the checkbox",
    );
    expect(world.tasks[0]?.notes).toContain("- [x] look\n- [x] find");
    // What arrived meanwhile would not be lost.
    expect(bench.inputs("task_edit").at(-1)).toMatchObject({
      notes_seen: expect.stringContaining("- [ ] look") as string,
    });
  });
});

describe("subtasks", () => {
  test("are added with a field that stays, and ticked", async () => {
    bench = await Bench.open(world, "t-paint", "subtask");
    await bench.until(() => document.activeElement === bench.get("subtask-field"), "the field");
    for (const title of ["Rollers", "Tape"]) {
      bench.type("subtask-field", title);
      bench.press("Enter");
      await bench.until(() => bench.texts("subtask").some((text) => text.includes(title)), title);
    }
    expect(bench.inputs("task_add")).toEqual([
      { text: "Rollers", plain: true, parent: "t-paint" },
      { text: "Tape", plain: true, parent: "t-paint" },
    ]);
    bench.press("Escape");
    bench.click("subtask-check");
    await bench.until(() => bench.get("subtask").getAttribute("aria-checked") === "true", "the tick");
  });

  test("typed fast are each added once, and what is typed meanwhile stays", async () => {
    bench = await Bench.open(world, "t-paint", "subtask");
    await bench.until(() => document.activeElement === bench.get("subtask-field"), "the field");
    bench.transport.latencyMs = 40;
    bench.type("subtask-field", "Rollers");
    bench.press("Enter");
    bench.press("Enter");
    bench.type("subtask-field", "Tape");
    bench.press("Enter");
    bench.type("subtask-field", "Br");
    await bench.until(() => bench.texts("subtask").length === 2, "both");
    expect(bench.inputs("task_add")).toMatchObject([{ text: "Rollers" }, { text: "Tape" }]);
    expect((bench.get("subtask-field") as HTMLInputElement).value).toBe("Br");
  });

  test("that are refused stand in the field again, pasted lines as well", async () => {
    bench = await Bench.open(world, "t-paint", "subtask");
    await bench.until(() => document.activeElement === bench.get("subtask-field"), "the field");
    bench.transport.failing.set("task_add", fail("disk_full", "the disk is full"));
    bench.transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
    bench.type("subtask-field", "Rollers");
    bench.press("Enter");
    await bench.until(() => bench.has("problem"), "the reason");
    expect((bench.get("subtask-field") as HTMLInputElement).value).toBe("Rollers");
    const paste = new Event("paste", { bubbles: true, cancelable: true });
    const pasted = "- [x] Tape\r\n  - Wide\r\n\r\n- Brush";
    Object.assign(paste, { clipboardData: { getData: () => pasted } });
    bench.get("subtask-field").dispatchEvent(paste);
    await bench.until(() => bench.text("pasted-lines").includes("3"), "the lines");
    bench.transport.failing.clear();
    bench.press("Enter");
    await bench.until(() => bench.inputs("task_add_many").length === 2, "the second try");
    const lines = ["- [x] Tape", "  - Wide", "- Brush"];
    expect(bench.inputs("task_add_many")).toEqual([
      { lines, plain: true, outline: true, parent: "t-paint" },
      { lines: ["Rollers", ...lines], plain: true, outline: true, parent: "t-paint" },
    ]);
    expect(bench.has("pasted-lines")).toBe(false);
  });

  test("have the keys of a row for themselves, whatever the list has selected", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.app.selection.replace(["t-paint"]);
    const subtask = (): HTMLElement =>
      document.querySelector<HTMLElement>("[data-subtask=t-order]") ?? bench.get("panel");
    subtask().focus();
    bench.press("1");
    await bench.until(() => bench.inputs("task_edit_many").length === 1, "its priority");
    expect(bench.inputs("task_edit_many")).toEqual([{ ids: ["t-order"], priority: 1 }]);
    bench.press("s");
    await bench.until(() => bench.has("picker"), "the picker");
    expect(bench.app.picker?.ids).toEqual(["t-order"]);
    bench.press("Escape");
    await bench.until(() => !bench.has("picker"), "it to close");
    await bench.app.settings.change({ keys: { done: "z" } });
    subtask().focus();
    bench.press("z");
    await bench.until(
      () => world.tasks.find(({ id }) => id === "t-order")?.status === "done",
      "it to be done",
    );
    expect(world.tasks.find(({ id }) => id === "t-rent")?.status).toBe("open");
    bench.press("m", {}, subtask());
    await bench.until(() => bench.text("panel-title") === "Change the standing order", "its notes");
    await bench.until(() => bench.has("notes-field"), "the field of its notes");
    bench.get("panel-close").focus();
    bench.press("2");
    await bench.until(() => bench.inputs("task_edit_many").length === 2, "the priority of the open task");
    expect(bench.inputs("task_edit_many")[1]).toEqual({ ids: ["t-order"], priority: 2 });
  });

  test("are worked with keys: walk, tick, move, open with the way back", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.get("subtask").focus();
    bench.press("ArrowDown");
    await bench.until(
      () => (document.activeElement as HTMLElement).dataset.subtask === "t-order",
      "the next",
    );
    bench.press("ArrowUp", { altKey: true });
    await bench.until(() => bench.get("subtask").dataset.subtask === "t-order", "the move");
    expect(bench.inputs("task_arrange")).toEqual([{ ids: ["t-order"], to: { before: "t-letter" } }]);
    await bench.until(
      () => (document.activeElement as HTMLElement).dataset.subtask === "t-order",
      "its focus",
    );
    bench.press(" ");
    await bench.until(() => bench.get("subtask").getAttribute("aria-checked") === "true", "the tick");
    bench.press("Enter");
    await bench.until(() => bench.has("crumb"), "the way back");
    expect(bench.text("panel-title")).toBe("Change the standing order");
    expect(bench.text("crumb")).toBe("Transfer the rent, 950 €");
    bench.click("panel-parent");
    await bench.until(() => bench.app.picker?.kind === "parent", "the choice of another parent");
    bench.app.closePicker();
    bench.click("crumb");
    await bench.until(() => bench.text("panel-title").startsWith("Transfer"), "the parent");
    // What is part of nothing can be made part of something from here, too.
    expect(bench.has("crumb")).toBe(false);
    bench.click("panel-parent");
    await bench.until(() => bench.app.picker?.kind === "parent", "the choice of a parent");
  });
});

describe("merged edits", () => {
  test("stand under their field with only the differing words marked", async () => {
    bench = await Bench.open(world, "t-rent");
    expect(bench.text("merged-kept")).toMatch(/^Kept: Mia, .*Transfer the rent, 950 €/);
    expect(bench.text("merged-also")).toMatch(/^Also written: you, .*Transfer the rent, 900 €/);
    expect([...bench.get("merged").querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "950",
      "900",
    ]);
    expect(bench.text("merged-use")).toBe("Use mine");
  });

  test("Alt+K keeps, and the mark goes", async () => {
    bench = await Bench.open(world, "t-rent", "merged");
    await bench.until(() => document.activeElement === bench.get("merged-keep"), "the focus on Keep");
    bench.press("k", { altKey: true, code: "KeyK" });
    await bench.until(() => !bench.has("merged"), "the mark to go");
    expect(bench.inputs("task_keep")).toEqual([{ ids: ["t-rent"], field: "title" }]);
    await bench.until(() => document.activeElement === bench.get("panel-title"), "the focus to stay");
  });

  test("another key that is set for it keeps, and the tooltip names that one", async () => {
    bench = await Bench.open(world, "t-rent", "merged");
    await bench.until(() => document.activeElement === bench.get("merged-keep"), "the focus on Keep");
    await bench.app.settings.change({ keys: { merged_keep: "Alt+J" } });
    await bench.until(() => bench.get("merged-keep").title.includes("Alt+J"), "the tooltip");
    bench.press("k", { altKey: true });
    expect(bench.inputs("task_keep")).toEqual([]);
    bench.press("j", { altKey: true });
    await bench.until(() => bench.inputs("task_keep").length === 1, "the call");
  });

  test("Alt+U uses the other version", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.press("u", { altKey: true, code: "KeyU" }, bench.get("panel-title"));
    await bench.until(() => bench.text("panel-title") === "Transfer the rent, 900 €", "the other title");
    expect(bench.inputs("task_use")).toEqual([{ id: "t-rent", field: "title", version: "v2", seen: "v3" }]);
  });

  test("a version somebody changed again is said in place, and one more press goes ahead", async () => {
    bench = await Bench.open(world, "t-rent");
    const [entry] = known.merged.get("t-rent") ?? [];
    if (entry) entry.kept = versionBy("mia", "v9", "Transfer the rent, 960 €", "2026-03-17T11:00:00Z");
    bench.click("merged-use");
    await bench.until(() => bench.has("merged-stale"), "the sentence");
    expect(bench.text("merged-stale")).toMatch(/^Mia changed it again at .* This puts back the version of/);
    expect(bench.text("merged-use")).toBe("Put it back");
    bench.click("merged-use");
    await bench.until(() => bench.text("panel-title") === "Transfer the rent, 900 €", "the other title");
    expect(bench.inputs("task_use").at(-1)).toEqual({
      id: "t-rent",
      field: "title",
      version: "v2",
      force: true,
    });
  });

  test("notes can be joined by hand", async () => {
    known.merged.set("t-rent", [
      {
        field: "notes",
        kept: versionBy("mia", "n2", "from March", "2026-03-17T10:42:00Z"),
        also: [versionBy("jonas", "n1", "from April", "2026-03-17T10:15:00Z")],
      },
    ]);
    bench = await Bench.open(world, "t-rent");
    bench.get("merged").querySelector<HTMLElement>(".join")?.click();
    await bench.until(() => bench.has("joined-notes"), "the dialog");
    expect((bench.get("joined-notes") as HTMLTextAreaElement).value).toBe("from March");
    expect(bench.all("merged-kept")).toHaveLength(1);
    bench.type("joined-notes", "from March, for Leo from April");
    bench.click("joined-save");
    await bench.until(() => world.tasks[0]?.notes === "from March, for Leo from April", "the joined notes");
  });
});

describe("history", () => {
  test("is told newest first, without what says nothing, and earlier values are restored", async () => {
    bench = await Bench.open(world, "t-rent");
    expect(bench.all("history-entry")).toHaveLength(5);
    bench.click("history-all");
    expect(bench.all("history-entry")).toHaveLength(6);
    expect(bench.texts("history-entry")[0]).toContain("title Transfer the rent, 950 €");
    expect(bench.texts("history-entry")[4]).toContain("#bills added");
    expect(bench.all("history-restore")).toHaveLength(3);
    bench.all("history-restore")[1]?.click();
    await bench.until(() => bench.text("panel-date").includes("March 19"), "the earlier date");
    expect(bench.inputs("task_use")).toEqual([{ id: "t-rent", field: "due", version: "v5", seen: "v4" }]);
  });

  test("of one field alone", async () => {
    bench = await Bench.open(world, "t-rent");
    const select = bench.get("history-field") as HTMLSelectElement;
    select.value = "title";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    expect(bench.all("history-entry")).toHaveLength(3);
    expect(bench.texts("history-entry").every((text) => text.includes("title"))).toBe(true);
  });

  test("Shift+H leads to it, unfolded", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.press("H", { shiftKey: true }, bench.get("panel-close"));
    await bench.until(() => document.activeElement === bench.get("history-entry"), "the focus");
    expect(bench.all("history-entry")).toHaveLength(6);
    bench.press("ArrowDown");
    expect(document.activeElement).toBe(bench.all("history-entry")[1]);
  });
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

test("edits that met are told with a way to them", async () => {
  bench = await Bench.open(world);
  bench.app.open({ kind: "list", list: "l-house" });
  await bench.until(() => bench.app.rows?.all.task("t-paint") !== undefined, "the rows");
  bench.transport.change("t-paint", {
    title: "Buy white paint",
    also_written: { title: ["Buy blue paint"] },
  });
  await bench.until(() => bench.app.toasts.current?.act !== undefined, "the toast");
  expect(bench.app.toasts.current?.text.replaceAll(/[\u2068\u2069]/g, "")).toBe(
    "Merged 2 changes to Buy white paint",
  );
  bench.app.toasts.current?.act?.run();
  expect(bench.app.panel).toEqual({ id: "t-paint", part: "merged" });
});

test("edits that met out of sight are told, many in one sentence; what met long ago is not", async () => {
  bench = await Bench.open(world);
  bench.app.open({ kind: "list", list: "l-school" });
  await bench.until(() => bench.app.rows?.all.task("t-trip") !== undefined, "the rows");
  const met = (id: string, at: string, updated_at: string): void => {
    const task = world.tasks.find((each) => each.id === id);
    if (!task) throw new Error(`no ${id}`);
    Object.assign(task, { also_written: { title: ["Other"] }, updated_at });
    known.merged.set(id, [
      {
        field: "title",
        kept: versionBy("mia", `${id}-2`, task.title, at),
        also: [versionBy("jonas", `${id}-1`, "Other", "2026-03-17T10:00:00Z")],
      },
    ]);
  };
  const text = (): string => (bench.app.toasts.current?.text ?? "").replaceAll(/[\u2068\u2069]/g, "");
  met("t-rent", "2026-03-17T10:42:00Z", "2026-03-18T10:00:00Z");
  met("t-paint", "2026-03-18T10:42:00Z", "2026-03-18T10:42:00Z");
  bench.transport.emit("task", ["t-rent", "t-paint"]);
  await bench.until(() => text() !== "", "the toast");
  expect(text()).toBe("Merged 2 changes to Buy paint");
  bench.app.toasts.dismiss();
  const others = ["t-letter", "t-order", "t-bank"];
  for (const id of others) met(id, "2026-03-18T11:00:00Z", "2026-03-18T11:00:00Z");
  bench.transport.emit("task", [...others, ...Array.from({ length: 30 }, (_, n) => `gone-${n}`), "t-paint"]);
  await bench.until(() => text() !== "", "the toast");
  expect(text()).toBe("Merged changes to 3 tasks");
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

test("subtasks are put deeper and back with keys, and keep the focus", async () => {
  bench = await Bench.open(world, "t-rent");
  const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset.subtask;
  bench.get("subtask").focus();
  bench.press("ArrowDown");
  await bench.until(() => focused() === "t-order", "the second");
  bench.press("ArrowRight", { altKey: true, shiftKey: true });
  await bench.until(() => bench.all("subtask")[1]?.getAttribute("aria-level") === "2", "one deeper");
  await bench.until(() => focused() === "t-order", "its focus");
  bench.press("ArrowLeft", { altKey: true, shiftKey: true });
  await bench.until(() => bench.all("subtask")[1]?.getAttribute("aria-level") === "1", "back");
  expect(bench.inputs("task_arrange")).toEqual([
    { ids: ["t-order"], parent: { set: "t-letter" }, to: "last" },
    { ids: ["t-order"], parent: { set: "t-rent" }, to: { after: "t-letter" } },
  ]);
});

describe("subtasks under the pointer", () => {
  const pointer = (type: string, x: number, y: number, on: EventTarget = window): void => {
    on.dispatchEvent(
      new PointerEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0 }),
    );
    flushSync();
  };
  /** There is no layout here: lines are 32 px high and begin at 0. */
  const carry = (id: string, x: number, y: number): void => {
    const lines = bench.all("subtask");
    for (const [at, line] of lines.entries())
      line.getBoundingClientRect = () => new DOMRect(0, at * 32, 300, 32);
    const line = lines.find((each) => each.dataset.subtask === id);
    pointer("pointerdown", 100, 10, line?.querySelector(".title") ?? window);
    pointer("pointermove", 100, 20);
    pointer("pointermove", x, y);
  };

  test("a line shows the place and the level, and the subtask goes there", async () => {
    bench = await Bench.open(world, "t-rent");
    carry("t-letter", 100, 95);
    expect(bench.get("subtask-drop").style.top).toBe("96px");
    expect(bench.get("subtask").classList.contains("is-ghost")).toBe(true);
    pointer("pointerup", 100, 95);
    // The press that ends it opens nothing.
    bench.click("subtask-open");
    await bench.until(() => bench.all("subtask")[2]?.dataset.subtask === "t-letter", "the move");
    expect(bench.has("subtask-drop")).toBe(false);
    expect(bench.app.panel?.id).toBe("t-rent");
    expect(bench.inputs("task_arrange")).toEqual([
      { ids: ["t-letter"], parent: { set: "t-rent" }, to: { after: "t-order" } },
    ]);
  });

  test("to the side it goes deeper; first of all it is part of the open task", async () => {
    bench = await Bench.open(world, "t-rent");
    carry("t-bank", 100, 0);
    pointer("pointerup", 100, 0);
    await bench.until(() => bench.all("subtask")[0]?.dataset.subtask === "t-bank", "the first place");
    carry("t-letter", 124, 20);
    pointer("pointerup", 124, 20);
    await bench.until(() => bench.inputs("task_arrange").length === 2, "the second move");
    expect(bench.inputs("task_arrange")).toEqual([
      { ids: ["t-bank"], parent: { set: "t-rent" }, to: { before: "t-letter" } },
      { ids: ["t-letter"], parent: { set: "t-bank" }, to: "first" },
    ]);
  });

  test("Escape puts it back", async () => {
    bench = await Bench.open(world, "t-rent");
    carry("t-letter", 100, 95);
    bench.press("Escape", {}, window);
    pointer("pointerup", 100, 95);
    expect(bench.has("subtask-drop")).toBe(false);
    expect(bench.app.panel?.id).toBe("t-rent");
    expect(bench.inputs("task_arrange")).toEqual([]);
  });
});
