/** How high lists are, known before there is one to measure: the first picture then has all its rows and no more. */

const LAST = "rota.height";

interface Heights {
  window: number;
  list: number;
}

/** The height of the last list, in pixels; that of the window where there was none, or the window is another. */
export function lastHeight(): number {
  try {
    const last = JSON.parse(localStorage.getItem(LAST) ?? "{}") as Partial<Heights>;
    return last.window === innerHeight && typeof last.list === "number" ? last.list : innerHeight;
  } catch {
    return innerHeight;
  }
}

/** Remembers how high a list is, in pixels. */
export function keepHeight(list: number): void {
  try {
    localStorage.setItem(LAST, JSON.stringify({ window: innerHeight, list } satisfies Heights));
  } catch {
    // Without a store it is guessed each time.
  }
}
