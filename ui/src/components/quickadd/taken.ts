import type { Input } from "../../api.ts";
import type { NewFields, QuickAddParsed } from "../../generated/api.ts";
import { withoutKeys } from "../../lib/locale.ts";
import { locale } from "../../messages/index.ts";
import { withTitle } from "./lines.ts";
import type { Pin } from "./pins.ts";
import type { Stored } from "./stored.ts";
import { valuesOf, whereOf, type Place } from "./understood.ts";

/** The words for list and person that go on to the next task. */
export type Kept = Pick<Stored, "text" | "pins">;

type Read = () => Promise<QuickAddParsed | null>;

/** What was taken out of the field to be added; whatever is typed there since is another task. */
export class Taken {
  /** For putting it back where it is refused. */
  readonly held: Stored;
  readonly #place: Place;
  readonly #read: Read;
  #reading: ReturnType<Read> | undefined;

  constructor(held: Stored, place: Place, read: Read) {
    this.held = held;
    this.#place = place;
    this.#read = read;
  }

  /** The title and values as they were shown. */
  async task(): Promise<Input<"task_add">> {
    const [place, notes] = [this.#place, this.#notes()];
    const parsed = await this.#understood();
    if (!parsed) return { text: this.held.text.trim(), locale: withoutKeys(locale()), ...place, ...notes };
    return { text: parsed.title, plain: true, ...whereOf(parsed, place), ...valuesOf(parsed), ...notes };
  }

  /** The pasted lines as tasks; the values of the text behind them hold for all. */
  async tasks(): Promise<Input<"task_add_many">> {
    const parsed = await this.#understood();
    const title = parsed ? parsed.title : this.held.text.trim();
    const { tags, after, before, ...where } = parsed ? whereOf(parsed, this.#place) : this.#place;
    return {
      lines: withTitle(title, this.held.lines),
      plain: true,
      outline: true,
      ...where,
      ...(after !== undefined ? { to: { after } } : before !== undefined ? { to: { before } } : {}),
      set: { ...(parsed ? valuesOf(parsed) : {}), ...(tags ? { tags } : {}), ...this.#notes() },
    };
  }

  /** The pasted lines as the notes of one task. */
  async taskWithLines(): Promise<Input<"task_add">> {
    const task = await this.task();
    const { lines: all, notes: typed } = this.held;
    const [first = "", ...rest] = all;
    const [text, lines] = task.text === "" ? [first.trim(), rest] : [task.text, all];
    const notes = [...(typed ? [typed] : []), ...lines].join("\n");
    return { ...task, text, plain: true, ...(notes === "" ? {} : { notes }) };
  }

  /** The words for list and person, for the next task of the same kind. */
  async kept(): Promise<Kept> {
    const parsed = await this.#understood();
    return parsed ? keptOf(this.held, parsed) : { text: "", pins: [] };
  }

  /** Asked only if the last letters were not read yet, and once. */
  async #understood(): Promise<QuickAddParsed | null> {
    return await (this.#reading ??= this.#read());
  }

  #notes(): NewFields {
    return this.held.notes?.trim() ? { notes: this.held.notes } : {};
  }
}

export function keptOf({ text: of, pins: all }: Kept, parsed: QuickAddParsed): Kept {
  let text = "";
  const pins: Pin[] = [];
  for (const { slot, start, end } of parsed.tokens) {
    if (slot !== "list" && slot !== "who") continue;
    const pin = all.find((each) => each.start === start && each.end === end);
    if (pin) pins.push({ ...pin, start: text.length, end: text.length + end - start });
    text += `${of.slice(start, end)} `;
  }
  return { text, pins };
}
