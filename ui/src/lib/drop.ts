/** Where rows go that are let go among others. */
import type { Arrangement } from "../state/task-actions.ts";
import type { Row, RowList } from "./row-list.ts";

/** Deeper than this nothing is put by the pointer. */
const MOST_LEVELS = 6;

export interface Drop {
  readonly to: Arrangement;
  /** How deep the rows will be. */
  readonly level: number;
}

/**
 * The place before the row at an index. `shift` is by how many levels the pointer is to the side of where it took the
 * rows up. Null where nothing can be put.
 */
export function dropAt(all: RowList, ids: ReadonlySet<string>, index: number, shift: number): Drop | null {
  const held = (row: Row): boolean => row !== undefined && ids.has(row.id);
  let above = index - 1;
  while (above >= 0 && held(all.at(above))) above--;
  let below = index;
  while (below < all.length && held(all.at(below))) below++;
  const before = all.at(above);
  const after = all.at(below);
  const beside = before ?? after;
  if (!beside) return null;
  const own = all.at(all.indexWhere(held));
  const list = own?.list.id === beside.list.id ? {} : { list: beside.list.id };
  if (!before) return { to: { ...list, parent: "clear", to: { before: beside.id } }, level: 0 };
  // What lies below must not come apart from its task.
  const least = after && after.list.id === before.list.id ? after.depth : 0;
  const most = Math.min(before.depth + 1, MOST_LEVELS);
  const level = Math.max(Math.min(least, most), Math.min(most, (own?.depth ?? 0) + shift));
  if (level > before.depth) {
    // A task is never put below itself: what is above is none of those that are held, nor below one of them.
    return isBelow(all, above, ids)
      ? null
      : { to: { ...list, parent: { set: before.id }, to: "first" }, level };
  }
  let at = above;
  while (at > 0 && (all.at(at)?.depth ?? 0) > level) at--;
  const sibling = all.at(at);
  if (!sibling || isBelow(all, at, ids)) return null;
  const parent = sibling.parent === null ? ("clear" as const) : { set: sibling.parent };
  return { to: { ...list, parent, to: { after: sibling.id } }, level };
}

/** Whether the row at an index is part of one of the tasks. */
function isBelow(all: RowList, index: number, ids: ReadonlySet<string>): boolean {
  let depth = all.at(index)?.depth ?? 0;
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    const row = all.at(at);
    if (!row || row.depth >= depth) continue;
    if (ids.has(row.id)) return true;
    depth = row.depth;
  }
  return false;
}
