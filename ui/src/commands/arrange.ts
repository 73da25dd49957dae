/** Moving rows with the keys: the same as dragging, and announced. */
import type { Task } from "../generated/api.ts";
import type { Row, RowList } from "../lib/row-list.ts";
import { t } from "../messages/index.ts";
import type { App } from "../state/app.svelte.ts";

/** Moves tasks one place up or down among those of the same level. */
export async function move(app: App, ids: readonly string[], step: 1 | -1): Promise<void> {
  const found = among(app, ids);
  if (!found) return;
  const { siblings, first, last } = found;
  const beside = step === -1 ? siblings[first - 1] : siblings[last + 1];
  if (!beside) return app.toasts.announce(t(step === -1 ? "arrange.first" : "arrange.last"));
  await app.arrange(ids, { to: step === -1 ? { before: beside.id } : { after: beside.id } });
  const n = step === -1 ? first : last + 2 - (last - first);
  app.toasts.announce(t(step === -1 ? "arrange.up" : "arrange.down", { n, total: siblings.length }));
}

/** Makes tasks subtasks of the one above them. */
export async function indent(app: App, ids: readonly string[]): Promise<void> {
  const found = among(app, ids);
  const above = found?.siblings[found.first - 1];
  if (!above) return app.toasts.announce(t("arrange.noneAbove"));
  app.folded.delete(above.id);
  await app.arrange(ids, { parent: { set: above.id }, to: "last" });
  app.toasts.announce(t("arrange.below", { title: above.title }));
}

/** Takes tasks out of the one that they are part of. */
export async function outdent(app: App, ids: readonly string[]): Promise<void> {
  const found = among(app, ids);
  const parent = found?.task.parent;
  if (!found || parent === null || parent === undefined) return app.toasts.announce(t("arrange.noParent"));
  const above = app.rows?.all.task(parent);
  await app.arrange(ids, {
    parent: above?.parent ? { set: above.parent } : "clear",
    to: { after: parent },
  });
  app.toasts.announce(t("arrange.out"));
}

interface Among {
  task: Task;
  siblings: readonly Task[];
  first: number;
  last: number;
}

/** The tasks of the same level around the first of some tasks; null where the rows are not in their order. */
function among(app: App, ids: readonly string[]): Among | null {
  const { rows } = app;
  if (!rows) return null;
  if (!rows.listing.tree) {
    app.toasts.announce(t("arrange.sorted"));
    app.note(t("arrange.sorted"));
    return null;
  }
  const wanted = new Set(ids);
  const index = rows.all.indexWhere((row) => wanted.has(row.id));
  const task = rows.all.at(index);
  if (!task) return null;
  const siblings = siblingsOf(rows.all, index);
  const places = siblings.flatMap((sibling, place) => (wanted.has(sibling.id) ? [place] : []));
  return { task, siblings, first: places[0] ?? 0, last: places.at(-1) ?? 0 };
}

/** Tasks with the same parent in the same list, as far as they are read. */
export function siblingsOf(all: RowList, index: number): Task[] {
  const task = all.at(index);
  if (!task) return [];
  const same = (row: Row): boolean =>
    row !== undefined && row.parent === task.parent && row.list.id === task.list.id;
  const past = (row: Row): boolean =>
    row === undefined || row.list.id !== task.list.id || row.depth < task.depth;
  let from = index;
  let to = index + 1;
  while (from > 0 && !past(all.at(from - 1))) from--;
  while (to < all.length && !past(all.at(to))) to++;
  return all.slice(from, to).filter((row): row is Task => same(row));
}
