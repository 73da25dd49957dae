/** Days as `YYYY-MM-DD`, counted without a zone, and the weeks of a month as a calendar draws them. */

export function dayOf(date: Date): string {
  return iso(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Noon of a day here: no change of the clock falls on it. */
export function dateOf(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const at = new Date(2000, month - 1, date, 12);
  at.setFullYear(year, month - 1, date);
  return at;
}

export function addDays(day: string, days: number): string {
  const at = dateOf(day);
  at.setDate(at.getDate() + days);
  return dayOf(at);
}

/** The same day of another month, or its last one where that is shorter. */
export function addMonths(day: string, months: number): string {
  const at = dateOf(day);
  const year = at.getFullYear();
  const month = at.getMonth() + months;
  const last = new Date(year, month + 1, 0, 12).getDate();
  const to = new Date(year, month, Math.min(at.getDate(), last), 12);
  return dayOf(to);
}

/** The days of a week, in the order in which `first` (0 is Sunday) begins it. */
export function weekdays(first: number): number[] {
  return Array.from({ length: 7 }, (_, i) => (first + i) % 7);
}

export function weekStart(day: string, first: number): string {
  return addDays(day, -((dateOf(day).getDay() - first + 7) % 7));
}

/** Six weeks, so that the calendar never changes its height. */
export function weeksOf(day: string, first: number): string[][] {
  const from = weekStart(`${day.slice(0, 8)}01`, first);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => addDays(from, week * 7 + i)),
  );
}

export function sameMonth(a: string, b: string): boolean {
  return a.slice(0, 7) === b.slice(0, 7);
}

function iso(year: number, month: number, date: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month + 1)}-${two(date)}`;
}
