import type { Input, Output } from "../api.ts";
import type { Deed, ManyChanged, Task, Verb } from "../generated/api.ts";
import { withoutKeys } from "../lib/locale.ts";
import { locale, names, t } from "../messages/index.ts";
import { Core } from "./core.svelte.ts";
import { moves } from "./moves.ts";
import { didOf, undidOf, skippedOf, verbOf, type Did } from "./wording.ts";

/** Fields of tasks that change together; those that are not named stay as they are. */
export type TaskChange = Omit<Input<"task_edit_many">, "ids">;
export type Arrangement = Omit<Input<"task_arrange">, "ids">;

/** Where a new task goes. */
export interface NewPlace {
  parent?: string;
  after?: string;
  /** Below the task after which it was added, and then up to this one. */
  before?: string;
}

/** What can be done to tasks. Each action is one operation of the service and one step of undo. */
export class TaskActions extends Core {
  /** Adds one task, from quick-add text as it stands or as it was understood. Throws what the field has to show. */
  async addTask(what: string | Input<"task_add">, place: NewPlace = {}): Promise<Task> {
    const where = typeof what === "string" ? place : { ...what, ...place };
    const hadLists = this.group.lists.length > 0;
    // What was read as it was typed knows its list; a text does not.
    const task = await this.write(
      "task_add",
      typeof what === "string"
        ? {
            text: what,
            locale: withoutKeys(locale()),
            ...(place.parent ? place : { ...this.target(), ...place }),
          }
        : { ...what, ...place },
      (added) => {
        if (where.after === undefined && where.before === undefined) this.rows?.append(added);
      },
    );
    this.receipts.follow([task.id]);
    if (task.list.id === this.list || this.rows?.all.task(task.id)) return task;
    // It went where this view does not reach; the first task of all makes the first list, and that is opened.
    if (hadLists)
      this.toasts.show(t("toast.addedTo", { list: this.group.listName(task.list) }), this.takeBack(task));
    else this.open({ kind: "list", list: task.list.id });
    return task;
  }

  /** Adds a task a line, all or none. Throws what the field has to show. */
  async addLines(lines: string[], list?: string): Promise<void> {
    const { tags, ...where } = list === undefined ? this.target() : { list };
    const set = tags === undefined ? {} : { set: { tags } };
    await this.addMany({ lines, plain: true, outline: true, ...where, ...set });
  }

  async addMany(input: Input<"task_add_many">): Promise<Output<"task_add_many">> {
    const added = await this.write("task_add_many", input);
    this.receipts.follow(added.map(({ id }) => id));
    this.toasts.show(t("toast.added", { n: added.length }), this.takeBack(added[0]));
    return added;
  }

  async toggle(...tasks: readonly Task[]): Promise<void> {
    const completes = tasks.some((task) => task.status === "open");
    const ids = tasks.filter((task) => (task.status === "open") === completes).map((task) => task.id);
    if (ids.length === 0) return;
    const what = completes ? "complete" : "reopen";
    const toggling = this.changes.during(async () => {
      const answer = await this.api.call("task_do_many", { ids, what });
      this.rows?.patch(answer.tasks);
      for (const now of answer.tasks) {
        // Until it was read again an opened task stays where it lingers: a row that went and came back has lost the focus.
        if (completes || this.rows?.lingers(now.id)) this.rows?.linger(now);
      }
      await this.afterWrite();
      if (!completes) for (const now of answer.tasks) this.rows?.release(now.id);
      return answer;
    });
    this.#said(what, await moves.during(toggling));
  }

  /** Gives a task another title than the one that was `seen`. Throws what the field has to show. */
  async rename(task: Pick<Task, "id">, title: string, seen: string): Promise<void> {
    const renamed = await this.changes.during(async () => {
      const now = await this.api.call("task_edit", { id: task.id, title, title_seen: seen });
      this.rows?.patch([now]);
      await this.afterWrite();
      return now;
    });
    this.receipts.follow([task.id]);
    this.toasts.show(t("did.rename", { n: 1, name: renamed.title }), this.takeBack(renamed));
  }

  /** Changes one field or more of tasks: one action and one undo step. */
  async edit(ids: readonly string[], change: TaskChange): Promise<ManyChanged> {
    const editing = this.write("task_edit_many", { ids: [...ids], ...change });
    // What is typed shows itself, letter by letter: a toast for it would be in the way.
    const typed = ["title", "notes"];
    const chosen = Object.keys(change).some((field) => !typed.includes(field));
    const answer = await (chosen ? moves.during(editing) : editing);
    if (chosen) this.#said(verbOf(change), answer, didOf(change, answer.tasks, this.group));
    else this.receipts.follow(answer.tasks.map((task) => task.id));
    return answer;
  }

