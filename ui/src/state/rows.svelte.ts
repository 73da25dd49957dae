import type { Api } from "../api.ts";
import type { Author, Task, TaskGroup, TaskPage } from "../generated/api.ts";
import { arrange, type Arranged, type Lingering } from "../lib/arrange.ts";
import { RowList } from "../lib/row-list.ts";
import { kept, keptEach } from "../lib/same.ts";
import { sectionsOf, type Section } from "../lib/sections.ts";
import type { Filter, Listing } from "./listing.ts";
import { Marks } from "./marks.svelte.ts";
import { moves } from "./moves.ts";
import { quiet } from "./quiet.ts";

export type { Filter } from "./listing.ts";

/** What rows need to know of the window around them. */
export interface Around {
  /** How the author of a change is called in this window. */
  nameOf(author: Author): string;
  /** Whether it was this computer: nobody is told of their own changes. */
  isThis(author: Author): boolean;
  now(): Date;
  /** Tasks whose subtasks are folded away. */
  folded(): ReadonlySet<string>;
  /** Tasks that are not shown, because they linger in the rows above. */
  hidden(): ReadonlySet<string>;
  /** Tasks that lingered do so no longer. */
  left(ids: readonly string[]): void;
}

/** A window full of rows and some: what a page more costs is waited for after each change. */
const PAGE = 64;
/** So many rows beyond those in sight are read before they come in sight: a turn of the wheel finds them there. */
const AHEAD = 32;
const LINGER_MS = 4000;
/** Of more changed or vanished rows than this, nobody is asked about one by one. */
const MOST_ASKED = 8;
/** Today is divided by the times of at most so many rows. */
const MOST_DIVIDED = 1000;
/** Tasks of which only the ids are wanted are read so many at once. */
const ALL_AT_ONCE = 1000;
/** A row that was so far from its page a moment ago is still known. */
const MOST_SHIFTED = 20;
/** How often reading is tried again because what was read shifted what is in sight. */
const MOST_ROUNDS = 4;

/** Rows of a view, by their places in it. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Read {
  rows: RowList;
  groups: readonly TaskGroup[];
}

/**
 * The rows of one view, page by page as they come in sight. The order is the service's. On top of it lie only things
 * of the window: folded subtasks, rows just done that stay a while, and marks on rows changed elsewhere.
 */
export class Rows {
  readonly listing: Listing;
  readonly marks = new Marks();
  /** Tasks that somebody else took out of the view just now, with their titles. */
  taken: ReadonlyMap<string, string> = new Map();
  ready = $state(false);
  /** Rows in the order they are drawn; a row whose data is not here yet is `undefined`. */
  readonly all: RowList = $derived.by(() => this.#arranged.rows);
  /** The parts of the view, in the order they are drawn. */
  readonly sections: readonly Section[] = $derived.by(() => this.#arranged.sections);

  readonly #arranged: Arranged = $derived.by(() => this.#arrange(this.#read.rows));
  readonly #sections: readonly Section[] = $derived.by(() => {
    const { rows, groups } = this.#read;
    const { shape } = this.listing;
    const sections = sectionsOf(shape, groups, rows.length, (index) => rows.at(index), this.#around.now());
    // A page more that was read most often moves nothing.
    return (this.#sectionsBefore = kept(this.#sectionsBefore, sections));
  });
  #sectionsBefore: readonly Section[] = [];
  #read = $state.raw<Read>({ rows: RowList.EMPTY, groups: [] });
  #lingering = $state.raw<readonly Lingering[]>([]);
  /** What was read and waits until nobody has the pointer or a key at work. */
  #held: Read | null = null;
  #heldTimer: ReturnType<typeof setTimeout> | undefined;
  #fresh = new Set<number>();
  #freshGroups = false;
  #span: Span = { from: 0, to: PAGE };
  #generation = 0;
  /** The commit that each page shows. */
  readonly #seqs = new Map<number, number>();
  #total = { seq: 0, rows: 0 };
  #groupsSeq = 0;
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #api: Api;
  readonly #around: Around;

  constructor(api: Api, listing: Listing, around: Around) {
    this.#api = api;
    this.listing = listing;
    this.#around = around;
  }

  get filter(): Filter {
    return this.listing.filter;
  }

  /** Tasks in this view, those that only linger not counted. */
  get total(): number {
    return this.#read.rows.length;
  }

  /** Says which rows are in sight, and reads those that are not here yet. */
  async show(from: number, to: number): Promise<void> {
    this.#span = { from, to };
    await this.#readAll(false, AHEAD);
  }

  /** Reads rows that are not here yet, wherever in the view they are. */
  async load(from: number, to: number): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const missing = this.#wanted({ from, to });
      if (missing.length === 0) return;
      await this.#readPages(missing, false);
    }
  }

