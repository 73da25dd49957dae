/** The text of quick add as it is kept while its window is closed. */
import type { Pin } from "./pins.ts";

export interface Stored {
  text: string;
  notes: string | null;
  lines: string[];
  pins: Pin[];
}

export function readStored(stored: string): Stored {
  try {
    const read = JSON.parse(stored) as Partial<Stored> | null;
    if (typeof read?.text === "string") {
      return {
        text: read.text,
        notes: typeof read.notes === "string" ? read.notes : null,
        lines: Array.isArray(read.lines) ? read.lines.filter((line) => typeof line === "string") : [],
        pins: Array.isArray(read.pins) ? read.pins : [],
      };
    }
  } catch {
    // Not from here: then it is the text itself.
  }
  return { text: stored, notes: null, lines: [], pins: [] };
}
