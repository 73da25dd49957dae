/** Rows in the order in which they are drawn, from what was read of the service's order. */
import type { Task } from "../generated/api.ts";
import { RowList, type Row } from "./row-list.ts";
import type { Section } from "./sections.ts";

/** A row that is no longer part of the view and stays a while where it stood. */
export interface Lingering {
  readonly task: Task;
  readonly section: Section;
  /** Which of the sections that was. */
  readonly sectionAt: number;
  /** Which row of the section it was. */
  readonly offset: number;
  /** Whether one did it oneself. */
  readonly own?: boolean;
}

export interface Arranged {
  readonly rows: RowList;
  readonly sections: readonly Section[];
  /** For each row where it lies in the service's order, -1 for none; null where both orders are one. */
  readonly at: Int32Array | null;
}

export function arrange(
  read: RowList,
  given: readonly Section[],
  lingering: readonly Lingering[],
  folded: ReadonlySet<string>,
  hidden: ReadonlySet<string>,
): Arranged {
  const only = given.length === 1 ? given[0] : undefined;
  const asRead = lingering.length === 0 && folded.size === 0 && hidden.size === 0;
  if (only && asRead && only.base === 0 && only.count === read.length)
    return { rows: read, sections: given, at: null };

  const sections = withLost(given, lingering);
  const rows: Row[] = [];
  const at: number[] = [];
  const placed: Section[] = [];
  for (const section of sections) {
    const begin = rows.length;
    addSection(section, read, folded, hidden, rows, at);
    const mine = lingering.filter(
      ({ section: { key, base } }) => key === section.key && base === section.base,
    );
    const late = mine.length > 0 ? mine : lingering.filter((each) => first(sections, each) === section);
    for (const { task, offset } of [...late].sort((a, b) => a.offset - b.offset)) {
      const index = begin + Math.min(offset, rows.length - begin);
      rows.splice(index, 0, task);
      at.splice(index, 0, -1);
    }
    placed.push({ ...section, count: rows.length - begin });
  }
  return { rows: RowList.of(rows), sections: placed, at: Int32Array.from(at) };
}

/** Sections that have gone with their last row come back for the rows that linger in them. */
function withLost(sections: readonly Section[], lingering: readonly Lingering[]): readonly Section[] {
  const out = [...sections];
  for (const { section, sectionAt } of lingering) {
    if (!out.some(({ key }) => key === section.key))
      out.splice(Math.min(sectionAt, out.length), 0, { ...section, count: 0, shown: 0 });
  }
  return out;
}

/** The section a row lingers in when the one it was in begins elsewhere by now. */
function first(sections: readonly Section[], { section }: Lingering): Section | undefined {
  const same = sections.filter(({ key }) => key === section.key);
  return same.some(({ base }) => base === section.base) ? undefined : same[0];
}

function addSection(
  section: Section,
  read: RowList,
  folded: ReadonlySet<string>,
  hidden: ReadonlySet<string>,
  rows: Row[],
  at: number[],
): void {
  const end = section.base + section.count;
  for (let index = section.base; index < end; index++) {
    const row = read.at(index);
    if (row && hidden.has(row.id)) continue;
    rows.push(row);
    at.push(index);
    if (!row || !folded.has(row.id)) continue;
    while (index + 1 < end && (read.at(index + 1)?.depth ?? -1) > row.depth) index++;
  }
}
