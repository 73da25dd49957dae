/** The rows of a view in their order, most of them not read yet. What it costs goes with what was read. */
import type { Task } from "../generated/api.ts";

/** What was not read is `undefined`. */
export type Row = Task | undefined;

const CHUNK = 64;

type Chunk = readonly Row[] | undefined;

/** Never changes: a change gives another list, which shares with this one what they have in common. */
export class RowList {
  static readonly EMPTY = new RowList(0, []);

  readonly length: number;
  /** A chunk of which nothing was read is not there; a row that a chunk has no place for was not read. */
  readonly #chunks: readonly Chunk[];
  #known: readonly Task[] | undefined;

  private constructor(length: number, chunks: readonly Chunk[]) {
    this.length = length;
    this.#chunks = chunks;
  }

  static of(rows: readonly Row[]): RowList {
    const chunks: Chunk[] = [];
    for (let from = 0; from < rows.length; from += CHUNK) chunks.push(rows.slice(from, from + CHUNK));
    return new RowList(rows.length, chunks);
  }

  /** The row at a place; `undefined` outside of the list, too. */
  at(index: number): Row {
    return this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK];
  }

  /** The rows from one place up to another. */
  slice(from: number, to: number): Row[] {
    const rows: Row[] = [];
    for (let index = Math.max(0, from); index < Math.min(to, this.length); index++) rows.push(this.at(index));
    return rows;
  }

  /** The tasks that were read, in order. */
  get known(): readonly Task[] {
    return (this.#known ??= this.#chunks.flatMap((chunk) => chunk?.filter((row) => row !== undefined) ?? []));
  }

  /** The tasks that were read, each with its place. */
  *entries(): Iterable<readonly [number, Task]> {
    for (const [number, chunk] of this.#chunks.entries()) {
      for (const [index, row] of chunk?.entries() ?? []) if (row) yield [number * CHUNK + index, row];
    }
  }

  /** Where the next task stands for which something holds, of those that were read; -1 for none. */
  indexWhere(holds: (task: Task) => boolean, after = -1): number {
    for (const [number, chunk] of this.#chunks.entries()) {
      const begin = number * CHUNK;
      const at =
        chunk?.findIndex((row, index) => begin + index > after && row !== undefined && holds(row)) ?? -1;
      if (at >= 0) return begin + at;
    }
    return -1;
  }

  indexOf(id: string): number {
    return this.indexWhere((task) => task.id === id);
  }

  task(id: string): Row {
    return this.at(this.indexOf(id));
  }

  get first(): Row {
    return this.at(this.indexWhere(() => true));
  }

  /** More rows that were not read, or fewer. */
  withLength(length: number): RowList {
    if (length === this.length) return this;
    const chunks = this.#chunks.slice(0, Math.ceil(length / CHUNK));
    const last = Math.floor(length / CHUNK);
    if (chunks[last]) chunks[last] = chunks[last].slice(0, length % CHUNK);
    // One by one: an array that is made long at once is slow to read in WebKit.
    while (chunks.length * CHUNK < length) chunks.push(undefined);
    return new RowList(length, chunks);
  }

  /** With tasks from one place on, as many as there is room for. */
  with(from: number, tasks: readonly Task[]): RowList {
    const chunks = this.#chunks.slice();
    const end = Math.min(from + tasks.length, this.length);
    for (let number = Math.floor(from / CHUNK); number * CHUNK < end; number++) {
      const begin = number * CHUNK;
      const rows = chunks[number]?.slice() ?? [];
      for (let index = begin; index < Math.min(begin + CHUNK, end); index++) {
        if (index >= from) rows[index - begin] = tasks[index - from];
        else if (index - begin >= rows.length) rows.push(undefined);
      }
      chunks[number] = rows;
    }
    return new RowList(this.length, chunks);
  }

  /** With other data for tasks that were read. */
  withTasks(tasks: readonly Task[]): RowList {
    const now = new Map(tasks.map((task) => [task.id, task]));
    const chunks = this.#chunks.map((chunk) =>
      chunk?.some((row) => row && now.has(row.id))
        ? chunk.map((row) => row && (now.get(row.id) ?? row))
        : chunk,
    );
    return new RowList(this.length, chunks);
  }
}
