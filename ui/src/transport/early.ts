import type { Transport } from "../api.ts";
import type { WatchEvent } from "../generated/api.ts";

/**
 * A transport that has subscribed and asked already. Each answer goes to the first who asks for it; what changed meanwhile
 * is told to whoever subscribes first. Where that failed, all is asked again.
 */
export function early(
  transport: Transport & Required<Pick<Transport, "together">>,
  operations: readonly string[],
): Transport {
  const before: WatchEvent[] = [];
  let hear = (event: WatchEvent): void => void before.push(event);
  const answers = new Map<string, Promise<unknown>>();
  let subscribed: Promise<() => void> | null = transport.together(() => {
    for (const operation of operations) answers.set(operation, transport.call(operation, {}));
    return transport.subscribe((event) => hear(event));
  });
  subscribed.catch(() => answers.clear());
  for (const answer of answers.values()) answer.catch(() => undefined);

  return {
    call(operation, input, onProgress) {
      const answer = answers.get(operation);
      if (answer === undefined || Object.keys(input as object).length > 0)
        return transport.call(operation, input, onProgress);
      answers.delete(operation);
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
  };
}
