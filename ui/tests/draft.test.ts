import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "../src/api.ts";
import { Draft } from "../src/state/draft.ts";
import { fail, MemoryTransport } from "./memory/transport.ts";
import { smallWorld } from "./memory/world.ts";

let transport: MemoryTransport;
let draft: Draft;

beforeEach(() => {
  vi.useFakeTimers();
  transport = new MemoryTransport(smallWorld());
  draft = new Draft(new Api(transport), "key");
});
afterEach(() => {
  vi.useRealTimers();
});

const told = (): unknown[] =>
  transport.calls.filter(({ operation }) => operation === "draft_set").map(({ input }) => input);

test("is kept a moment after the last key, and what is the same is not told again", async () => {
  draft.keep("a");
  draft.keep("ab");
  await vi.advanceTimersByTimeAsync(399);
  expect(told()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told()).toEqual([{ key: "key", text: "ab" }]);
  draft.keep("ab");
  await draft.flush();
  expect(told()).toHaveLength(1);
});

test("is told again where it could not be kept", async () => {
  transport.failing.set("draft_set", fail("disk_full", "the disk is full"));
  draft.keep("a");
  await draft.flush();
  transport.failing.clear();
  draft.keep("a");
  await draft.flush();
  expect(told()).toHaveLength(2);
});

test("what was there before is forgotten, also where its reading takes longer than what is typed", async () => {
  transport.answers.set("draft_show", () => ({ text: "from before", at: null }));
  transport.latencyMs = 1000;
  const reading = draft.read();
  draft.keep("typed");
  await vi.advanceTimersByTimeAsync(400);
  await vi.advanceTimersByTimeAsync(1000);
  await reading;
  draft.keep(null);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told().at(-1)).toEqual({ key: "key", text: null });
});
