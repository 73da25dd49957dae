const QUIET_MS = 1500;

/** Whether somebody has the pointer or a key at work: then nothing moves. */
class Quiet {
  #last = -Infinity;

  /** Follows the pointer and the keys of the window; what it gives ends that. */
  follow(): () => void {
    const note = (): void => {
      this.#last = performance.now();
    };
    const kinds = ["pointermove", "pointerdown", "wheel", "keydown"] as const;
    for (const kind of kinds) window.addEventListener(kind, note, { capture: true, passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, note, { capture: true });
    };
  }

  /** Milliseconds until rows may move; 0 when they may now. */
  left(): number {
    return Math.max(0, this.#last + QUIET_MS - performance.now());
  }
}

export const quiet = new Quiet();
