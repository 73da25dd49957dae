import type { List, Place } from "../generated/api.ts";
import type { App } from "../state/app.svelte.ts";
import { Ended, hold } from "./hold.ts";

/** Where a list may be let go: before or behind another, or on a space, whose first it becomes. */
type Over = { readonly id: string; readonly to: Place; readonly space: string | undefined };

/** A list that is dragged to another place of the sidebar. */
class SideDrag {
  over = $state.raw<Over | null>(null);
  readonly #ended = new Ended();

  justEnded(): boolean {
    return this.#ended.just;
  }

  grip(event: PointerEvent, app: App, list: List): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const stuck = app.whyNotWrite(list.space.id);
    if (stuck !== null) return void hold(event, { lift: () => app.note(stuck) });
    hold(event, {
      move: (x, y) => (this.over = this.#overAt(x, y, app, list)),
      end: (drops) => {
        const { over } = this;
        this.over = null;
        this.#ended.note();
        if (drops && over) this.#drop(app, list, over);
      },
    });
  }

  #overAt(x: number, y: number, app: App, list: List): Over | null {
    const under = document.elementFromPoint(x, y);
    const entry = under?.closest<HTMLElement>("[data-list], [data-part=sidebar] [data-space]");
    const { list: id, space } = entry?.dataset ?? {};
    if (!entry || id === list.id) return null;
    const into = space ?? app.group.list(id ?? "")?.space.id;
    const stuck = app.whyNotWrite(into);
    if (stuck !== null) {
      app.note(stuck);
      return null;
    }
    if (id === undefined) return { id: space ?? "", to: "first", space };
    const box = entry.getBoundingClientRect();
    return { id, to: y < box.top + box.height / 2 ? { before: id } : { after: id }, space: into };
  }

  #drop(app: App, list: List, { to, space }: Over): void {
    app.attempt(app.moveList(list.id, to, space === list.space.id ? undefined : space));
  }
}

export const sideDrag = new SideDrag();
