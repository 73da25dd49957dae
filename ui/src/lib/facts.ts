import type { Task } from "../generated/api.ts";
import { locale, t } from "../messages/index.ts";
import { clockOf, daysBetween, whenOf, type When } from "./dates.ts";
import { weekdayName } from "./locale.ts";
import { momentOf, reminderWords } from "./moments.ts";
import { readRepeat, repeatWords } from "./repeat.ts";

/** How many values were written apart from the ones that are shown. */
export function mergedEdits(task: Task): number {
  return Object.values(task.also_written).reduce((sum, values) => sum + values.length, 0);
}

/** What a row says beside its task: who is at it, and how far it got. */
export interface Beside {
  /** Who changed it just now. */
  by: string;
  /** Who is on it, or typing in it: a sentence. */
  presence: string;
  /** How many computers have it: a sentence. */
  receipt: string;
  /** When it starts, while that is still to come. */
  starts: string;
}

export const NOTHING_BESIDE: Beside = { by: "", presence: "", receipt: "", starts: "" };

/** When a task starts, while that is still to come: a day comes with midnight here, a time at its moment. */
export function startOf(task: Task, now: Date): When | null {
  const start = task.start === null ? null : momentOf(task.start);
  if (!start || (start.timed ? start.at <= now : daysBetween(now, start.at) <= 0)) return null;
  return whenOf(task.start, now, { locale: locale(), today: t("task.today") });
}

/** What a screen reader says for a row: everything that is drawn, in one fixed order. `list` is empty where none is. */
export function spoken(
  task: Task,
  when: When | null,
  list: string,
  { by, presence, receipt, starts }: Beside = NOTHING_BESIDE,
): string {
  const merged = mergedEdits(task);
  const [first] = task.waits_for.filter((other) => other.status === "open");
  return [
    task.title || t("task.untitled"),
    when &&
      t(when.tone === "late" && task.status === "open" ? "task.overdue" : "task.due", { when: when.long }),
    task.priority > 0 && t("task.priority", { n: task.priority }),
    presence,
    starts !== "" && t("task.starts", { when: starts }),
    task.blocked && first && t("task.waitsFor", { title: first.title }),
    merged > 0 && t("task.merged", { n: merged }),
    task.repeat !== null && t("task.repeats", { how: within(repeatWords(task.repeat)) }),
    task.reminder !== null && t("task.reminder", { when: reminderWords(task.reminder, new Date()) }),
    task.notes !== "" && t("task.hasNotes"),
    task.subtasks_total > 0 &&
      t("task.subtasksDone", { done: task.subtasks_done, total: task.subtasks_total }),
    task.assignee?.name,
    list !== "" && t("task.inList", { list }),
    ...task.tags.map((tag) => t("task.tag", { tag })),
    by !== "" && t("task.by", { person: by }),
    receipt,
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

/** A repeat in the fewest words: `day`, `2 weeks`, `Mon, Thu`. */
export function shortRepeat(rule: string): string {
  const repeat = readRepeat(rule);
  if (!repeat) return "";
  if (
    repeat.unit === "week" &&
    repeat.every === 1 &&
    repeat.weekdays.length > 0 &&
    repeat.weekdays.length < 4
  )
    return repeat.weekdays.map((day) => weekdayName(locale(), day, "short")).join(", ");
  const unit = new Intl.NumberFormat(locale(), { style: "unit", unit: repeat.unit, unitDisplay: "long" });
  if (repeat.every > 1) return unit.format(repeat.every);
  return (
    unit
      .formatToParts(1)
      .find((part) => part.type === "unit")
      ?.value.trim() ?? ""
  );
}

/** When a reminder comes, in the fewest words: `11:15`; empty where the due time says it. */
export function shortReminder(task: Task): string {
  const { reminder, due } = task;
  if (reminder === null || reminder === "due") return "";
  const lead = /^before (\d+)([mhd])$/.exec(reminder);
  if (!lead) return clockOf(reminder, locale());
  const moment = due === null ? null : momentOf(due);
  if (!moment?.timed) return "";
  const minutes = Number(lead[1]) * { m: 1, h: 60, d: 1440 }[lead[2] as "m" | "h" | "d"];
  return clockOf(new Date(moment.at.getTime() - minutes * 60_000).toISOString(), locale());
}

/** Words that begin a sentence, within one. */
function within(words: string): string {
  return words.charAt(0).toLocaleLowerCase(locale()) + words.slice(1);
}
