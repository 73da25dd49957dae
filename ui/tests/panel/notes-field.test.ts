import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { World } from "../memory/world.ts";
import { Bench, household } from "./bench.ts";

let bench: Bench;
let world: World;

beforeEach(() => {
  ({ world } = household());
});
afterEach(async () => {
  await bench.close();
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
    // Faster than they are written: the second is over the first.
    bench.transport.latencyMs = 40;
    bench.click("notes-checkbox");
    bench.all("notes-checkbox")[1]?.click();
    await bench.until(() => bench.inputs("task_edit").length === 3, "all three");
    const [, second, third] = bench.inputs("task_edit") as { notes: string; notes_seen: string }[];
    expect(third?.notes_seen).toBe(second?.notes);
    // What arrived meanwhile would not be lost.
    expect(bench.inputs("task_edit").at(-1)).toMatchObject({
      notes_seen: expect.stringContaining("- [ ] look") as string,
    });
  });
});
