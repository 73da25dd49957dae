import type { Task } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import type { When } from "./dates.ts";

/** How many values were written apart from the ones that are shown. */
export function mergedEdits(task: Task): number {
  return Object.values(task.also_written).reduce((sum, values) => sum + values.length, 0);
}

/** What a screen reader says for a row: everything that is drawn, in one fixed order. */
export function spoken(task: Task, when: When | null, withList: boolean, by: string): string {
  const merged = mergedEdits(task);
  return [
    task.title || t("task.untitled"),
    when &&
      t(when.tone === "late" && task.status === "open" ? "task.overdue" : "task.due", { when: when.long }),
    task.priority > 0 && t("task.priority", { n: task.priority }),
    merged > 0 && t("task.merged", { n: merged }),
    task.repeat !== null && t("task.repeats"),
    task.notes !== "" && t("task.hasNotes"),
    task.assignee?.name,
    withList && t("task.inList", { list: task.list.name }),
    ...task.tags.map((tag) => t("task.tag", { tag })),
    by !== "" && t("task.by", { person: by }),
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(", ");
}

/** How deep a task lies below the tasks that are known here. */
export function levelOf(task: Task, byId: ReadonlyMap<string, Task>): number {
  let level = 1;
  for (let at = task; at.parent !== null && level < 8; level++) {
    const parent = byId.get(at.parent);
    if (!parent) break;
    at = parent;
  }
  return level;
}

export interface TodayGroup {
  key: "today.overdue" | "today.timed" | "today.any";
  tasks: Task[];
}

/** Today in its three parts; a part with nothing in it is left out. */
export function groupToday(tasks: readonly Task[], now: Date): TodayGroup[] {
  const today = localDay(now);
  const byDue = (a: Task, b: Task): number => ((a.due ?? "") < (b.due ?? "") ? -1 : 1);
  const day = (due: string): string => (due.length > 10 ? localDay(new Date(due)) : due);
  const overdue = tasks.filter((task) => task.due !== null && day(task.due) < today).sort(byDue);
  const rest = tasks.filter((task) => !overdue.includes(task));
  const timed = rest.filter((task) => (task.due?.length ?? 0) > 10).sort(byDue);
  const groups: TodayGroup[] = [
    { key: "today.overdue", tasks: overdue },
    { key: "today.timed", tasks: timed },
    { key: "today.any", tasks: rest.filter((task) => !timed.includes(task)) },
  ];
  return groups.filter((group) => group.tasks.length > 0);
}

function localDay(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
