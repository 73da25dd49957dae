/** Moving rows with the keys: the same as dragging, and announced. */
import type { Task } from "../generated/api.ts";
import type { Row, RowList } from "../lib/row-list.ts";
import { t } from "../messages/index.ts";
import type { App } from "../state/app.svelte.ts";

/** So many rows on either side are read first to find the task beside. */
const REACH = 128;

/** Moves tasks one place up or down among those of the same level. */
export async function move(app: App, ids: readonly string[], step: 1 | -1): Promise<void> {
  const found = await amongRead(app, ids, step);
  if (!found) return;
  const { siblings, first, last, whole } = found;
  const beside = besideOf(found, step);
  if (!beside) return app.toasts.announce(t(step === -1 ? "arrange.first" : "arrange.last"));
  await app.arrange(ids, { to: step === -1 ? { before: beside.id } : { after: beside.id } });
  // Numbers are said where all of them are known.
  if (!whole[-1] || !whole[1]) return app.toasts.announce(t(step === -1 ? "arrange.isUp" : "arrange.isDown"));
  const n = step === -1 ? first : last + 2 - (last - first);
  app.toasts.announce(t(step === -1 ? "arrange.up" : "arrange.down", { n, total: siblings.length }));
}

/** Makes tasks subtasks of the one above them. */
export async function indent(app: App, ids: readonly string[]): Promise<void> {
  const found = await amongRead(app, ids, -1);
  if (!found) return;
  const above = besideOf(found, -1);
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

interface Among extends Siblings {
  task: Task;
  index: number;
  first: number;
  last: number;
}

/** The task beside them on one side. */
function besideOf({ siblings, first, last }: Among, step: 1 | -1): Task | undefined {
  return step === -1 ? siblings[first - 1] : siblings[last + 1];
}

/** The tasks of the same level, read so far that it is known which one is beside them on that side, or that none is. */
async function amongRead(app: App, ids: readonly string[], step: 1 | -1): Promise<Among | null> {
  let found = among(app, ids);
  for (let reach = REACH; found && app.rows && !besideOf(found, step) && !found.whole[step]; reach *= 4) {
    await app.rows.load(Math.max(0, found.index - reach), found.index + reach);
    found = among(app, ids);
    if (reach > app.rows.all.length) break;
  }
  return found;
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
  const { siblings, whole } = siblingsOf(rows.all, index);
  const places = siblings.flatMap((sibling, place) => (wanted.has(sibling.id) ? [place] : []));
  return { task, index, siblings, whole, first: places[0] ?? 0, last: places.at(-1) ?? 0 };
}

interface Siblings {
  readonly siblings: readonly Task[];
  /** Whether those above (-1) and below (1) are all among them. */
  readonly whole: Readonly<Record<-1 | 1, boolean>>;
}

/** Tasks with the same parent in the same list, as far as they are read. */
function siblingsOf(all: RowList, index: number): Siblings {
  const task = all.at(index);
  if (!task) return { siblings: [], whole: { "-1": true, 1: true } };
  const same = (row: Row): boolean =>
    row !== undefined && row.parent === task.parent && row.list.id === task.list.id;
  const past = (row: Row): boolean =>
    row === undefined || row.list.id !== task.list.id || row.depth < task.depth;
  let from = index;
  let to = index + 1;
  while (from > 0 && !past(all.at(from - 1))) from--;
  while (to < all.length && !past(all.at(to))) to++;
  const siblings = all.slice(from, to).filter((row): row is Task => same(row));
  const ends = (at: number): boolean => at < 0 || at >= all.length || all.at(at) !== undefined;
  return { siblings, whole: { "-1": ends(from - 1), 1: ends(to) } };
}
