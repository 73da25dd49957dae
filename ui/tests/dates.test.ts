import { describe, expect, test } from "vitest";
import { daysBetween, pastOf, timeOf, whenOf } from "../src/lib/dates.ts";

const now = new Date(2026, 2, 17, 10, 42); // a Tuesday
const words = { locale: "en-GB", today: "Today" };
const short = (due: string): string | undefined => whenOf(due, now, words)?.short;
const tone = (due: string): string | undefined => whenOf(due, now, words)?.tone;
const local = (day: number, hour: number, minute = 0): string =>
  new Date(2026, 2, day, hour, minute).toISOString();

describe("due dates", () => {
  test("within a week they carry their weekday, then their month, then their year", () => {
    expect(["2026-03-17", "2026-03-18", "2026-03-23", "2026-03-24", "2027-04-03"].map(short)).toEqual([
      "Today",
      "Wed 18",
      "Mon 23",
      "24 Mar",
      "Apr 2027",
    ]);
    expect(short("2026-03-15")).toBe("Sun 15");
  });

  test("a time stands in the place of today", () => {
    expect(short(local(17, 17))).toBe("17:00");
    expect(short(local(18, 17))).toBe("Wed 18");
    expect(whenOf(local(18, 17), now, words)?.long).toBe("Wednesday 18 March at 17:00");
  });

  test("a date is the same day in every zone", () => {
    expect(whenOf("2026-03-18", now, words)?.long).toBe("Wednesday 18 March");
  });

  test("a day that is over is late, an hour that is over is not", () => {
    expect(
      ["2026-03-16", local(16, 23, 59), "2026-03-17", local(17, 9), local(17, 17), "2026-03-24"].map(tone),
    ).toEqual(["late", "late", "soon", "later", "soon", "later"]);
  });

  test("what is no date is nothing", () => {
    expect(
      [null, undefined, "", "soon", "2026-00-00", "2026-03-17Tnever"].map((due) => whenOf(due, now, words)),
    ).toEqual(Array(6).fill(null));
  });

  test("days are counted over the change of the clocks", () => {
    expect(daysBetween(new Date(2026, 2, 28, 23), new Date(2026, 2, 30, 1))).toBe(2);
  });
});

test("when a computer was last seen", () => {
  const past = (day: number): string => pastOf(local(day, 21, 14), now, "en-GB");
  expect([past(17), past(15), past(3)]).toEqual(["21:14", "Sun", "3 Mar"]);
  expect(timeOf(local(15, 21, 14), now, "en-GB")).toBe("21:14");
  expect(timeOf(local(3, 21, 14), now, "en-GB")).toBe("3 March 2026");
});
