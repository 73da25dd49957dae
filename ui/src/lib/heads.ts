/** What the headings of a view say. */
import { locale, t, type MessageKey } from "../messages/index.ts";
import { daysBetween } from "./dates.ts";
import type { Shape } from "../state/listing.ts";
import { dateOf, dayOf } from "./days.ts";
import type { Part } from "./layout.ts";
import type { Section } from "./sections.ts";

const NAMED: Readonly<Record<string, MessageKey>> = {
  "today.overdue": "today.overdue",
  "today.timed": "today.timed",
  "today.any": "today.any",
  "agenda.overdue": "today.overdue",
  "agenda.today": "side.today",
  "agenda.later": "agenda.later",
  "agenda.none": "agenda.none",
};

/** The parts of a view with their headings in words. */
export function partsOf(sections: readonly Section[], now: Date): Part[] {
  let said = "";
  return sections.map((section) => {
    const label = labelOf(section, now);
    if (section.head === "group" || section.head === "day")
      said = t("group.says", { label, n: section.shown });
    const says = section.count > 0 ? said : "";
    if (section.count > 0) said = "";
    return {
      key: section.key,
      head: section.head,
      count: section.count,
      label,
      beside: section.head === "day" ? besideOf(section.key, now) : "",
      shown: section.shown,
      says,
    };
  });
}

/** Room for the field for a new task before a row. */
export function withField(parts: readonly Part[], before: number): Part[] {
  const out: Part[] = [];
  let from = 0;
  let open = true;
  for (const part of parts) {
    const at = before - from;
    // Behind the last row of a part, and not before the heading of the next.
    if (open && at <= part.count && (at > 0 || (at === 0 && before === 0 && part.count > 0))) {
      open = false;
      const field: Part = { ...part, key: "field", head: "field", count: part.count - at };
      if (at === 0) out.push({ ...part, count: 0 }, field);
      else out.push({ ...part, count: at }, { ...field, says: "" });
    } else out.push(part);
    from += part.count;
  }
  return out;
}

function labelOf({ key, name, head }: Section, now: Date): string {
  const named = NAMED[key];
  if (named) return t(named);
  if (head === "day" || head === "empty-day") {
    if (!/^\d{4}-/.test(key)) return t("agenda.none");
    const day = dateOf(key);
    const far = Math.abs(daysBetween(now, day)) > 300;
    return format(day, far ? { weekday: "long", month: "long", year: "numeric" } : { weekday: "long" });
  }
  return name ?? "";
}

/** `tomorrow`, `in 3 days`, then the month. */
function besideOf(key: string, now: Date): string {
  if (!/^\d{4}-/.test(key)) return "";
  const day = dateOf(key);
  const days = daysBetween(now, day);
  if (Math.abs(days) < 7)
    return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day");
  return format(day, { month: "long" });
}

/** The day that a task gets that is let go on a part: `""` is none. Null where the part is no one day. */
export function dayOfPart(shape: Shape | undefined, key: string, now: Date): string | null {
  if (shape === "days") return key;
  if (shape === "today") return key === "today.overdue" ? null : dayOf(now);
  if (shape !== "agenda") return null;
  if (key === "agenda.none") return "";
  return key === "agenda.today" ? dayOf(now) : null;
}

/** The number of a day in the margin. */
export function dayNumber(key: string): string {
  return /^\d{4}-/.test(key) ? format(dateOf(key), { day: "numeric" }) : "";
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(date);
}
