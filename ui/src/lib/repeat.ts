/** Repeat rules (RFC 5545 with `X-ROTA-FROM=DONE`): as the picker's fields, and in words. */
import { locale, names, t } from "../messages/index.ts";
import { dateOf } from "./days.ts";
import { weekdayName } from "./locale.ts";

export type Unit = "minute" | "hour" | "day" | "week" | "month" | "year";

/** Within a month: a day (31 is the last of a shorter one), or a weekday by its number (-1 is the last). */
export type MonthDay = { kind: "day"; day: number } | { kind: "weekday"; nth: number; weekday: number };

export type RepeatEnd = { kind: "never" } | { kind: "count"; times: number } | { kind: "until"; day: string };

export interface Repeat {
  unit: Unit;
  every: number;
  /** As `Date.getDay` counts; only for weeks. */
  weekdays: number[];
  /** Only for months. */
  on: MonthDay | null;
  /** Counted from the day it is done instead of the day it was due. */
  afterDone: boolean;
  end: RepeatEnd;
}

const UNITS: Readonly<Record<string, Unit>> = {
  MINUTELY: "minute",
  HOURLY: "hour",
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};
const CODES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const READ_PARTS = new Set([
  "FREQ",
  "INTERVAL",
  "BYDAY",
  "BYMONTHDAY",
  "BYSETPOS",
  "COUNT",
  "UNTIL",
  "X-ROTA-FROM",
  "WKST",
]);

/** The rule as fields; null where it says more than they can. */
export function readRepeat(rule: string): Repeat | null {
  const parts = new Map(
    rule
      .toUpperCase()
      .replace(/^RRULE:/, "")
      .split(";")
      .map((part) => part.split("=", 2) as [string, string]),
  );
  const unit = UNITS[parts.get("FREQ") ?? ""];
  if (!unit || [...parts.keys()].some((name) => !READ_PARTS.has(name))) return null;
  const end = readEnd(parts);
  const days = readDays(unit, parts);
  if (!end || !days) return null;
  return {
    unit,
    every: Number(parts.get("INTERVAL") ?? 1),
    ...days,
    afterDone: parts.get("X-ROTA-FROM") === "DONE",
    end,
  };
}

