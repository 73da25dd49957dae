/** How a due date is said: in the margin of a row, and in a sentence. */

export interface When {
  /** Short enough for the margin: `Today`, `Fri 20`, `28 Mar`, `17:00`. */
  short: string;
  /** Whole, for the tooltip and for screen readers. */
  long: string;
  tone: "late" | "soon" | "later";
}

export interface Words {
  locale: string;
  today: string;
}

/** `due` is a date (`YYYY-MM-DD`, the same day everywhere) or a date-time in UTC. Null for what is no date. */
export function whenOf(due: string | null | undefined, now: Date, words: Words): When | null {
  const moment = due ? parse(due) : null;
  if (!moment) return null;
  const days = daysBetween(now, moment.at);
  return {
    short: short(moment, now, days, words),
    long: format(words.locale, moment.at, {
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(moment.at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const }),
      ...(moment.timed ? { hour: "numeric" as const, minute: "2-digit" as const } : {}),
    }),
    tone: toneOf(moment, now, days),
  };
}

/** `17:00`, for a row under the heading of its day; empty where only the day is set. */
export function clockOf(moment: string | null, locale: string): string {
  const found = moment ? parse(moment) : null;
  return found?.timed ? format(locale, found.at, { hour: "numeric", minute: "2-digit" }) : "";
}

/** When a computer was last seen: `now`-like things are the caller's; here `21:14`, `Sun`, `3 Apr`. */
export function pastOf(at: string, now: Date, locale: string): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const days = daysBetween(now, then);
  if (days === 0) return format(locale, then, { hour: "numeric", minute: "2-digit" });
  if (days > -7 && days < 0) return format(locale, then, { weekday: "short" });
  return format(locale, then, { day: "numeric", month: "short" });
}

/** `21:14`, beside the day that `pastOf` says; the day itself when that was today or long ago. */
export function timeOf(at: string, now: Date, locale: string): string {
  const then = new Date(at);
  const days = daysBetween(now, then);
  return days > -7 && days <= 0
    ? format(locale, then, { hour: "numeric", minute: "2-digit" })
    : format(locale, then, { day: "numeric", month: "long", year: "numeric" });
}

/** Up to when: `21:14` today, else with its day. */
export function untilOf(at: string, now: Date, locale: string): string {
  const then = new Date(at);
  const day = { weekday: "short", day: "numeric", month: "long" } as const;
  return format(locale, then, {
    ...(daysBetween(now, then) === 0 ? {} : day),
    hour: "numeric",
    minute: "2-digit",
  });
}

/** `Tuesday 17 March`, the line beside the title of Today. */
export function dayName(now: Date, locale: string): string {
  return format(locale, now, { weekday: "long", day: "numeric", month: "long" });
}

/** Full days from one local day to another; negative for the past. */
export function daysBetween(from: Date, to: Date): number {
  const day = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(to) - day(from)) / 86_400_000);
}

/** Whether the value has a time of day. */
export function isTimed(due: string): boolean {
  return due.length > 10;
}

interface Moment {
  at: Date;
  timed: boolean;
}

function parse(due: string): Moment | null {
  if (isTimed(due)) {
    // A local time carries its zone behind it.
    const at = new Date(due.replace(/\[.*\]$/, ""));
    return Number.isNaN(at.getTime()) ? null : { at, timed: true };
  }
  const [year, month, day] = due.split("-").map(Number);
  if (!year || !month || !day) return null;
  // Not `new Date(due)`: that would be midnight in London, a day early west of it.
  return { at: new Date(year, month - 1, day), timed: false };
}

/** Only a day that is over is late; an hour that is over steps back. */
function toneOf(moment: Moment, now: Date, days: number): When["tone"] {
  if (days < 0) return "late";
  if (moment.timed && moment.at < now) return "later";
  return days <= 6 ? "soon" : "later";
}

function short(moment: Moment, now: Date, days: number, words: Words): string {
  if (days === 0) {
    return moment.timed
      ? format(words.locale, moment.at, { hour: "numeric", minute: "2-digit" })
      : words.today;
  }
  if (Math.abs(days) < 7) return format(words.locale, moment.at, { weekday: "short", day: "numeric" });
  if (moment.at.getFullYear() === now.getFullYear()) {
    return format(words.locale, moment.at, { day: "numeric", month: "short" });
  }
  return format(words.locale, moment.at, { month: "short", year: "numeric" });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, options);
    formats.set(key, known);
  }
  return known.format(date);
}
