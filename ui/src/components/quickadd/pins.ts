/** Names that several have: which of them was chosen, and what the service is told of it. */
import type { Completion, QuickAddParsed } from "../../generated/api.ts";
import { movedBy, type Span } from "./spans.ts";

/** A list, a person or a computer that a name can mean. */
export interface Meant {
  slot: "list" | "who";
  kind: "list" | "person" | "computer";
  id: string;
  name: string;
  /** What tells it apart from others of its name: the space of a list, the computers of a person. */
  note: string;
}

/** Words whose name several have, and the one that was chosen. The words stay as they were typed. */
export interface Pin extends Span {
  one: Meant;
  /** The space in which a person was chosen; in another one nobody is. */
  space: string | null;
}

/** What completes the piece before the caret; of several with one name each is one. */
export interface Offer extends Completion {
  one?: Meant;
}

export function movedPins(pins: readonly Pin[], before: string, after: string): Pin[] {
  return pins.flatMap((pin) => movedBy([pin], before, after).map((span) => ({ ...pin, ...span })));
}

/** The text without the pinned words, all others at their places: the service would call them ambiguous. */
export function withoutPins(text: string, pins: readonly Span[]): string {
  return pins.reduce(
    (rest, { start, end }) => rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end),
    text,
  );
}

/** Those that still hold: what was typed later for the same slot, or another space, ends one. */
export function holding(pins: readonly Pin[], parsed: QuickAddParsed): readonly Pin[] {
  return pins.filter(
    ({ one, space }) =>
      !parsed.tokens.some(({ slot }) => slot === one.slot) && (space === null || space === parsed.space.id),
  );
}

/** What was understood, and what was chosen. */
export function withPins(parsed: QuickAddParsed, pins: readonly Pin[]): QuickAddParsed {
  if (pins.length === 0) return parsed;
  const chosen = { ...parsed, tokens: [...parsed.tokens] };
  for (const { start, end, one } of pins) {
    const { slot, id, name, kind } = one;
    chosen.tokens.push({ start, end, slot, value: name });
    if (kind === "list") chosen.list = { id, name };
    else chosen.assignee = { kind, id, name };
    // In the middle of a title the words leave a gap.
    chosen.title = chosen.title.replace(new RegExp(` {${end - start + 1},}`, "u"), " ");
  }
  chosen.tokens.sort((a, b) => a.start - b.start);
  return chosen;
}
