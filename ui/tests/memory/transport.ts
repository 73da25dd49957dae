import type { Input, OperationName, Output, Transport } from "../../src/api.ts";
import type {
  ApiError,
  Author,
  Changed,
  List,
  Task,
  WatchEvent,
  WatchKind,
} from "../../src/generated/api.ts";
import { panelHandlers } from "./panel.ts";
import { settingsHandlers } from "./settings.ts";
import { viewHandlers } from "./views.ts";
import { listOf, spaceOf, taskOf, type World } from "./world.ts";

export type Handlers = { [K in OperationName]?: (input: Input<K>) => Output<K> };

/** A service in memory for tests and pictures: it keeps what it is told and says so, and decides nothing. */
export class MemoryTransport implements Transport {
  readonly world: World;
  readonly calls: { operation: string; input: unknown }[] = [];
  /** How many of these were answered, or failed. */
  answered = 0;
  /** Operations that fail next, with their errors. */
  readonly failing = new Map<string, ApiError>();
  /** Operations that answer otherwise than they would. */
  readonly answers = new Map<string, (input: never) => unknown>();
  /** The space in which nothing may be written. */
  readOnly = "";
  /** Why changes of many tasks leave all of them as they were. */
  refused: ApiError | null = null;
  /** How long an answer is on its way, after the work was done and its event was sent. */
  latencyMs = 0;
  /** Who made the latest change from elsewhere. */
  lastAuthor: Author | null = null;
  /** The day that counts as today. */
  today = new Date().toISOString().slice(0, 10);
  /** What `undo` says it took back. */
  undone: Changed = { verb: "change", count: 1, name: null, left: 0, by: null };
  seq = 0;
  /** How many more wrong codes there may be. */
  triesLeft = 4;
  #next = 1;
  readonly #handlers: Handlers;
  #listeners = new Set<(event: WatchEvent) => void>();
  /** What takes back each step that was not taken back yet, in the order in which they were done. */
  readonly steps = new Map<number, () => void>();
  #step = 0;
  /** What takes back what the operation that runs just now has done so far. */
  #doing: (() => void)[] = [];