  /** Reads again what is in sight, after a change of one's own. */
  async reread(): Promise<void> {
    this.#fresh.clear();
    this.#freshGroups = false;
    await this.#readAll(false);
  }

  /** Reads again what is in sight from a service that may count its commits anew. */
  async startOver(): Promise<void> {
    this.#seqs.clear();
    this.#groupsSeq = 0;
    this.#total = { ...this.#total, seq: 0 };
    await this.reread();
  }

  /** Reads again what is in sight, after a change that somebody else made. */
  async rereadFor(ids: ReadonlySet<string>): Promise<void> {
    const before = this.all.known
      .filter(({ id }) => ids.has(id))
      .map((task) => this.#standing(task, this.all.indexOf(task.id)));
    this.#fresh.clear();
    this.#freshGroups = false;
    await this.#readAll(true);
    await this.#explain(before);
  }

  /** The ids of all tasks of the view, mounted or not, in order. */
  async ids(): Promise<string[]> {
    const { known, length } = this.all;
    if (known.length === length) return known.map(({ id }) => id);
    const { total } = this;
    const tasks: Task[] = [];
    for (let offset = 0; offset < total; offset += ALL_AT_ONCE) {
      // What comes behind the last row may not be of the view: of all that is done, Today keeps what is of today.
      const limit = Math.min(ALL_AT_ONCE, total - offset);
      const page = await this.#api.call("task_page", { ...this.filter, offset, limit });
      tasks.push(...page.tasks);
    }
    return this.#arrange(RowList.of(tasks)).rows.known.map(({ id }) => id);
  }

  /** Keeps a task that is no longer part of the view where it stood. */
  linger(task: Task): void {
    const index = this.all.indexOf(task.id);
    if (index < 0) return;
    const standing =
      this.#lingering.find((other) => other.task.id === task.id) ?? this.#standing(task, index);
    this.#lingering = [
      ...this.#lingering.filter((other) => other.task.id !== task.id),
      { ...standing, task, own: true },
    ];
    this.touch();
  }