export function writeRepeat(repeat: Repeat): string {
  const frequency = Object.keys(UNITS).find((name) => UNITS[name] === repeat.unit) ?? "DAILY";
  const parts = [`FREQ=${frequency}`];
  if (repeat.every > 1) parts.push(`INTERVAL=${repeat.every}`);
  if (repeat.end.kind === "count") parts.push(`COUNT=${repeat.end.times}`);
  if (repeat.end.kind === "until") parts.push(`UNTIL=${repeat.end.day.replaceAll("-", "")}`);
  if (repeat.unit === "week" && repeat.weekdays.length > 0) {
    const fromMonday = [...repeat.weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
    parts.push(`BYDAY=${fromMonday.map((day) => CODES[day] ?? "").join(",")}`);
  }
  if (repeat.unit === "month" && repeat.on) parts.push(writeMonthDay(repeat.on));
  if (repeat.afterDone) parts.push("X-ROTA-FROM=DONE");
  return parts.join(";");
}

/** `Every 2 weeks on Mon and Thu, until 3 Apr 2026`. A rule beyond the fields is named so. */
export function repeatWords(rule: string): string {
  const repeat = readRepeat(rule);
  if (!repeat) return t("repeat.other");
  const round = roundWords(repeat);
  const counted = repeat.afterDone ? t("repeat.afterDone", { round }) : round;
  if (repeat.end.kind === "count") return t("repeat.times", { round: counted, n: repeat.end.times });
  if (repeat.end.kind === "until") return t("repeat.until", { round: counted, day: longDay(repeat.end.day) });
  return counted;
}

function roundWords(repeat: Repeat): string {
  const n = repeat.every;
  if (repeat.unit === "week" && repeat.weekdays.length > 0) {
    const workdays = [1, 2, 3, 4, 5];
    const days = [...repeat.weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
    if (n === 1 && days.join() === workdays.join()) return t("repeat.workdays");
    return t("repeat.weekdays", { n, days: names(days.map((day) => weekdayName(locale(), day))) });
  }
  if (repeat.unit === "month" && repeat.on) return monthWords(repeat.on, n);
  return t(`repeat.${repeat.unit}`, { n });
}

function monthWords(on: MonthDay, n: number): string {
  if (on.kind === "weekday") return t(nthKey(on.nth), { n, day: weekdayName(locale(), on.weekday) });
  return on.day === 31 ? t("repeat.lastDay", { n }) : t("repeat.monthDay", { n, day: on.day });
}

/** The sentence for a weekday by its number in the month. */
export function nthKey(
  nth: number,
): "repeat.nth.1" | "repeat.nth.2" | "repeat.nth.3" | "repeat.nth.4" | "repeat.nth.last" {
  if (nth === 1 || nth === 2 || nth === 3 || nth === 4) return `repeat.nth.${nth}`;
  return "repeat.nth.last";
}

function longDay(day: string): string {
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric" }).format(
    dateOf(day),
  );
}

function readEnd(parts: ReadonlyMap<string, string>): RepeatEnd | null {
  const count = parts.get("COUNT");
  const until = parts.get("UNTIL");
  if (count !== undefined) return { kind: "count", times: Number(count) };
  if (until === undefined) return { kind: "never" };
  const day = /^(\d{4})(\d\d)(\d\d)/.exec(until);
  return day ? { kind: "until", day: `${day[1]}-${day[2]}-${day[3]}` } : null;
}

function readDays(unit: Unit, parts: ReadonlyMap<string, string>): Pick<Repeat, "weekdays" | "on"> | null {
  const byDay = parts.get("BYDAY");
  const monthDay = parts.get("BYMONTHDAY");
  const position = parts.get("BYSETPOS");
  if (byDay === undefined && monthDay === undefined && position === undefined)
    return { weekdays: [], on: null };
  if (unit === "week" && byDay !== undefined && monthDay === undefined && position === undefined) {
    const days = byDay.split(",").map((code) => CODES.indexOf(code));
    return days.includes(-1) ? null : { weekdays: days, on: null };
  }
  const on = unit === "month" ? readMonthDay(byDay, monthDay, position) : null;
  return on && { weekdays: [], on };
}

function readMonthDay(
  byDay: string | undefined,
  monthDay: string | undefined,
  position: string | undefined,
): MonthDay | null {
  if (byDay !== undefined) {
    const found = monthDay === undefined ? /^(-1|[1-4])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(byDay) : null;
    const nth = Number(found?.[1] ?? position ?? Number.NaN);
    if (!found || (found[1] !== undefined && position !== undefined) || ![-1, 1, 2, 3, 4].includes(nth))
      return null;
    return { kind: "weekday", nth, weekday: CODES.indexOf(found[2] ?? "") };
  }
  if (monthDay === "-1" && position === undefined) return { kind: "day", day: 31 };
  if (position === "-1") {
    // "The 30th, or the last day of a shorter month" is 28,29,30 with the last of them taken.
    const days = (monthDay ?? "").split(",").map(Number);
    const last = Math.max(...days);
    const run = Array.from({ length: last - 27 }, (_, i) => 28 + i);
    return run.join() === days.sort((a, b) => a - b).join() ? { kind: "day", day: last } : null;
  }
  const day = Number(monthDay);
  return position === undefined && day >= 1 && day <= 31 ? { kind: "day", day } : null;
}

function writeMonthDay(on: MonthDay): string {
  if (on.kind === "weekday") return `BYDAY=${on.nth}${CODES[on.weekday] ?? "MO"}`;
  if (on.day === 31) return "BYMONTHDAY=-1";
  if (on.day <= 28) return `BYMONTHDAY=${on.day}`;
  const run = Array.from({ length: on.day - 27 }, (_, i) => 28 + i);
  return `BYMONTHDAY=${run.join(",")};BYSETPOS=-1`;
}
