import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, test } from "vitest";
import { Api, toApiError, type Transport } from "../src/api.ts";
import type { WatchEvent } from "../src/generated/api.ts";
import { early, type Call } from "../src/transport/early.ts";
import { tauriTransport } from "../src/transport/tauri.ts";

const CHANGE: WatchEvent = { seq: 7, kind: "task", ids: ["t"] };
const FULL = { code: "disk_full", message: "the disk is full", hint: null, retryable: true };

/** A service that answers with what it was asked, and how often it was asked. */
class Echo implements Transport {
  readonly asked: string[] = [];
  failing = false;
  tell: (event: WatchEvent) => void = () => undefined;

  async call(operation: string, input: unknown): Promise<unknown> {
    const times = this.asked.push(operation);
    await Promise.resolve();
    if (this.failing) throw FULL;
    return { operation, input, times };
  }

  async subscribe(onEvent: (event: WatchEvent) => void): Promise<() => void> {
    this.asked.push("subscribe");
    this.tell = onEvent;
    await Promise.resolve();
    if (this.failing) throw FULL;
    return () => (this.tell = () => undefined);
  }

  together<T>(work: () => T): T {
    return work();
  }
}

const asking = (...operations: string[]): Call[] => operations.map((operation) => ({ operation, input: {} }));

describe("what is asked before somebody wants it", () => {
  test("is given to the first, and asked anew for the next", async () => {
    const echo = new Echo();
    const transport = early(echo, asking("status", "lists_show"));
    expect(echo.asked).toEqual(["status", "lists_show", "subscribe"]);
    expect(await transport.call("status", {})).toMatchObject({ operation: "status", times: 1 });
    expect(echo.asked).toHaveLength(3);
    expect(await transport.call("status", {})).toMatchObject({ times: 4 });
    expect(await transport.call("lists_show", { deleted: true })).toMatchObject({ times: 5 });
  });

  test("is given for the very same question alone", async () => {
    const echo = new Echo();
    const page = { operation: "task_page", input: { list: "a", offset: 0, limit: 64 } };
    const transport = early(echo, [page]);
    expect(await transport.call("task_page", { ...page.input, list: "b" })).toMatchObject({ times: 3 });
    expect(await transport.call("task_page", { ...page.input })).toMatchObject({ times: 1 });
  });

  test("is old once all that was wanted is there", async () => {
    const echo = new Echo();
    const transport = early(echo, asking("status", "overview"));
    await transport.call("status", {});
    await transport.call("members_show", { space: "s" });
    expect(transport.settle()).toEqual([
      ...asking("status"),
      { operation: "members_show", input: { space: "s" } },
    ]);
    expect(await transport.call("overview", {})).toMatchObject({ times: 5 });
    expect(transport.settle()).toEqual([]);
  });

  test("misses no change", async () => {
    const echo = new Echo();
    const transport = early(echo, asking("status"));
    echo.tell(CHANGE);
    const heard: WatchEvent[] = [];
    const end = await transport.subscribe((event) => heard.push(event));
    echo.tell({ ...CHANGE, seq: 8 });
    expect(heard.map(({ seq }) => seq)).toEqual([7, 8]);
    expect(echo.asked).toEqual(["status", "subscribe"]);
    end();
    echo.tell({ ...CHANGE, seq: 9 });
    expect(heard).toHaveLength(2);
  });

  test("is asked again where it failed", async () => {
    const echo = new Echo();
    echo.failing = true;
    const api = new Api(early(echo, asking("status")));
    const read = async (): Promise<unknown> => await api.call("status", {});
    await expect(api.begin(() => undefined, read)).rejects.toMatchObject({ error: FULL });
    echo.failing = false;
    await api.begin(() => undefined, read);
    expect(echo.asked).toEqual(["status", "subscribe", "subscribe", "status"]);
  });
});

describe("one message for several calls", () => {
  afterEach(clearMocks);

  test("each gets its own answer, and one that fails is no matter to the others", async () => {
    const messages: string[] = [];
    mockIPC((command, sent) => {
      messages.push(command);
      const { calls } = sent as { calls: { operation: string }[] };
      return calls.map(({ operation }) =>
        operation === "overview" ? { failed: FULL } : { done: operation },
      );
    });
    const all = tauriTransport.together(() =>
      ["status", "overview", "lists_show"].map((operation) => tauriTransport.call(operation, {})),
    );
    const answers = await Promise.allSettled(all);
    expect(messages).toEqual(["call_together"]);
    expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value : null))).toEqual([
      "status",
      null,
      "lists_show",
    ]);
    expect(toApiError((answers[1] as PromiseRejectedResult).reason)).toEqual(FULL);
  });

  test("nothing is sent where nothing was asked, and a call alone goes alone", async () => {
    const messages: string[] = [];
    mockIPC((command) => {
      messages.push(command);
      return command;
    });
    tauriTransport.together(() => undefined);
    expect(await tauriTransport.call("status", {})).toBe("call");
    expect(messages).toEqual(["call"]);
  });

  test("a message that does not arrive fails all of it", async () => {
    mockIPC(() => {
      throw FULL;
    });
    const [end, answer] = tauriTransport.together(() => [
      tauriTransport.subscribe(() => undefined),
      tauriTransport.call("status", {}),
    ]);
    await expect(end).rejects.toEqual(FULL);
    await expect(answer).rejects.toEqual(FULL);
  });
});
