import type { List } from "../generated/api.ts";
import type { App } from "../state/app.svelte.ts";
import { hold } from "./hold.ts";

/** A list that is dragged to another place of the sidebar. */
class SideDrag {
  over = $state.raw<{ id: string; before: boolean } | null>(null);
  #ended = -Infinity;

  justEnded(): boolean {
    return performance.now() - this.#ended < 50;
  }

  grip(event: PointerEvent, app: App, list: List): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    hold(event, {
      move: (x, y) => (this.over = this.#overAt(x, y, app, list)),
      end: (drops) => {
        const { over } = this;
        this.over = null;
        this.#ended = performance.now();
        if (drops && over) this.#drop(app, list, over);
      },
    });
  }

  #overAt(x: number, y: number, app: App, list: List): { id: string; before: boolean } | null {
    const entry = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-list]");
    const id = entry?.dataset.list;
    if (!entry || id === undefined || id === list.id) return null;
    if (app.whyNotWrite(app.group.list(id)?.space.id) !== null) return null;
    const box = entry.getBoundingClientRect();
    return { id, before: y < box.top + box.height / 2 };
  }

  #drop(app: App, list: List, over: { id: string; before: boolean }): void {
    const space = app.group.list(over.id)?.space.id;
    const other = space === list.space.id ? undefined : space;
    app.attempt(app.moveList(list.id, over.before ? { before: over.id } : { after: over.id }, other));
  }
}

export const sideDrag = new SideDrag();
