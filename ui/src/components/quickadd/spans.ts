/** Pieces of a text, and how they move while somebody types. */

export interface Span {
  /** UTF-16 offset of the first letter. */
  start: number;
  /** UTF-16 offset behind the last letter. */
  end: number;
}

/**
 * Where the pieces are after an edit. A piece whose own letters changed is gone: what was put back into the title stays
 * text only until then.
 */
export function movedBy(spans: readonly Span[], before: string, after: string): Span[] {
  if (before === after) return [...spans];
  const [from, to] = changeBetween(before, after);
  const grown = after.length - before.length;
  const inserted = after.slice(from, to + grown);
  return spans.flatMap((span) => {
    // A letter right behind or in front of a word makes another word of it; a space does not.
    if (span.end < from || (span.end === from && /^(\s|$)/u.test(inserted))) return [span];
    if (span.start > to || (span.start === to && /(^|\s)$/u.test(inserted)))
      return [{ start: span.start + grown, end: span.end + grown }];
    return [];
  });
}

/** The part of `before` that the edit replaced. */
function changeBetween(before: string, after: string): [from: number, to: number] {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let behind = 0;
  while (behind < most - from && before[before.length - 1 - behind] === after[after.length - 1 - behind])
    behind++;
  return [from, before.length - behind];
}

export interface Mark extends Span {
  kind: "token" | "ignored";
}

export interface Piece {
  text: string;
  kind: Mark["kind"] | "plain";
}

/** The text cut at its marks, in order; marks that overlap or lie outside are left out. */
export function cut(text: string, marks: readonly Mark[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at || mark.end <= mark.start || mark.end > text.length) continue;
    if (mark.start > at) pieces.push({ text: text.slice(at, mark.start), kind: "plain" });
    pieces.push({ text: text.slice(mark.start, mark.end), kind: mark.kind });
    at = mark.end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), kind: "plain" });
  return pieces;
}
