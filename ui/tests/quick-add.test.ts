import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Api } from "../src/api.ts";
import QuickAdd from "../src/QuickAdd.svelte";
import type { Opening } from "../src/shell.ts";
import { fail, MemoryTransport } from "./memory/transport.ts";
import { listOf } from "./memory/world.ts";
import "../src/components/quickadd/ChipPicker.svelte";
import { house } from "../screens/house.ts";
import { until } from "./until.ts";

let transport: MemoryTransport;
let hidden: number;
let mounted: Record<string, unknown>;
let opened: (opening: Opening) => void;

function get<T extends HTMLElement = HTMLElement>(testid: string): T {
  const found = document.querySelector<T>(`[data-testid=${testid}]`);
  if (!found) throw new Error(`no ${testid}`);
  return found;
}
const field = (): HTMLTextAreaElement => get<HTMLTextAreaElement>("quick-add-field");
const type = (text: string): void => {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
};
const press = (key: string, more: KeyboardEventInit = {}, on: HTMLElement = field()): void => {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  flushSync();
};
const paste = (text: string): void => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field().dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
  flushSync();
};
const texts = (testid: string): string[] => {
  flushSync();
  return [...document.querySelectorAll(`[data-testid=${testid}]`)].map((each) =>
    each.textContent.replace(/\s+/gu, " ").trim(),
  );
};
const sent = (operation: string): unknown[] =>
  transport.calls.filter((call) => call.operation === operation).map(({ input }) => input);
const chips = async (...labels: string[]): Promise<void> => {
  await until(() => JSON.stringify(texts("quick-chip")) === JSON.stringify(labels), `chips ${labels.join()}`);
};

async function open(): Promise<void> {
  const hide = (): Promise<void> => {
    hidden++;
    return Promise.resolve();
  };
  const onopen = (open: (opening: Opening) => void): Promise<() => void> => {
    opened = open;
    return Promise.resolve(() => undefined);
  };
  mounted = mount(QuickAdd, { target: document.body, props: { api: new Api(transport), hide, onopen } });
  flushSync();
  await until(() => sent("draft_show").length > 0, "the draft to be asked for");
}

beforeEach(async () => {
  const world = house(new Date(2026, 2, 17, 10));
  world.tasks = world.tasks.filter(({ tags }) => tags.includes("home"));
  transport = new MemoryTransport(world);
  transport.today = "2026-03-17";
  hidden = 0;
  await open();
});

afterEach(() => unmount(mounted));

test("Enter adds exactly what is shown, and closes", async () => {
  expect(document.activeElement).toBe(field());
  type("Buy paint tomorrow #home !2 +House @mia");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add")).toEqual([
    {
      text: "Buy paint",
      plain: true,
      due: "2026-03-18",
      tags: ["home"],
      priority: 2,
      list: "l-house",
      assignee: "person-mia",
    },
  ]);
  expect(field().value).toBe("");
});

test("what was understood stands as chips in a fixed order, and who will see it below", async () => {
  type("Buy paint @mia +House !2 #home tomorrow every 2 weeks");
  await chips("Wed, Mar 18", "every 2 weeks", "#home", "!2", "House", "Mia");
  expect(texts("quick-title")).toEqual(["Buy paint"]);
  expect(texts("quick-seen-by")[0]).toContain("will see this");
  expect(texts("quick-token")).toEqual(["@mia", "+House", "!2", "#home", "tomorrow", "every 2 weeks"]);
});

test("a chip that is removed puts its words back, and they stay text until their letters change", async () => {
  type("Call tomorrow");
  await chips("Wed, Mar 18");
  get("quick-chip-remove").click();
  await chips();
  expect(texts("quick-title")).toEqual(["Call tomorrow"]);
  type("Call tomorrow early");
  await until(() => texts("quick-title")[0] === "Call tomorrow early", "the title");
  await chips();
  type("Call tomorro early");
  type("Call tomorrow early");
  await chips("Wed, Mar 18");
});

test("Backspace behind a token makes it text before it deletes", async () => {
  type("Call tomorrow");
  await chips("Wed, Mar 18");
  press("Backspace");
  await chips();
  expect(field().value).toBe("Call tomorrow");
});

test("Tab takes the completion; grey text that was not taken is not part of the task", async () => {
  type("Milk +Gro");
  await until(() => texts("quick-ghost")[0] === "ceries", "the grey text");
  press("Tab");
  expect(field().value).toBe("Milk +Groceries ");
  await chips("Groceries");
  type("Milk #ho");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add")).toMatchObject([{ text: "Milk", tags: ["ho"] }]);
});

