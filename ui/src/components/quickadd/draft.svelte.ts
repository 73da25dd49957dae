import type { Input, OperationName, Output } from "../../api.ts";
import type { Completion, NewFields, QuickAddParsed, TaskAdd, TokenSlot } from "../../generated/api.ts";
import { withoutKeys } from "../../lib/locale.ts";
import { locale } from "../../messages/index.ts";
import { cut, movedBy, type Mark, type Piece, type Span } from "./spans.ts";

/** What can call the service: `Api`, and the window's state. */
export interface Caller {
  call<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>>;
}

/** Where a new task goes unless its words say otherwise. */
export type Place = Pick<TaskAdd, "list" | "space" | "parent" | "after" | "tags">;

/**
 * A task while it is typed: the text, what was understood of it, and what was put back as text. The service reads the
 * words; what it answered is what is shown, and exactly that is added.
 */
export class QuickDraft {
  text = $state("");
  caret = $state(0);
  /** Null while there is no field for them. */
  notes = $state<string | null>(null);
  /** Several lines that were pasted; each becomes a task. */
  lines = $state.raw<readonly string[]>([]);
  /** What was understood of the text as it was when it was read last. */
  parsed = $state.raw<QuickAddParsed | null>(null);
  /** The completion that was chosen with the arrows. */
  chosen = $state<number | null>(null);
  #literal = $state.raw<readonly Span[]>([]);
  #dismissed = $state(false);

  readonly #api: Caller;
  readonly #place: () => Place;
  #reading: Promise<void> | null = null;
  #outdated = false;

  constructor(api: Caller, place: () => Place = () => ({})) {
    this.#api = api;
    this.#place = place;
  }

  /** Nothing was typed or pasted. */
  get empty(): boolean {
    return this.text.trim() === "" && this.lines.length === 0;
  }

  /** What completes the piece before the caret, best first. */
  readonly completions: readonly Completion[] = $derived(
    this.#dismissed ? [] : (this.parsed?.completions ?? []).filter(({ end }) => end === this.caret),
  );

  /** The completion that Tab takes. */
  readonly offered: Completion | null = $derived(this.completions[this.chosen ?? 0] ?? null);

