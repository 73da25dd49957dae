import type { Input, OperationName, Output } from "../api.ts";

const KEEP_AFTER_MS = 400;

/** What can call the service: `Api`, and the window's state. */
export interface Caller {
  call<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>>;
}

/**
 * What is half typed somewhere, as it is kept on this computer: a moment after the last key, so that not even a crash
 * takes it. It is a convenience: where it cannot be kept or read, nobody is told.
 */
export class Draft {
  readonly #service: Caller;
  readonly #key: string;
  /** What the service has. */
  #kept: string | null = null;
  /** It was told something here: what it had before is of no matter. */
  #told = false;
  #wanted: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(service: Caller, key: string) {
    this.#service = service;
    this.#key = key;
  }

  /** What was typed before and is neither saved nor taken back; null for nothing. */
  async read(): Promise<string | null> {
    const nothing = { text: null };
    const { text } = await this.#service.call("draft_show", { key: this.#key }).catch(() => nothing);
    if (!this.#told) this.#kept = text;
    return text;
  }

  /** Keeps a text in a moment; null is nothing. */
  keep(text: string | null): void {
    this.#wanted = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), KEEP_AFTER_MS);
  }

  /** Keeps it now; done when it is kept. */
  async flush(): Promise<void> {
    // Without a timer nothing was said since.
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#wanted;
    if (text === this.#kept) return;
    this.#told = true;
    const before = this.#kept;
    this.#kept = text;
    try {
      await this.#service.call("draft_set", { key: this.#key, text });
    } catch {
      // It is tried again with the next key.
      if (this.#kept === text) this.#kept = before;
    }
  }
}
