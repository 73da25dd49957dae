import { tick, untrack } from "svelte";
import { isFocusLost } from "../lib/focus.ts";
import { t } from "../messages/index.ts";
import type { App } from "../state/app.svelte.ts";
import type { Cursor } from "../state/cursor.svelte.ts";
import type { Stage, Walk } from "./walk.svelte.ts";

/**
 * Keeps the focus among the rows: one that moves to the other part of the list keeps it, and when one goes its neighbour
 * has it. Where no row is left, `elsewhere` takes it.
 */
export function keepRowFocus(
  app: App,
  cursor: Cursor,
  walk: Walk,
  stage: Stage,
  elsewhere: () => void,
): void {
  let lastIndex = 0;
  let hadFocus = false;

  $effect.pre(() => {
    void walk.size;
    void stage.rows?.all;
    void stage.done?.all;
    hadFocus = document.activeElement?.closest("[data-id]") !== null && document.activeElement !== null;
  });

  $effect(() => {
    const { rows } = stage;
    void rows?.all;
    void stage.done?.all;
    void app.doneOpen;
    const id = cursor.id;
    if (id === null) return;
    const at = walk.indexOf(id);
    const focused = hadFocus && isFocusLost();
    if (at >= 0) {
      lastIndex = at;
      if (focused) void tick().then(() => walk.focusTask(id));
      return;
    }
    if (!rows?.ready) return;
    const next = walk.size === 0 ? null : walk.taskAt(Math.min(lastIndex, walk.size - 1));
    untrack(() => {
      const gone = rows.taken.get(id);
      if (focused && gone !== undefined) app.toasts.announce(t("task.taken", { title: gone }));
      cursor.id = next?.id ?? null;
      if (focused) void tick().then(() => (next ? walk.focusTask(next.id) : elsewhere()));
    });
  });
}
