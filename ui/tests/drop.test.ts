import { expect, test } from "vitest";
import { dropAt } from "../src/lib/drop.ts";
import { RowList } from "../src/lib/row-list.ts";
import { listOf, smallWorld, spaceOf, taskOf } from "./memory/world.ts";

const inbox = smallWorld().lists[0] ?? listOf("l", "l", spaceOf("s", "s"));
const other = listOf("other", "Other", inbox.space);
/** a, b with c and d below it, e; then f in another list. */
const rows = RowList.of([
  taskOf("a", "a", inbox),
  taskOf("b", "b", inbox),
  taskOf("c", "c", inbox, { parent: "b", depth: 1 }),
  taskOf("d", "d", inbox, { parent: "b", depth: 1 }),
  taskOf("e", "e", inbox),
  taskOf("f", "f", other),
]);
const drop = (id: string, index: number, shift = 0) => dropAt(rows, new Set([id]), index, shift);

test("between rows, on the same level", () => {
  expect(drop("e", 1)).toEqual({ to: { parent: "clear", to: { after: "a" } }, level: 0 });
  expect(drop("e", 0)).toEqual({ to: { parent: "clear", to: { before: "a" } }, level: 0 });
  expect(drop("a", 4)).toEqual({ to: { parent: "clear", to: { after: "b" } }, level: 0 });
});

test("to the right below the row above, to the left out again", () => {
  expect(drop("e", 1, 1)).toEqual({ to: { parent: { set: "a" }, to: "first" }, level: 1 });
  expect(drop("e", 4, 1)).toEqual({ to: { parent: { set: "b" }, to: { after: "d" } }, level: 1 });
  expect(drop("e", 4, 2)).toEqual({ to: { parent: { set: "d" }, to: "first" }, level: 2 });
  expect(drop("d", 4, -1)).toEqual({ to: { parent: "clear", to: { after: "b" } }, level: 0 });
});

test("between a task and those below it the level follows", () => {
  expect(drop("e", 2)).toEqual({ to: { parent: { set: "b" }, to: "first" }, level: 1 });
  expect(drop("a", 3, -3)).toEqual({ to: { parent: { set: "b" }, to: { after: "c" } }, level: 1 });
});

test("into another list, and never below itself", () => {
  expect(drop("a", 6)).toEqual({ to: { list: "other", parent: "clear", to: { after: "f" } }, level: 0 });
  expect(drop("b", 3, 1)).toBeNull();
  expect(drop("b", 4, 1)).toBeNull();
  expect(dropAt(RowList.EMPTY, new Set(["x"]), 0, 0)).toBeNull();
});
