/** How the rows of a view are drawn. */
export interface RowKind {
  /** The rows name their lists. */
  cross: boolean;
  trash: boolean;
  /** Subtasks stand below their tasks and can be folded away. */
  folds: boolean;
  /** What stands in the margin: the due date, only its time, when it was done, or only the time of that. */
  when: "due" | "time" | "done" | "doneTime";
  /** The words that were searched for. */
  search: string;
  /** A narrow touch screen: a list of buttons instead of a tree with keys. */
  touch: boolean;
}
