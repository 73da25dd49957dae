import { untrack } from "svelte";
import { say } from "../../errors.ts";
import type { Task } from "../../generated/api.ts";
import type { App, TaskChange } from "../../state/app.svelte.ts";
import { t } from "../../messages/index.ts";

/** Tasks beyond the rows that were read are asked for up to here; more of them count as mixed. */
const ASKED_MAX_COUNT = 100;

export type Common<T> = { kind: "same"; value: T } | { kind: "mixed" };

/** The tasks that a picker sets, and what their values have in common. */
export class Subject {
  tasks = $state.raw<readonly Task[]>([]);
  /** Whether every task is known. */
  whole = $state(false);

  readonly ids: readonly string[];
  readonly #app: App;

  constructor(app: App, ids: readonly string[]) {
    this.#app = app;
    this.ids = ids;
    this.tasks = untrack(() => this.#known());
    this.whole = this.tasks.length === ids.length;
  }

  get count(): number {
    return this.ids.length;
  }

  get title(): string {
    return this.tasks[0]?.title || t("task.untitled");
  }

  /** Reads what the rows do not have. */
  async read(): Promise<void> {
    const known = new Map(this.#known().map((task) => [task.id, task]));
    const missing = this.ids.filter((id) => !known.has(id));
    for (const id of missing.slice(0, ASKED_MAX_COUNT)) {
      known.set(id, await this.#app.call("task_show", { id }));
    }
    this.tasks = this.ids.flatMap((id) => known.get(id) ?? []);
    this.whole = this.tasks.length === this.ids.length;
  }

  common<T>(valueOf: (task: Task) => T): Common<T> {
    const [first, ...others] = this.tasks;
    if (!first) return { kind: "mixed" };
    const value = valueOf(first);
    const same =
      this.whole && others.every((task) => JSON.stringify(valueOf(task)) === JSON.stringify(value));
    return same ? { kind: "same", value } : { kind: "mixed" };
  }

  /** Whether all, none or some of the tasks are so. */
  share(isSo: (task: Task) => boolean): boolean | "mixed" {
    const so = this.tasks.filter(isSo).length;
    if (so === 0) return this.whole ? false : "mixed";
    return so === this.ids.length ? true : "mixed";
  }

  /** Writes one field of all of them: the others are as they are, whoever changed them meanwhile. */
  async write(change: TaskChange): Promise<void> {
    const { tasks } = await this.#app.edit(this.ids, change);
    this.#take(tasks);
  }

  /** The same for a picker that stays open: why nothing was changed, or an empty text. */
  async tryToWrite(change: TaskChange): Promise<string> {
    try {
      const { tasks, skipped } = await this.#app.edit(this.ids, change);
      this.#take(tasks);
      const [first] = skipped;
      return tasks.length === 0 && first ? wordsOf(first.reason) : "";
    } catch (thrown) {
      return wordsOf(thrown);
    }
  }

  #take(tasks: readonly Task[]): void {
    const now = new Map(tasks.map((task) => [task.id, task]));
    this.tasks = this.tasks.map((task) => now.get(task.id) ?? task);
  }

  #known(): Task[] {
    const wanted = new Set(this.ids);
    const rows = [...(this.#app.rows?.all.known ?? []), ...(this.#app.doneRows?.all.known ?? [])];
    const found = new Map(rows.flatMap((row) => (wanted.has(row.id) ? [[row.id, row] as const] : [])));
    return this.ids.flatMap((id) => found.get(id) ?? []);
  }
}

function wordsOf(problem: unknown): string {
  const { text, hint } = say(problem);
  return hint === null ? text : `${text} ${hint}`;
}

/** The value where all have the same. */
export function sameOf<T>(common: Common<T>): T | undefined {
  return common.kind === "same" ? common.value : undefined;
}
