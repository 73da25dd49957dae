import { say } from "../errors.ts";

export interface Toast {
  id: number;
  text: string;
  hint: string | null;
  tone: "plain" | "bad";
  /** What its Undo does; none where there is nothing to undo. */
  undo: (() => void) | null;
  /** What else it offers, where nothing was done that could be undone. */
  act: { label: string; run: () => void } | null;
}

const SHOWN_MS = 8000;
/** Makes of a sentence that is said again another text: the same one is not read twice. */
const AGAIN = "\u200B";

export type Hold = "pointer" | "focus";

/** One toast at a time; a later one replaces it. */
export class Toasts {
  current = $state.raw<Toast | null>(null);
  /** What screen readers are told, politely. */
  polite = $state("");

  readonly #stay: () => boolean;
  #last = 0;
  #said = "";
  /** What is on the toast. */
  readonly #held = new Set<Hold>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `stay` says whether toasts are kept on the screen until they are closed. */
  constructor(stay: () => boolean = () => false) {
    this.#stay = stay;
  }

  show(text: string, undo: (() => void) | null = null, hint: string | null = null): void {
    this.#put({ id: ++this.#last, text, hint, tone: "plain", undo, act: null });
  }

  /** Tells of something that others did, with a way to look at it. */
  offer(text: string, label: string, run: () => void): void {
    this.#put({ id: ++this.#last, text, hint: null, tone: "plain", undo: null, act: { label, run } });
  }

  /** Says what went wrong and what to do about it. */
  fail(thrown: unknown): void {
    const { text, hint } = say(thrown);
    this.#put({ id: ++this.#last, text, hint, tone: "bad", undo: null, act: null });
  }

  announce(text: string): void {
    this.#said = text === this.#said ? text + AGAIN : text;
    this.polite = this.#said;
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#held.clear();
    this.current = null;
  }

  /** While the pointer or the focus is on it, it stays; so does one that replaces it there. */
  hold(by: Hold): void {
    this.#held.add(by);
    clearTimeout(this.#timer);
  }

  release(by: Hold): void {
    this.#held.delete(by);
    this.#count();
  }

  #count(): void {
    clearTimeout(this.#timer);
    if (this.#held.size === 0 && !this.#stay()) this.#timer = setTimeout(() => this.dismiss(), SHOWN_MS);
  }

  #put(toast: Toast): void {
    this.current = toast;
    this.announce(toast.hint ? `${toast.text} ${toast.hint}` : toast.text);
    this.#count();
  }
}
