/** Which rows of a long list are in the document: the viewport plus one screen on either side. */

export interface Span {
  /** First row that is mounted. */
  from: number;
  /** One past the last row that is mounted. */
  to: number;
}

export const MOST_ROWS = 120;

/** How far before and after the viewport rows are mounted, so that there are never too many. */
export function roomAround(rowHeight: number, viewport: number): number {
  return Math.min(viewport, ((MOST_ROWS - 2) / 3) * rowHeight);
}

/**
 * Positions are arithmetic because every row has the same height. `top` is where the viewport begins, measured
 * from the first row, in pixels; it is negative while the rows begin further down.
 */
export function visibleSpan(rows: number, rowHeight: number, top: number, viewport: number): Span {
  if (rows === 0 || rowHeight <= 0) return { from: 0, to: 0 };
  const room = Math.min(viewport, ((MOST_ROWS - 2) / 3) * rowHeight);
  const from = clamp(Math.floor((top - room) / rowHeight), 0, rows);
  const to = clamp(Math.ceil((top + 2 * room) / rowHeight), from, rows);
  return { from, to: Math.min(to, from + MOST_ROWS) };
}

/** The scroll position that shows a row whole, or null when it is in sight already. */
export function scrollToShow(
  rowTop: number,
  rowHeight: number,
  scrollTop: number,
  viewport: number,
): number | null {
  if (rowTop < scrollTop) return rowTop;
  if (rowTop + rowHeight > scrollTop + viewport) return rowTop + rowHeight - viewport;
  return null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
