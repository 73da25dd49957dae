import { describe, expect, test } from "vitest";
import { arrange, type Lingering } from "../src/lib/arrange.ts";
import { withField } from "../src/lib/heads.ts";
import { Layout, type HeadHeights, type Part } from "../src/lib/layout.ts";
import { matched } from "../src/lib/matched.ts";
import { RowList } from "../src/lib/row-list.ts";
import { Titles } from "../src/lib/tall.ts";
import { sectionsOf, type Section } from "../src/lib/sections.ts";
import { listOf, smallWorld, spaceOf, taskOf } from "./memory/world.ts";

const heights: HeadHeights = { none: 0, group: 44, day: 52, "empty-day": 40, now: 20, field: 40 };
const list = smallWorld().lists[0] ?? listOf("l", "l", spaceOf("s", "s"));
const part = (key: string, head: Part["head"], count: number): Part => ({
  key,
  head,
  count,
  label: key,
  beside: "",
  shown: count,
  says: "",
});

describe("the layout", () => {
  const layout = new Layout(
    [part("a", "group", 2), part("b", "now", 0), part("c", "none", 3), part("d", "empty-day", 0)],
    heights,
    40,
  );

  test("is arithmetic over headings and rows", () => {
    expect(layout.rows).toBe(5);
    expect(layout.height).toBe(44 + 80 + 20 + 120 + 40);
    expect([0, 1, 2, 4].map((index) => layout.topOf(index))).toEqual([44, 84, 144, 224]);
    expect([0, 50, 90, 130, 150, 1000].map((y) => layout.indexAt(y))).toEqual([0, 0, 1, 2, 2, 5]);
    expect(layout.partOf(1)?.key).toBe("a");
    expect(layout.partOf(2)?.key).toBe("c");
  });

  test("knows the headings in sight and the part before and after", () => {
    expect(layout.headsBetween(0, 130).map(({ key }) => key)).toEqual(["a", "b"]);
    expect(layout.headsBetween(200, 400).map(({ key }) => key)).toEqual(["d"]);
    expect(layout.neighbour(0, 1)).toBe(2);
    expect(layout.neighbour(3, -1)).toBe(2);
    expect(layout.neighbour(2, -1)).toBe(0);
    expect(layout.neighbour(4, 1)).toBe(4);
  });

  test("is asked about a million rows as fast as about ten", () => {
    const long = new Layout([part("a", "none", 1_000_000)], heights, 40);
    expect(long.indexAt(long.topOf(999_999) + 39)).toBe(999_999);
  });

  test("knows the rows that are higher than the others", () => {
    const parts = [part("a", "group", 3), part("b", "group", 3)];
    const tall = new Layout(parts, heights, 60, [1, 3, 5], 20);
    expect(tall.height).toBe(2 * 44 + 6 * 60 + 3 * 20);
    expect([0, 1, 2, 3, 4, 5].map((index) => tall.topOf(index))).toEqual([44, 104, 184, 288, 368, 428]);
    expect([0, 1, 5].map((index) => tall.heightOf(index))).toEqual([60, 80, 80]);
    for (const index of [0, 1, 2, 3, 4, 5]) {
      expect(tall.indexAt(tall.topOf(index))).toBe(index);
      expect(tall.indexAt(tall.topOf(index) + tall.heightOf(index) - 1)).toBe(index);
    }
    expect(tall.indexAt(10_000)).toBe(6);
  });

  test("finds the titles that take two lines, each measured once", () => {
    const measured: string[] = [];
    const titles = new Titles((text) => measured.push(text) && text.length * 10);
    const rows = [
      taskOf("a", "short", list),
      taskOf("b", "as long as it may be", list),
      undefined,
      taskOf("c", "as long as it may be", list, { depth: 2 }),
    ];
    expect(titles.tall(RowList.of(rows), 200, true)).toEqual([3]);
    expect(titles.tall(RowList.of(rows), 199, false)).toEqual([1, 3]);
    expect(measured).toEqual(["short", "as long as it may be"]);
  });

  test("has room for the field of a new task at any row", () => {
    const parts = [part("a", "group", 2), part("b", "group", 1)];
    const heads = (before: number) => withField(parts, before).map(({ head, count }) => [head, count]);
    expect(heads(0)).toEqual([
      ["group", 0],
      ["field", 2],
      ["group", 1],
    ]);
    expect(heads(2)).toEqual([
      ["group", 2],
      ["field", 0],
      ["group", 1],
    ]);
    expect(heads(3).at(-1)).toEqual(["field", 0]);
  });
});

