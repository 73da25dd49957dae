import type { Input } from "../../api.ts";
import type { Completion, QuickAddParsed, TokenSlot } from "../../generated/api.ts";
import { textLines } from "../../lib/handed.ts";
import { withoutKeys } from "../../lib/locale.ts";
import { locale } from "../../messages/index.ts";
import type { Caller } from "../../state/draft.ts";
import { nameIn, nameWords, Names } from "./names.svelte.ts";
import { holding, movedPins, withoutPins, withPins, type Meant, type Offer, type Pin } from "./pins.ts";
import { titlesOf, withTitle } from "./lines.ts";
import { cut, movedBy, type Mark, type Piece, type Span } from "./spans.ts";
import { joined, NOTHING, readStored, type Stored } from "./stored.ts";
import { keptOf, Taken, type Kept } from "./taken.ts";
import { shift, type Place } from "./understood.ts";

export type { Place } from "./understood.ts";

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
  /** What was chosen where several have one name. */
  #pins = $state.raw<readonly Pin[]>([]);
  /** What completes the piece at the caret where the service cannot tell some apart. */
  #twins = $state.raw<readonly Offer[] | null>(null);
  #dismissed = $state(false);
  /** The names that words can mean. */
  readonly names: Names;
  /** Where a task goes unless its words say otherwise. */
  place: Place = {};

  readonly #api: Caller;
  #reading: Promise<void> | null = null;
  #outdated = false;

  constructor(api: Caller) {
    this.#api = api;
    this.names = new Names(api);
  }

  /** Nothing was typed or pasted. */
  get empty(): boolean {
    return this.text.trim() === "" && this.lines.length === 0;
  }

  /** What completes the piece before the caret, best first. */
  readonly completions: readonly Offer[] = $derived(
    this.#dismissed
      ? []
      : (this.#twins ?? this.parsed?.completions ?? []).filter(({ end }) => end === this.caret),
  );

  /** The completion that Tab takes. */
  readonly offered: Offer | null = $derived(this.completions[this.chosen ?? 0] ?? null);

  /** The grey text behind the caret: only at the end, where it covers nothing. */
  readonly ghost: string = $derived(this.#ghost());

  /** The title as it will be, without the words that were understood. */
  readonly title: string = $derived(this.parsed?.title ?? this.text.trim());

  /** The titles of the tasks that the pasted lines become, after one for what was typed beside them. */
  readonly titles: readonly string[] = $derived(titlesOf(withTitle(this.title, this.lines)));

  /** The text with what was understood and what was not. */
  readonly pieces: readonly Piece[] = $derived(this.#pieces());

  /** A new text of the field. */
  type(text: string, caret: number): void {
    if (text === this.text) return this.move(caret);
    this.#become(text, caret);
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
    const { start, insert, one = null } = completion;
    const caret = start + insert.length + 1;
    this.#become(this.text.slice(0, start) + insert + space + rest, caret);
    if (one) this.#pin({ start, end: start + insert.length }, one);
    this.#read();
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
    this.#makeText(spans);
  }

  /** Puts other words in the place of those of a value, or none; behind the text where it has none of its own. */
  put(slot: TokenSlot, words: string, value?: string, one: Meant | null = null): void {
    // A date may be said in two parts: the new words stand where the last one was.
    for (const { start, end } of this.tokensOf(slot, value).slice(0, -1).reverse()) this.#cut(start, end);
    const last = this.tokensOf(slot, value).at(-1);
    if (last && words === "") this.#cut(last.start, last.end);
    else {
      const before = last ? this.text.slice(0, last.start) : `${this.text.trimEnd()} `;
      this.#become(before + words + (last ? this.text.slice(last.end) : ""), 0);
      if (one) this.#pin({ start: before.length, end: before.length + words.length }, one);
    }
    this.caret = this.text.length;
    this.#read();
  }

  /** The same for words that several are called by: this is the one. */
  mean({ start, end }: Span, one: Meant): void {
    this.#pin({ start, end }, one);
    this.#read();
  }

  /** When everything that was typed has been read. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  /** Turns the token directly before the caret into text; false where there is none. */
  leaveBefore(caret: number): boolean {
    const token = this.parsed?.tokens.find(({ end }) => end === caret);
    if (!token) return false;
    this.#makeText([{ start: token.start, end: token.end }]);
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
    const lines = textLines(pasted);
    if (lines.length < 2) return false;
    this.lines = [...this.lines, ...lines];
    this.#read();
    return true;
  }

  /** Takes the pasted lines away; false where there were none. */
  dropLines(): boolean {
    if (this.lines.length === 0) return false;
    this.lines = [];
    this.#read();
    return true;
  }

  /** Takes a pasted text of several lines past the field, which stays as it is; null for a single line. */
  takeLines(pasted: string): Taken | null {
    const lines = textLines(pasted);
    if (lines.length < 2) return null;
    return new Taken({ ...NOTHING, lines }, this.place, () => Promise.resolve(null));
  }

  /** Begins anew. `keep` is text that stays, such as the list and the person. */
  clear(keep: Partial<Kept> = {}): void {
    this.#begin({ ...NOTHING, ...keep });
  }

  /** Puts back what was taken out and refused, before what was typed since. */
  putBack(taken: Stored): void {
    this.#begin(joined(taken, this.#held()));
  }

  /** Reads again, because a name or a language changed. */
  reread(): void {
    if (!this.empty) this.#read();
  }

  /**
   * Takes the task out of the field, which is free for the next one at once; with `keeps`, list and person go on to
   * that one.
   */
  take(keeps = false): Taken {
    const [question, pins, known] = [this.#question(), this.#pins, this.parsed];
    const unread = this.#reading !== null;
    const taken = new Taken(this.#held(), this.place, async () =>
      unread ? await this.#understand(question, pins) : known,
    );
    if (keeps && !unread && known) this.clear(keptOf(this, known));
    else this.clear();
    if (keeps && unread) void taken.kept().then((kept) => this.#keep(kept));
    return taken;
  }

  /** The text as it is kept while the window is closed, null for none. */
  store(): string | null {
    if (this.empty && !this.notes) return null;
    return JSON.stringify(this.#held());
  }

  /** Takes back what was kept. */
  restore(stored: string): void {
    this.#begin(readStored(stored));
  }

  /** What was chosen where several have one name. */
  get pins(): readonly Pin[] {
    return this.#pins;
  }

  #held(): Stored {
    const { text, notes, lines } = this;
    return { text, notes, lines, pins: this.#pins, literal: this.#literal };
  }

  #begin({ text, notes, lines, pins, literal }: Stored): void {
    this.text = text;
    this.caret = text.length;
    this.#pins = pins;
    this.#twins = null;
    this.notes = notes;
    this.lines = lines;
    this.parsed = null;
    this.chosen = null;
    this.#literal = literal;
    this.#dismissed = false;
    // What is being read is of the text of before.
    this.#outdated = true;
    if (!this.empty) this.#read();
  }

  /** List and person for the next task, unless that is being typed already. */
  #keep(kept: Kept): void {
    if (this.text === "" && kept.text !== "") this.#begin({ ...this.#held(), ...kept });
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

  /** The text as it is now; what stood in it moves along. */
  #become(text: string, caret: number): void {
    this.#literal = movedBy(this.#literal, this.text, text);
    this.#pins = movedPins(this.#pins, this.text, text);
    this.parsed = this.parsed && shift(this.parsed, this.text, text);
    this.#twins = null;
    this.text = text;
    this.caret = caret;
    this.chosen = null;
    this.#dismissed = false;
  }

  /** Takes words out of the text, and the space before them. */
  #cut(start: number, end: number): void {
    this.#become(this.text.slice(0, start).trimEnd() + this.text.slice(end), start);
  }

  #makeText(spans: readonly Span[]): void {
    this.#literal = [...this.#literal, ...spans];
    this.#pins = this.#pins.filter((pin) => !spans.some(({ start }) => start === pin.start));
    this.#read();
  }

  #pin(span: Span, one: Meant): void {
    const space = one.slot === "who" ? (this.parsed?.space.id ?? null) : null;
    this.#pins = [...this.#pins.filter((pin) => pin.one.slot !== one.slot), { ...span, one, space }];
  }

  #read(): void {
    this.#outdated = true;
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null));
  }

  /** One question at a time, and after it the newest: fast typing never queues up. */
  async #readAll(): Promise<void> {
    while (this.#outdated) {
      this.#outdated = false;
      if (this.empty) {
        this.parsed = null;
        continue;
      }
      const asked = this.#pins;
      const read = await this.#ask(this.#question());
      if (this.#isOutdated()) continue;
      const pins = read ? holding(asked, read) : asked;
      if (pins.length < asked.length) {
        this.#pins = pins;
        this.#outdated = true;
        continue;
      }
      const twins = read ? await this.#twinsAt(read) : null;
      if (this.#isOutdated()) continue;
      this.#twins = twins;
      this.parsed = read && withPins(read, pins);
    }
  }

  /** The completions where some have one name, each of those told apart; null where the service's will do. */
  async #twinsAt(read: QuickAddParsed): Promise<Offer[] | null> {
    const { completions, ignored } = read;
    const isFirst = ({ insert }: Completion, at: number): boolean =>
      completions.findIndex((other) => other.insert === insert) === at;
    const several = ignored.filter(({ reason }) => reason === "ambiguous");
    if (completions.every(isFirst) && several.length === 0) return null;
    await this.names.read(read.space.id).catch(() => undefined);
    const known = [...this.names.all("list", read.space.id), ...this.names.all("who", read.space.id)];
    const named = completions.filter(isFirst).flatMap((completion): Offer[] => {
      const alike = known.filter(({ kind, name }) => kind === completion.kind && name === completion.label);
      return alike.length < 2 ? [completion] : alike.map((one) => ({ ...completion, one }));
    });
    const exact = several
      .filter(({ end }) => end === this.caret)
      .flatMap((words) => this.#meantBy(words, read.space.id).map((one) => this.#offer(words, one)))
      .filter(({ one }) => !named.some((other) => other.one?.id === one?.id));
    return [...exact, ...named];
  }

  /** Whom or what words can mean that several have for a name. */
  meantBy(words: Span): Meant[] {
    return this.parsed ? this.#meantBy(words, this.parsed.space.id) : [];
  }

  #meantBy({ start, end }: Span, space: string): Meant[] {
    const name = nameIn(this.text.slice(start, end));
    return (["list", "who"] as const)
      .map((slot) => this.names.called(slot, space, name))
      .flatMap((alike) => (alike.length < 2 ? [] : alike));
  }

  #offer({ start, end }: Span, one: Meant): Offer {
    const insert = nameWords(this.text.charAt(start), one.name);
    return { start, end, insert, label: one.name, kind: one.kind, one };
  }

  #question(): Input<"quick_add_parse"> {
    const { list, space } = this.place;
    const chosen = this.#pins.find(({ one }) => one.kind === "list")?.one.id ?? list;
    return {
      text: withoutPins(this.text, this.#pins),
      caret: this.caret,
      locale: withoutKeys(locale()),
      literal: [...this.#literal],
      ...(chosen ? { list: chosen } : {}),
      ...(space ? { space } : {}),
    };
  }

  /** Null where the words cannot be read: the text is not lost, and whoever adds it is told what is wrong. */
  async #ask(question: Input<"quick_add_parse">): Promise<QuickAddParsed | null> {
    return await this.#api.call("quick_add_parse", question).catch(() => null);
  }

  async #understand(
    question: Input<"quick_add_parse">,
    pins: readonly Pin[],
  ): Promise<QuickAddParsed | null> {
    const read = await this.#ask(question);
    return read && withPins(read, holding(pins, read));
  }

  /** In a method of its own, because it changes while an answer is on its way. */
  #isOutdated(): boolean {
    return this.#outdated;
  }
}
