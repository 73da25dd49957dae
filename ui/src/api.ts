/** The one border to the service: every operation, by name and with its types. */
import type { ApiError, Operations, Progress, WatchEvent } from "./generated/api.ts";

export type OperationName = keyof Operations;
export type Input<K extends OperationName> = Operations[K]["input"];
export type Output<K extends OperationName> = Operations[K]["output"];
export type OnProgress = (progress: Progress) => void;

/** What carries calls and events: the desktop's commands, and later a browser's connection. */
export interface Transport {
  /** Rejects with an `ApiError`. */
  call(operation: string, input: unknown, onProgress?: OnProgress): Promise<unknown>;
  /** Resolves once no event can be missed any more; what it gives ends the subscription. */
  subscribe(onEvent: (event: WatchEvent) => void): Promise<() => void>;
  /** Sends what `work` begins before it first waits as one message: a subscription, and then the calls. */
  together?<T>(work: () => T): T;
}

/** A call that failed, with what to say and what to do about it. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly error: ApiError;

  constructor(error: ApiError) {
    super(error.message);
    this.error = error;
  }
}

export class Api {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Throws nothing but `CallError`. */
  async call<K extends OperationName>(
    operation: K,
    input: Input<K>,
    onProgress?: OnProgress,
  ): Promise<Output<K>> {
    try {
      return (await this.#transport.call(operation, input, onProgress)) as Output<K>;
    } catch (thrown) {
      throw new CallError(toApiError(thrown));
    }
  }

  /** Subscribes, then does what reads: no change falls between the two. What it gives ends the subscription. */
  async begin(onEvent: (event: WatchEvent) => void, read: () => Promise<unknown>): Promise<() => void> {
    if (!this.#transport.together) {
      const end = await this.subscribe(onEvent);
      return await ending(end, read());
    }
    const [subscribed, reading] = this.together(() => [this.subscribe(onEvent), read()] as const);
    // Both answers are on their way: that of the other is no surprise when one fails.
    reading.catch(() => undefined);
    return await ending(await subscribed, reading);
  }

  async subscribe(onEvent: (event: WatchEvent) => void): Promise<() => void> {
    try {
      return await this.#transport.subscribe(onEvent);
    } catch (thrown) {
      throw new CallError(toApiError(thrown));
    }
  }

  /** What `work` begins before it first waits goes out as one message, where there is a way for that. */
  together<T>(work: () => T): T {
    return this.#transport.together ? this.#transport.together(work) : work();
  }
}

async function ending(end: () => void, reading: Promise<unknown>): Promise<() => void> {
  try {
    await reading;
    return end;
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** Whatever was thrown, as the one error that people get to see. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof CallError) return thrown.error;
  if (isApiError(thrown)) return thrown;
  return {
    code: "internal",
    message: thrown instanceof Error ? thrown.message : String(thrown),
    hint: null,
    retryable: false,
  };
}

function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<ApiError>).code === "string" &&
    typeof (value as Partial<ApiError>).message === "string"
  );
}
