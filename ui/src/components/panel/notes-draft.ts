/** Notes that are half typed, as they are kept on this computer. */
export interface NotesDraft {
  text: string;
  /** The notes that it was typed over; null in a draft of before they were kept. */
  base: string | null;
}

/** What is kept of it: nothing where nothing was changed. */
export function storeDraft(text: string, base: string): string | null {
  return text === base ? null : JSON.stringify({ text, base });
}

export function readDraft(stored: string): NotesDraft {
  try {
    const read = JSON.parse(stored) as Partial<NotesDraft> | null;
    if (typeof read?.text === "string" && typeof read.base === "string")
      return { text: read.text, base: read.base };
  } catch {
    // Then it is the text itself.
  }
  return { text: stored, base: null };
}
