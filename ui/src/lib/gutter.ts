/** The margin in which dates hang is as wide as the widest of them in the language, within bounds. */
import { whenOf } from "./dates.ts";

const LEAST_PX = 76;
const MOST_PX = 104;
/** Around the text: the gap to the check, and room for the bar of a selected row. */
const ROOM_PX = 26;

/** Width of the margin in rem; `widthOf` measures a text as rows write it. */
export function gutterWidth(locale: string, today: string, widthOf: (text: string) => number): number {
  const now = new Date(2026, 10, 18, 10);
  const samples = [today];
  for (let day = -6; day < 7; day++) samples.push(short(new Date(2026, 10, 18 + day)));
  for (let month = 0; month < 12; month++) samples.push(short(new Date(2026, month, 28)));
  for (const hour of [10, 22]) samples.push(short(new Date(2026, 10, 18, hour, 48), true));
  const widest = Math.max(...samples.map(widthOf));
  return Math.max(LEAST_PX, Math.min(MOST_PX, Math.ceil(widest) + ROOM_PX)) / 16;

  function short(at: Date, timed = false): string {
    const two = (n: number): string => String(n).padStart(2, "0");
    const due = timed
      ? at.toISOString()
      : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    return whenOf(due, now, { locale, today })?.short ?? "";
  }
}

const LAST = "rota.gutter";

/** The width of the last time in a language, in rem; 0 where it is not known. */
export function lastGutter(locale: string): number {
  try {
    const last = JSON.parse(localStorage.getItem(LAST) ?? "{}") as { locale?: string; rem?: number };
    return last.locale === locale && typeof last.rem === "number" ? last.rem : 0;
  } catch {
    return 0;
  }
}

/** Remembers the width for the next start. */
export function keepGutter(locale: string, rem: number): number {
  try {
    localStorage.setItem(LAST, JSON.stringify({ locale, rem }));
  } catch {
    // Without a store it is measured each time.
  }
  return rem;
}

/** Measures texts in the type of the margin, or another size of it; null where nothing can be measured. */
export function measurer(sizePx = 13): ((text: string) => number) | null {
  const context = document.createElement("canvas").getContext?.("2d");
  if (!context) return null;
  const { fontFamily } = getComputedStyle(document.body);
  context.font = `${sizePx}px ${fontFamily}`;
  return (text) => context.measureText(text).width;
}
