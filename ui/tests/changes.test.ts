import { expect, test } from "vitest";
import { Changes, type Batch } from "../src/state/changes.ts";
import { until } from "./until.ts";

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

test("events that come together are read once, with every task they name", async () => {
  const batches: Batch[] = [];
  const changes = new Changes((batch) => {
    batches.push(batch);
    return Promise.resolve();
  });
  changes.note({ seq: 1, kind: "hello" });
  changes.note({ seq: 2, kind: "task", ids: ["a"] });
  changes.note({ seq: 3, kind: "task", ids: ["b"] });
  changes.note({ seq: 3, kind: "computer", ids: ["c"] });
  await until(() => batches.length > 0, "a reading");
  await wait(60);
  expect(batches).toHaveLength(1);
  expect([...(batches[0]?.kinds ?? [])]).toEqual(["task", "computer"]);
  expect([...(batches[0]?.tasks ?? [])]).toEqual(["a", "b"]);
});

test("nothing is read while the window's own call is under way", async () => {
  const read: string[] = [];
  const changes = new Changes((batch) => {
    read.push(...batch.tasks);
    return Promise.resolve();
  });
  let finish = (): void => {};
  const call = changes.during(() => new Promise<void>((done) => (finish = done)));
  changes.note({ seq: 1, kind: "task", ids: ["a"] });
  await wait(80);
  expect(read).toEqual([]);
  finish();
  await call;
  await until(() => read.length === 1, "the reading after the call");
});

test("one reading at a time; what comes meanwhile is read next", async () => {
  let under = 0;
  let most = 0;
  let readings = 0;
  const changes = new Changes(async () => {
    under++;
    readings++;
    most = Math.max(most, under);
    await wait(40);
    under--;
  });
  changes.note({ seq: 1, kind: "task", ids: ["a"] });
  await until(() => readings === 1, "the first reading");
  changes.note({ seq: 2, kind: "task", ids: ["b"] });
  await until(() => readings === 2, "the second reading");
  expect(most).toBe(1);
});
