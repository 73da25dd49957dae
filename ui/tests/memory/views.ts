import type { Input } from "../../src/api.ts";
import type { List, Task, TaskGroup } from "../../src/generated/api.ts";
import { fail, type Handlers, type MemoryTransport } from "./transport.ts";

/** What the service in memory answers to the views: its filters, orders and groups are those of the real one. */
export function viewHandlers(service: MemoryTransport): Handlers {
  const { world } = service;
  const deleted: List[] = [];
  let undone = 0;

  function listed(filter: Input<"task_list">): Task[] {
    const trashed = filter.trash === true || filter.only === "trash" || filter.only === "recovered";
    if (filter.list !== undefined && !trashed) service.list(filter.list);
    if (filter.space !== undefined && !world.spaces.some(({ id }) => id === filter.space))
      throw fail("not_found", `no space ${filter.space}`);
    const only = filter.only ?? (filter.trash ? "trash" : undefined);
    const words = filter.search?.toLowerCase().split(/\s+/) ?? [];
    const found = world.tasks.filter(
      (task) =>
        wanted(task, only, filter.done === true) &&
        (filter.list === undefined || task.list.id === filter.list) &&
        (filter.space === undefined || task.space.id === filter.space) &&
        (filter.tags ?? []).every((tag) => task.tags.includes(tag)) &&
        (filter.assigned === undefined || task.assignee?.id === person(filter.assigned)) &&
        words.every((word) => `${task.title} ${task.notes}`.toLowerCase().includes(word)) &&
        isDue(task, filter.due),
    );
    return sorted(found, filter.sort ?? "place");
  }

  const person = (text: string): string => (text === "me" ? world.me.id : text);

  function isDue(task: Task, due: Input<"task_list">["due"]): boolean {
    if (due === undefined) return true;
    if (task.due === null) return false;
    const day = dayOf(task.due);
    if (due === "today") return day <= service.today;
    if ("on" in due) return day === due.on;
    if ("from" in due) return day >= due.from;
    return day >= due.between.from && day <= due.between.to;
  }

  function sorted(tasks: Task[], sort: string): Task[] {
    const by = (key: (task: Task) => string): Task[] =>
      [...tasks].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
    // Days stand before their times, tasks without a date last.
    if (sort === "due") return by((task) => (task.due === null ? "~" : dayOf(task.due) + task.due.slice(10)));
    if (sort === "completed") return by((task) => task.completed_at ?? "").reverse();
    if (sort === "deleted") return by((task) => task.deleted_at ?? "").reverse();
    if (sort === "updated") return by((task) => task.updated_at).reverse();
    return inPlace(tasks);
  }

  /** Lists in their order, in each the tasks with those below them. */
  function inPlace(tasks: Task[]): Task[] {
    if (!tasks.some((task) => task.parent !== null) && world.lists.length === 1) return tasks;
    const here = new Set(tasks.map((task) => task.id));
    const below = new Map<string, Task[]>();
    for (const task of tasks) {
      const parent = task.parent !== null && here.has(task.parent) ? task.parent : task.list.id;
      const row = below.get(parent);
      if (row) row.push(task);
      else below.set(parent, [task]);
    }
    const walk = (of: string): Task[] =>
      (below.get(of) ?? []).flatMap((task) => [task, ...(below.has(task.id) ? walk(task.id) : [])]);
    const lists = new Set([...world.lists.map((list) => list.id), ...tasks.map((task) => task.list.id)]);
    return [...lists].flatMap(walk);
  }

  /** What tasks say of those around them. */
  function told(tasks: readonly Task[]): Task[] {
    const byId = new Map(world.tasks.map((task) => [task.id, task]));
    const below = world.tasks.filter((task) => task.parent !== null && task.deleted_at === null);
    return tasks.map((task) => {
      const own = below.filter((other) => other.parent === task.id);
      let depth = 0;
      for (let at = byId.get(task.parent ?? ""); at && depth < 8; depth++) at = byId.get(at.parent ?? "");
      return {
        ...task,
        depth,
        subtasks_total: own.length,
        subtasks_done: own.filter((other) => other.status !== "open").length,
      };
    });
  }

  function keyOf(task: Task, by: Input<"task_groups">["by"]): string | null {
    if (by === "list") return task.list.id;
    const at = { due_day: task.due, completed_day: task.completed_at, deleted_day: task.deleted_at }[by];
    return at === null ? null : dayOf(at);
  }

  function removed(list: string, gone: boolean): List {
    const from = gone ? world.lists : deleted;
    const found = from.find((each) => each.id === list);
    if (!found) throw fail("not_found", `no list ${list}`);
    found.deleted_at = gone ? "2026-03-17T10:00:00Z" : null;
    if (gone) found.deleted_by = { person: world.me, computer: world.computer };
    else delete found.deleted_by;
    if (gone) {
      world.lists = world.lists.filter((each) => each !== found);
      deleted.push(found);
    } else {
      deleted.splice(deleted.indexOf(found), 1);
      world.lists = [...world.lists, found];
    }
    return found;
  }

  const count = (filter: Input<"task_list">): number => listed(filter).length;

  return {
    presence_show: () => world.presence,
    task_page: ({ offset, limit, ...filter }) => {
      const tasks = listed(filter);
      const from = offset ?? 0;
      return { seq: service.seq, total: tasks.length, tasks: told(tasks.slice(from, from + limit)) };
    },
    task_list: (filter) => told(listed(filter)),
    task_groups: ({ by, ...filter }) => {
      const groups: TaskGroup[] = [];
      for (const task of listed(filter)) {
        const key = keyOf(task, by);
        const last = groups.at(-1);
        if (last && last.key === key) last.count++;
        else groups.push({ key, name: by === "list" ? task.list.name : null, count: 1 });
      }
      return { seq: service.seq, groups };
    },
    overview: () => ({
      seq: service.seq,
      today: count({ due: "today" }),
      overdue: count({ due: "today" }) - count({ due: { on: service.today } }),
      upcoming: 0,
      for_me: count({ assigned: "me" }),
      recovered: count({ only: "recovered" }),
      trash: count({ only: "trash" }),
    }),
    list_edit: ({ list, name, color, archived }) => {
      const before = { ...service.list(list) };
      service.wrote([], () => Object.assign(service.list(list), before));
      return Object.assign(service.list(list), {
        ...(name === undefined ? {} : { name }),
        ...(color === undefined ? {} : { color: color === "clear" ? "" : color.set }),
        ...(archived === undefined ? {} : { archived }),
      });
    },
    list_move: ({ list, to, space }) => {
      const moved = service.list(list);
      const { lists } = world;
      const before = { ...moved };
      service.wrote([], () => {
        world.lists = lists;
        Object.assign(moved, before);
      });
      if (space !== undefined) moved.space = world.spaces.find((each) => each.id === space) ?? moved.space;
      const rest = world.lists.filter((each) => each !== moved);
      const beside = typeof to === "object" ? ("before" in to ? to.before : to.after) : "";
      const at = rest.findIndex((each) => each.id === beside);
      const index = to === "first" ? 0 : to === "last" ? rest.length : at + ("after" in to ? 1 : 0);
      world.lists = [...rest.slice(0, index), moved, ...rest.slice(index)];
      return moved;
    },
    list_delete: ({ list }) => {
      service.wrote([], () => removed(list, false));
      return removed(list, true);
    },
    list_restore: ({ list }) => {
      service.wrote([], () => removed(list, true));
      return removed(list, false);
    },
    lists_show: ({ trash }) => [
      ...world.lists.map((list) => service.counted(list)),
      ...(trash ? deleted : []),
    ],
    undo: ({ step }) => {
      const taken = step ?? [...service.steps.keys()].at(-1) ?? 0;
      const takeBack = service.steps.get(taken);
      if (!takeBack) throw fail("nothing_to_undo", "there is nothing to take back");
      takeBack();
      service.steps.delete(taken);
      undone++;
      service.emit("task");
      return { undone: "the latest change", change: service.undone };
    },
    redo: () => {
      if (undone === 0) throw fail("nothing_to_redo", "nothing was taken back");
      undone--;
      service.wrote([], () => undefined);
      return { redone: "the latest change", change: service.undone };
    },
  };
}

function wanted(task: Task, only: Input<"task_list">["only"], done: boolean): boolean {
  if (only === "trash") return task.deleted_at !== null;
  if (task.deleted_at !== null) return false;
  if (only === "recovered") return task.recovered;
  if (only === "done") return task.status !== "open";
  return task.status === "open" || (done && only !== "open");
}

/** The day as this computer has it. */
function dayOf(moment: string): string {
  if (moment.length === 10) return moment;
  const at = new Date(moment);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
