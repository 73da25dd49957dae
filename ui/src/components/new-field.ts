import type { Task } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import type { RowList } from "../lib/row-list.ts";
import type { NewPlace } from "../state/task-actions.ts";

/** Where a new task is typed among the rows, and where it goes. */
export interface NewField {
  readonly where: "below" | "above" | "subtask";
  /** The task that it stands beside, or of which it makes subtasks. */
  readonly anchor: string;
  /** The row that it stands before when that one is not among the rows any more. */
  readonly index: number;
  readonly place: NewPlace;
  readonly level: number;
  readonly label: string;
}

/** The field below, above or as a subtask of the row at an index; those below it stay together. */
export function fieldAt(where: NewField["where"], task: Task, index: number, all: RowList): NewField {
  const field = { where, anchor: task.id, index: where === "above" ? index : endOf(all, index) };
  if (where === "subtask") {
    const label = t("task.newSubtask", { title: task.title });
    return { ...field, place: { parent: task.id }, level: task.depth + 1, label };
  }
  const parent = task.parent === null ? {} : { parent: task.parent };
  if (where === "below") {
    const label = t("task.newBelow", { title: task.title });
    return { ...field, place: { ...parent, after: task.id }, level: task.depth, label };
  }
  const label = t("task.newAbove", { title: task.title });
  return { ...field, place: { ...parent, before: task.id }, level: task.depth, label };
}

/** The row that the field stands before: rows above it come and go. */
export function standsBefore({ where, anchor, index }: NewField, all: RowList): number {
  const at = all.indexOf(anchor);
  if (at < 0) return Math.min(index, all.length);
  return where === "above" ? at : endOf(all, at);
}

/** The field where it stood, beside another row of its level than the one that went; null where no row is left. */
export function fieldBeside({ index, level }: NewField, all: RowList): NewField | null {
  let at = Math.min(index, all.length) - 1;
  while (at > 0 && (all.at(at)?.depth ?? 0) > level) at--;
  const above = all.at(at);
  if (above) return fieldAt("below", above, at, all);
  return all.first ? fieldAt("above", all.first, 0, all) : null;
}

/** The next one goes below the one that was just added. */
export function fieldAfter(field: NewField, added: string): NewField {
  if (field.where !== "below") return field;
  return { ...field, anchor: added, place: { ...field.place, after: added } };
}

/** Behind the row at an index and all that stands below it as its subtasks. */
function endOf(all: RowList, index: number): number {
  const depth = all.at(index)?.depth ?? 0;
  let end = index + 1;
  while (end < all.length && (all.at(end)?.depth ?? -1) > depth) end++;
  return end;
}
