import type { List } from "../generated/api.ts";
import type { App } from "../state/app.svelte.ts";

const STARTS_AFTER_PX = 4;

/** A list that is dragged to another place of the sidebar. */
class SideDrag {
  over = $state.raw<{ id: string; before: boolean } | null>(null);
  #ended = -Infinity;

  justEnded(): boolean {
    return performance.now() - this.#ended < 50;
  }

  grip(event: PointerEvent, app: App, list: List): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const from = { x: event.clientX, y: event.clientY };
    let dragging = false;
    const move = (at: PointerEvent): void => {
      dragging ||= Math.hypot(at.clientX - from.x, at.clientY - from.y) > STARTS_AFTER_PX;
      if (dragging) this.over = this.#overAt(at.clientX, at.clientY, app, list);
    };
    const end = (drops: boolean): void => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", key, true);
      const { over } = this;
      this.over = null;
      if (dragging) this.#ended = performance.now();
      if (drops && over) this.#drop(app, list, over);
    };
    const up = (): void => end(true);
    const cancel = (): void => end(false);
    const key = (pressed: KeyboardEvent): void => {
      if (!dragging || pressed.key !== "Escape") return;
      pressed.preventDefault();
      pressed.stopPropagation();
      end(false);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", key, true);
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
