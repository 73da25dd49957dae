import { SvelteMap } from "svelte/reactivity";
import type { Api, Input } from "../api.ts";
import type { Author, Task, TaskPage } from "../generated/api.ts";

export type Filter = Omit<Input<"task_page">, "offset" | "limit">;
export type Row = Task | undefined;

interface Lingering {
  task: Task;
  index: number;
}

const PAGE = 200;
const MARK_MS = 5000;
const LINGER_MS = 4000;
/** Of more changed or vanished rows than this, nobody is asked about one by one. */
const MOST_ASKED = 8;

/**
 * The rows of one view, page by page as they come in sight. The order is the service's. On top of it lie only two
 * things of the window: rows just done stay a while where they were, and rows changed elsewhere are marked.
 */
export class Rows {
  readonly filter: Filter;
  /** Rows in order; a row whose data is not here yet is `undefined`. */
  readonly all: readonly Row[] = $derived.by(() => this.#withLingering());
  /** Tasks that somebody else changed just now, with the name of who it was, if known. */
  readonly marked = new SvelteMap<string, string>();
  ready = $state(false);

  #read = $state.raw<readonly Row[]>([]);
  #lingering = $state.raw<readonly Lingering[]>([]);
  #fresh = new Set<number>();
  #span = { from: 0, to: PAGE };
  #generation = 0;
  /** The commit that each page shows. */
  readonly #seqs = new Map<number, number>();
  #total = { seq: 0, rows: 0 };
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #markTimers = new Set<ReturnType<typeof setTimeout>>();
  readonly #api: Api;

  readonly #nameOf: (author: Author) => string;

  /** `nameOf` says how the author of a change is called in this window. */
  constructor(api: Api, filter: Filter, nameOf: (author: Author) => string) {
    this.#api = api;
    this.filter = filter;
    this.#nameOf = nameOf;
  }

  /** Open tasks in this view, those that only linger not counted. */
  get total(): number {
    return this.#read.length;
  }

  /** Says which rows are in sight, and reads those that are not here yet. */
  async show(from: number, to: number): Promise<void> {
    this.#span = { from, to };
    await this.#readPages(false);
  }

  /** Reads again what is in sight, after a change of one's own. */
  async reread(): Promise<void> {
    this.#fresh.clear();
    await this.#readPages(false);
  }

  /** Reads again what is in sight from a service that may count its commits anew. */
  async startOver(): Promise<void> {
    this.#seqs.clear();
    this.#total = { ...this.#total, seq: 0 };
    await this.reread();
  }

  /** Reads again what is in sight, after a change that somebody else made. */
  async rereadFor(ids: ReadonlySet<string>): Promise<void> {
    const before = this.all.flatMap((task, index) => (task && ids.has(task.id) ? [{ task, index }] : []));
    this.#fresh.clear();
    await this.#readPages(true);
    await this.#explain(before);
  }

  /** Keeps a task that is no longer part of the view where it stood. */
  linger(task: Task): void {
    const index = this.all.findIndex((row) => row?.id === task.id);
    if (index < 0) return;
    this.#lingering = [...this.#lingering.filter((other) => other.task.id !== task.id), { task, index }];
    this.touch();
  }

  /** Whether a task is no longer part of the view and only lingers in it. */
  lingers(id: string): boolean {
    return this.#lingering.some((other) => other.task.id === id);
  }

  /** Ends the lingering of a task. */
  release(id: string): void {
    this.#lingering = this.#lingering.filter((other) => other.task.id !== id);
  }

  /** Somebody is at work in the list: what lingers, lingers on. */
  touch(): void {
    clearTimeout(this.#lingerTimer);
    if (this.#lingering.length === 0) return;
    this.#lingerTimer = setTimeout(() => (this.#lingering = []), LINGER_MS);
  }

  /** Puts the answer to a change of one's own in place at once. */
  patch(task: Task): void {
    const index = this.#read.findIndex((row) => row?.id === task.id);
    if (index < 0) return;
    const rows = this.#read.slice();
    rows[index] = task;
    this.#read = rows;
  }

  stop(): void {
    this.#generation++;
    clearTimeout(this.#lingerTimer);
    for (const timer of this.#markTimers) clearTimeout(timer);
  }

  async #readPages(marking: boolean): Promise<void> {
    const generation = this.#generation;
    const first = Math.floor(this.#span.from / PAGE);
    const last = Math.max(first, Math.floor(Math.max(0, this.#span.to - 1) / PAGE));
    const wanted: number[] = [];
    for (let page = first; page <= last; page++) if (!this.#fresh.has(page)) wanted.push(page);
    if (wanted.length === 0) return;
    for (const page of wanted) this.#fresh.add(page);
    try {
      const pages = await Promise.all(
        wanted.map((page) =>
          this.#api.call("task_page", { ...this.filter, offset: page * PAGE, limit: PAGE }),
        ),
      );
      if (generation !== this.#generation) return;
      this.#take(wanted, pages, marking);
    } catch (thrown) {
      for (const page of wanted) this.#fresh.delete(page);
      throw thrown;
    }
  }

  #take(numbers: readonly number[], answers: readonly TaskPage[], marking: boolean): void {
    const rows = this.#read.slice();
    const taken: Task[] = [];
    answers.forEach((page, i) => {
      const number = numbers[i] ?? 0;
      // Answers may overtake each other: what was read earlier never replaces what was read later.
      if (page.seq < (this.#seqs.get(number) ?? 0)) return;
      this.#seqs.set(number, page.seq);
      if (page.seq >= this.#total.seq) this.#total = { seq: page.seq, rows: page.total };
      page.tasks.forEach((task, k) => (rows[number * PAGE + k] = task));
      taken.push(...page.tasks);
    });
    rows.length = this.#total.rows;
    if (marking && this.ready) this.#mark(taken);
    this.#read = rows;
    this.ready = true;
    this.#lingering = this.#lingering.filter(({ task }) => !rows.some((row) => row?.id === task.id));
  }

  #mark(now: readonly Task[]): void {
    const before = new Map<string, string>();
    for (const row of this.#read) if (row) before.set(row.id, row.updated_at);
    const changed = now.filter((task) => before.get(task.id) !== task.updated_at);
    for (const task of changed) {
      const added = !before.has(task.id);
      this.#markOne(task.id, added ? this.#nameOf(task.created_by) : "");
      if (!added && changed.length <= MOST_ASKED) void this.#nameMark(task.id);
    }
  }

  /** A changed task does not carry who changed it; its history does. */
  async #nameMark(id: string): Promise<void> {
    // Without its history the change is still marked, only not named.
    const [newest] = await this.#api.call("task_history", { id }).catch(() => []);
    if (newest && this.marked.has(id)) this.marked.set(id, this.#nameOf(newest));
  }

  #markOne(id: string, by: string): void {
    this.marked.set(id, by);
    const timer = setTimeout(() => {
      this.#markTimers.delete(timer);
      this.marked.delete(id);
    }, MARK_MS);
    this.#markTimers.add(timer);
  }

  /** A row that somebody else completed does not vanish without a word: it stays a while, struck. */
  async #explain(before: readonly Lingering[]): Promise<void> {
    const here = new Set(this.#read.map((row) => row?.id));
    const vanished = before.filter(({ task }) => !here.has(task.id)).slice(0, MOST_ASKED);
    for (const { task, index } of vanished) {
      const now = await this.#api.call("task_show", { id: task.id }).catch(() => null);
      if (!now || now.status === "open" || now.deleted_at !== null || now.list.id !== task.list.id) continue;
      this.#lingering = [
        ...this.#lingering.filter((other) => other.task.id !== now.id),
        { task: now, index },
      ];
      if (task.status === "open")
        this.#markOne(now.id, now.completed_by ? this.#nameOf(now.completed_by) : "");
    }
    this.touch();
  }

  #withLingering(): readonly Row[] {
    if (this.#lingering.length === 0) return this.#read;
    const rows = this.#read.slice();
    for (const { task, index } of [...this.#lingering].sort((a, b) => a.index - b.index)) {
      if (!rows.some((row) => row?.id === task.id)) rows.splice(Math.min(index, rows.length), 0, task);
    }
    return rows;
  }
}
