import type {
  Computer,
  HealthCondition,
  List,
  Member,
  Named,
  OpenInvitation,
  Presence,
  Safe,
  Settings,
  Space,
  Task,
} from "../../src/generated/api.ts";

import { DEFAULTS } from "../../src/state/settings.svelte.ts";

/** Everything a window can be shown, in memory. */
export interface World {
  me: Named;
  computer: Named;
  spaces: Space[];
  lists: List[];
  tasks: Task[];
  computers: Computer[];
  members: Map<string, Member[]>;
  health: HealthCondition[];
  safe: Safe | null;
  invitations: OpenInvitation[];
  settings: Settings;
  presence: Presence[];
}

export const jonas: Named = { id: "person-jonas", name: "Jonas" };
export const mia: Named = { id: "person-mia", name: "Mia" };
export const leo: Named = { id: "person-leo", name: "Leo" };

const AT = "2026-03-17T09:00:00Z";

export function spaceOf(id: string, name: string, kind: Space["kind"] = "shared"): Space {
  return { id, name, kind, role: "owner", people: 1, computers: 1, lists: 0, tasks: 0 };
}

export function listOf(id: string, name: string, space: Named, color = ""): List {
  return {
    id,
    name,
    color,
    space: { id: space.id, name: space.name },
    open: 0,
    done: 0,
    archived: false,
    deleted_at: null,
    recovered: 0,
  };
}

export function taskOf(id: string, title: string, list: List, more: Partial<Task> = {}): Task {
  const author = { person: jonas, computer: { id: "pc-1", name: "Jonas’s laptop" } };
  return {
    id,
    short: id.slice(0, 8),
    title,
    notes: "",
    status: "open",
    list: { id: list.id, name: list.name },
    space: list.space,
    parent: null,
    tags: [],
    priority: 0,
    start: null,
    due: null,
    repeat: null,
    also_written: {},
    assignee: null,
    order: id,
    created_at: AT,
    created_by: author,
    updated_at: AT,
    completed_at: null,
    completed_by: null,
    deleted_at: null,
    deleted_by: null,
    reminder: null,
    rotation: [],
    waits_for: [],
    predecessor: null,
    depth: 0,
    subtasks_total: 0,
    subtasks_done: 0,
    blocked: false,
    recovered: false,
    ...more,
  };
}

export function computerOf(id: string, name: string, person: Named, more: Partial<Computer> = {}): Computer {
  return {
    id,
    name,
    person,
    this: false,
    online: true,
    last_seen: AT,
    addresses: [],
    state: "up_to_date",
    to_send: 0,
    to_receive: 0,
    ...more,
  };
}

/** One person on one computer with one empty list. */
export function smallWorld(): World {
  const mine = spaceOf("space-mine", "Mine", "mine");
  return {
    me: jonas,
    computer: { id: "pc-1", name: "Jonas’s laptop" },
    spaces: [mine],
    lists: [listOf("list-inbox", "Inbox", mine)],
    tasks: [],
    computers: [computerOf("pc-1", "Jonas’s laptop", jonas, { this: true })],
    members: new Map(),
    health: [],
    safe: null,
    invitations: [],
    settings: { ...DEFAULTS },
    presence: [],
  };
}

/** What is told of the one who sits here. */
export function hereIn(world: World, more: Partial<Presence> = {}): Presence {
  return {
    person: world.me,
    computer: world.computer,
    this: true,
    list: null,
    task: null,
    typing: false,
    on_it: [],
    since: "2026-03-17T09:00:00Z",
    ...more,
  };
}
