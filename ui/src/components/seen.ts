import type { App } from "../state/app.svelte.ts";
import type { Rows } from "../state/rows.svelte.ts";

/** Tells rows which of them are in sight, each stretch once. */
export class Seen {
  readonly #app: App;
  #rows: Rows | null = null;
  #from = 0;
  #to = 0;

  constructor(app: App) {
    this.#app = app;
  }

  see(rows: Rows | null, from: number, to: number): void {
    if (!rows || (rows === this.#rows && from === this.#from && to === this.#to)) return;
    [this.#rows, this.#from, this.#to] = [rows, from, to];
    this.#app.attempt(rows.show(from, Math.max(to, from + 1)));
  }
}
