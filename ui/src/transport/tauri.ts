import { Channel, invoke } from "@tauri-apps/api/core";
import type { OnProgress, Transport } from "../api.ts";
import type { ApiError, Progress, WatchEvent } from "../generated/api.ts";

interface Asked {
  readonly operation: string;
  readonly input: unknown;
  readonly done: (answer: unknown) => void;
  readonly failed: (thrown: unknown) => void;
}

type Answer = { done: unknown } | { failed: ApiError };

/** What is to go out as one message. */
class Bundle {
  readonly asked: Asked[] = [];
  events: Channel<WatchEvent> | null = null;
  readonly sent: Promise<void>;
  #send: () => void = () => undefined;

  constructor() {
    this.sent = new Promise<void>((go) => (this.#send = go)).then(() => this.#deliver());
    // Whoever asked hears of a failure by his own call.
    this.sent.catch(() => undefined);
  }

  send(): void {
    this.#send();
  }

  async #deliver(): Promise<void> {
    const calls = this.asked.map(({ operation, input }) => ({ operation, input }));
    try {
      const answers = await invoke<Answer[]>("call_together", { events: this.events, calls });
      answers.forEach((answer, at) => {
        if ("done" in answer) this.asked[at]?.done(answer.done);
        else this.asked[at]?.failed(answer.failed);
      });
    } catch (thrown) {
      for (const { failed } of this.asked) failed(thrown);
      throw thrown;
    }
  }
}

let bundle: Bundle | null = null;

/** The desktop's window: one command for every operation, one message for every change. */
export const tauriTransport = {
  call(operation: string, input: unknown, onProgress?: OnProgress): Promise<unknown> {
    const bundled = bundle?.asked;
    if (bundled && !onProgress)
      return new Promise((done, failed) => bundled.push({ operation, input, done, failed }));
    return invoke("call", {
      operation,
      input,
      ...(onProgress && { progress: new Channel<Progress>(onProgress) }),
    });
  },
  async subscribe(onEvent: (event: WatchEvent) => void): Promise<() => void> {
    const events = new Channel<WatchEvent>(onEvent);
    if (bundle) {
      bundle.events = events;
      await bundle.sent;
    } else await invoke("call_together", { events, calls: [] });
    return () => (events.onmessage = () => undefined);
  },
  together<T>(work: () => T): T {
    if (bundle) return work();
    const mine = (bundle = new Bundle());
    try {
      return work();
    } finally {
      bundle = null;
      if (mine.asked.length > 0 || mine.events) mine.send();
    }
  },
} satisfies Transport;
