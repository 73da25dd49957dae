import { expect, test } from "vitest";
import type { Input } from "../../src/api.ts";
import { readWhen, type TypedValues } from "../../src/components/pickers/typedwhen.ts";
import type { QuickAddParsed } from "../../src/generated/api.ts";

/** What the service answers to some texts; to any other that it understood nothing. */
function service(answers: Record<string, Partial<QuickAddParsed>>) {
  return ({ text }: Input<"quick_add_parse">): Promise<QuickAddParsed> =>
    Promise.resolve({
      title: answers[text] ? "x" : text,
      tokens: [],
      due: null,
      start: null,
      repeat: null,
      repeat_words: null,
      reminder: null,
      tags: [],
      priority: null,
      list: null,
      assignee: null,
      space: { id: "s", name: "Mine" },
      ignored: [],
      completions: [],
      seen_by: [],
      ...answers[text],
    });
}

const token = (slot: "due" | "repeat"): QuickAddParsed["tokens"] => [{ start: 2, end: 3, slot, value: "" }];
const parse = service({
  "x fri": { due: "2026-03-20", tokens: token("due") },
  "x every 2 weeks": {
    due: "2026-03-17",
    repeat: "FREQ=WEEKLY;INTERVAL=2",
    tokens: token("repeat"),
  },
  "x every mon": { due: "2026-03-23", repeat: "FREQ=WEEKLY;BYDAY=MO", tokens: token("repeat") },
  "x fri every 2 weeks": {
    due: "2026-03-20",
    repeat: "FREQ=WEEKLY;INTERVAL=2",
    tokens: [...token("due"), ...token("repeat")],
  },
  "x today remind 10m": { due: "2026-03-17", reminder: "before 10m", tokens: token("due") },
  "x today nonsense": { due: "2026-03-17", tokens: token("due") },
});

const cases: [string, "due" | "start", boolean, TypedValues | null][] = [
  ["fri", "due", false, { due: "2026-03-20" }],
  ["fri", "start", true, { start: "2026-03-20" }],
  ["every 2 weeks", "due", false, { due: "2026-03-17", repeat: "FREQ=WEEKLY;INTERVAL=2" }],
  ["every 2 weeks", "due", true, { repeat: "FREQ=WEEKLY;INTERVAL=2" }],
  ["every mon", "due", true, { due: "2026-03-23", repeat: "FREQ=WEEKLY;BYDAY=MO" }],
  ["fri every 2 weeks", "due", true, { due: "2026-03-20", repeat: "FREQ=WEEKLY;INTERVAL=2" }],
  ["remind 10m", "due", true, { reminder: "before 10m" }],
  ["remind 10m", "due", false, null],
  ["nonsense", "due", true, null],
];

test.each(cases)("%s, for %s, where all have a date: %s", async (text, part, haveDue, values) => {
  expect(await readWhen(parse, ` ${text} `, part, haveDue)).toEqual(values);
});
