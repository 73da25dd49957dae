/** How a locale writes the thousands of a whole number: to ask `Intl` takes the first number of a page ten milliseconds. */
export interface Grouping {
  readonly sign: string;
  /** The least number that has the sign. */
  readonly from: number;
}

/** From here on some locales group by other than three digits. */
export const GROUPED_END = 100_000;

/** As `Intl` writes it; null where its digits are others than 0 to 9. */
export function groupingOf(digits: Intl.NumberFormat): Grouping | null {
  const [four, five] = [digits.format(1111), digits.format(11_111)];
  const sign = five.slice(2, -3);
  if (five !== `11${sign}111`) return null;
  return { sign, from: four === "1111" ? 10_000 : 1000 };
}

/** A whole number from 0 to below `GROUPED_END`. */
export function grouped(n: number, { sign, from }: Grouping): string {
  if (n < from) return String(n);
  return `${Math.floor(n / 1000)}${sign}${String(n % 1000).padStart(3, "0")}`;
}

const LAST = "rota.grouping";

interface Last {
  locale: string;
  agent: string;
  grouping: Grouping;
}

/** What was remembered of a locale. */
export function lastGrouping(locale: string): Grouping | null {
  try {
    const last = JSON.parse(localStorage.getItem(LAST) ?? "null") as Last | null;
    // Another web view may know a locale otherwise.
    return last?.locale === locale && last.agent === navigator.userAgent ? last.grouping : null;
  } catch {
    return null;
  }
}

/** Remembers it for the next start. */
export function keepGrouping(locale: string, grouping: Grouping): void {
  try {
    localStorage.setItem(
      LAST,
      JSON.stringify({ locale, agent: navigator.userAgent, grouping } satisfies Last),
    );
  } catch {
    // Without a store it is asked each time.
  }
}
