import type { PresenceStore } from "../../state/presence.svelte.ts";

/** Others forget after five seconds that somebody types; it is said again before that. */
const AGAIN_MS = 2000;
const OVER_MS = 4000;

/** Tells the others that this person types, not more often than they need it. */
export class Typing {
  readonly #presence: PresenceStore;
  #toldAt = Number.NEGATIVE_INFINITY;
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor(presence: PresenceStore) {
    this.#presence = presence;
  }

  /** A key was typed at that moment of a steady clock. */
  key(nowMs: number): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.over(), OVER_MS);
    if (nowMs - this.#toldAt < AGAIN_MS) return;
    this.#toldAt = nowMs;
    void this.#presence.tell({ typing: true });
  }

  over(): void {
    clearTimeout(this.#end);
    if (this.#toldAt === Number.NEGATIVE_INFINITY) return;
    this.#toldAt = Number.NEGATIVE_INFINITY;
    void this.#presence.tell({ typing: false });
  }
}
