/** Which rows of a long list are in the document: the viewport plus some of a screen on either side. */

export interface Span {
  /** First row that is mounted. */
  from: number;
  /** One past the last row that is mounted. */
  to: number;
}

const MOST_ROWS = 120;
/** Enough that a turn of the wheel finds rows there. */
export const BEYOND = 0.5;

/** What it takes to know where rows lie. */
export interface Rowed {
  readonly rows: number;
  indexAt(y: number): number;
}

/**
 * `top` is where the viewport begins, measured from the first heading or row, in pixels; it is negative while these
 * begin further down. `bottom` is where what is mounted ends, for headings. `beyond` is how much of a screen is mounted
 * on either side of it.
 */
export function visibleSpan(
  layout: Rowed,
  rowHeight: number,
  top: number,
  viewport: number,
  beyond = BEYOND,
): Span & { top: number; bottom: number } {
  const most = (MOST_ROWS - 2) * rowHeight;
  const seen = Math.min(viewport, most / (1 + 2 * beyond));
  const room = seen * beyond;
  const bottom = top + seen + room;
  if (layout.rows === 0 || rowHeight <= 0) return { from: 0, to: 0, top: top - room, bottom };
  const from = layout.indexAt(top - room);
  const to = bottom < 0 ? from : Math.min(layout.indexAt(bottom) + 1, layout.rows, from + MOST_ROWS);
  return { from, to: Math.max(from, to), top: top - room, bottom };
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
