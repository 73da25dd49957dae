import { expect, test } from "vitest";
import { RowList, type Row } from "../src/lib/row-list.ts";
import { listOf, spaceOf, taskOf } from "./memory/world.ts";

const list = listOf("l", "l", spaceOf("s", "s"));
const tasks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => taskOf(`t${from + i}`, `Task ${from + i}`, list));
const titles = (rows: readonly Row[]): (string | undefined)[] => rows.map((row) => row?.title);

test("rows are read in any order, across whole chunks and parts of them", () => {
  const empty = RowList.EMPTY.withLength(1000);
  const rows = empty.with(500, tasks(500, 640)).with(60, tasks(60, 70));
  expect([rows.at(59), rows.at(70), rows.at(499), rows.at(640)]).toEqual(Array(4).fill(undefined));
  expect([60, 69, 500, 639].map((at) => rows.at(at)?.id)).toEqual(["t60", "t69", "t500", "t639"]);
  expect(rows.known).toHaveLength(150);
  expect(rows.first?.id).toBe("t60");
  expect(titles(rows.slice(68, 72))).toEqual(["Task 68", "Task 69", undefined, undefined]);
  expect(empty.known).toEqual([]);
});

test("a task is found by its id, the next one by what holds", () => {
  const rows = RowList.EMPTY.withLength(300).with(100, tasks(100, 200));
  expect(rows.indexOf("t150")).toBe(150);
  expect(rows.indexOf("t7")).toBe(-1);
  expect(rows.task("t199")?.title).toBe("Task 199");
  expect(rows.task("t7")).toBeUndefined();
  const even = ({ id }: { id: string }) => id.endsWith("50");
  expect(rows.indexWhere(even)).toBe(150);
  expect(rows.indexWhere(even, 150)).toBe(-1);
  expect([...rows.entries()].map(([index, { id }]) => `t${index}` === id)).toEqual(Array(100).fill(true));
});

test("shorter and longer again: what was cut off is not read", () => {
  const rows = RowList.of(tasks(0, 130));
  const short = rows.withLength(70);
  expect(short.at(70)).toBeUndefined();
  const long = short.withLength(140);
  expect([long.length, long.known.length, long.at(69)?.id, long.at(70)]).toEqual([140, 70, "t69", undefined]);
  expect(rows.withLength(130)).toBe(rows);
  expect(rows.withLength(128).withLength(130).at(129)).toBeUndefined();
  expect(rows.at(129)?.id).toBe("t129");
});

test("more tasks than there is room for are left out", () => {
  const rows = RowList.EMPTY.withLength(66).with(64, tasks(64, 128));
  expect([rows.length, rows.at(65)?.id, rows.at(66), rows.at(-1)]).toEqual([66, "t65", undefined, undefined]);
});

test("other data for some tasks leaves the rest as it is", () => {
  const rows = RowList.of(tasks(0, 200));
  const now = rows.withTasks([taskOf("t100", "Changed", list), taskOf("x", "Elsewhere", list)]);
  expect(now.at(100)?.title).toBe("Changed");
  expect(now.at(101)).toBe(rows.at(101));
  expect(rows.at(100)?.title).toBe("Task 100");
});
