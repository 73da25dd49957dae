/** Dates and times in whole words, for the panel and the pickers. */
import { locale, t } from "../messages/index.ts";
import { addDays, dateOf, dayOf, weekStart } from "./days.ts";
import { daysBetween } from "./dates.ts";
import { firstWeekdayOf, WEEKDAY_NUMBER, weekendOf } from "./locale.ts";

/** A due or start as people say it: `Fri 20 March, 17:00`. The year stands only where it is another one. */
export function dayWords(value: string, now: Date): string {
  const moment = momentOf(value);
  if (!moment) return value;
  return format(moment.at, {
    weekday: "short",
    day: "numeric",
    month: "long",
    ...(moment.at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const }),
    ...(moment.timed ? { hour: "numeric" as const, minute: "2-digit" as const } : {}),
  });
}

/** `in 3 days`, `tomorrow`, `2 weeks ago`. */
export function distanceWords(value: string, now: Date): string {
  const moment = momentOf(value);
  if (!moment) return "";
  const days = daysBetween(now, moment.at);
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  if (Math.abs(days) < 14) return relative.format(days, "day");
  if (Math.abs(days) < 60) return relative.format(Math.round(days / 7), "week");
  if (Math.abs(days) < 700) return relative.format(Math.round(days / 30.44), "month");
  return relative.format(Math.round(days / 365.25), "year");
}

/** When something was written: `10:42` today, `Mon 16, 10:42` within a week, else the day. */
export function writtenWords(at: string, now: Date): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const days = daysBetween(then, now);
  if (days === 0) return format(then, { hour: "numeric", minute: "2-digit" });
  if (days > 0 && days < 7) return format(then, { weekday: "short", day: "numeric" });
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return format(then, { day: "numeric", month: "short", ...year });
}

/** The whole moment, for a tooltip. */
export function exactWords(at: string): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? "" : format(then, { dateStyle: "full", timeStyle: "short" });
}

/** `due`, `before 10m` or a moment, in words. */
export function reminderWords(value: string, now: Date): string {
  if (value === "due") return t("reminder.due");
  const lead = /^before (\d+)([mhd])$/.exec(value);
  if (!lead) return dayWords(value, now);
  const n = Number(lead[1]);
  if (lead[2] === "m") return t("reminder.minutes", { n });
  return t(lead[2] === "h" ? "reminder.hours" : "reminder.days", { n });
}

export interface Moment {
  at: Date;
  timed: boolean;
}

/** A date (the same day everywhere), an instant, or a local time with its zone behind it. */
export function momentOf(value: string): Moment | null {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { at: dateOf(value), timed: false };
  const at = new Date(value.replace(/\[.*\]$/, ""));
  return Number.isNaN(at.getTime()) ? null : { at, timed: true };
}

/** The local day and time of day of a due or start. */
export function partsOf(value: string | null): { day: string | null; time: string | null } {
  const moment = value === null ? null : momentOf(value);
  if (!moment) return { day: null, time: null };
  return { day: dayOf(moment.at), time: moment.timed ? clockOf(moment.at) : null };
}

/** What the service reads: a day, or a day and time of this computer's clock. */
export function whenText(day: string, time: string | null): string {
  return time === null ? day : `${day}T${time}`;
}

/** `17:00`, `5pm`, `5.30 pm`, `17h`, `9` as `HH:MM`; null for what is no time. */
export function readTime(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.h](\d\d)|h)?\s*(am|pm|a\.m\.|p\.m\.)?$/i.exec(latinDigits(text.trim()));
  if (!found) return null;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const half = found[3]?.toLowerCase().startsWith("p") ?? null;
  if (half !== null) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** A time of day as the locale writes it. */
export function timeWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return format(new Date(2000, 0, 1, hour, minute), { hour: "numeric", minute: "2-digit" });
}

/** The next day that begins a weekend, which is never today. */
export function nextWeekend(today: string, tag: string): string {
  const ahead = (WEEKDAY_NUMBER[weekendOf(tag)] - dateOf(today).getDay() + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

/** The days that are chosen most, in a locale. */
export function quickDays(today: string, tag: string) {
  const firstWeekday = WEEKDAY_NUMBER[firstWeekdayOf(tag)];
  return [
    { key: "date.today", day: today },
    { key: "date.tomorrow", day: addDays(today, 1) },
    { key: "date.weekend", day: nextWeekend(today, tag) },
    { key: "date.nextWeek", day: addDays(weekStart(today, firstWeekday), 7) },
  ] as const;
}

function clockOf(at: Date): string {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

/** Arabic-Indic and Persian digits, as people type them. */
function latinDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) & 15),
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is dear to make, and a history asks for hundreds. */
function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = locale() + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale(), options);
    formats.set(key, known);
  }
  return known.format(at);
}
