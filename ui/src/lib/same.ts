/** What was read again and says the same stays the same object: nothing that shows it is drawn anew. */

type Json = unknown;

/** Whether two values out of JSON say the same. */
export function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const before = a as Record<string, Json>;
  const now = b as Record<string, Json>;
  let keys = 0;
  for (const key in now) {
    if (!(key in before) || !same(before[key], now[key])) return false;
    keys++;
  }
  return keys === Object.keys(before).length;
}

/** What was there, if what was read says the same. */
export function kept<T>(before: T, now: T): T {
  return same(before, now) ? before : now;
}

/** The same for each of several things that have an id, and for all of them together. */
export function keptEach<T extends { readonly id: string }>(
  before: readonly T[],
  now: readonly T[],
): readonly T[] {
  const known = new Map(before.map((thing) => [thing.id, thing]));
  const each = now.map((thing) => {
    const old = known.get(thing.id);
    return old === undefined ? thing : kept(old, thing);
  });
  const asBefore = each.length === before.length && each.every((thing, i) => thing === before[i]);
  return asBefore ? before : each;
}
