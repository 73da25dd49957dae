/** Where the rows and headings of a view lie: position is arithmetic, because all heights are known beforehand. */

/** What stands above the rows of a part; its height goes with it. */
export type HeadKind = "none" | "group" | "day" | "empty-day" | "now" | "field";

/** A part of a view: a heading, and the rows below it. */
export interface Part {
  readonly key: string;
  readonly head: HeadKind;
  readonly count: number;
  /** What its heading says: a name, what stands beside it, the number of its tasks. */
  readonly label: string;
  readonly beside: string;
  readonly shown: number;
  /** What is said of its first row: `Overdue, 2 tasks`. */
  readonly says: string;
}

export type HeadHeights = Readonly<Record<HeadKind, number>>;

export interface Placed extends Part {
  /** Index of its first row among all rows. */
  readonly from: number;
  /** Where its heading begins, in pixels from the first. */
  readonly top: number;
  /** Where its first row begins. */
  readonly rowsTop: number;
}

/** Arithmetic over the parts of a view; asking costs the logarithm of their number. */
export class Layout {
  readonly parts: readonly Placed[];
  readonly rows: number;
  readonly height: number;
  readonly #rowHeight: number;
  readonly #tall: readonly number[];
  readonly #more: number;

  /** `tall` are the indices of the rows that are higher than the others, in order, by `more` pixels. */
  constructor(
    parts: readonly Part[],
    heads: HeadHeights,
    rowHeight: number,
    tall: readonly number[] = [],
    more = 0,
  ) {
    this.#tall = tall;
    this.#more = more;
    let from = 0;
    let top = 0;
    this.parts = parts.map((part) => {
      const placed = { ...part, from, top, rowsTop: top + heads[part.head] };
      from += part.count;
      top = placed.rowsTop + part.count * rowHeight + this.#moreIn(placed.from, from);
      return placed;
    });
    this.rows = from;
    this.height = top;
    this.#rowHeight = rowHeight;
  }

  /** Where a row begins. */
  topOf(index: number): number {
    const part = this.partOf(index);
    return part ? this.#rowTop(part, index) : 0;
  }

  /** Whether a row is one of the higher ones. */
  isTall(index: number): boolean {
    return this.#tall[before(this.#tall, index)] === index;
  }

  heightOf(index: number): number {
    return this.#rowHeight + (this.isTall(index) ? this.#more : 0);
  }

  /** The part that a row is in; the last for an index past the end. */
  partOf(index: number): Placed | undefined {
    return this.parts[this.#last((part) => part.from <= index)];
  }

  /** The row at a height, or the next one below a heading; the number of rows when there is none. */
  indexAt(y: number): number {
    const part =
      this.parts[
        Math.max(
          0,
          this.#last((each) => each.top <= y),
        )
      ];
    if (!part || this.#rowHeight <= 0) return 0;
    let into = Math.floor((y - part.rowsTop) / this.#rowHeight);
    // Higher rows above it push it down: no row is further along than it would be without them.
    if (this.#tall.length > 0 && into > 0) {
      let low = 0;
      let high = Math.min(into, part.count);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.#rowTop(part, part.from + middle) <= y) low = middle;
        else high = middle - 1;
      }
      into = low;
    }
    return part.from + Math.max(0, Math.min(part.count, into));
  }

  /** The parts whose headings lie between two heights. */
  headsBetween(top: number, bottom: number): readonly Placed[] {
    const first = Math.max(
      0,
      this.#last((part) => part.top < top),
    );
    const end = this.#last((part) => part.top <= bottom);
    return this.parts.slice(first, end + 1).filter((part) => part.rowsTop > part.top);
  }

  /** The first row of the next or previous part that has rows. */
  neighbour(index: number, step: 1 | -1): number {
    const at = this.parts.findIndex((part) => index >= part.from && index < part.from + part.count);
    if (step === -1 && at >= 0 && index > (this.parts[at]?.from ?? 0)) return this.parts[at]?.from ?? 0;
    for (let i = at + step; i >= 0 && i < this.parts.length; i += step) {
      const part = this.parts[i];
      if (part && part.count > 0) return part.from;
    }
    return step === 1 ? this.rows - 1 : 0;
  }

  #rowTop(part: Placed, index: number): number {
    return part.rowsTop + (index - part.from) * this.#rowHeight + this.#moreIn(part.from, index);
  }

  /** By how much the rows from one index up to another are higher in all. */
  #moreIn(from: number, to: number): number {
    if (this.#tall.length === 0) return 0;
    return (before(this.#tall, to) - before(this.#tall, from)) * this.#more;
  }

  /** Index of the last part for which something holds, where it holds for all before. */
  #last(holds: (part: Placed) => boolean): number {
    let low = 0;
    let high = this.parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const part = this.parts[middle];
      if (part && holds(part)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** How many of the numbers, which are in order, are less. */
function before(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
