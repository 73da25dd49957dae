import type { Task } from "../generated/api.ts";

/** Which row the keys act on, which one is being renamed, and what the pointer does to rows. */
export class Cursor {
  id = $state<string | null>(null);
  editing = $state<string | null>(null);
  /** The row under the pointer. */
  over = $state<string | null>(null);
  /** A press on a row: it opens, or goes into the selection. */
  press: (event: MouseEvent, task: Task) => void = () => undefined;
  /** A row is pressed twice: its title is edited. */
  pressTwice: (task: Task) => void = () => undefined;
  /** The pointer goes down on a row: it may be dragged. */
  grip: (event: PointerEvent, task: Task) => void = () => undefined;
  /** Whether a row is being dragged. */
  held: (id: string) => boolean = () => false;
}
