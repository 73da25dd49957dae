import type { HistoryEntry, Version } from "../src/generated/api.ts";
import type { App } from "../src/state/app.svelte.ts";
import type { PickerKind } from "../src/state/picker.svelte.ts";
import { panelWorld } from "../tests/memory/panel.ts";
import type { MemoryTransport } from "../tests/memory/transport.ts";
import { jonas, mia, taskOf } from "../tests/memory/world.ts";

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const RENT = "t0007";

const NOTES = `New amount from March on, see the letter in the **blue folder**.
Reference: \`flat 4, March\`, <https://bank.example/standing-orders>

- [x] find the letter
- [ ] change the standing order
  - ask *before* the 18th

> Please also note the new account.`;

function version(by: "mia" | "jonas", name: string, value: unknown, hoursAgo: number): Version {
  return {
    version: name,
    value,
    shown: null,
    at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
    person: by === "mia" ? mia : jonas,
    computer: by === "mia" ? { id: "pc-kitchen", name: "Kitchen" } : { id: "pc-1", name: "Jonas’s laptop" },
  };
}

/** The rent with everything that a task can have. */
function furnish({ world }: MemoryTransport): void {
  const rent = world.tasks.find((task) => task.id === RENT);
  const list = world.lists.find((each) => each.id === rent?.list.id);
  if (!rent || !list) return;
  const known = panelWorld(world);
  Object.assign(rent, {
    repeat: "FREQ=MONTHLY;BYMONTHDAY=20",
    reminder: "before 1d",
    tags: ["bills"],
    notes: NOTES,
    rotation: [jonas, mia],
  });
  world.tasks.push(
    taskOf("r1", "Find the letter", list, { parent: RENT, status: "done", depth: 1 }),
    taskOf("r2", "Change the standing order", list, {
      parent: RENT,
      depth: 1,
      assignee: { kind: "person", ...jonas },
    }),
    taskOf("r3", "Ask the bank for the form", list, { parent: "r2", depth: 2 }),
  );
  known.merged.set(RENT, [
    {
      field: "title",
      kept: version("mia", "v3", "Transfer the rent, 950 €", 1),
      also: [version("jonas", "v2", "Transfer the rent, 900 €", 2)],
    },
  ]);
  known.receipts.set(RENT, {
    id: RENT,
    total: 4,
    on: world.computers.slice(0, 3).map(({ id, name }) => ({ id, name })),
    missing: [
      {
        computer: { id: "pc-attic", name: "attic-pc" },
        last_had: new Date(Date.now() - 50 * 3_600_000).toISOString(),
        online: false,
      },
    ],
  });
  const entry = (field: string, of: Version, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...of,
    field,
    current: false,
    also_written: false,
    counts: true,
    ...more,
  });
  known.history.set(RENT, [
    entry("title", version("mia", "v3", "Transfer the rent, 950 €", 1), { current: true }),
    entry("title", version("jonas", "v2", "Transfer the rent, 900 €", 2), { also_written: true }),
    entry("due", version("mia", "v4", rent.due, 30), { current: true }),
    entry("tags", version("mia", "v5", { element: "bills", in: true }, 31), { current: true }),
    entry("repeat", version("mia", "v6", "FREQ=MONTHLY;BYMONTHDAY=20", 340), { current: true }),
    entry("title", version("mia", "v1", "Transfer the rent", 341)),
  ]);
}

function press(key: string): void {
  const on = document.activeElement ?? document.body;
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

const click = (testid: string): void =>
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.click();

async function open(app: App, transport: MemoryTransport): Promise<void> {
  furnish(transport);
  app.open({ kind: "list", list: "l-house" });
  await wait(250);
  document.querySelector<HTMLElement>(`[data-id="${RENT}"]`)?.focus();
  app.openTask(RENT);
  await wait(400);
}

function picker(kind: PickerKind, ...more: string[]) {
  return async (app: App, transport: MemoryTransport): Promise<void> => {
    await open(app, transport);
    const anchor =
      document.querySelector<HTMLElement>(`[data-testid="panel-${kind}"]`) ??
      document.querySelector<HTMLElement>(`[data-id="${RENT}"]`);
    app.openPicker(kind, [RENT, ...more], anchor);
    await wait(300);
  };
}

type Play = (app: App, transport: MemoryTransport) => Promise<void>;

const SCENES: Readonly<Record<string, Play>> = {
  task: open,
  "task-below": async (app, transport) => {
    await open(app, transport);
    const body = document.querySelector(".panel-body");
    if (body) body.scrollTop = body.scrollHeight;
  },
  "task-notes": async (app, transport) => {
    await open(app, transport);
    click("notes-edit");
  },
  "task-join": async (app, transport) => {
    await open(app, transport);
    panelWorld(transport.world).merged.set(RENT, [
      {
        field: "notes",
        kept: version("mia", "n2", NOTES, 1),
        also: [version("jonas", "n1", NOTES.replace("March on", "April on").replace("blue", "red"), 2)],
      },
    ]);
    transport.emit("task", [RENT]);
    await wait(200);
    document.querySelector<HTMLElement>(".merged .join")?.click();
  },
  receipts: async (app, transport) => {
    await open(app, transport);
    click("receipt");
  },
  schedule: picker("date"),
  "repeat-rule": async (app, transport) => {
    await picker("repeat")(app, transport);
    document.querySelector<HTMLElement>("[data-key=custom]")?.click();
  },
  reminder: picker("reminder"),
  who: picker("who"),
  turns: picker("rotation"),
  tags: picker("tags", "t0006"),
  "to-list": picker("list"),
  "waits-for": async (app, transport) => {
    await picker("waits_for")(app, transport);
    await wait(200);
    press("ArrowDown");
  },
};

/** Plays a scene of the panel or a picker; false where it is none. */
export async function playPanel(app: App, scene: string, transport: MemoryTransport): Promise<boolean> {
  const play = SCENES[scene];
  if (!play) return false;
  await play(app, transport);
  return true;
}
