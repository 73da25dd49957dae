import type { QuickAddParsed, Token } from "../../src/generated/api.ts";
import type { Input } from "../../src/api.ts";
import type { World } from "./world.ts";

/**
 * Understands a handful of words, enough to see and test the page. What people may type is decided by the service
 * alone.
 */
export function understand(world: World, today: string, input: Input<"quick_add_parse">): QuickAddParsed {
  const { text } = input;
  const caret = input.caret ?? text.length;
  const parsed: QuickAddParsed = {
    title: "",
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
    space: world.spaces[0] ?? { id: "?", name: "?" },
    ignored: [],
    completions: [],
    seen_by: [],
  };
  const people = [...world.members.values()].flat().map(({ person }) => person);
  const token = (start: number, end: number, slot: Token["slot"], value: string, isNew = false): void => {
    parsed.tokens.push({ start, end, slot, value, ...(isNew ? { new: true } : {}) });
  };
  const rules: [RegExp, (words: string, start: number) => void][] = [
    [
      /#(\S+)/gu,
      (words, start) => {
        const name = words.slice(1);
        const isNew = !world.tasks.some((task) => task.tags.includes(name));
        parsed.tags.push({ name, new: isNew });
        token(start, start + words.length, "tag", name, isNew);
      },
    ],
    [
      /![1-9]/gu,
      (words, start) => {
        if (Number(words[1]) > 3)
          parsed.ignored.push({ start, end: start + words.length, reason: "bad_priority" });
        else {
          parsed.priority = Number(words[1]);
          token(start, start + words.length, "priority", words);
        }
      },
    ],
    [
      /[+@]("[^"]*"|\S+)/gu,
      (words, start) => {
        const end = start + words.length;
        const from: readonly { id: string; name: string }[] = words.startsWith("+") ? world.lists : people;
        const begun = words.slice(1).replaceAll('"', "").toLowerCase();
        const fits = from.filter(({ name }) => name.toLowerCase().startsWith(begun));
        const exact = fits.filter(({ name }) => name.toLowerCase() === begun);
        const alike = exact.length > 0 ? exact : fits;
        const found = alike[0];
        if (!found) {
          parsed.ignored.push({ start, end, reason: words.startsWith("+") ? "unknown_list" : "unknown_who" });
          return;
        }
        const kind = words.startsWith("+") ? "list" : "person";
        if (alike.length > 1) {
          parsed.ignored.push({ start, end, reason: "ambiguous" });
          for (const { name } of end === caret ? alike : []) {
            const insert = (words[0] ?? "") + name;
            if (insert !== words) parsed.completions.push({ start, end, insert, label: name, kind });
          }
          return;
        }
        const { id, name } = found;
        if (words.startsWith("+")) parsed.list = { id, name };
        else parsed.assignee = { kind: "person", id, name };
        token(start, end, words.startsWith("+") ? "list" : "who", name);
        if (end === caret && begun !== name.toLowerCase()) {
          parsed.completions.push({ start, end, insert: (words[0] ?? "") + name, label: name, kind });
        }
      },
    ],
    [
      /\d{4}-\d\d-\d\d/gu,
      (words, start) => {
        parsed.due = words;
        token(start, start + words.length, "due", words);
      },
    ],
    [
      /tomorrow( \d\d:\d\d)?/gu,
      (words, start) => {
        const day = new Date(`${today}T00:00:00Z`);
        day.setUTCDate(day.getUTCDate() + 1);
        const date = day.toISOString().slice(0, 10);
        parsed.due = words.length > 8 ? `${date}T${words.slice(9)}:00Z` : date;
        token(start, start + words.length, "due", parsed.due);
      },
    ],
    [
      /every 2 weeks/gu,
      (words, start) => {
        parsed.repeat = "FREQ=WEEKLY;INTERVAL=2";
        parsed.repeat_words = words;
        token(start, start + words.length, "repeat", words);
      },
    ],
  ];
  for (const [pattern, found] of rules) {
    for (const match of text.matchAll(pattern)) {
      const free = (input.literal ?? []).every(
        ({ start, end }) => end <= match.index || start >= match.index + match[0].length,
      );
      if (free && /^$|\s/u.test(text.slice(0, match.index).slice(-1))) found(match[0], match.index);
    }
  }
  parsed.title = titleOf(text, parsed.tokens);
  const list = world.lists.find(({ id }) => id === (parsed.list?.id ?? input.list)) ?? world.lists[0];
  parsed.space = list?.space ?? parsed.space;
  parsed.seen_by = (world.members.get(list?.space.id ?? "") ?? [])
    .map(({ person }) => person)
    .filter(({ id }) => id !== world.me.id);
  return parsed;
}

function titleOf(text: string, tokens: readonly Token[]): string {
  let title = text;
  for (const { start, end } of [...tokens].sort((a, b) => b.start - a.start))
    title = title.slice(0, start) + title.slice(end);
  return title.replace(/\s+/gu, " ").trim();
}
