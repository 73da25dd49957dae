/** Which rows of a narrow window are higher, because their titles take two lines: known before they are drawn. */
import type { RowList } from "./row-list.ts";

/** How much higher than one line of title. */
export const SECOND_LINE_PX = 20;

const LEVEL_PX = 28;
const NARROW = matchMedia("(max-width: 639px)");
const WIDTHS_KEPT_MAX_COUNT = 20_000;

/** Widths of titles; to measure one is dear, and a list is looked through again with each change. */
export class Titles {
  readonly #widths = new Map<string, number>();
  readonly #widthOf: (text: string) => number;

  constructor(widthOf: (text: string) => number) {
    this.#widthOf = widthOf;
  }

  /** Indices of the rows whose titles are wider than the room, in order; a row that was not read has one line. */
  tall(rows: RowList, room: number, indented: boolean): number[] {
    const found: number[] = [];
    for (const [index, row] of rows.entries()) {
      if (this.#width(row.title) > room - (indented ? row.depth * LEVEL_PX : 0)) found.push(index);
    }
    return found;
  }

  #width(title: string): number {
    const known = this.#widths.get(title);
    if (known !== undefined) return known;
    if (this.#widths.size >= WIDTHS_KEPT_MAX_COUNT) this.#widths.clear();
    const width = this.#widthOf(title);
    this.#widths.set(title, width);
    return width;
  }
}

/** How wide a title of the top level may be in one line, in pixels; 0 where all rows have one line. */
export function titleRoom(scroller: HTMLElement): number {
  if (!NARROW.matches) return 0;
  const row = scroller.querySelector<HTMLElement>("[data-id]");
  const title = row?.querySelector(".title");
  if (!row || !title) return 0;
  const { gridTemplateColumns, paddingInlineStart } = getComputedStyle(row);
  const columns = gridTemplateColumns.split(" ").map(Number.parseFloat);
  const inner = getComputedStyle(title);
  const around = Number.parseFloat(inner.paddingInlineStart) + Number.parseFloat(inner.paddingInlineEnd);
  // The first column is the check, the last who does it.
  const between = columns.slice(1, -1).reduce((sum, width) => sum + width, 0);
  const room = between + Number.parseFloat(paddingInlineStart) - around;
  return Number.isFinite(room) ? Math.max(0, Math.floor(room)) : 0;
}
