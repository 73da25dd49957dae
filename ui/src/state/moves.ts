import { tick } from "svelte";

/** Whether rows that change their places just now do so by what one did oneself: only then they are seen to move. */
class Moves {
  #under = 0;

  get own(): boolean {
    return this.#under > 0;
  }

  /** What the work moves is one's own doing. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#under++;
    try {
      return await work;
    } finally {
      void tick().then(() => this.#under--);
    }
  }
}

export const moves = new Moves();