  /** Tasks that are no longer part of the view and only linger in it. */
  readonly lingering: ReadonlySet<string> = $derived.by(
    () => new Set(this.#lingering.map(({ task }) => task.id)),
  );

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
    this.#lingerTimer = setTimeout(() => {
      const left = [...this.lingering];
      if (this.#lingering.some(({ own }) => own)) void moves.during(Promise.resolve());
      this.#lingering = [];
      this.#around.left(left);
    }, LINGER_MS);
  }

  /** Puts a new task of one's own at the end at once, where that is its place. */
  append(task: Task): void {
    const { by, tree, filter } = this.listing;
    const atEnd = by === null && tree && filter.list === task.list.id && task.parent === null;
    if (!atEnd || !this.ready || this.#held) return;
    const { rows } = this.#read;
    this.#read = { ...this.#read, rows: rows.withLength(rows.length + 1).with(rows.length, [task]) };
  }

  /** Puts the answers to a change of one's own in place at once. */
  patch(tasks: readonly Task[]): void {
    this.#read = { ...this.#read, rows: this.#read.rows.withTasks(tasks) };
  }

  stop(): void {
    this.#generation++;
    clearTimeout(this.#lingerTimer);
    clearTimeout(this.#heldTimer);
    this.marks.stop();
  }

  #arrange(rows: RowList): Arranged {
    const folded = this.listing.tree ? this.#around.folded() : NONE;
    // What was done just now lingers before it was read that it is gone: until then it stands where it stood.
    const here = this.#lingering.length > 0 ? idsOf(rows) : NONE;
    const lingering = this.#lingering.filter(({ task }) => !here.has(task.id));
    return arrange(rows, this.#sections, lingering, folded, this.#around.hidden());
  }

  async #readAll(marking: boolean, ahead = 0): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { from, to } = this.#span;
      const inSight = this.#wanted({ from, to });
      const soon = { from: Math.max(0, from - ahead), to: to + ahead };
      const wanted = inSight.length > 0 || ahead === 0 ? inSight : this.#wanted(soon);
      if (wanted.length === 0 && this.#freshGroups) return;
      await this.#readPages(wanted, marking);
    }
  }

  /** The pages with some rows, or needed to divide the view, that are not fresh. */
  #wanted({ from, to }: Span): number[] {
    const pages = new Set<number>();
    const { at, rows } = this.#arranged;
    for (let index = from; index < to && index < rows.length; index++) {
      const place = at ? (at[index] ?? -1) : index;
      if (place >= 0) pages.add(Math.floor(place / PAGE));
    }
    // Where nothing is yet, something may come.
    if (!this.ready || pages.size === 0) pages.add(Math.floor(Math.min(from, this.total) / PAGE));
    if (this.listing.shape === "today") {
      const end = Math.min(this.total, MOST_DIVIDED);
      for (let page = 0; page * PAGE < end; page++) pages.add(page);
    }
    return [...pages].filter((page) => !this.#fresh.has(page)).sort((a, b) => a - b);
  }

  async #readPages(wanted: readonly number[], marking: boolean): Promise<void> {
    const generation = this.#generation;
    const { by } = this.listing;
    const groupsToo = by !== null && !this.#freshGroups;
    this.#freshGroups = true;
    for (const page of wanted) this.#fresh.add(page);
    try {
      const [groups, ...pages] = await Promise.all([
        groupsToo ? this.#api.call("task_groups", { ...this.filter, by }) : null,
        ...wanted.map((page) =>
          this.#api.call("task_page", { ...this.filter, offset: page * PAGE, limit: PAGE }),
        ),
      ]);
      if (generation !== this.#generation) return;
      const newer = groups !== null && groups.seq >= this.#groupsSeq;
      if (newer) this.#groupsSeq = groups.seq;
      this.#take(wanted, pages, newer ? groups.groups : null, marking);
    } catch (thrown) {
      for (const page of wanted) this.#fresh.delete(page);
      this.#freshGroups = !groupsToo;
      throw thrown;
    }
  }

  #take(
    numbers: readonly number[],
    answers: readonly TaskPage[],
    newGroups: readonly TaskGroup[] | null,
    marking: boolean,
  ): void {
    const before = this.#held ?? this.#read;
    // Answers may overtake each other: what was read earlier never replaces what was read later.
    const newer = answers.flatMap((page, i) => {
      const number = numbers[i] ?? 0;
      return page.seq < (this.#seqs.get(number) ?? 0) ? [] : [{ number, page }];
    });
    for (const { number, page } of newer) {
      this.#seqs.set(number, page.seq);
      if (page.seq >= this.#total.seq) this.#total = { seq: page.seq, rows: page.total };
    }
    const { keep } = this.listing;
    const groups = (newGroups ?? before.groups).filter(({ key }) => newGroups === null || !keep || keep(key));
    const length = keep ? groups.reduce((sum, group) => sum + group.count, 0) : this.#total.rows;
    let rows = before.rows.withLength(length);
    const taken: Task[] = [];
    for (const { number, page } of newer) {
      const from = number * PAGE;
      const known = before.rows.slice(from - MOST_SHIFTED, from + PAGE + MOST_SHIFTED);
      const tasks = keptEach(
        known.filter((row) => row !== undefined),
        page.tasks,
      );
      rows = rows.with(from, tasks);
      taken.push(...tasks);
    }
    if (marking && this.ready) this.#mark(taken);
    const wait = marking && this.ready ? quiet.left() : 0;
    if (wait > 0 && this.#moves(rows)) this.#hold({ rows, groups }, wait);
    else this.#put({ rows, groups }, marking);
  }

  #put(read: Read, elsewhere: boolean): void {
    clearTimeout(this.#heldTimer);
    this.#held = null;
    if (elsewhere) this.#noteTaken(read.rows);
    this.#read = read;
    this.ready = true;
    if (this.#lingering.length === 0) return;
    const here = idsOf(read.rows);
    this.#lingering = this.#lingering.filter(({ task }) => !here.has(task.id));
  }

  #noteTaken(now: RowList): void {
    const here = idsOf(now);
    this.taken = new Map(
      this.#read.rows.known.filter(({ id }) => !here.has(id)).map(({ id, title }) => [id, title]),
    );
  }

  /** Shows what changed in rows that are here, and moves them when the pointer and the keys rest. */
  #hold(read: Read, wait: number): void {
    this.patch(read.rows.known);
    this.#held = read;
    clearTimeout(this.#heldTimer);
    this.#heldTimer = setTimeout(() => {
      const more = quiet.left();
      if (more > 0) this.#hold(read, more);
      else this.#put(read, true);
    }, wait);
  }

  /** Whether a row in sight would go to another place. */
  #moves(rows: RowList): boolean {
    const { from, to } = this.#span;
    const { at } = this.#arranged;
    for (let index = from; index < to; index++) {
      const place = at ? (at[index] ?? -1) : index;
      const now = this.#read.rows.at(place);
      if (now && rows.at(place)?.id !== now.id) return true;
    }
    return false;
  }

  #mark(now: readonly Task[]): void {
    const before = new Map(this.#read.rows.known.map((task) => [task.id, task]));
    const changed = now.filter((task) => before.get(task.id)?.updated_at !== task.updated_at);
    for (const task of changed) {
      // What is new to the view need not be new: a task may have come into it by a change of somebody else.
      const added = !before.has(task.id) && task.created_at === task.updated_at;
      const was = before.get(task.id)?.title ?? null;
      if (added) this.#markBy(task.id, task.created_by, was);
      else if (changed.length <= MOST_ASKED) void this.#markByHistory(task.id, was);
      else this.marks.add(task.id, "", was);
    }
  }

  /** A changed task does not carry who changed it; its history does. */
  async #markByHistory(id: string, was: string | null): Promise<void> {
    const generation = this.#generation;
    const [newest] = await this.#api.call("task_history", { id }).catch(() => []);
    if (generation !== this.#generation) return;
    // Without its history the change is still marked, only not named.
    if (newest) this.#markBy(id, newest, was);
    else this.marks.add(id, "", was);
  }

  #markBy(id: string, author: Author, was: string | null): void {
    if (!this.#around.isThis(author)) this.marks.add(id, this.#around.nameOf(author), was);
  }

  #standing(task: Task, index: number): Lingering {
    let begin = 0;
    let sectionAt = 0;
    for (const [i, section] of this.sections.entries()) {
      if (index < begin + section.count) {
        sectionAt = i;
        break;
      }
      begin += section.count;
    }
    const section = this.sections[sectionAt] ?? WHOLE;
    // Where the service has it: the count here includes what lingers.
    const given = this.#sections.find(({ key, base }) => key === section.key && base === section.base);
    return { task, section: given ?? section, sectionAt, offset: index - begin };
  }

  /** A row that somebody else completed does not vanish without a word: it stays a while, struck. */
  async #explain(before: readonly Lingering[]): Promise<void> {
    const here = idsOf(this.#read.rows);
    const vanished = before.filter(({ task }) => !here.has(task.id)).slice(0, MOST_ASKED);
    for (const standing of vanished) {
      const { task } = standing;
      const now = await this.#api.call("task_show", { id: task.id }).catch(() => null);
      if (!now || now.status === "open" || now.deleted_at !== null || now.list.id !== task.list.id) continue;
      // One's own, of which word comes back from the service, stays one's own.
      const own = this.#lingering.some((other) => other.task.id === now.id && other.own);
      this.#lingering = [
        ...this.#lingering.filter((other) => other.task.id !== now.id),
        { ...standing, task: now, own },
      ];
      if (task.status !== "open") continue;
      if (now.completed_by) this.#markBy(now.id, now.completed_by, task.title);
      else this.marks.add(now.id, "");
    }
    this.touch();
  }
}

function idsOf(rows: RowList): ReadonlySet<string> {
  return new Set(rows.known.map(({ id }) => id));
}

const NONE: ReadonlySet<string> = new Set();
const WHOLE: Section = { key: "all", head: "none", base: 0, count: 0, shown: 0 };