  /** Moves tasks to a list, below a task or to a place: one action and one undo step. */
  async arrange(ids: readonly string[], to: Arrangement): Promise<ManyChanged> {
    const answer = await moves.during(this.write("task_arrange", { ids: [...ids], ...to }));
    const [first] = answer.tasks;
    const moved = to.list !== undefined && first !== undefined;
    this.#said(
      moved ? "move" : "arrange",
      answer,
      moved ? { ...didOf({ list: to.list ?? "" }, answer.tasks, this.group), hint: this.#seenBy(first) } : {},
    );
    return answer;
  }

  async duplicate(ids: readonly string[]): Promise<void> {
    await this.#doTo(ids, "duplicate");
  }

  async remove(tasks: readonly Task[]): Promise<void> {
    await this.removeAll(tasks.map((task) => task.id));
  }

  async removeAll(ids: readonly string[]): Promise<void> {
    const removing = this.changes.during(async () => {
      const answer = await this.api.call("task_do_many", { ids: [...ids], what: "delete" });
      for (const { id } of answer.tasks) this.rows?.release(id);
      await this.afterWrite();
      return answer;
    });
    const answer = await moves.during(removing);
    if (answer.tasks.some(({ id }) => id === this.panel?.id)) this.closePanel();
    const [first] = answer.tasks;
    const text = t("toast.deleted", { n: answer.tasks.length, title: first?.title ?? "" });
    this.#said("delete", answer, { text });
  }

  async restore(ids: readonly string[]): Promise<void> {
    await this.#doTo(ids, "restore");
  }

  /** Keeps what is shown of edits that were merged; tasks that changed since they were shown are skipped. */
  async keep(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    const shown = this.known.filter(({ id }) => wanted.has(id));
    const seen = Object.fromEntries(shown.map(({ id, updated_at }) => [id, updated_at]));
    await this.#doTo(ids, "keep", seen);
  }

  /** Takes back this computer's latest change, or the one of that step. */
  async undo(step?: number): Promise<void> {
    const { undone, change } = await moves.during(this.write("undo", step === undefined ? {} : { step }));
    const { text, hint } = undidOf(change, undone);
    this.toasts.show(text, null, hint);
  }

  async redo(): Promise<void> {
    const redone = await moves.during(this.write("redo", {}));
    const { verb, count, name } = redone.change;
    this.toasts.show(t(`did.${verb}`, { n: count, name: name ?? "" }), this.takeBack(redone));
  }

  /** Says that one is on a task, or no longer. */
  async onIt(id: string): Promise<void> {
    const mine = this.presence.isMine(id);
    await this.presence.tell(mine ? { off_it: id } : { on_it: id });
    await this.presence.read();
  }

  /** What the Undo beside an answer does: it takes back that change, whatever was done since. */
  takeBack(answer: { step?: number } | undefined): (() => void) | null {
    const step = answer?.step;
    return step === undefined ? null : () => this.attempt(this.undo(step));
  }

  /** Where a new task goes: into the open list, else where the service puts it. */
  target(): Partial<Input<"task_add">> {
    switch (this.view.kind) {
      case "list":
        return { list: this.view.list };
      case "space":
        return { space: this.view.space };
      case "tag":
        return { tags: [this.view.tag] };
      default:
        return {};
    }
  }

  async #doTo(ids: readonly string[], what: Deed, seen?: Record<string, string>): Promise<void> {
    this.#said(what, await this.write("task_do_many", { ids: [...ids], what, ...(seen ? { seen } : {}) }));
  }

  /** Who else sees the list that tasks were moved to. */
  #seenBy(task: Task): string | null {
    const people = this.group.othersIn(task.space.id).map((person) => person.name);
    return people.length === 0 ? null : t("list.seen", { n: people.length, people: names(people) });
  }

  #said(verb: Verb, answer: ManyChanged, did: Did = {}): void {
    const { tasks, skipped } = answer;
    this.receipts.follow(tasks.map((task) => task.id));
    const hint = [did.hint, skippedOf(skipped)].filter((part) => part).join(" ");
    if (tasks.length === 0 && skipped.length > 0) {
      this.toasts.show(skippedOf(skipped) ?? "", null);
      return;
    }
    const values = { n: tasks.length, name: tasks[0]?.title ?? "" };
    const text = did.text ?? t(`did.${verb}`, values);
    this.toasts.show(text, this.takeBack(answer), hint === "" ? null : hint);
  }
}
