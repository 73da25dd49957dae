import { SvelteMap } from "svelte/reactivity";

const MARK_MS = 5000;

export interface Mark {
  /** Who it was; empty where that is not known. */
  readonly by: string;
  /** Other than at the change before: what is marked already is washed anew. */
  readonly again: boolean;
  /** The title before, of which only the differing words are marked; null where it was not here. */
  readonly was: string | null;
}

/** Tasks that somebody else changed just now. */
export class Marks {
  readonly of = new SvelteMap<string, Mark>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  add(id: string, by: string, was: string | null = null): void {
    clearTimeout(this.#timers.get(id));
    this.of.set(id, { by, again: this.of.get(id)?.again === false, was });
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.of.delete(id);
    }, MARK_MS);
    this.#timers.set(id, timer);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
