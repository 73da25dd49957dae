/** What stands in the field of a new task: as it is kept while its window is closed, or put back when it was refused. */
import type { Pin } from "./pins.ts";
import type { Span } from "./spans.ts";

export interface Stored {
  text: string;
  notes: string | null;
  lines: readonly string[];
  pins: readonly Pin[];
  /** What was put back into the title and is not read as anything. */
  literal: readonly Span[];
}

export const NOTHING: Stored = { text: "", notes: null, lines: [], pins: [], literal: [] };

export function readStored(stored: string): Stored {
  try {
    const read = JSON.parse(stored) as Partial<Stored> | null;
    if (typeof read?.text === "string") {
      return {
        text: read.text,
        notes: typeof read.notes === "string" ? read.notes : null,
        lines: Array.isArray(read.lines) ? read.lines.filter((line) => typeof line === "string") : [],
        pins: Array.isArray(read.pins) ? read.pins : [],
        literal: Array.isArray(read.literal) ? read.literal : [],
      };
    }
  } catch {
    // Not from here: then it is the text itself.
  }
  return { ...NOTHING, text: stored };
}

/** One behind the other, as if it had been typed like that. */
export function joined(first: Stored, then: Stored): Stored {
  const text = first.text.trimEnd();
  const gap = text === "" || then.text === "" ? "" : " ";
  const by = text.length + gap.length;
  const moved = <T extends Span>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, start: one.start + by, end: one.end + by }));
  const again = new Set(then.pins.map(({ one }) => one.slot));
  const notes = [first.notes, then.notes].filter((each) => each !== null);
  return {
    text: text + gap + then.text,
    notes: notes.length === 0 ? null : notes.join("\n"),
    lines: [...first.lines, ...then.lines],
    pins: [...first.pins.filter(({ one }) => !again.has(one.slot)), ...moved(then.pins)],
    literal: [...first.literal, ...moved(then.literal)],
  };
}