  /** The grey text behind the caret: only at the end, where it covers nothing. */
  readonly ghost: string = $derived(this.#ghost());

  /** The text with what was understood and what was not. */
  readonly pieces: readonly Piece[] = $derived(this.#pieces());

  /** A new text of the field. */
  type(text: string, caret: number): void {
    if (text === this.text) return this.move(caret);
    this.#literal = movedBy(this.#literal, this.text, text);
    this.parsed = this.parsed && shift(this.parsed, this.text, text);
    this.text = text;
    this.caret = caret;
    this.chosen = null;
    this.#dismissed = false;
    this.#read();
  }

  /** The caret moved. */
  move(caret: number): void {
    if (caret === this.caret) return;
    this.caret = caret;
    this.chosen = null;
    this.#dismissed = false;
    this.#read();
  }

  /** Puts the completion into the text; the answer is where the caret goes. */
  accept(completion = this.offered): number {
    if (!completion) return this.caret;
    const rest = this.text.slice(completion.end);
    const space = rest.startsWith(" ") ? "" : " ";
    const caret = completion.start + completion.insert.length + 1;
    this.type(this.text.slice(0, completion.start) + completion.insert + space + rest, caret);
    return caret;
  }

  /** Chooses the next or previous completion; false where there is none. */
  choose(by: 1 | -1): boolean {
    const many = this.completions.length;
    if (many === 0) return false;
    const from = this.chosen ?? (by === 1 ? -1 : many);
    this.chosen = (from + by + many) % many;
    return true;
  }

  /** Takes the completions away until something else is typed; false where there were none. */
  dismiss(): boolean {
    if (this.completions.length === 0) return false;
    this.#dismissed = true;
    this.chosen = null;
    return true;
  }

  /** Puts the words of a value back into the title; they stay text until their own letters change. */
  leave(slot: TokenSlot, value?: string): void {
    const spans = this.tokensOf(slot, value);
    if (spans.length === 0) return;
    this.#literal = [...this.#literal, ...spans];
    this.#read();
  }

  /** Turns the token directly before the caret into text; false where there is none. */
  leaveBefore(caret: number): boolean {
    const token = this.parsed?.tokens.find(({ end }) => end === caret);
    if (!token) return false;
    this.#literal = [...this.#literal, { start: token.start, end: token.end }];
    this.#read();
    return true;
  }

  /** The words that a value was understood from. */
  tokensOf(slot: TokenSlot, value?: string): Span[] {
    return (this.parsed?.tokens ?? [])
      .filter((token) => token.slot === slot && (value === undefined || token.value === value))
      .map(({ start, end }) => ({ start, end }));
  }

  /** Takes in a pasted text of several lines; false for a single line. */
  paste(pasted: string): boolean {
    const lines = pasted
      .replace(/\r\n?/gu, "\n")
      .split("\n")
      .filter((line) => line.trim() !== "");
    if (lines.length < 2) return false;
    this.lines = [...this.lines, ...lines];
    return true;
  }

  /** Begins anew. `keep` is text that stays, such as the list and the person. */
  clear(keep = ""): void {
    this.text = keep;
    this.caret = keep.length;
    this.notes = null;
    this.lines = [];
    this.parsed = null;
    this.chosen = null;
    this.#literal = [];
    this.#dismissed = false;
    if (keep !== "") this.#read();
  }

  /** The words for list and person, for the next task of the same kind. */
  get kept(): string {
    const words = (this.parsed?.tokens ?? [])
      .filter(({ slot }) => slot === "list" || slot === "who")
      .map(({ start, end }) => this.text.slice(start, end));
    return words.length === 0 ? "" : `${words.join(" ")} `;
  }

  /** Reads again, because a name or a language changed. */
  reread(): void {
    if (this.text !== "") this.#read();
  }

  /** What is added when all that was typed has been read: the title and values as they are shown. */
  async task(): Promise<Input<"task_add">> {
    return await this.take(false)();
  }

  /**
   * Takes the task out of the field, which is free for the next one at once. What it gives tells what to add, asking
   * the service only if the last letters were not read yet.
   */
  take(clears = true): () => Promise<Input<"task_add">> {
    const [notes, place] = [this.#notes(), this.#place()];
    const words = { text: this.text.trim(), locale: withoutKeys(locale()), ...place, ...notes };
    const question = this.#question();
    const known = this.#reading ? null : this.parsed;
    const unread = this.#reading !== null;
    if (clears) this.clear();
    return async () => {
      const parsed = unread ? await this.#ask(question) : known;
      if (!parsed) return words;
      return { text: parsed.title, plain: true, ...whereOf(parsed, place), ...valuesOf(parsed), ...notes };
    };
  }

  /** The pasted lines as tasks; the values of the text behind them hold for all. */
  async tasks(): Promise<Input<"task_add_many">> {
    const parsed = this.#reading ? await this.#ask(this.#question()) : this.parsed;
    const title = parsed ? parsed.title : this.text.trim();
    const { list, space, tags } = parsed ? whereOf(parsed, this.#place()) : this.#place();
    return {
      lines: title === "" ? [...this.lines] : [title, ...this.lines],
      plain: true,
      outline: true,
      ...(list ? { list } : {}),
      ...(space ? { space } : {}),
      set: { ...(parsed ? valuesOf(parsed) : {}), ...(tags ? { tags } : {}), ...this.#notes() },
    };
  }

  /** The pasted lines as the notes of one task. */
  async taskWithLines(): Promise<Input<"task_add">> {
    const task = await this.task();
    const [first = "", ...rest] = this.lines;
    const [text, lines] = task.text === "" ? [first.trim(), rest] : [task.text, this.lines];
    const notes = [...(this.notes ? [this.notes] : []), ...lines].join("\n");
    return { ...task, text, plain: true, ...(notes === "" ? {} : { notes }) };
  }

  /** The text as it is kept while the window is closed, null for none. */
  store(): string | null {
    if (this.empty && !this.notes) return null;
    return JSON.stringify({ text: this.text, notes: this.notes, lines: this.lines });
  }

  /** Takes back what was kept. */
  restore(stored: string): void {
    const { text, notes, lines } = readStored(stored);
    this.clear(text);
    this.notes = notes;
    this.lines = lines;
  }

  #ghost(): string {
    const offered = this.offered;
    if (!offered || this.caret !== this.text.length) return "";
    const typed = this.text.slice(offered.start, offered.end);
    const begins = offered.insert.toLowerCase().startsWith(typed.toLowerCase());
    return begins ? offered.insert.slice(typed.length) : "";
  }

  #pieces(): Piece[] {
    if (!this.parsed) return cut(this.text, []);
    return cut(this.text, [
      ...this.parsed.tokens.map(({ start, end }): Mark => ({ start, end, kind: "token" })),
      ...this.parsed.ignored.map(({ start, end }): Mark => ({ start, end, kind: "ignored" })),
    ]);
  }

  #notes(): NewFields {
    return this.notes?.trim() ? { notes: this.notes } : {};
  }

  #read(): void {
    this.#outdated = true;
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null));
  }

  /** One question at a time, and after it the newest: fast typing never queues up. */
  async #readAll(): Promise<void> {
    while (this.#outdated) {
      this.#outdated = false;
      if (this.text.trim() === "") {
        this.parsed = null;
        continue;
      }
      const parsed = await this.#ask(this.#question());
      if (!this.#isOutdated()) this.parsed = parsed;
    }
  }

  #question(): Input<"quick_add_parse"> {
    const { list, space } = this.#place();
    return {
      text: this.text,
      caret: this.caret,
      locale: withoutKeys(locale()),
      literal: [...this.#literal],
      ...(list ? { list } : {}),
      ...(space ? { space } : {}),
    };
  }

  /** Null where the words cannot be read: the text is not lost, and whoever adds it is told what is wrong. */
  async #ask(question: Input<"quick_add_parse">): Promise<QuickAddParsed | null> {
    return await this.#api.call("quick_add_parse", question).catch(() => null);
  }

  /** In a method of its own, because it changes while an answer is on its way. */
  #isOutdated(): boolean {
    return this.#outdated;
  }
}

