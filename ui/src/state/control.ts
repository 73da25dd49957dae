import type { Task } from "../generated/api.ts";

/** A list on the screen, as the keys and the palette work it. */
export interface ListControl {
  /** Rows that a page key passes. */
  readonly page: number;
  /** Number of rows. */
  readonly size: number;
  /** Index of the row with the focus, or -1. */
  readonly at: number;
  /** The task with the focus. */
  readonly current: Task | null;
  /** Gives a row the focus; the first or last for an index outside. */
  go(index: number): Promise<void>;
  /** First row of the next or previous part. */
  part(step: 1 | -1): Promise<void>;
  /** Moves the focus and takes the rows passed into the selection. */
  extend(index: number): Promise<void>;
  taskAt(index: number): Task | null;
  indexOf(id: string): number;
  /** The field for a new task: below or above the focus, below it as a subtask, or at the end. */
  newTask(where: "below" | "above" | "subtask" | "end"): void;
  rename(id: string): void;
  /** What a picker opens beside. */
  anchor(id: string | null): HTMLElement | null;
  selectAll(): Promise<void>;
  /** Gives the focus to the field that narrows the view. */
  find(): void;
  /** Brings the row that has the cursor into sight. */
  reveal(): void;
  /** Gives the focus to the row that has the cursor. */
  focus(): void;
}
