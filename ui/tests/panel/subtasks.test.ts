import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { World } from "../memory/world.ts";
import { fail } from "../memory/transport.ts";
import { Bench, household } from "./bench.ts";

let bench: Bench;
let world: World;

beforeEach(() => {
  ({ world } = household());
});
afterEach(async () => {
  await bench.close();
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

  test("half typed wait for who comes back, and where one is refused meanwhile it says so", async () => {
    bench = await Bench.open(world, "t-paint", "subtask");
    await bench.until(() => document.activeElement === bench.get("subtask-field"), "the field");
    bench.type("subtask-field", "Roll");
    bench.app.openTask("t-trip");
    await bench.until(() => bench.text("panel-title") === "Pay for the trip", "another task");
    expect(bench.has("subtask-field")).toBe(false);
    bench.app.openTask("t-paint");
    const field = (): HTMLInputElement => bench.get("subtask-field") as HTMLInputElement;
    await bench.until(() => bench.has("subtask-field"), "the field again");
    expect(field().value).toBe("Roll");
    bench.transport.latencyMs = 40;
    bench.transport.failing.set("task_add", fail("disk_full", "the disk is full"));
    bench.press("Enter", {}, field());
    bench.app.openTask("t-trip");
    await bench.until(() => bench.app.toasts.current?.tone === "bad", "the reason");
    bench.transport.failing.clear();
    bench.app.openTask("t-paint");
    await bench.until(() => bench.has("subtask-field") && field().value === "Roll", "what was refused");
    bench.press("Enter", {}, field());
    await bench.until(() => bench.texts("subtask").some((text) => text.includes("Roll")), "the subtask");
    const forgotten = JSON.stringify({ key: "subtask/t-paint", text: null });
    await bench.until(
      () => JSON.stringify(bench.inputs("draft_set").at(-1)) === forgotten,
      "the draft to go",
    );
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
