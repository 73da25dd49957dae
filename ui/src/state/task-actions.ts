import type { Input } from "../api.ts";
import type { ManyChanged, Task, Verb } from "../generated/api.ts";
import { withoutKeys } from "../lib/locale.ts";
import { locale, t } from "../messages/index.ts";
import { Core } from "./core.svelte.ts";
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
    const hadLists = this.group.lists.length > 0;
    const { before, ...where } = place;
    // What was read as it was typed knows its list; a text does not.
    const task = await this.write(
      "task_add",
      typeof what === "string"
        ? {
            text: what,
            locale: withoutKeys(locale()),
            ...(where.parent ? where : { ...this.target(), ...where }),
          }
        : what,
      (added) => {
        if (where.after === undefined && before === undefined) this.rows?.append(added);
      },
    );
    if (before !== undefined) await this.write("task_arrange", { ids: [task.id], to: { before } });
    this.receipts.follow([task.id]);
    if (task.list.id === this.list || this.rows?.all.task(task.id)) return task;
    // It went where this view does not reach; the first task of all makes the first list, and that is opened.
    if (hadLists) this.toasts.show(t("toast.addedTo", { list: task.list.name }), this.takeBack);
    else this.open({ kind: "list", list: task.list.id });
    return task;
  }

  /** Adds a task a line, all or none. Throws what the field has to show. */
  async addLines(lines: string[], list?: string): Promise<void> {
    const { tags, ...where } = list === undefined ? this.target() : { list };
    const set = tags === undefined ? {} : { set: { tags } };
    await this.addMany({ lines, plain: true, outline: true, ...where, ...set });
  }

  async addMany(input: Input<"task_add_many">): Promise<void> {
    const added = await this.write("task_add_many", input);
    this.receipts.follow(added.map(({ id }) => id));
    this.toasts.show(t("toast.added", { n: added.length }), this.takeBack);
  }

  async toggle(...tasks: readonly Task[]): Promise<void> {
    const completes = tasks.some((task) => task.status === "open");
    const ids = tasks.filter((task) => (task.status === "open") === completes).map((task) => task.id);
    if (ids.length === 0) return;
    await this.changes.during(async () => {
      const answer = await this.api.call(completes ? "task_done" : "task_reopen", { ids });
      const changed = answer.filter((now) => ids.includes(now.id));
      for (const now of changed) {
        // Until it was read again an opened task stays where it lingers: a row that went and came back has lost the focus.
        if (completes || this.rows?.lingers(now.id)) this.rows?.linger(now);
      }
      await this.afterWrite();
      if (!completes) for (const now of changed) this.rows?.release(now.id);
    });
    this.#say(completes ? "complete" : "reopen", { n: ids.length, name: tasks[0]?.title ?? "" }, ids);
  }

  /** Throws what the field has to show. */
  async rename(task: Task, title: string): Promise<void> {
    await this.changes.during(async () => {
      const now = await this.api.call("task_edit", { id: task.id, title });
      this.rows?.patch([now]);
      await this.afterWrite();
    });
    this.receipts.follow([task.id]);
  }

  /** Changes one field or more of tasks: one action and one undo step. */
  async edit(ids: readonly string[], change: TaskChange): Promise<ManyChanged> {
    const answer = await this.write("task_edit_many", { ids: [...ids], ...change });
    // What is typed shows itself, letter by letter: a toast for it would be in the way.
    const typed = ["title", "notes"];
    if (Object.keys(change).some((field) => !typed.includes(field)))
      this.#said(verbOf(change), answer, didOf(change, answer.tasks));
    else this.receipts.follow(answer.tasks.map((task) => task.id));
    return answer;
  }

  /** Moves tasks to a list, below a task or to a place: one action and one undo step. */
  async arrange(ids: readonly string[], to: Arrangement): Promise<ManyChanged> {
    const answer = await this.write("task_arrange", { ids: [...ids], ...to });
    const [first] = answer.tasks;
    const moved = to.list !== undefined && first !== undefined;
    this.#said(
      moved ? "move" : "arrange",
      answer,
      moved ? { ...didOf({ list: to.list ?? "" }, answer.tasks), hint: this.#seenBy(first) } : {},
    );
    return answer;
  }

  async duplicate(ids: readonly string[]): Promise<void> {
    const copies = await this.write("task_duplicate", { ids: [...ids] });
    this.#say(
      "duplicate",
      { n: ids.length, name: copies[0]?.title ?? "" },
      copies.map((copy) => copy.id),
    );
  }

  async remove(tasks: readonly Task[]): Promise<void> {
    await this.removeAll(
      tasks.map((task) => task.id),
      tasks[0]?.title ?? "",
    );
  }

  /** Puts tasks into the trash; `name` is the title of the first. */
  async removeAll(ids: readonly string[], name: string): Promise<void> {
    await this.changes.during(async () => {
      await this.api.call("task_delete", { ids: [...ids] });
      for (const id of ids) this.rows?.release(id);
      await this.afterWrite();
    });
    if (this.panel && ids.includes(this.panel.id)) this.closePanel();
    this.receipts.follow(ids);
    this.toasts.show(t("toast.deleted", { n: ids.length, title: name }), () =>
      this.attempt(this.#bringBack([...ids])),
    );
  }

  async restore(ids: readonly string[], name: string): Promise<void> {
    await this.write("task_restore", { ids: [...ids] });
    this.#say("restore", { n: ids.length, name }, ids);
  }

  /** Keeps what is shown of edits that were merged. */
  async keep(ids: readonly string[]): Promise<void> {
    const kept = await this.write("task_keep", { ids: [...ids] });
    this.#say("keep", { n: kept.length, name: kept[0]?.title ?? "" }, ids);
  }

  async undo(): Promise<void> {
    const { undone, change } = await this.write("undo", {});
    const { text, hint } = undidOf(change, undone);
    this.toasts.show(text, null, hint);
  }

  async redo(): Promise<void> {
    const { change } = await this.write("redo", {});
    this.toasts.show(t(`did.${change.verb}`, { n: change.count, name: change.name ?? "" }), this.takeBack);
  }

  /** Says that one is on a task, or no longer. */
  async onIt(id: string): Promise<void> {
    const mine = this.presence.isMine(id);
    await this.presence.tell(mine ? { off_it: id } : { on_it: id });
    await this.presence.read();
  }

  protected readonly takeBack = (): void => this.attempt(this.undo());

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

  async #bringBack(ids: string[]): Promise<void> {
    await this.write("task_restore", { ids });
    this.toasts.dismiss();
  }

  /** Who else sees the list that tasks were moved to. */
  #seenBy(task: Task): string | null {
    const people = this.group.othersIn(task.space.id).map((person) => person.name);
    return people.length === 0 ? null : t("list.seen", { n: people.length, people: people.join(", ") });
  }

  #say(verb: Verb, values: Record<string, string | number>, ids: readonly string[]): void {
    this.receipts.follow(ids);
    this.toasts.show(t(`did.${verb}`, values), this.takeBack);
  }

  #said(verb: Verb, { tasks, skipped }: ManyChanged, did: Did): void {
    this.receipts.follow(tasks.map((task) => task.id));
    const hint = [did.hint, skippedOf(skipped)].filter((part) => part).join(" ");
    if (tasks.length === 0 && skipped.length > 0) {
      this.toasts.show(skippedOf(skipped) ?? "", null);
      return;
    }
    const values = { n: tasks.length, name: tasks[0]?.title ?? "" };
    this.toasts.show(did.text ?? t(`did.${verb}`, values), this.takeBack, hint === "" ? null : hint);
  }
}
