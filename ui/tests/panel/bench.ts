import type { PanelPart } from "../../src/state/app.svelte.ts";
import type { HistoryEntry, MergedField, Task, Version } from "../../src/generated/api.ts";
import { panelWorld, type PanelWorld } from "../memory/panel.ts";
import {
  computerOf,
  hereIn,
  jonas,
  leo,
  listOf,
  mia,
  smallWorld,
  spaceOf,
  taskOf,
  type World,
} from "../memory/world.ts";
import { Screen } from "../screen.ts";
import Harness from "./Harness.svelte";

/** A household with one task of everything in it. */
export function household(): { world: World; known: PanelWorld; rent: Task } {
  const world = smallWorld();
  const home = spaceOf("s-home", "Home");
  const house = listOf("l-house", "House", home, "orange");
  const school = listOf("l-school", "School", home, "indigo");
  world.spaces.push(home);
  world.lists.push(house, school);
  const rent = taskOf("t-rent", "Transfer the rent, 950 €", house, {
    due: "2026-03-20",
    repeat: "FREQ=MONTHLY;BYMONTHDAY=20",
    tags: ["bills"],
    assignee: { kind: "person", ...mia },
    notes: "New amount, see the **letter**.\n\n- [ ] look\n- [x] find",
    also_written: { title: ["Transfer the rent, 900 €"] },
  });
  world.tasks = [
    rent,
    taskOf("t-letter", "Find the letter", house, { parent: rent.id, status: "done" }),
    taskOf("t-order", "Change the standing order", house, { parent: rent.id }),
    taskOf("t-bank", "Ask the bank", house, { parent: "t-order" }),
    taskOf("t-paint", "Buy paint", house, { tags: ["home"], priority: 2 }),
    taskOf("t-trip", "Pay for the trip", school),
  ];
  world.computers = [
    computerOf("pc-1", "Jonas’s laptop", jonas, { this: true }),
    computerOf("pc-kitchen", "Kitchen", mia),
    computerOf("pc-attic", "attic-pc", leo, { online: false, state: "offline" }),
  ];
  const member = (person: typeof mia, ...computers: string[]) => ({
    person,
    role: "owner" as const,
    computers: computers.map((id) => ({ id, name: id })),
    joined_at: "2026-03-01T09:00:00Z",
    removed_at: null,
  });
  world.members = new Map([
    [home.id, [member(jonas, "pc-1"), member(mia, "pc-kitchen"), member(leo, "pc-attic")]],
  ]);
  world.presence = [hereIn(world)];
  const known = panelWorld(world);
  known.merged.set(rent.id, [titleMerge()]);
  known.receipts.set(rent.id, {
    id: rent.id,
    total: 3,
    on: [world.computer, { id: "pc-kitchen", name: "Kitchen" }],
    missing: [
      { computer: { id: "pc-attic", name: "attic-pc" }, last_had: "2026-03-15T09:00:00Z", online: false },
    ],
  });
  known.history.set(rent.id, rentHistory());
  return { world, known, rent };
}

const laptop = { id: "pc-1", name: "Jonas’s laptop" };
const kitchen = { id: "pc-kitchen", name: "Kitchen" };

export function versionBy(who: "mia" | "jonas", version: string, value: unknown, at: string): Version {
  return {
    version,
    value,
    shown: null,
    at,
    ...(who === "mia" ? { person: mia, computer: kitchen } : { person: jonas, computer: laptop }),
  };
}

function titleMerge(): MergedField {
  return {
    field: "title",
    kept: versionBy("mia", "v3", "Transfer the rent, 950 €", "2026-03-17T10:42:00Z"),
    also: [versionBy("jonas", "v2", "Transfer the rent, 900 €", "2026-03-17T10:15:00Z")],
  };
}

function rentHistory(): HistoryEntry[] {
  const entry = (version: Version, field: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...version,
    field,
    current: false,
    also_written: false,
    counts: true,
    ...more,
  });
  const at = "2026-03-16T08:00:00Z";
  return [
    entry(versionBy("mia", "v3", "Transfer the rent, 950 €", "2026-03-17T10:42:00Z"), "title", {
      current: true,
    }),
    entry(versionBy("jonas", "v2", "Transfer the rent, 900 €", "2026-03-17T10:15:00Z"), "title", {
      also_written: true,
    }),
    entry(versionBy("mia", "v4", "2026-03-20", at), "due", { current: true }),
    entry(versionBy("mia", "v5", "2026-03-19", "2026-03-15T08:00:00Z"), "due"),
    entry(versionBy("mia", "v6", { element: "bills", in: true }, at), "tags", { current: true }),
    entry(versionBy("mia", "v7", "a0", at), "order", { current: true }),
    entry(versionBy("mia", "v1", "Transfer the rent", "2026-03-03T08:00:00Z"), "title"),
  ];
}

/** The panel and the pickers over a service in memory. */
export class Bench extends Screen {
  private constructor(world: World) {
    super(world, Harness);
  }

  static async open(world: World, id: string | null = null, part: PanelPart | null = null): Promise<Bench> {
    const bench = new Bench(world);
    await bench.until(() => bench.app.ready, "the app");
    if (id !== null) {
      bench.app.openTask(id, part);
      await bench.until(() => bench.has("history-entry"), "the panel");
    }
    return bench;
  }
}
