/** What is done to lists in the sidebar with keys and in their menu. */
import { tick } from "svelte";
import type { List, Named } from "../generated/api.ts";
import { isFocusLost } from "../lib/focus.ts";
import { t } from "../messages/index.ts";
import type { App } from "../state/app.svelte.ts";

/** Moves a list one place in its space, or at the end of it into the next space. */
export function moveBy(app: App, list: List, step: 1 | -1): void {
  const lists = app.group.listsOf(list.space.id);
  const beside = lists[lists.findIndex((each) => each.id === list.id) + step];
  if (beside) {
    const to = step === -1 ? { before: beside.id } : { after: beside.id };
    return app.attempt(keepFocus(() => app.moveList(list.id, to)));
  }
  const { spaces } = app.group;
  const next = spaces[spaces.findIndex((space) => space.id === list.space.id) + step];
  if (next && app.whyNotWrite(next.id) === null) moveTo(app, list, next, step === 1 ? "first" : "last");
  else app.toasts.announce(t(step === -1 ? "arrange.first" : "arrange.last"));
}

export function moveTo(app: App, list: List, space: Named, to: "first" | "last" = "last"): void {
  app.attempt(keepFocus(() => app.moveList(list.id, to, space.id)));
}

export function putAway(app: App, list: List): void {
  app.attempt(keepFocus(() => app.editList(list.id, { archived: true })));
}

export function remove(app: App, list: List): void {
  app.attempt(keepFocus(() => app.removeList(list.id)));
}

/**
 * The row that had the focus is made anew elsewhere, under the id that the work gives, or goes: then its neighbour has
 * it.
 */
async function keepFocus(work: () => Promise<unknown>): Promise<void> {
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-part=sidebar] .nav")];
  const at = rows().findIndex((row) => row === document.activeElement);
  const id = await work();
  await tick();
  if (at < 0 || !isFocusLost()) return;
  const now = rows();
  const own = now.find((row) => row.dataset.list !== undefined && row.dataset.list === id);
  (own ?? now[Math.min(at, now.length - 1)])?.focus();
}
