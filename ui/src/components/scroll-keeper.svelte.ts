import { untrack } from "svelte";
import type { App } from "../state/app.svelte.ts";
import type { Cursor } from "../state/cursor.svelte.ts";
import type { Stage } from "./walk.svelte.ts";

/** Keeps what one looks at where it is: when one comes back to a view, and when rows come and go above it. */
export class ScrollKeeper {
  readonly #app: App;
  readonly #stage: Stage;
  readonly #place: () => string;
  #returned = false;
  /** The row at the top, and how far it is scrolled out of sight. */
  #anchor: { id: string; into: number } | null = null;

  /** `place` is what the view is kept under, and `isHeld` whether something is typed among the rows, which stays in sight. */
  constructor(app: App, cursor: Cursor, stage: Stage, place: () => string, isHeld: () => boolean) {
    this.#app = app;
    this.#stage = stage;
    this.#place = place;

    // Coming back to a view, one finds it where one left it.
    $effect(() => {
      const { scroller, rows } = stage;
      if (this.#returned || !scroller || !rows?.ready) return;
      scroller.scrollTop = app.scrolled.get(place()) ?? 0;
      cursor.id = app.cursors.get(place()) ?? null;
      this.#returned = true;
    });
    $effect(() => {
      if (cursor.id !== null) app.cursors.set(place(), cursor.id);
    });

    $effect(() => {
      void stage.layout;
      void stage.rows?.all;
      untrack(() => {
        if (!isHeld()) this.#goBack();
      });
    });
  }

  /** It was scrolled, or measured anew. Nothing is measured here that the page would have to be laid out for. */
  note(): void {
    const { scroller, rows, layout } = this.#stage;
    if (!scroller) return;
    if (this.#returned) this.#app.scrolled.set(this.#place(), scroller.scrollTop);
    const box = this.#rowsBox;
    this.#anchor = null;
    if (!rows || !box || scroller.scrollTop <= box.offsetTop) return;
    const into = scroller.scrollTop - box.offsetTop;
    const index = layout.indexAt(into);
    const row = rows.all.at(index);
    if (row) this.#anchor = { id: row.id, into: into - layout.topOf(index) };
  }

  #goBack(): void {
    const { scroller, rows, layout } = this.#stage;
    const box = this.#rowsBox;
    if (!this.#anchor || !scroller || !rows || !box) return;
    const index = rows.all.indexOf(this.#anchor.id);
    if (index < 0) return;
    const to = box.offsetTop + layout.topOf(index) + this.#anchor.into;
    if (Math.abs(to - scroller.scrollTop) > 1) scroller.scrollTop = to;
  }

  get #rowsBox(): HTMLElement | null {
    return this.#stage.scroller?.querySelector<HTMLElement>(".rows") ?? null;
  }
}
