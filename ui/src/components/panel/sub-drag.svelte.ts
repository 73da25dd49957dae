import type { Task } from "../../generated/api.ts";
import { dropAt, type Drop } from "../../lib/drop.ts";
import { RowList } from "../../lib/row-list.ts";
import { t } from "../../messages/index.ts";
import type { App } from "../../state/app.svelte.ts";
import { Ended, hold, levelsOf, type Line } from "../hold.ts";

/** Subtasks under the pointer in the panel: to another place among each other, deeper and back. */
export class SubDrag {
  /** The subtask that is carried. */
  held = $state<string | null>(null);
  line = $state.raw<Line | null>(null);
  readonly #app: App;
  /** The subtasks in their order, with how deep each is below the open task. */
  readonly #rows: () => readonly Task[];
  readonly #root: () => string;
  #drop: Drop | null = null;
  readonly #ended = new Ended();

  constructor(app: App, rows: () => readonly Task[], root: () => string) {
    this.#app = app;
    this.#rows = rows;
    this.#root = root;
  }

  /** Whether the press that just came was the end of a drag. */
  justEnded(): boolean {
    return this.#ended.just;
  }

  grip(event: PointerEvent, task: Task, tree: HTMLElement, moved: () => void): void {
    if (event.button !== 0) return;
    if (event.target instanceof Element && event.target.closest("[role=checkbox]")) return;
    const from = event.clientX;
    hold(event, {
      lift: () => (this.held = task.id),
      move: (x, y) => this.#aim(task, tree, x - from, y),
      end: (drops) => {
        const drop = this.#drop;
        this.held = this.line = this.#drop = null;
        this.#ended.note();
        if (!drops) this.#app.toasts.announce(t("arrange.cancelled"));
        else if (drop) this.#app.attempt(this.#app.arrange([task.id], drop.to).then(moved));
      },
    });
  }

  #aim(task: Task, tree: HTMLElement, aside: number, y: number): void {
    const boxes = [...tree.querySelectorAll("[data-subtask]")].map((row) => row.getBoundingClientRect());
    const over = boxes.findIndex((box) => y < box.top + box.height / 2);
    const index = over < 0 ? boxes.length : over;
    const found = dropAt(RowList.of(this.#rows()), new Set([task.id]), index, levelsOf(aside));
    // What is outermost here is part of the open task.
    this.#drop =
      found?.to.parent === "clear" ? { ...found, to: { ...found.to, parent: { set: this.#root() } } } : found;
    const top = (boxes[index]?.top ?? boxes.at(-1)?.bottom ?? 0) - tree.getBoundingClientRect().top;
    this.line = this.#drop && { top, level: this.#drop.level };
  }
}
