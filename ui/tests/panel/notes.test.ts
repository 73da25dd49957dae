import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "../../src/api.ts";
import { NotesEditor } from "../../src/components/panel/notes.svelte.ts";
import { Typing } from "../../src/components/panel/typing.ts";
import { App } from "../../src/state/app.svelte.ts";
import { fail, MemoryTransport } from "../memory/transport.ts";
import { household } from "./bench.ts";

let transport: MemoryTransport;
let app: App;

beforeEach(() => {
  vi.useFakeTimers();
  transport = new MemoryTransport(household().world);
  app = new App(new Api(transport));
});
afterEach(() => {
  vi.useRealTimers();
});

const inputs = (operation: string): unknown[] =>
  transport.calls.filter((call) => call.operation === operation).map((call) => call.input);

test("notes being typed are written each minute, and only where they changed", async () => {
  const editor = new NotesEditor(app, "t-paint");
  editor.begin("");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(inputs("task_edit")).toEqual([]);
  const draft = JSON.stringify({ text: "one", base: "" });
  editor.text = "one";
  editor.typed();
  await vi.advanceTimersByTimeAsync(399);
  expect(inputs("draft_set").at(-1)).not.toEqual({ key: "notes/t-paint", text: draft });
  await vi.advanceTimersByTimeAsync(1);
  expect(inputs("draft_set").at(-1)).toEqual({ key: "notes/t-paint", text: draft });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(inputs("task_edit")).toEqual([{ id: "t-paint", notes: "one", notes_seen: "" }]);
  expect(editor.editing).toBe(true);
  await editor.leave();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(inputs("task_edit")).toHaveLength(1);
});

test("what is typed while it is saved is saved as well", async () => {
  transport.latencyMs = 50;
  const editor = new NotesEditor(app, "t-paint");
  editor.begin("");
  editor.text = "first";
  const leaving = editor.leave();
  await vi.advanceTimersByTimeAsync(10);
  editor.text = "first and second";
  editor.typed();
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  expect(inputs("task_edit").at(-1)).toEqual({
    id: "t-paint",
    notes: "first and second",
    notes_seen: "first",
  });
  expect(editor.editing).toBe(false);
});

test("what is kept in another form than it was typed in is saved once, and is one's own", async () => {
  const editor = new NotesEditor(app, "t-paint");
  const typed = "Cafe\u0301";
  editor.begin("");
  editor.text = typed;
  editor.typed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(inputs("task_edit")).toHaveLength(1);
  expect(editor.differs("Caf\u00e9")).toBe(false);
  expect(editor.text).toBe(typed);
  await editor.leave();
  expect(editor.editing).toBe(false);
  expect(inputs("task_edit")).toHaveLength(1);
  editor.begin("Caf\u00e9");
  editor.text = `${typed} au lait`;
  await editor.leave();
  expect(inputs("task_edit").at(-1)).toMatchObject({ notes_seen: "Caf\u00e9" });
});

test("leaving while they are written stays with the text where that fails", async () => {
  transport.latencyMs = 50;
  const editor = new NotesEditor(app, "t-paint");
  editor.begin("");
  editor.text = "one";
  transport.failing.set("task_edit", fail("disk_full", "the disk is full"));
  await vi.advanceTimersByTimeAsync(60_000);
  const leaving = editor.leave();
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  expect(editor.editing).toBe(true);
  expect(editor.problem?.code).toBe("disk_full");
  expect(inputs("draft_set").at(-1)).toMatchObject({ text: JSON.stringify({ text: "one", base: "" }) });
});

test("that one types is told again before the others forget it, and that it is over", async () => {
  const typing = new Typing(app.presence);
  for (let at = 0; at < 5000; at += 500) {
    typing.key(at);
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(inputs("presence_set")).toEqual([{ typing: true }, { typing: true }, { typing: true }]);
  await vi.advanceTimersByTimeAsync(4000);
  expect(inputs("presence_set").at(-1)).toEqual({ typing: false });
});