/** What was understood beside place and tags, as fields of a new task. */
function valuesOf(parsed: QuickAddParsed): NewFields {
  return {
    ...(parsed.due === null ? {} : { due: parsed.due }),
    ...(parsed.start === null ? {} : { start: parsed.start }),
    ...(parsed.repeat === null ? {} : { repeat: parsed.repeat }),
    ...(parsed.reminder === null ? {} : { reminder: parsed.reminder }),
    ...(parsed.priority === null ? {} : { priority: parsed.priority }),
    ...(parsed.assignee === null ? {} : { assignee: parsed.assignee.id }),
  };
}

/** The list that was typed has its own place in it; parent and neighbour are of another list then. */
function whereOf(parsed: QuickAddParsed, { tags, ...place }: Place): Place {
  const where = parsed.list && parsed.list.id !== place.list ? { list: parsed.list.id } : place;
  // Tags of the place come before those that were typed, each once.
  const all = new Set([...(tags ?? []), ...parsed.tags.map(({ name }) => name)]);
  return all.size === 0 ? where : { ...where, tags: [...all] };
}

/** Until the new text is read, what is known of the old one stays at its words. */
function shift(parsed: QuickAddParsed, before: string, after: string): QuickAddParsed {
  const keep = <T extends Span>(all: readonly T[]): T[] =>
    all.flatMap((one) => movedBy([one], before, after).map((span) => ({ ...one, ...span })));
  return { ...parsed, tokens: keep(parsed.tokens), ignored: keep(parsed.ignored), completions: [] };
}

interface Stored {
  text: string;
  notes: string | null;
  lines: string[];
}

function readStored(stored: string): Stored {
  try {
    const read = JSON.parse(stored) as Partial<Stored> | null;
    if (typeof read?.text === "string") {
      return {
        text: read.text,
        notes: typeof read.notes === "string" ? read.notes : null,
        lines: Array.isArray(read.lines) ? read.lines.filter((line) => typeof line === "string") : [],
      };
    }
  } catch {
    // Not from here: then it is the text itself.
  }
  return { text: stored, notes: null, lines: [] };
}