test("with nothing to complete Tab goes to the chips, where arrows move and Del removes", async () => {
  type("Paint !2 tomorrow");
  await chips("Wed, Mar 18", "!2");
  press("Tab");
  expect(document.activeElement?.textContent).toBe("Wed, Mar 18");
  press("ArrowRight", {}, document.activeElement as HTMLElement);
  expect(document.activeElement?.textContent).toBe("!2");
  press("Delete", {}, document.activeElement as HTMLElement);
  await chips("Wed, Mar 18");
  expect(texts("quick-title")).toEqual(["Paint !2"]);
  press("Escape", {}, document.activeElement as HTMLElement);
  expect(document.activeElement).toBe(field());
});

const active = (): HTMLElement => document.activeElement as HTMLElement;
const picker = async (): Promise<void> =>
  await until(() => document.querySelector("[data-testid=picker]") !== null, "the picker");
const option = (label: string): HTMLElement => {
  const found = [...document.querySelectorAll<HTMLElement>("[data-testid=picker-option]")].find((each) =>
    each.textContent.includes(label),
  );
  if (!found) throw new Error(`no option ${label}`);
  return found;
};

test("Enter on a chip opens a picker for its value; what is chosen stands in the text", async () => {
  type("Paint tomorrow !2 +House");
  await chips("Wed, Mar 18", "!2", "House");
  press("Tab");
  press("Enter", {}, active());
  await picker();
  expect(active().dataset.day).toBe("2026-03-18");
  document.querySelector<HTMLElement>("[data-day='2026-03-20']")?.click();
  await until(() => field().value === "Paint 2026-03-20 !2 +House", "the date in the text");
  expect(document.querySelector("[data-testid=picker]")).toBeNull();
  press("ArrowRight", {}, get("quick-chips").querySelector("[data-slot=due] [data-chip]") as HTMLElement);
  press("Enter", {}, active());
  await picker();
  option("Priority 1").click();
  await until(() => field().value === "Paint 2026-03-20 !1 +House", "the priority in the text");
  await until(() => active().textContent === "!1", "the focus on the chip");
  press("ArrowRight", {}, active());
  press("Enter", {}, active());
  await picker();
  await until(() => texts("picker-option").length > 3, "the lists");
  option("Trip to Porto").click();
  await until(() => field().value === 'Paint 2026-03-20 !1 +"Trip to Porto"', "the list in the text");
});

test("Esc closes the picker first, also one that is not there yet, and the window only then", async () => {
  type("Paint tomorrow");
  await chips("Wed, Mar 18");
  press("Tab");
  press("Enter", {}, active());
  press("Escape", {}, active());
  expect(hidden).toBe(0);
  expect(active().textContent).toBe("Wed, Mar 18");
  press("Enter", {}, active());
  await picker();
  press("Escape", {}, active());
  expect(document.querySelector("[data-testid=picker]")).toBeNull();
  expect(hidden).toBe(0);
  expect(active().textContent).toBe("Wed, Mar 18");
  expect(field().value).toBe("Paint tomorrow");
});

test("a repeat is chosen in words that quick add reads", async () => {
  type("Paint every 2 weeks");
  await chips("every 2 weeks");
  press("Tab");
  press("Enter", {}, active());
  await picker();
  document.querySelector<HTMLElement>("[data-testid=choice][data-key='every weekday']")?.click();
  await until(() => field().value === "Paint every weekday", "the repeat in the text");
});

test("two lists of one name are told apart by their space, and the chosen one is used", async () => {
  const home = transport.world.spaces[1];
  if (!home) throw new Error("no space");
  transport.world.lists.push(listOf("l-other", "House", transport.world.spaces[2] ?? home));
  type("Paint +house");
  await until(() => texts("quick-completion").length === 2, "both lists");
  expect(texts("quick-completion")).toEqual(["House Home", "House Workshop"]);
  press("ArrowDown");
  press("ArrowDown");
  press("Enter");
  expect(field().value).toBe("Paint +House ");
  await chips("House Workshop");
  expect(texts("quick-title")).toEqual(["Paint"]);
  type("Paint +House tomorrow");
  await chips("Wed, Mar 18", "House Workshop");
  // Closed and opened again it is still the same list.
  press("Escape");
  await until(() => sent("draft_set").length > 0, "the draft to be kept");
  await unmount(mounted);
  await open();
  await chips("Wed, Mar 18", "House Workshop");
  press("Enter");
  await until(() => sent("task_add").length === 1, "the task");
  expect(sent("task_add")).toMatchObject([{ text: "Paint", list: "l-other", due: "2026-03-18" }]);
});

