import { untrack } from "svelte";
import { toApiError } from "../../api.ts";
import type { ApiError, HistoryEntry, Receipt, Task } from "../../generated/api.ts";
import { t } from "../../messages/index.ts";
import type { App } from "../../state/app.svelte.ts";
import type { Batch } from "../../state/changes.ts";
import { fieldWords, isTold } from "./values.ts";
import { writerWords } from "./who.ts";

/** A chain of parents that is longer is cut: it would be a list, not a way back. */
const PARENTS_MAX_COUNT = 20;

const versionOf = (entry: HistoryEntry): string => `${entry.field} ${entry.version}`;

/** One open task with what surrounds it, read again whenever something of it changes. */
export class OpenTask {
  task = $state.raw<Task | null>(null);
  /** The tasks that it is part of, the outermost first. */
  parents = $state.raw<readonly Task[]>([]);
  history = $state.raw<readonly HistoryEntry[] | null>(null);
  receipt = $state.raw<Receipt | null>(null);
  /** It cannot be read any more. */
  gone = $state(false);
  problem = $state.raw<ApiError | null>(null);

  readonly id: string;
  readonly #app: App;
  #reading = false;
  #again = false;
  #stopped = false;

  constructor(app: App, id: string) {
    this.#app = app;
    this.id = id;
    // What the row knows is shown until the whole task was read.
    this.task = untrack(() => app.rows?.all.task(id)) ?? null;
  }

  /** Reads, and goes on reading. What it gives ends that. */
  start(): () => void {
    const unhear = this.#app.hear((batch) => this.#heard(batch));
    void this.read();
    void this.#readReceipt();
    return () => {
      this.#stopped = true;
      unhear();
    };
  }

  /** One reading at a time; what is asked for meanwhile is read behind it. */
  async read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#readOnce();
      }
    } finally {
      this.#reading = false;
    }
  }

  async #readOnce(): Promise<void> {
    try {
      const task = await this.#app.call("task_show", { id: this.id });
      const written = task.updated_at !== this.task?.updated_at || this.history === null;
      this.task = task;
      this.gone = false;
      this.problem = null;
      const reads = [this.#readParents(task)];
      if (written) reads.push(this.#readHistory());
      await Promise.all(reads);
    } catch (thrown) {
      const error = toApiError(thrown);
      this.gone = error.code === "not_found";
      this.problem = error;
    }
  }

  async #readParents(task: Task): Promise<void> {
    const parents: Task[] = [];
    let above = task.parent;
    while (above !== null && parents.length < PARENTS_MAX_COUNT) {
      const parent: Task = await this.#app.call("task_show", { id: above });
      parents.unshift(parent);
      above = parent.parent;
    }
    this.parents = parents;
  }

  async #readHistory(): Promise<void> {
    const before = this.history;
    this.history = await this.#app.call("task_history", { id: this.id });
    if (before) this.#sayChanged(before, this.history);
  }

  /** What others write elsewhere is silent; in the task that one reads it is said. */
  #sayChanged(before: readonly HistoryEntry[], now: readonly HistoryEntry[]): void {
    const known = new Set(before.map(versionOf));
    const change = now.find((entry) => entry.current && isTold(entry.field) && !known.has(versionOf(entry)));
    const { group, toasts } = this.#app;
    if (!change || group.isThis(change)) return;
    const person = writerWords(group, change);
    toasts.announce(t("panel.changedBy", { person, field: fieldWords(change.field) }));
  }

  /** Which computers have it is news, nothing that the task waits for. */
  async #readReceipt(): Promise<void> {
    try {
      const [receipt] = await this.#app.call("receipts_show", { ids: [this.id] });
      if (!this.#stopped) this.receipt = receipt ?? null;
    } catch {
      this.receipt = null;
    }
  }

  #heard({ kinds, tasks }: Batch): void {
    const all = kinds.has("resync");
    if (all || kinds.has("task") || kinds.has("list") || kinds.has("space")) void this.read();
    if (all || kinds.has("computer") || tasks.has(this.id)) void this.#readReceipt();
  }
}
