/** Something under the pointer that is lifted, carried and let go: the one gesture of every drag. */

const STARTS_AFTER_PX = 4;
const TOUCH_AFTER_MS = 350;
const PRESS_AFTER_MS = 50;
const LEVEL_PX = 24;

export interface Carried {
  /** It left its place. */
  lift?(): void;
  move?(x: number, y: number): void;
  /** It is let go, or with Escape or by the system put back; only after it was lifted. */
  end?(drops: boolean): void;
}

/** Where the line is drawn that shows the place and the level of a drop. */
export interface Line {
  top: number;
  level: number;
}

/** How many levels deeper something is carried so far aside. */
export function levelsOf(aside: number): number {
  const rtl = document.documentElement.dir === "rtl";
  return Math.round((aside * (rtl ? -1 : 1)) / LEVEL_PX);
}

/** When a drag ended: the press that comes with it is none. */
export class Ended {
  #at = -Infinity;

  note(): void {
    this.#at = performance.now();
  }

  get just(): boolean {
    return performance.now() - this.#at < PRESS_AFTER_MS;
  }
}

/** Begins with a press. What it gives forgets the gesture. */
export function hold(event: PointerEvent, carried: Carried): () => void {
  const { clientX: x, clientY: y } = event;
  const touch = event.pointerType === "touch";
  const listening = new AbortController();
  let lifted = false;
  const lift = (): void => {
    lifted = true;
    carried.lift?.();
  };
  const timer = touch ? setTimeout(lift, TOUCH_AFTER_MS) : undefined;
  const forget = (): void => {
    clearTimeout(timer);
    listening.abort();
  };
  const end = (drops: boolean): void => {
    forget();
    if (lifted) carried.end?.(drops);
  };
  const on = <K extends keyof WindowEventMap>(
    name: K,
    hear: (event: WindowEventMap[K]) => void,
    capture = false,
  ): void => window.addEventListener(name, hear, { signal: listening.signal, capture });
  on("pointermove", (at) => {
    if (!lifted && Math.hypot(at.clientX - x, at.clientY - y) > STARTS_AFTER_PX) {
      // A finger that moves at once scrolls.
      if (touch) return forget();
      lift();
    }
    if (!lifted) return;
    at.preventDefault();
    carried.move?.(at.clientX, at.clientY);
  });
  on("pointerup", () => end(true));
  on("pointercancel", () => end(false));
  const back = (pressed: KeyboardEvent): void => {
    if (!lifted || pressed.key !== "Escape") return;
    pressed.preventDefault();
    pressed.stopPropagation();
    end(false);
  };
  on("keydown", back, true);
  return forget;
}
