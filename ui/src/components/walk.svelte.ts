import { tick } from "svelte";
import type { Task } from "../generated/api.ts";
import type { Layout } from "../lib/layout.ts";
import { RowList } from "../lib/row-list.ts";
import { scrollToShow } from "../lib/window.ts";
import type { App } from "../state/app.svelte.ts";
import type { ListControl } from "../state/control.ts";
import type { Cursor } from "../state/cursor.svelte.ts";
import type { Rows } from "../state/rows.svelte.ts";

/** What a list has on the screen: its rows, and below them what is done. */
export interface Stage {
  readonly scroller: HTMLElement | undefined;
  /** Null where there is nothing to show, as in a search for no words. */
  readonly rows: Rows | null;
  readonly done: Rows | null;
  readonly layout: Layout;
  readonly doneLayout: Layout | null;
  readonly rowHeight: number;
  readonly height: number;
  newTask(where: "below" | "above" | "subtask" | "end"): void;
  find(): void;
}

/** So many rows are read at once when many are taken into the selection. */
const CHUNK = 2000;

/** Walks the rows of a view: the focus, the selection, and bringing both into sight. */
export class Walk implements ListControl {
  readonly #app: App;
  readonly #cursor: Cursor;
  readonly #stage: Stage;

  constructor(app: App, cursor: Cursor, stage: Stage) {
    this.#app = app;
    this.#cursor = cursor;
    this.#stage = stage;
  }

  get page(): number {
    return Math.max(1, Math.floor(this.#stage.height / this.#stage.rowHeight) - 1);
  }

  get size(): number {
    return this.#main.length + this.#below.length;
  }

  get at(): number {
    const id = this.#cursor.id;
    return id === null ? -1 : this.indexOf(id);
  }

  get current(): Task | null {
    return this.taskAt(this.at);
  }

  taskAt(index: number): Task | null {
    const main = this.#main;
    return (index < main.length ? main.at(index) : this.#below.at(index - main.length)) ?? null;
  }

  indexOf(id: string): number {
    const found = this.#main.indexOf(id);
    if (found >= 0) return found;
    const below = this.#below.indexOf(id);
    return below < 0 ? -1 : this.#main.length + below;
  }

  async go(index: number): Promise<void> {
    if (this.size === 0) return;
    const target = Math.max(0, Math.min(this.size - 1, index));
    await this.#load(target, target + 1);
    const task = this.taskAt(target);
    if (task) await this.focusTask(task.id);
  }

  async part(step: 1 | -1): Promise<void> {
    const at = this.at;
    const main = this.#main.length;
    const { layout, doneLayout } = this.#stage;
    if (at < main) {
      const next = layout.neighbour(Math.max(0, at), step);
      const stays = step === 1 && next <= at;
      await this.go(stays && doneLayout && this.#below.length > 0 ? main : next);
    } else await this.go(step === 1 ? this.size - 1 : at > main ? main : Math.max(0, layout.rows - 1));
  }

  async extend(index: number, begin = this.#cursor.id): Promise<void> {
    const { selection } = this.#app;
    const target = Math.max(0, Math.min(this.size - 1, index));
    const anchor = selection.anchor ?? begin;
    const found = anchor === null ? -1 : this.indexOf(anchor);
    const from = found < 0 ? target : found;
    const [first, last] = from <= target ? [from, target] : [target, from];
    const ids: string[] = [];
    for (let at = first; at <= last; at += CHUNK) {
      const end = Math.min(last + 1, at + CHUNK);
      if (!this.#has(at, end)) await this.#load(at, end);
      for (let i = at; i < end; i++) {
        const task = this.taskAt(i);
        if (task) ids.push(task.id);
      }
    }
    selection.replace(ids);
    selection.anchor = anchor ?? ids[0] ?? null;
    await this.go(target);
  }

  async selectAll(): Promise<void> {
    const { rows, done } = this.#stage;
    const ids = (await rows?.ids()) ?? [];
    this.#app.selection.replace(done && this.#app.doneOpen ? [...ids, ...(await done.ids())] : ids);
  }

  newTask(where: "below" | "above" | "subtask" | "end"): void {
    this.#stage.newTask(where);
  }

  rename(id: string): void {
    this.#cursor.editing = id;
  }

  anchor(id: string | null): HTMLElement | null {
    return id === null ? null : this.#element(id);
  }

  find(): void {
    this.#stage.find();
  }

  focus(): void {
    const id = this.#cursor.id ?? this.taskAt(0)?.id;
    if (id !== undefined) void this.focusTask(id);
  }

  /** Gives the focus to a row and brings it into sight. */
  async focusTask(id: string): Promise<void> {
    this.#cursor.id = id;
    // A row that is not in the document comes into it by having the cursor.
    if (!this.#element(id)) await tick();
    this.#element(id)?.focus({ preventScroll: true });
    this.reveal();
  }

  reveal(): void {
    const element = this.anchor(this.#cursor.id);
    const { scroller } = this.#stage;
    if (!element || !scroller) return;
    const box = element.closest<HTMLElement>(".rows")?.offsetTop ?? 0;
    const to = scrollToShow(
      box + element.offsetTop,
      element.offsetHeight,
      scroller.scrollTop,
      scroller.clientHeight,
    );
    if (to !== null) scroller.scrollTop = to;
  }

  get #main(): RowList {
    return this.#stage.rows?.all ?? RowList.EMPTY;
  }

  get #below(): RowList {
    return this.#app.doneOpen ? (this.#stage.done?.all ?? RowList.EMPTY) : RowList.EMPTY;
  }

  #has(from: number, to: number): boolean {
    for (let index = from; index < to; index++) if (!this.taskAt(index)) return false;
    return true;
  }

  async #load(from: number, to: number): Promise<void> {
    const { rows, done } = this.#stage;
    const main = this.#main.length;
    if (rows && from < main) await rows.load(from, Math.min(to, main));
    if (to > main && done) await done.load(Math.max(0, from - main), to - main);
  }

  #element(id: string): HTMLElement | null {
    return this.#stage.scroller?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
  }
}
