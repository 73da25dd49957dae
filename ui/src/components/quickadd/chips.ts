import type { Assignee, Ignored, Named, QuickAddParsed, TokenSlot } from "../../generated/api.ts";
import { locale, t } from "../../messages/index.ts";

/** One thing that was understood, as it is shown. */
export interface Chip {
  slot: TokenSlot;
  /** Tells the tags apart. */
  value: string | undefined;
  /** The resolved value: `Wed 18 Mar, 17:00`. */
  label: string;
  icon: "calendar" | "repeat" | "bell" | "arrow-forward" | null;
  list: Named | null;
  who: Assignee | null;
  priority: number | null;
  /** A tag that does not exist yet. */
  isNew: boolean;
  /** The words it came from, as typed; empty if it follows from something else. */
  words: string;
}

/** Everything that was understood: when, repeat, reminder, start, tags, priority, list, who. */
export function chipsOf(text: string, parsed: QuickAddParsed, now: Date): Chip[] {
  const chip = (slot: TokenSlot, label: string, more: Partial<Chip> = {}): Chip => ({
    slot,
    value: undefined,
    label,
    icon: null,
    list: null,
    who: null,
    priority: null,
    isNew: false,
    words: wordsOf(text, parsed, slot, more.value),
    ...more,
  });
  const { due, repeat, reminder, start, tags, priority, list, assignee } = parsed;
  return [
    ...(due === null ? [] : [chip("due", dateLabel(due, now), { icon: "calendar" })]),
    ...(repeat === null ? [] : [chip("repeat", parsed.repeat_words ?? repeat, { icon: "repeat" })]),
    ...(reminder === null ? [] : [chip("reminder", reminderLabel(reminder, now), { icon: "bell" })]),
    ...(start === null
      ? []
      : [chip("start", t("quick.from", { when: dateLabel(start, now) }), { icon: "arrow-forward" })]),
    ...tags.map(({ name, new: isNew }) => chip("tag", `#${name}`, { value: name, isNew })),
    ...(priority === null ? [] : [chip("priority", `!${priority}`, { priority })]),
    ...(list === null ? [] : [chip("list", list.name, { list })]),
    ...(assignee === null ? [] : [chip("who", assignee.name, { who: assignee })]),
  ];
}

/** `Wed 18 Mar, 17:00`; the year only when it is another one. */
export function dateLabel(due: string, now: Date): string {
  const timed = due.length > 10;
  const at = new Date(timed ? due : `${due}T00:00`);
  if (Number.isNaN(at.getTime())) return due;
  return new Intl.DateTimeFormat(locale(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const }),
    ...(timed ? { hour: "numeric" as const, minute: "2-digit" as const } : {}),
  }).format(at);
}

/** `10 minutes before`, `when it is due`, or the moment. */
export function reminderLabel(reminder: string, now: Date): string {
  if (reminder === "due") return t("quick.remindDue");
  const before = /^before (\d+)([mhd])$/u.exec(reminder);
  if (!before) return t("quick.remindAt", { when: dateLabel(reminder, now) });
  const n = Number(before[1]);
  if (before[2] === "d") return t("quick.remindDays", { n });
  return before[2] === "h" ? t("quick.remindHours", { n }) : t("quick.remindMinutes", { n });
}

/** Why a piece that looks like a sign stays in the title. */
export function reasonOf(text: string, ignored: Ignored): string {
  const words = text.slice(ignored.start, ignored.end);
  const name = words.replace(/^[^\p{L}\p{N}]+/u, "") || words;
  switch (ignored.reason) {
    case "unknown_list":
      return t("quick.noList", { name });
    case "unknown_who":
      return t("quick.nobody", { name });
    case "ambiguous":
      return t("quick.several", { name });
    case "bad_priority":
      return t("quick.badPriority", { words });
    case "taken":
      return t("quick.taken", { words });
    case "unknown_action":
      return t("quick.noAction", { words });
    case "bad_tag":
      return t("quick.badTag", { words });
    case "no_due":
      return t("quick.noDue", { words });
    case "bad_date":
      return t("quick.badDate", { words });
  }
}

function wordsOf(text: string, parsed: QuickAddParsed, slot: TokenSlot, value: string | undefined): string {
  return parsed.tokens
    .filter((token) => token.slot === slot && (value === undefined || token.value === value))
    .map(({ start, end }) => text.slice(start, end))
    .join(" ");
}
