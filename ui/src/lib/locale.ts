/** The locale that dates, numbers and weeks are shown in: the language's, with the system's region and habits. */

export type Weekday = "monday" | "saturday" | "sunday";
export type HourCycle = "h12" | "h23";
export type WeekendStart = "friday" | "saturday" | "sunday";

export interface LocaleOverrides {
  /** Null is as the system has it. */
  firstWeekday?: Weekday | null;
  hourCycle?: HourCycle | null;
  weekend?: WeekendStart | null;
}

/**
 * A language tag for `Intl`, such as `de-AT-u-fw-mon-hc-h23`. The first system locale of the same language gives the
 * region; a system in another language gives its region and hours, because a person in Oslo who reads English still
 * has weeks that begin on Monday.
 */
export function localeFor(
  language: string,
  system: readonly string[],
  overrides: LocaleOverrides = {},
): string {
  const usable = system.filter(isUsable);
  const same = usable.find((tag) => baseOf(tag) === baseOf(language));
  const first = usable[0];
  const base = same ?? inRegionOf(language, first);
  const week = overrides.firstWeekday ?? (same || !first ? null : firstWeekdayOf(first));
  const hours = overrides.hourCycle ?? (same || !first ? null : hoursOf(base, first));
  // What people type, codes and the signs of a row have the digits 0 to 9: two kinds side by side are hard to read.
  const digits = baseOf(language) === "ar" ? ["nu-latn"] : [];
  const keys = [...(week ? [`fw-${week.slice(0, 3)}`] : []), ...(hours ? [`hc-${hours}`] : []), ...digits];
  const tag = keys.length === 0 ? base : `${withoutKeys(base)}-u-${keys.join("-")}`;
  // `Intl` has no key for it, and leaves what stands behind an x to whoever wrote it.
  return overrides.weekend ? `${tag}-x-we-${overrides.weekend.slice(0, 3)}` : tag;
}

/** The system's hours, unless the language never counts to 12: nobody writes "16:13 PM" in German. */
function hoursOf(base: string, system: string): HourCycle {
  return hourCycleOf(base) === "h23" ? "h23" : hourCycleOf(system);
}

/** The day that weeks begin with. */
export function firstWeekdayOf(tag: string): Weekday {
  const forced = /-u-(?:.*-)?fw-(mon|sat|sun)/.exec(tag)?.[1];
  const day = forced ?? WEEK_DAYS[weekInfoOf(tag)?.firstDay ?? 0] ?? regional(tag);
  if (day === "sat") return "saturday";
  return day === "sun" ? "sunday" : "monday";
}

/**
 * The day that a weekend begins with. What a picker offers is what the words of quick add mean,
 * so it goes by the service's table and not by what a web view knows.
 */
export function weekendOf(tag: string): WeekendStart {
  const chosen = WEEKENDS.find((day) => tag.endsWith(`-x-we-${day.slice(0, 3)}`));
  if (chosen) return chosen;
  const region = regionOf(tag);
  if (FRIDAY_WEEKENDS.split(" ").includes(region)) return "friday";
  return SUNDAY_WEEKENDS.split(" ").includes(region) ? "sunday" : "saturday";
}

/** Whether hours go to 12 or to 23. */
export function hourCycleOf(tag: string): HourCycle {
  return new Intl.DateTimeFormat(tag, { hour: "numeric" }).resolvedOptions().hour12 ? "h12" : "h23";
}

/** The order of day, month and year in a short date. */
export function dateOrderOf(tag: string): "dmy" | "mdy" | "ymd" {
  const parts = new Intl.DateTimeFormat(tag, { day: "2-digit", month: "2-digit", year: "numeric" })
    .formatToParts(new Date(2020, 10, 23))
    .map((part) => part.type);
  if (parts.indexOf("year") < parts.indexOf("day")) return "ymd";
  return parts.indexOf("month") < parts.indexOf("day") ? "mdy" : "dmy";
}

/** What stands between the numbers of a short date: `.` or `/`. */
export function dateSeparatorOf(tag: string): string {
  const parts = new Intl.DateTimeFormat(tag, { day: "numeric", month: "numeric" }).formatToParts(new Date());
  const sign = parts.find(({ type }) => type === "literal")?.value.replace(/[^./-]/gu, "");
  return sign || "/";
}

/** The number of a weekday as `Date.getDay` counts. */
export const WEEKDAY_NUMBER: Readonly<Record<Weekday | WeekendStart, number>> = {
  sunday: 0,
  monday: 1,
  friday: 5,
  saturday: 6,
};

/** The name of a weekday (0 is Sunday) in a locale. */
export function weekdayName(tag: string, day: number, width: "long" | "short" | "narrow" = "long"): string {
  // 1 January 2023 was a Sunday.
  return new Intl.DateTimeFormat(tag, { weekday: width }).format(new Date(2023, 0, 1 + day));
}

const WEEKENDS: readonly WeekendStart[] = ["friday", "saturday", "sunday"];
const WEEK_DAYS: readonly (string | undefined)[] = [
  undefined,
  "mon",
  undefined,
  undefined,
  undefined,
  undefined,
  "sat",
  "sun",
];
/** Only for web views that cannot say it themselves: where weeks begin on Sunday or Saturday. */
const SUNDAY = "US CA MX BR CO PE VE JP KR TW HK IN IL ZA PH TH SA YE";
const SATURDAY = "EG DZ AE BH IQ JO KW LY OM QA SD SY AF IR";

/** The same as in `crates/model/src/when/locale.rs`. */
const FRIDAY_WEEKENDS = "AF BH DZ EG IL IQ IR JO KW LY OM QA SA SD SY YE";
const SUNDAY_WEEKENDS = "IN UG";

function regionOf(tag: string): string {
  return new Intl.Locale(tag).maximize().region ?? "";
}

function regional(tag: string): string {
  const region = regionOf(tag);
  if (SUNDAY.split(" ").includes(region)) return "sun";
  return SATURDAY.split(" ").includes(region) ? "sat" : "mon";
}

interface WeekInfo {
  firstDay: number;
  weekend: number[];
}

function weekInfoOf(tag: string): WeekInfo | null {
  // A getter in older web views, a method in newer ones, and neither is in the type library.
  const known = new Intl.Locale(tag) as Intl.Locale & { weekInfo?: WeekInfo; getWeekInfo?: () => WeekInfo };
  return known.getWeekInfo?.() ?? known.weekInfo ?? null;
}

function inRegionOf(language: string, system: string | undefined): string {
  const region = system ? new Intl.Locale(system).maximize().region : undefined;
  const tag = region ? `${baseOf(language)}-${region}` : language;
  if (!isUsable(tag)) return language;
  const resolved = new Intl.DateTimeFormat(tag).resolvedOptions().locale;
  if (resolved === tag) return tag;
  // English in a region that has no English of its own is written as in most of the world.
  return baseOf(language) === "en" && region !== undefined ? "en-GB" : language;
}

function baseOf(tag: string): string {
  return tag.split("-")[0] ?? tag;
}

/** The language and region alone: what a locale carries besides is for `Intl`. */
export function withoutKeys(tag: string): string {
  return tag.replace(/-[ux]-.*$/, "");
}

/** What a web view reports is not always a language: with `LANG=C` WebKit says `c`, and every `Intl` constructor throws on it. */
function isUsable(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
