import type { WatchEvent, WatchKind } from "../generated/api.ts";

/** What changed since the last look. */
export interface Batch {
  kinds: ReadonlySet<WatchKind>;
  tasks: ReadonlySet<string>;
}

const GATHER_MS = 25;

/**
 * Gathers events and has the window read again what they name: one reading at a time, and none while the
 * window's own call is under way, so that its own change is never taken for somebody else's.
 */
export class Changes {
  readonly #refresh: (batch: Batch) => Promise<void>;
  #kinds = new Set<WatchKind>();
  #tasks = new Set<string>();
  #calls = 0;
  #reading = false;
  readonly #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(refresh: (batch: Batch) => Promise<void>) {
    this.#refresh = refresh;
  }

  note(event: WatchEvent): void {
    if (event.kind === "hello") return;
    this.#kinds.add(event.kind);
    if (event.kind === "task") for (const id of event.ids ?? []) this.#tasks.add(id);
    this.#wake();
  }

  /** Runs the window's own call; what events tell meanwhile is read afterwards. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#calls++;
    try {
      return await work();
    } finally {
      this.#calls--;
      if (this.#calls === 0) for (const done of this.#waiting.splice(0)) done();
      this.#wake();
    }
  }

  /** Done when no call of the window's own is under way. */
  async idle(): Promise<void> {
    if (this.#calls > 0) await new Promise<void>((done) => this.#waiting.push(done));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#kinds.clear();
  }

  #wake(): void {
    if (this.#timer !== undefined || this.#kinds.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#read();
    }, GATHER_MS);
  }

  async #read(): Promise<void> {
    if (this.#reading || this.#calls > 0 || this.#kinds.size === 0) return;
    const batch: Batch = { kinds: this.#kinds, tasks: this.#tasks };
    this.#kinds = new Set();
    this.#tasks = new Set();
    this.#reading = true;
    try {
      await this.#refresh(batch);
    } finally {
      this.#reading = false;
      this.#wake();
    }
  }
}
