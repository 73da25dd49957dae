/** Lines as the service will read them, for the preview: see `quick_add/lines.rs`. */
const BEGINS = /^\uFEFF*\p{White_Space}*/u;
const NUMBER_OR_BULLET = /^(?:[-*+•◦‣·–—]|\d{1,3}[.)])(?:\p{White_Space}+|$)/u;
const BOX = /^(?:\[[ xX✓]?\]|[☐☑☒])(?:\p{White_Space}+|$)/u;
const ENDS = /\p{White_Space}+$/u;

/** The title in a line: without its bullet or number, and then its box. */
export function lineOf(line: string): string {
  return [BEGINS, ENDS, NUMBER_OR_BULLET, BOX].reduce((rest, mark) => rest.replace(mark, ""), line);
}

/** The lines with what was typed beside them as the first. */
export function withTitle(title: string, lines: readonly string[]): string[] {
  return title === "" ? [...lines] : [title, ...lines];
}

/** The titles of the tasks that some lines become; one without a title becomes none. */
export function titlesOf(lines: readonly string[]): string[] {
  return lines.map(lineOf).filter((title) => title !== "");
}
