import { SvelteMap } from "svelte/reactivity";

const MARK_MS = 5000;

/** Tasks that somebody else changed just now, with the name of who it was, if known. */
export class Marks {
  readonly by = new SvelteMap<string, string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  add(id: string, name: string): void {
    this.by.set(id, name);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.by.delete(id);
    }, MARK_MS);
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