test("a name that several have says so, and one is chosen behind it", async () => {
  const [, members] = [...transport.world.members][0] ?? [];
  members?.push({
    person: { id: "person-mia-2", name: "Mia" },
    role: "editor",
    computers: [{ id: "pc-mia-2", name: "Mia’s phone" }],
    joined_at: "2026-03-17T10:00:00Z",
    removed_at: null,
  });
  type("Paint @Mia +House ");
  await until(() => texts("quick-which").length === 1, "the question");
  get("quick-which").click();
  await picker();
  await until(() => texts("picker-option").length === 2, "both");
  option("Mia’s phone").click();
  await chips("House", "Mia Mia’s phone");
  expect(field().value).toBe("Paint @Mia +House ");
  press("Enter");
  await until(() => sent("task_add").length === 1, "the task");
  expect(sent("task_add")).toMatchObject([{ text: "Paint", assignee: "person-mia-2", list: "l-house" }]);
});

test("what is not understood is underlined and says why", async () => {
  type("Read !4 @nobody");
  await until(() => texts("quick-ignored").length === 2, "the underlines");
  expect(texts("quick-ignored")).toEqual(["!4", "@nobody"]);
  expect(texts("quick-reason").join(" ")).toContain("stays in the title");
});

test("Ctrl+Enter adds and stays open, keeping list and person", async () => {
  type("One tomorrow +House @mia");
  press("Enter", { ctrlKey: true });
  await until(() => sent("task_add").length === 1 && field().value === "+House @mia ", "the next task");
  expect(hidden).toBe(0);
});

test("Shift+Enter opens notes, and they go along", async () => {
  type("One");
  press("Enter", { shiftKey: true });
  await until(() => document.activeElement === get("quick-notes"), "the notes");
  const notes = get<HTMLTextAreaElement>("quick-notes");
  notes.value = "First this\nthen that";
  notes.dispatchEvent(new Event("input", { bubbles: true }));
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add")).toMatchObject([{ text: "One", notes: "First this\nthen that" }]);
});

test("several pasted lines become tasks, with the values typed behind them", async () => {
  paste("- Flour\r\n\r\n- Oat milk\n- Yeast");
  type("+Groceries");
  await chips("Groceries");
  expect(texts("quick-title")).toEqual(["3 tasks"]);
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add_many")).toMatchObject([
    { lines: ["- Flour", "- Oat milk", "- Yeast"], plain: true, list: "l-groceries", set: {} },
  ]);
});

test("what is typed beside pasted lines is a task before them, shown and counted", async () => {
  paste("- Flour\n2024. Review\n- ");
  type("Groceries +House");
  await chips("House");
  expect(texts("quick-line")).toEqual(["Groceries", "Flour", "2024. Review"]);
  expect(texts("quick-title")).toEqual(["3 tasks"]);
  expect(texts("quick-key")[0]).toBe("Enter Add 3 tasks");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add_many")).toMatchObject([
    { lines: ["Groceries", "- Flour", "2024. Review", "- "], list: "l-house" },
  ]);
});

test("who will see pasted lines stands below also where nothing is typed beside them", async () => {
  paste("Flour\nYeast");
  await until(() => texts("quick-seen-by").length === 1, "who will see it");
  press("Backspace");
  expect(field().value).toBe("");
  await until(() => texts("quick-seen-by").length === 0, "nobody");
});

test("Alt+Enter makes one task of the pasted lines", async () => {
  paste("Bake\nFlour\nYeast");
  press("Enter", { altKey: true });
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add")).toMatchObject([{ text: "Bake", notes: "Flour\nYeast", plain: true }]);
});

test("Escape hides and keeps the draft, also over a restart", async () => {
  type("Half a thou");
  press("Escape");
  await until(() => hidden === 1, "the window to hide");
  window.dispatchEvent(new Event("focus"));
  expect(field().value).toBe("Half a thou");
  expect([field().selectionStart, field().selectionEnd]).toEqual([0, 11]);
  expect(sent("task_add")).toEqual([]);
  await unmount(mounted);
  await open();
  await until(() => field().value === "Half a thou", "the draft");
});

test("letters typed before the page hears of the focus stay", async () => {
  type("One");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  type("W");
  window.dispatchEvent(new Event("focus"));
  expect(field().value).toBe("W");
  expect(field().selectionStart).toBe(1);
});

test("a link brings its text, and what was typed stays behind it", () => {
  type("Half");
  opened({ kind: "quick_add", id: null, text: "Call Mia" });
  flushSync();
  expect(field().value).toBe("Call Mia Half");
});

