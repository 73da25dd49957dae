import type { Task } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import type { RowList } from "../lib/row-list.ts";
import type { NewPlace } from "../state/task-actions.ts";

/** Where a new task is typed among the rows, and where it goes. */
export interface NewField {
  /** The row that it stands before. */
  readonly index: number;
  readonly place: NewPlace;
  readonly level: number;
  readonly label: string;
}

/** The field below, above or as a subtask of the row at an index; those below it stay together. */
export function fieldAt(
  where: "below" | "above" | "subtask",
  task: Task,
  index: number,
  all: RowList,
): NewField {
  let end = index + 1;
  while (end < all.length && (all.at(end)?.depth ?? -1) > task.depth) end++;
  if (where === "subtask") {
    const label = t("task.newSubtask", { title: task.title });
    return { index: end, place: { parent: task.id }, level: task.depth + 1, label };
  }
  const parent = task.parent === null ? {} : { parent: task.parent };
  if (where === "below") {
    const label = t("task.newBelow", { title: task.title });
    return { index: end, place: { ...parent, after: task.id }, level: task.depth, label };
  }
  const label = t("task.newAbove", { title: task.title });
  return { index, place: { ...parent, before: task.id }, level: task.depth, label };
}

/** The next one goes below the one that was just added. */
export function fieldAfter(field: NewField, added: Task): NewField {
  const place = field.place.after === undefined ? field.place : { ...field.place, after: added.id };
  return { ...field, index: field.index + 1, place };
}