  constructor(world: World) {
    this.world = world;
    this.#handlers = {
      ...this.#basic,
      ...viewHandlers(this),
      ...panelHandlers(this),
      ...settingsHandlers(this),
    };
  }

  async call(operation: string, input: unknown): Promise<unknown> {
    await Promise.resolve();
    this.calls.push({ operation, input });
    try {
      return await this.#answer(operation, input);
    } finally {
      this.answered++;
    }
  }

  async #answer(operation: string, input: unknown): Promise<unknown> {
    const error = this.failing.get(operation);
    if (error) throw error;
    const handler = (this.answers.get(operation) ?? this.#handlers[operation as OperationName]) as
      ((input: unknown) => unknown) | undefined;
    if (!handler) throw fail("unknown_operation", `no operation ${operation}`);
    this.#doing = [];
    const answer = this.#stepped(structuredClone(handler(input)));
    if (this.latencyMs > 0) await new Promise((done) => setTimeout(done, this.latencyMs));
    return answer;
  }

  /** An answer to what changed something, with the step that it was. */
  #stepped(answer: unknown): unknown {
    const done = this.#doing;
    if (done.length === 0) return answer;
    const step = ++this.#step;
    this.steps.set(step, () => {
      for (const takeBack of done.reverse()) takeBack();
    });
    for (const one of [answer].flat()) Object.assign(one as object, { step });
    return answer;
  }

  async subscribe(onEvent: (event: WatchEvent) => void): Promise<() => void> {
    await Promise.resolve();
    this.#listeners.add(onEvent);
    return () => this.#listeners.delete(onEvent);
  }

  /** Tells every window of a change, as after a commit. */
  emit(kind: WatchKind, ids: string[] = []): void {
    this.seq++;
    for (const listener of this.#listeners) listener({ seq: this.seq, kind, ids });
  }

  /** Somebody else changes a task. */
  change(id: string, fields: Partial<Task>): void {
    Object.assign(this.task(id), fields, { updated_at: `later-${this.seq}` });
    this.emit("task", [id]);
  }

  /** Somebody else adds a task. */
  add(task: Task): void {
    this.world.tasks.push(task);
    this.emit("task", [task.id]);
  }

  readonly #basic: Handlers = {
    status: () => ({
      version: "0.1.0",
      computer: this.world.computer,
      person: this.world.me,
      running: true,
      spaces: this.world.spaces,
      health: this.world.health,
      safe: this.world.safe,
    }),
    init: ({ person, computer }) => {
      if (person) this.world.me = { ...this.world.me, name: person };
      if (computer) this.world.computer = { ...this.world.computer, name: computer };
      return this.#basic.status?.({}) as Output<"status">;
    },
    spaces_show: () => this.world.spaces,
    space_add: ({ name }) => {
      const space = spaceOf(`space-${this.#next++}`, name);
      this.world.spaces.push(space);
      return space;
    },
    members_show: ({ space }) => this.world.members.get(space ?? "") ?? [],
    computers_show: () => this.world.computers,
    list_add: ({ name, space }) => {
      if (name.includes("/")) throw fail("invalid_input", "a list's name has no slash", "name");
      const inSpace = this.world.spaces.find((known) => known.id === space) ?? this.world.spaces[0];
      const list = listOf(`list-${this.#next++}`, name, inSpace ?? spaceOf("?", "?"));
      this.world.lists.push(list);
      return list;
    },
    list_rename: ({ list, name }) => {
      const before = this.list(list).name;
      this.wrote([], () => (this.list(list).name = before));
      return Object.assign(this.list(list), { name });
    },
    task_show: ({ id }) => this.task(id),
    task_history: ({ id }) => {
      const author = this.lastAuthor ?? this.task(id).created_by;
      const entry = {
        field: "title",
        value: this.task(id).title,
        at: "2026-03-17T10:00:00Z",
        current: true,
      };
      return [{ ...entry, ...author, also_written: false, counts: true, version: "v1", shown: null }];
    },
    task_add: ({ text, list }) => this.insert(text, list),
    task_add_many: ({ lines, list }) =>
      lines
        .filter((line) => line.trim() !== "")
        .map((line) => {
          const { id, short, title } = this.insert(line.trim(), list);
          return { id, short, title };
        }),
    task_do_many: ({ ids, what }) => {
      const skipped = ids
        .filter((id) => this.task(id).space.id === this.readOnly)
        .map((id) => ({ id, reason: fail("not_allowed", "may only be read") }));
      const changed = ids.filter((id) => !skipped.some((other) => other.id === id));
      return { tasks: this.#deed(changed, what), skipped };
    },
    task_edit: ({ id, title }) => this.write([id], title === undefined ? {} : { title })[0] as Task,
    task_restore: ({ ids }) => this.write(ids, { deleted_at: null }),
    invite: ({ space, mine, role }) => {
      const of = this.world.spaces.find((known) => known.id === space) ?? this.world.spaces[0];
      const open = {
        number: 7,
        space: { id: of?.id ?? "", name: of?.name ?? "" },
        role: role ?? "editor",
        mine: mine ?? false,
        uses: 1,
        expires_at: new Date(Date.now() + 9 * 60_000 - 500).toISOString(),
      };
      this.world.invitations.push(open);
      return { code: "7-maple-otter-canvas", ...open };
    },
    invitations_show: () => this.world.invitations,
    invite_cancel: ({ number }) => {
      this.world.invitations = this.world.invitations.filter((open) => open.number !== number);
      return this.world.invitations;
    },
    join: ({ code }) => {
      if (code !== "7-maple-otter-canvas")
        throw {
          ...fail("wrong_code", "the words of the code are wrong", "code"),
          tries_left: this.triesLeft--,
        };
      const space = spaceOf("space-joined", "Home");
      this.world.spaces.push(space);
      this.world.lists.push(listOf("list-joined", "House", space));
      return { space: { id: space.id, name: space.name }, tasks: 0 };
    },
    doctor: () => [
      { check: "finds", ok: true, message: "This computer finds the others", fix: null, remedy: null },
      {
        check: "reached",
        ok: false,
        message: "Kitchen sees this computer, but cannot reach it",
        fix: "most likely the firewall here blocks Rota: allow port 4917",
        remedy: null,
        computer: "Kitchen",
        port: 4917,
      },
      { check: "clocks", ok: true, message: "Clocks agree within 1 s", fix: null, remedy: null },
    ],
  };

  #deed(ids: string[], what: Input<"task_do_many">["what"]): Task[] {
    const at = "2026-03-17T10:00:00Z";
    switch (what) {
      case "complete":
        return this.write(ids, { status: "done", completed_at: at });
      case "reopen":
        return this.write(ids, { status: "open", completed_at: null });
      case "delete":
        return this.write(ids, { deleted_at: at });
      case "restore":
        return this.write(ids, { deleted_at: null });
      case "duplicate":
        return ids.map((id) => this.insert(this.task(id).title, this.task(id).list.id));
      case "keep":
        return this.write(ids, { also_written: {} });
    }
  }

  insert(title: string, list: string | undefined, more: Partial<Task> = {}): Task {
    const task = taskOf(`task-${String(this.#next++).padStart(6, "0")}`, title, this.list(list ?? ""), more);
    this.world.tasks.push(task);
    this.wrote([task.id], () => (task.deleted_at = "undone"));
    return task;
  }

  /** Changes tasks so that `undo` takes it back. */
  write(ids: string[], fields: Partial<Task>): Task[] {
    const tasks = ids.map((id) => this.task(id));
    const before = tasks.map((task) => ({ ...task }));
    for (const task of tasks) Object.assign(task, fields, { updated_at: `own-${this.seq}` });
    this.wrote(ids, () => tasks.forEach((task, i) => Object.assign(task, before[i])));
    return tasks;
  }

  /** As the real service does, the event may come before the answer. */
  wrote(ids: string[], takeBack: () => void): void {
    this.#doing.push(takeBack);
    this.emit("task", ids);
  }

  counted(list: List): List {
    const tasks = this.world.tasks.filter((task) => task.list.id === list.id && task.deleted_at === null);
    const open = tasks.filter((task) => task.status === "open").length;
    return { ...list, open, done: tasks.length - open };
  }

  task(id: string): Task {
    const task = this.world.tasks.find((known) => known.id === id);
    if (!task) throw fail("not_found", `no task ${id}`);
    return task;
  }

  list(id: string): List {
    const list = id === "" ? this.world.lists[0] : this.world.lists.find((known) => known.id === id);
    if (!list) throw fail("not_found", `no list ${id}`);
    return list;
  }
}

export function fail(code: ApiError["code"], message: string, field?: string): ApiError {
  return { code, message, hint: "look again", retryable: false, ...(field ? { field } : {}) };
}