test("a refusal keeps the text and says why", async () => {
  transport.failing.set("task_add", fail("disk_full", "the disk is full"));
  type("One");
  press("Enter");
  await until(() => texts("quick-problem")[0]?.startsWith("The disk is full.") === true, "the reason");
  expect(field().value).toBe("One");
  expect(hidden).toBe(0);
});

test("where the words cannot be read, the service reads them as it adds", async () => {
  transport.failing.set("quick_add_parse", fail("internal", "it broke"));
  type("One tomorrow");
  press("Enter");
  await until(() => hidden === 1, "the window to hide");
  expect(sent("task_add")).toEqual([{ text: "One tomorrow", locale: "en-US" }]);
});

describe("a fast typist", () => {
  test("loses no letter typed while a task is being added", async () => {
    transport.latencyMs = 60;
    type("One");
    await until(() => sent("quick_add_parse").length > 0, "the words to be read");
    press("Enter");
    expect(field().value).toBe("");
    type("Two");
    press("Enter");
    type("Six");
    await until(() => sent("task_add").length === 2, "both tasks");
    await until(() => transport.answered === transport.calls.length, "the answers");
    // What is being typed is neither lost nor taken out of sight.
    expect([field().value, hidden]).toEqual(["Six", 0]);
    press("Enter");
    await until(() => hidden === 1, "the window to hide");
    expect(sent("task_add")).toMatchObject([{ text: "One" }, { text: "Two" }, { text: "Six" }]);
  });

  test("gets back what was refused, before what was typed since", async () => {
    transport.failing.set("task_add", fail("disk_full", "the disk is full"));
    transport.latencyMs = 60;
    type("One tomorrow");
    await chips("Wed, Mar 18");
    get("quick-chip-remove").click();
    await chips();
    press("Enter");
    type("Two");
    await until(() => field().value === "One tomorrow Two", "the text");
    const asked = (): string[] => sent("quick_add_parse").map((input) => (input as { text: string }).text);
    await until(() => asked().includes("One tomorrow Two"), "the words to be asked for");
    await until(() => transport.answered === transport.calls.length, "the answer");
    expect([texts("quick-title"), texts("quick-chip")]).toEqual([["One tomorrow Two"], []]);
  });

  test("may go on behind pasted lines", async () => {
    transport.latencyMs = 60;
    paste("Flour\nYeast");
    press("Enter");
    type("Bake");
    await until(() => sent("task_add_many").length === 1, "the lines");
    await until(() => transport.answered === transport.calls.length, "the answers");
    expect(field().value).toBe("Bake");
    expect(sent("task_add_many")).toMatchObject([{ lines: ["Flour", "Yeast"] }]);
  });

  test("gets back the lines that were refused", async () => {
    transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
    paste("Flour\nYeast");
    press("Enter");
    await until(() => texts("quick-problem").length === 1, "the reason");
    expect(texts("quick-title")).toEqual(["2 tasks"]);
  });
});

test("words put back into the title stay text, also after a restart", async () => {
  type("Call tomorrow");
  await chips("Wed, Mar 18");
  get("quick-chip-remove").click();
  await chips();
  press("Escape");
  await until(() => sent("draft_set").length > 0, "the draft to be kept");
  await unmount(mounted);
  const before = sent("quick_add_parse").length;
  await open();
  await until(() => field().value === "Call tomorrow", "the draft");
  await until(() => sent("quick_add_parse").length > before, "the words to be asked for");
  await until(() => texts("quick-title")[0] === "Call tomorrow", "the title");
  await chips();
});

test("while nothing can be saved nothing is added, and why stands there until it goes", async () => {
  transport.world.health.push({
    code: "disk_full",
    severity: "error",
    message: "",
    hint: null,
    remedy: null,
  });
  transport.emit("health");
  await until(() => texts("quick-problem").length > 0, "the reason");
  expect(texts("quick-problem")).toEqual(["Not saving: the disk is full"]);
  type("Buy paint");
  press("Enter");
  expect(field().value).toBe("Buy paint");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  transport.world.health = [];
  transport.emit("health");
  await until(() => texts("quick-problem").length === 0, "the reason to go");
  expect(sent("task_add")).toEqual([]);
  press("Enter");
  await until(() => sent("task_add").length === 1, "the task");
});

test("nothing typed adds nothing", () => {
  type("   ");
  press("Enter");
  expect([...sent("task_add"), ...sent("task_add_many")]).toEqual([]);
});
