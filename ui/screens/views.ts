import type { App } from "../src/state/app.svelte.ts";
import type { View } from "../src/state/view.ts";
import type { MemoryTransport } from "../tests/memory/transport.ts";

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-testid=task-row]")];

function press(key: string, more: KeyboardEventInit = {}): void {
  const on = document.activeElement ?? document.body;
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

const VIEWS: Readonly<Record<string, View>> = {
  upcoming: { kind: "upcoming" },
  all: { kind: "all" },
  me: { kind: "me" },
  done: { kind: "done" },
  trash: { kind: "trash" },
  recovered: { kind: "recovered" },
  space: { kind: "space", space: "s-home" },
  search: { kind: "search", text: "the" },
  nothing: { kind: "search", text: "vernier" },
};

type Play = (app: App, transport: MemoryTransport) => Promise<void> | void;

const today = async (app: App): Promise<void> => {
  app.open({ kind: "today" });
  await wait(200);
};

/** Pictures of the views and of what lies above them. */
const SCENES: Readonly<Record<string, Play>> = {
  bulk: async (app) => {
    await today(app);
    rows()[3]?.focus();
    press("x");
    press("J", { shiftKey: true });
    press("J", { shiftKey: true });
  },
  palette: async (app) => {
    await today(app);
    press("k", { ctrlKey: true });
    await wait(50);
    const field = document.querySelector<HTMLInputElement>("[data-testid=palette-field]");
    if (field) field.value = "pai";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  },
  commands: async (app) => {
    await today(app);
    rows()[0]?.focus();
    press("k", { ctrlKey: true });
    await wait(50);
    const field = document.querySelector<HTMLInputElement>("[data-testid=palette-field]");
    if (field) field.value = ">";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  },
  sheet: async (app) => {
    await today(app);
    press("?");
  },
  actions: async (app) => {
    await today(app);
    rows()[1]?.focus();
    press(".");
  },
  options: async (app) => {
    await today(app);
    document.querySelector<HTMLElement>("[data-testid=view-options]")?.click();
  },
  filter: () => {
    press("/");
  },
  below: () => {
    rows()[1]?.focus();
    press("a");
  },
  open: async (app) => {
    const task = rows()[6];
    task?.click();
    await wait(300);
    void app;
  },
  folded: () => {
    rows()[1]?.focus();
    press("h");
  },
  presence: (app, transport) => {
    transport.world.presence = [
      {
        person: { id: "person-mia", name: "Mia" },
        computer: { id: "pc-kitchen", name: "Kitchen" },
        this: false,
        list: "l-house",
        task: "t0007",
        typing: true,
        on_it: ["t0006"],
        since: new Date().toISOString(),
      },
    ];
    transport.emit("presence");
    void app;
  },
  listmenu: () => {
    document
      .querySelector("[data-list=l-house]")
      ?.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }));
  },
  drag: async () => {
    const row = rows()[5];
    const box = row?.getBoundingClientRect();
    if (!row || !box) return;
    const at = (type: string, x: number, y: number, on: EventTarget): boolean =>
      on.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0 }));
    at("pointerdown", box.left + 200, box.top + 20, row);
    at("pointermove", box.left + 210, box.top + 40, window);
    at("pointermove", box.left + 230, box.top + 200, window);
    await wait(50);
  },
};

/** Plays a scene of the views; false where it is another's. */
export async function playView(app: App, scene: string, transport: MemoryTransport): Promise<boolean> {
  const view = VIEWS[scene];
  if (view) {
    app.open(view);
    return true;
  }
  const play = SCENES[scene];
  if (!play) return false;
  app.open({ kind: "list", list: "l-house" });
  await wait(200);
  await play(app, transport);
  return true;
}
