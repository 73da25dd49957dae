import { describe, expect, test } from "vitest";
import { kept, keptEach, same } from "../src/lib/same.ts";

describe("what says the same", () => {
  test.each([
    [1, 1, true],
    [null, null, true],
    [null, {}, false],
    ["a", "b", false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{ a: [{ b: null }] }, { a: [{ b: null }] }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: 1, b: undefined }, { a: 1 }, false],
    [{ a: 1 }, { b: 1 }, false],
  ])("%j and %j: %s", (a, b, are) => {
    expect(same(a, b)).toBe(are);
    expect(same(b, a)).toBe(are);
  });

  test("stays the same object, also among others that moved or changed", () => {
    const [one, two] = [
      { id: "1", title: "One" },
      { id: "2", title: "Two" },
    ];
    expect(kept(one, { ...one })).toBe(one);
    expect(kept(one, two)).toBe(two);
    const before = [one, two];
    expect(keptEach(before, [{ ...one }, { ...two }])).toBe(before);
    const moved = keptEach(before, [{ ...two }, { ...one, title: "Uno" }]);
    expect(moved[0]).toBe(two);
    expect(moved[1]).toEqual({ id: "1", title: "Uno" });
    expect(keptEach(before, [{ ...one }])).toEqual([one]);
  });
});
