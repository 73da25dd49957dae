const SKIP_MS = 400;
const KEEP_MS = 1000;

/** Follows a text without flicker: one that lasts less than 400 ms is skipped, one that is shown stays a second. */
export class Steady<T> {
  shown: T = $state.raw() as T;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #same: (a: T, b: T) => boolean;

  constructor(first: T, same: (a: T, b: T) => boolean) {
    this.shown = first;
    this.#same = same;
  }

  follow(next: T): void {
    clearTimeout(this.#timer);
    if (this.#same(this.shown, next)) {
      this.shown = next;
      return;
    }
    const wait = Math.max(SKIP_MS, this.#since + KEEP_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.shown = next;
      this.#since = performance.now();
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
