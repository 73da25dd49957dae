import type { Input } from "../../src/api.ts";
import { dayOf } from "../../src/lib/days.ts";
import { partsOf } from "../../src/lib/moments.ts";
import type { Change, HistoryEntry, MergedField, Receipt, Task, Version } from "../../src/generated/api.ts";
import { fail, type Handlers, type MemoryTransport } from "./transport.ts";

/** What a task has besides its values, by the task's id. */
export interface PanelWorld {
  merged: Map<string, MergedField[]>;
  history: Map<string, HistoryEntry[]>;
  receipts: Map<string, Receipt>;
}

const worlds = new WeakMap<object, PanelWorld>();

/** The part of a world that only the panel asks for. */
export function panelWorld(world: object): PanelWorld {
  let known = worlds.get(world);
  if (!known) {
    known = { merged: new Map(), history: new Map(), receipts: new Map() };
    worlds.set(world, known);
  }
  return known;
}

type Edit = Omit<Input<"task_edit_many">, "ids">;

/** What the service in memory answers to the task panel. */
export function panelHandlers(service: MemoryTransport): Handlers {
  const { world } = service;
  const known = panelWorld(world);
  let version = 0;

  const author = (): Pick<Version, "person" | "computer"> => ({ person: world.me, computer: world.computer });

  function note(id: string, field: string, value: unknown): void {
    const entries = known.history.get(id) ?? [];
    for (const entry of entries)
      if (entry.field === field) Object.assign(entry, { current: false, also_written: false });
    const now = { field, value, at: new Date().toISOString(), ...author(), version: `own-${++version}` };
    entries.unshift({ ...now, current: true, also_written: false, counts: true, shown: null });
    known.history.set(id, entries);
    known.merged.set(
      id,
      (known.merged.get(id) ?? []).filter((entry) => entry.field !== field),
    );
  }

  function edit(ids: string[], change: Edit): Task[] {
    return ids.flatMap((id) => {
      const fields = fieldsOf(service.task(id), change);
      for (const [field, value] of Object.entries(fields)) note(id, field, value);
      return service.write([id], fields);
    });
  }

  function fieldsOf(task: Task, change: Edit): Partial<Task> {
    const { due, start, repeat, reminder, assignee, parent, rotation, list } = change;
    const person = (id: string) =>
      [...world.members.values()].flat().find((member) => member.person.id === id)?.person ??
      (world.me.id === id ? world.me : undefined);
    const computer = (id: string) => world.computers.find((one) => one.id === id);
    const assigned = assignee && value(assignee);
    const who = assigned ? (person(assigned) ?? computer(assigned)) : null;
    return {
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.notes === undefined ? {} : { notes: change.notes.normalize("NFC") }),
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.priority === undefined ? {} : { priority: change.priority }),
      ...(due === undefined ? {} : { due: value(due) }),
      ...(change.due_time === undefined ? {} : { due: atTime(task.due, change.due_time) }),
      ...(change.due_day === undefined ? {} : { due: onDay(task.due, change.due_day) }),
      ...(start === undefined ? {} : { start: value(start) }),
      ...(change.start_day === undefined ? {} : { start: onDay(task.start, change.start_day) }),
      ...(repeat === undefined ? {} : { repeat: value(repeat) }),
      ...(reminder === undefined ? {} : { reminder: value(reminder) }),
      ...(parent === undefined ? {} : { parent: value(parent) }),
      ...(list === undefined ? {} : { list: named(service.list(list)), space: service.list(list).space }),
      ...(assignee === undefined
        ? {}
        : {
            assignee: who
              ? { kind: person(assigned ?? "") ? "person" : "computer", id: who.id, name: who.name }
              : null,
          }),
      ...(rotation === undefined
        ? {}
        : { rotation: (value(rotation) ?? []).flatMap((id: string) => person(id) ?? []) }),
      ...(change.add_tags || change.remove_tags
        ? {
            tags: [...new Set([...task.tags, ...(change.add_tags ?? [])])]
              .filter((tag) => !change.remove_tags?.includes(tag))
              .sort(),
          }
        : {}),
      ...(change.add_waits_for || change.remove_waits_for
        ? {
            waits_for: [
              ...task.waits_for,
              ...(change.add_waits_for ?? []).map((id) => {
                const { short, title, status } = service.task(id);
                return { id, short, title, status };
              }),
            ].filter((other) => !change.remove_waits_for?.includes(other.id)),
          }
        : {}),
    };
  }

  function whole(task: Task): Task {
    const below = world.tasks.filter((each) => each.parent === task.id && each.deleted_at === null);
    const merged = known.merged.get(task.id) ?? [];
    return { ...task, subtasks: below.map(whole), merged };
  }

  function use({ id, field, version: wanted, seen, force }: Input<"task_use">): Task {
    const merged = (known.merged.get(id) ?? []).find((entry) => entry.field === field);
    const entries = known.history.get(id) ?? [];
    const kept =
      merged?.kept.version ?? entries.find((entry) => entry.field === field && entry.current)?.version;
    if (!force && seen !== undefined && seen !== kept) throw fail("stale", "somebody changed it again");
    const from = [...(merged?.also ?? []), ...entries].find((each) => each.version === wanted);
    if (!from) throw fail("not_found", `no version ${wanted}`);
    note(id, field, from.value);
    return service.write([id], { [field]: from.value, also_written: {} })[0] as Task;
  }

  return {
    task_show: ({ id }) => whole(service.task(id)),
    task_add: ({ text, list, parent }) =>
      service.insert(text, parent === undefined ? list : service.task(parent).list.id, {
        parent: parent ?? null,
      }),
    task_edit: ({ id, ...change }) => edit([id], change)[0] as Task,
    task_edit_many: ({ ids, ...change }) => {
      const reason = service.refused;
      if (reason) return { tasks: [], skipped: ids.map((id) => ({ id, reason })) };
      return { tasks: edit(ids, change), skipped: [] };
    },
    task_arrange: ({ ids, list, parent, to }) => {
      const tasks = edit(ids, {
        ...(list === undefined ? {} : { list }),
        ...(parent === undefined ? {} : { parent }),
      });
      if (to !== undefined && typeof to === "object") {
        const target = "before" in to ? to.before : to.after;
        const moved = world.tasks.filter((task) => ids.includes(task.id));
        const rest = world.tasks.filter((task) => !ids.includes(task.id));
        const at = rest.findIndex((task) => task.id === target) + ("after" in to ? 1 : 0);
        world.tasks = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
        service.emit("task", ids);
      }
      return { tasks, skipped: [] };
    },
    task_keep: ({ ids, field }) =>
      ids.flatMap((id) => {
        const entries = known.merged.get(id) ?? [];
        known.merged.set(
          id,
          entries.filter((entry) => field !== undefined && entry.field !== field),
        );
        return service.write([id], { also_written: {} });
      }),
    task_use: use,
    task_history: ({ id }) => {
      const entries = known.history.get(id);
      if (entries) return entries;
      const at = service.lastAuthor ?? service.task(id).created_by;
      const entry = {
        field: "title",
        value: service.task(id).title,
        at: "2026-03-17T10:00:00Z",
        current: true,
      };
      return [{ ...entry, ...at, also_written: false, counts: true, version: "v1", shown: null }];
    },
    earlier_titles: ({ search, limit }) => {
      const has = (title: string): boolean => title.toLowerCase().includes(search.toLowerCase());
      const found = [...known.history].flatMap(([id, entries]) => {
        const task = service.task(id);
        const titles = entries.filter(({ field, current }) => field === "title" && !current);
        const title = titles.map(({ value }) => String(value)).find(has);
        return title === undefined || has(task.title) ? [] : [{ title, task }];
      });
      return found.slice(0, limit);
    },
    receipts_show: ({ ids }) => ids.flatMap((id) => known.receipts.get(id) ?? []),
    tags_show: ({ space }) => {
      const tags = world.tasks
        .filter((task) => space === undefined || task.space.id === space)
        .flatMap((task) => task.tags);
      const names = [...new Set(tags)].sort();
      return names.map((name) => ({ name, tasks: tags.filter((tag) => tag === name).length }));
    },
    presence_set: ({ on_it, off_it, task, typing, list }) => {
      const mine = world.presence.find((one) => one.this);
      if (mine) {
        Object.assign(mine, {
          ...(task === undefined ? {} : { task }),
          ...(list === undefined ? {} : { list }),
          ...(typing === undefined ? {} : { typing }),
        });
        if (on_it) mine.on_it = [...mine.on_it, on_it];
        if (off_it) mine.on_it = mine.on_it.filter((id) => id !== off_it);
      }
      service.emit("presence");
      return {};
    },
  };
}

/** The day with the time of day that a moment has, as this computer's clock shows it. */
function onDay(moment: string | null, day: string): string {
  const { time } = partsOf(moment);
  return time === null ? day : new Date(`${day}T${time}`).toISOString();
}

function atTime(moment: string | null, time: string): string {
  const { day } = partsOf(moment);
  return new Date(`${day ?? dayOf(new Date())}T${time}`).toISOString();
}

function value<T>(change: Change<T>): T | null {
  return change === "clear" ? null : change.set;
}

function named({ id, name }: { id: string; name: string }): { id: string; name: string } {
  return { id, name };
}