describe("sections", () => {
  const now = new Date(2026, 2, 17, 10, 42);
  const at = (hour: number): string => new Date(2026, 2, 17, hour).toISOString();

  test("today is overdue, what has a time around now, and the rest", () => {
    const dues = ["2026-03-15", "2026-03-16", "2026-03-17", at(9), at(17), at(18)];
    const rows = dues.map((due, i) => taskOf(`t${i}`, due, list, { due }));
    const groups = [
      { key: "2026-03-15", name: null, count: 1 },
      { key: "2026-03-16", name: null, count: 1 },
      { key: "2026-03-17", name: null, count: 4 },
    ];
    const sections = sectionsOf("today", groups, 6, (index) => rows[index], now);
    expect(sections.map(({ key, base, count, shown }) => [key, base, count, shown])).toEqual([
      ["today.overdue", 0, 2, 2],
      ["today.timed", 2, 0, 3],
      ["today.past", 3, 1, 0],
      ["now", 2, 0, 0],
      ["today.coming", 4, 2, 0],
      ["today.any", 2, 0, 1],
      ["today.any", 2, 1, 0],
    ]);
    const arranged = arrange(RowList.of(rows), sections, [], new Set(), new Set());
    expect(arranged.rows.known.map(({ id }) => id)).toEqual(["t0", "t1", "t3", "t4", "t5", "t2"]);
    expect([...(arranged.at ?? [])]).toEqual([0, 1, 3, 4, 5, 2]);
  });

  test("days without a task are named for a week", () => {
    const groups = [
      { key: "2026-03-20", name: null, count: 2 },
      { key: "2026-05-01", name: null, count: 1 },
    ];
    const sections = sectionsOf("days", groups, 3, () => undefined, now);
    expect(sections.map(({ key, head }) => `${key.slice(5)} ${head}`)).toEqual([
      "03-18 empty-day",
      "03-19 empty-day",
      "03-20 day",
      "03-21 empty-day",
      "03-22 empty-day",
      "03-23 empty-day",
      "03-24 empty-day",
      "05-01 day",
    ]);
  });

  test("an agenda puts days together", () => {
    const groups = ["2026-03-01", "2026-03-16", "2026-03-17", "2026-03-18", "2026-04-01", null].map(
      (key) => ({
        key,
        name: null,
        count: 2,
      }),
    );
    expect(
      sectionsOf("agenda", groups, 12, () => undefined, now).map(({ key, count }) => [key, count]),
    ).toEqual([
      ["agenda.overdue", 4],
      ["agenda.today", 2],
      ["agenda.later", 4],
      ["agenda.none", 2],
    ]);
  });
});

describe("rows in the order they are drawn", () => {
  const rows = RowList.of(
    ["a", "b", "c", "d"].map((id, i) =>
      taskOf(id, id, list, { depth: [0, 1, 2, 0][i] ?? 0, parent: [null, "a", "b", null][i] ?? null }),
    ),
  );
  const all: Section = { key: "all", head: "none", base: 0, count: 4, shown: 4 };
  const ids = (folded: string[], lingering: Lingering[] = [], hidden: string[] = []) =>
    arrange(rows, [all], lingering, new Set(folded), new Set(hidden)).rows.known.map(({ id }) => id);

  test("are those of the service while nothing of the window lies on top", () => {
    expect(arrange(rows, [all], [], new Set(), new Set()).rows).toBe(rows);
  });

  test("what is folded hides all below it", () => {
    expect(ids(["a"])).toEqual(["a", "d"]);
    expect(ids(["b"])).toEqual(["a", "b", "d"]);
    expect(ids([], [], ["c"])).toEqual(["a", "b", "d"]);
  });

  test("what lingers stands where it stood, also when its part has gone", () => {
    const task = taskOf("x", "x", list);
    expect(ids([], [{ task, section: all, sectionAt: 0, offset: 2 }])).toEqual(["a", "b", "x", "c", "d"]);
    const gone: Section = { key: "gone", head: "group", base: 0, count: 1, shown: 1 };
    const { rows: drawn, sections } = arrange(
      rows,
      [all],
      [{ task, section: gone, sectionAt: 0, offset: 0 }],
      new Set(),
      new Set(),
    );
    expect(drawn.known.map(({ id }) => id)).toEqual(["x", "a", "b", "c", "d"]);
    expect(sections.map(({ key, count }) => [key, count])).toEqual([
      ["gone", 1],
      ["all", 4],
    ]);
  });
});

test("what was searched for is found without case and accents", () => {
  const hits = (text: string, search: string): string[] =>
    matched(text, search)
      .filter(({ hit }) => hit)
      .map((piece) => piece.text);
  expect(hits("Buy PAINT, repaint", "paint")).toEqual(["PAINT", "paint"]);
  expect(hits("Café crème", "cafe CREME")).toEqual(["Café", "crème"]);
  expect(hits("Straße", "stra")).toEqual(["Stra"]);
  expect(matched("as it is", " ")).toEqual([{ text: "as it is", hit: false }]);
});
