import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Api } from "../src/api.ts";
import QuickAdd from "../src/QuickAdd.svelte";
import { fail, MemoryTransport } from "./memory/transport.ts";
import { smallWorld } from "./memory/world.ts";
import { until } from "./until.ts";

let transport: MemoryTransport;
let hidden: number;
let mounted: Record<string, unknown>;

const field = (): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>("[data-testid=quick-add-field]");
  if (!found) throw new Error("no field");
  return found;
};
const type = (text: string): void => {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
};
const press = (key: string, more: KeyboardEventInit = {}): void => {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  flushSync();
};
const titles = (): string[] => transport.world.tasks.map((task) => task.title);

beforeEach(() => {
  transport = new MemoryTransport(smallWorld());
  hidden = 0;
  const hide = (): Promise<void> => {
    hidden++;
    return Promise.resolve();
  };
  mounted = mount(QuickAdd, { target: document.body, props: { api: new Api(transport), hide } });
  flushSync();
});

afterEach(() => unmount(mounted));

test("Enter saves the text as it stands and closes", async () => {
  expect(document.activeElement).toBe(field());
  type("Buy paint tomorrow !2");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(titles()).toEqual(["Buy paint tomorrow !2"]);
  expect(field().value).toBe("");
});

test("Ctrl+Enter saves and stays open", async () => {
  type("One");
  press("Enter", { ctrlKey: true });
  await until(() => titles().length === 1 && field().value === "", "the task");
  expect(hidden).toBe(0);
});

test("Escape hides and keeps the draft", async () => {
  type("Half a thou");
  press("Escape");
  await until(() => hidden === 1, "the window to hide");
  window.dispatchEvent(new Event("focus"));
  expect(field().value).toBe("Half a thou");
  expect([field().selectionStart, field().selectionEnd]).toEqual([0, 11]);
  expect(titles()).toEqual([]);
});

test("letters typed before the page hears of the focus stay", async () => {
  type("One");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  type("W");
  field().setSelectionRange(1, 1);
  window.dispatchEvent(new Event("focus"));
  expect(field().value).toBe("W");
  expect(field().selectionStart).toBe(1);
});

test("a refusal keeps the text and says why", async () => {
  transport.failing.set("task_add", fail("disk_full", "the disk is full"));
  type("One");
  press("Enter");
  await until(() => {
    flushSync();
    return document.body.textContent.includes("The disk is full.");
  }, "the reason");
  expect(field().value).toBe("One");
  expect(hidden).toBe(0);
});

test("nothing typed adds nothing", () => {
  type("   ");
  press("Enter");
  expect(transport.calls).toEqual([]);
});
