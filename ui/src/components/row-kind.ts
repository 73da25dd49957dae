/** How the rows of a view are drawn. */
export interface RowKind {
  /** The rows name their lists. */
  cross: boolean;
  trash: boolean;
  /** What stands in the margin: the due date, only its time, or when it was done. */
  when: "due" | "time" | "done";
  /** The words that were searched for. */
  search: string;
  /** A narrow touch screen: a list of buttons instead of a tree with keys. */
  touch: boolean;
}
