/** What the service understood of a text, as fields of a new task, and while the text changes. */
import type { NewFields, QuickAddParsed, TaskAdd } from "../../generated/api.ts";
import { movedBy, type Span } from "./spans.ts";

/** Where a new task goes unless its words say otherwise. */
export type Place = Pick<TaskAdd, "list" | "space" | "parent" | "after" | "before" | "tags">;

/** What was understood beside place and tags, as fields of a new task. */
export function valuesOf(parsed: QuickAddParsed): NewFields {
  return {
    ...(parsed.due === null ? {} : { due: parsed.due }),
    ...(parsed.start === null ? {} : { start: parsed.start }),
    ...(parsed.repeat === null ? {} : { repeat: parsed.repeat }),
    ...(parsed.reminder === null ? {} : { reminder: parsed.reminder }),
    ...(parsed.priority === null ? {} : { priority: parsed.priority }),
    ...(parsed.assignee === null ? {} : { assignee: parsed.assignee.id }),
  };
}

/** The list that was typed has its own place in it; parent and neighbour are of another list then. */
export function whereOf(parsed: QuickAddParsed, { tags, ...place }: Place): Place {
  const where = parsed.list && parsed.list.id !== place.list ? { list: parsed.list.id } : place;
  // Tags of the place come before those that were typed, each once.
  const all = new Set([...(tags ?? []), ...parsed.tags.map(({ name }) => name)]);
  return all.size === 0 ? where : { ...where, tags: [...all] };
}

/** Until the new text is read, what is known of the old one stays at its words. */
export function shift(parsed: QuickAddParsed, before: string, after: string): QuickAddParsed {
  const keep = <T extends Span>(all: readonly T[]): T[] =>
    all.flatMap((one) => movedBy([one], before, after).map((span) => ({ ...one, ...span })));
  return { ...parsed, tokens: keep(parsed.tokens), ignored: keep(parsed.ignored), completions: [] };
}
