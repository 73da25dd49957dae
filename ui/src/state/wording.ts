/** What was done, taken back or left alone, as a sentence of the interface's language. */
import { say } from "../errors.ts";
import type { Changed, Skipped, Task, Verb } from "../generated/api.ts";
import { dayWords } from "../lib/moments.ts";
import { t } from "../messages/index.ts";
import { clock } from "./clock.svelte.ts";
import type { Group } from "./group.svelte.ts";
import type { TaskChange } from "./task-actions.ts";

/** What a toast says beside what the verb says by itself. */
export interface Did {
  text?: string;
  hint?: string | null;
}

/** The verb of a change, as the service names it. */
export function verbOf(change: TaskChange): Verb {
  const has = (field: keyof TaskChange): boolean => change[field] !== undefined;
  if (has("status")) {
    if (change.status === "open") return "reopen";
    return change.status === "cancelled" ? "cancel" : "complete";
  }
  if (has("list")) return "move";
  if (has("parent")) return "arrange";
  if (has("due") || has("due_day") || has("due_time"))
    return change.due === "clear" ? "unschedule" : "schedule";
  if (has("start") || has("start_day") || has("start_time")) return "start";
  if (has("repeat")) return "repeat";
  if (has("reminder")) return "remind";
  if (has("assignee")) return change.assignee === "clear" ? "unassign" : "assign";
  if (has("rotation")) return "rotate";
  if (has("add_tags") || has("remove_tags")) return "tag";
  if (has("priority")) return "prioritize";
  if (has("title")) return "rename";
  return has("notes") ? "notes" : "edit";
}

/** Where tasks went, for a change that has a "where". */
export function didOf(change: TaskChange, tasks: readonly Task[], group: Pick<Group, "listName">): Did {
  const [first] = tasks;
  if (!first) return {};
  const n = tasks.length;
  if (change.list !== undefined) return { text: t("did.movedTo", { n, where: group.listName(first.list) }) };
  const to = change.due_day ?? (change.due === undefined ? null : first.due);
  if (to !== null) return { text: t("did.movedTo", { n, where: dayWords(to, clock.now) }) };
  if (change.assignee !== undefined && first.assignee)
    return { text: t("did.assignedTo", { n, name: first.title, who: first.assignee.name }) };
  return {};
}

/** How many tasks may not be changed, and why the first. */
export function skippedOf(skipped: readonly Skipped[]): string | null {
  const [first] = skipped;
  if (!first) return null;
  return t("did.skipped", { n: skipped.length, reason: say(first.reason).text });
}

export function undidOf(change: Changed, undone: string): { text: string; hint: string | null } {
  const { verb, count, name, left, by } = change;
  const hint =
    left === 0
      ? null
      : by
        ? t("undone.left", { n: left, person: by.name })
        : t("undone.leftOthers", { n: left });
  if (count === 0) return { text: t("undone.nothing"), hint };
  if (verb === "change") return { text: t("undone.change", { what: undone }), hint };
  return { text: t(`undone.${verb}`, { n: count, name: name ?? "" }), hint };
}
