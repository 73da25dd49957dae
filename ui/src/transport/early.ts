import type { Transport } from "../api.ts";
import type { WatchEvent } from "../generated/api.ts";

/** One question to the service. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
}

/** A transport that has asked before anybody wanted to know. */
export interface Early extends Transport {
  /** What was asked early and wanted by nobody is old from now on. Gives what was wanted until then. */
  settle(): Call[];
}

/**
 * A transport that has subscribed and asked already. Each answer goes to the first who asks for it; what changed meanwhile
 * is told to whoever subscribes first. Where that failed, all is asked again.
 */
export function early(
  transport: Transport & Required<Pick<Transport, "together">>,
  calls: readonly Call[],
): Early {
  const before: WatchEvent[] = [];
  let hear = (event: WatchEvent): void => void before.push(event);
  const answers = new Map<string, Promise<unknown>>();
  let wanted: Call[] | null = [];
  let subscribed: Promise<() => void> | null = transport.together(() => {
    for (const { operation, input } of calls)
      answers.set(nameOf(operation, input), transport.call(operation, input));
    return transport.subscribe((event) => hear(event));
  });
  subscribed.catch(() => answers.clear());
  for (const answer of answers.values()) answer.catch(() => undefined);

  return {
    call(operation, input, onProgress) {
      wanted?.push({ operation, input });
      const name = nameOf(operation, input);
      const answer = answers.get(name);
      if (answer === undefined) return transport.call(operation, input, onProgress);
      answers.delete(name);
      return answer;
    },
    subscribe(onEvent) {
      const first = subscribed;
      if (first === null) return transport.subscribe(onEvent);
      subscribed = null;
      hear = onEvent;
      for (const event of before.splice(0)) onEvent(event);
      return first;
    },
    together: (work) => transport.together(work),
    settle() {
      answers.clear();
      const all = wanted ?? [];
      wanted = null;
      return all;
    },
  };
}

function nameOf(operation: string, input: unknown): string {
  return `${operation} ${JSON.stringify(input)}`;
}
