/** What a picker sets: each is one field of a task, or where to go. */
export type PickerKind =
  | "date"
  | "start"
  | "repeat"
  | "reminder"
  | "list"
  | "who"
  | "computer"
  | "rotation"
  | "tags"
  | "priority"
  | "parent"
  | "waits_for";

export interface Picker {
  kind: PickerKind;
  /** The tasks whose field it sets. */
  ids: readonly string[];
  /** What it opens beside, and gives the focus back to. */
  anchor: HTMLElement | null;
  /** Where the value goes instead, when no task is to be changed: a day, or the id of a list. */
  chosen?: (value: string) => void;
}
