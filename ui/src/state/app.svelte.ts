import { createContext } from "svelte";
import { toApiError, type Api, type Input, type OperationName, type Output } from "../api.ts";
import type { ApiError, HealthCondition, Invitation, ManyChanged, Task } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import { Changes, type Batch } from "./changes.ts";
import { Dialogs } from "./dialogs.svelte.ts";
import { Group } from "./group.svelte.ts";
import type { Picker, PickerKind } from "./picker.svelte.ts";
import { PresenceStore } from "./presence.svelte.ts";
import { Rows, type Filter } from "./rows.svelte.ts";
import { SettingsStore } from "./settings.svelte.ts";
import { Toasts } from "./toasts.svelte.ts";
import { hasTasks, type View } from "./view.ts";

export type { View } from "./view.ts";

/** Fields of tasks that change together; those that are not named stay as they are. */
export type TaskChange = Omit<Input<"task_edit_many">, "ids">;

/** The part of the panel that gets the focus. */
export type PanelPart = "title" | "notes" | "subtask" | "history" | "merged";

export interface OpenPanel {
  readonly id: string;
  /** Null leaves the focus where it is. */
  readonly part: PanelPart | null;
}

const RETRY_MS = 2000;

/** What the window knows and does. Each action is one operation of the service; none has logic of its own. */
export class App {
  view = $state.raw<View>({ kind: "today" });
  /** The rows of the open list or of Today. */
  rows = $state.raw<Rows | null>(null);
  /** Done tasks of the open list, the latest first, once they were asked for. */
  done = $state.raw<readonly Task[] | null>(null);
  /** The invitation whose code is shown. */
  invitation = $state.raw<Invitation | null>(null);
  invitationMine = $state(false);
  invitationUsed = $state(false);
  /** The service does not answer. */
  lost = $state.raw<ApiError | null>(null);
  ready = $state(false);
  /** The task that is open in the panel. */
  panel = $state.raw<OpenPanel | null>(null);
  /** The picker that is open. */
  picker = $state.raw<Picker | null>(null);

  /** How far each view was scrolled, for coming back to it. */
  readonly scrolled = new Map<string, number>();

  readonly group: Group;
  readonly toasts = new Toasts();
  readonly dialogs = new Dialogs();
  readonly settings: SettingsStore;
  readonly presence: PresenceStore;
  readonly #api: Api;
  readonly #changes: Changes;
  readonly #heard = new Set<(batch: Batch) => void>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tasksView: View = { kind: "today" };
  #invited: Input<"invite"> = {};
  #unsubscribe: (() => void) | undefined;

  constructor(api: Api) {
    this.#api = api;
    this.group = new Group(api);
    this.settings = new SettingsStore(api);
    this.presence = new PresenceStore(api);
    this.#changes = new Changes((batch) => this.#refresh(batch));
  }

  /** Subscribes, then reads everything: no change falls between the two. */
  async start(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      this.#unsubscribe ??= await this.#api.subscribe((event) => this.#changes.note(event));
      await this.#readAll();
      if (!this.ready) this.#openFirst();
      this.lost = null;
      this.ready = true;
    } catch (thrown) {
      this.lost = toApiError(thrown);
      if (this.lost.retryable) this.#retry = setTimeout(() => void this.start(), RETRY_MS);
    }
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#unsubscribe?.();
    this.#changes.stop();
    this.rows?.stop();
  }

  open(view: View): void {
    this.rows?.stop();
    this.view = view;
    this.done = null;
    if (hasTasks(view)) this.#tasksView = view;
    const filter = filterOf(view);
    this.rows = filter && new Rows(this.#api, filter, (author) => this.group.nameOf(author));
    this.attempt(this.rows?.show(0, 1));
  }

  /** Opens a task in the panel. */
  openTask(id: string, part: PanelPart | null = null): void {
    this.panel = { id, part };
  }

  closePanel(): void {
    this.panel = null;
  }

  /** Opens a picker for tasks, beside an element that has the focus again afterwards. */
  openPicker(kind: PickerKind, ids: readonly string[], anchor: HTMLElement | null = null): void {
    this.picker = { kind, ids, anchor };
  }

  closePicker(): void {
    const anchor = this.picker?.anchor;
    this.picker = null;
    if (anchor?.isConnected) anchor.focus();
  }

  /** Changes one field or more of tasks: one action and one undo step. */
  async edit(ids: readonly string[], change: TaskChange): Promise<ManyChanged> {
    return await this.#write("task_edit_many", { ids: [...ids], ...change });
  }

  /** Moves tasks to a list, below a task or to a place: one action and one undo step. */
  async arrange(ids: readonly string[], to: Omit<Input<"task_arrange">, "ids">): Promise<ManyChanged> {
    return await this.#write("task_arrange", { ids: [...ids], ...to });
  }

  /** Goes back to the tasks that were shown last, where a new one can be typed. */
  openTasks(): void {
    if (!this.rows) this.open(this.#tasksView);
  }

  /** The list that is open, if one is. */
  get list(): string | null {
    return this.view.kind === "list" ? this.view.list : null;
  }

  get health(): readonly HealthCondition[] {
    return this.group.status?.health ?? [];
  }

  /** Why nothing can be written here, or null where it can. */
  whyNotWrite(space: string | undefined): string | null {
    if (this.health.some((condition) => condition.code === "disk_full")) return t("status.disk");
    if (this.health.some((condition) => condition.code === "read_only")) return t("status.readOnly");
    return this.group.mayWrite(space) ? null : t("task.viewer");
  }

  /** Adds one task from quick-add text, as it stands. Throws what the field has to show. */
  async addTask(text: string): Promise<void> {
    const hadLists = this.group.lists.length > 0;
    const task = await this.#write("task_add", { text, ...this.#target() });
    if (task.list.id === this.list || this.rows?.all.some((row) => row?.id === task.id)) return;
    // It went where this view does not reach; the first task of all makes the first list, and that is opened.
    if (hadLists) this.toasts.show(t("toast.addedTo", { list: task.list.name }), this.#undo);
    else this.open({ kind: "list", list: task.list.id });
  }

  /** Adds a task a line, all or none. Throws what the field has to show. */
  async addLines(lines: string[]): Promise<void> {
    const added = await this.#write("task_add_many", { lines, plain: true, ...this.#target() });
    this.toasts.show(t("toast.added", { n: added.length }), this.#undo);
  }

  async toggle(task: Task): Promise<void> {
    const completes = task.status === "open";
    await this.#changes.during(async () => {
      const answer = await this.#api.call(completes ? "task_done" : "task_reopen", { ids: [task.id] });
      const now = answer.find((changed) => changed.id === task.id);
      // Until it was read again an opened task stays where it lingers: a row that went and came back has lost the focus.
      if (now && (completes || this.rows?.lingers(task.id))) this.rows?.linger(now);
      await this.#afterWrite();
      if (now && !completes) this.rows?.release(task.id);
    });
  }

  /** Throws what the field has to show. */
  async rename(task: Task, title: string): Promise<void> {
    await this.#changes.during(async () => {
      const now = await this.#api.call("task_edit", { id: task.id, title });
      this.rows?.patch(now);
      await this.#afterWrite();
    });
  }

  async remove(tasks: readonly Task[]): Promise<void> {
    const ids = tasks.map((task) => task.id);
    await this.#changes.during(async () => {
      await this.#api.call("task_delete", { ids });
      for (const id of ids) this.rows?.release(id);
      await this.#afterWrite();
    });
    this.toasts.show(t("toast.deleted", { n: ids.length, title: tasks[0]?.title ?? "" }), () =>
      this.attempt(this.#restore(ids)),
    );
  }

  async undo(): Promise<void> {
    const { undone } = await this.#write("undo", {});
    this.toasts.show(t("toast.undone", { what: undone }));
  }

  async addList(name: string, space: string | undefined): Promise<void> {
    const list = await this.#write("list_add", { name, ...(space ? { space } : {}) });
    this.open({ kind: "list", list: list.id });
  }

  async renameList(list: string, name: string): Promise<void> {
    await this.#write("list_rename", { list, name });
  }

  async removeList(list: string): Promise<void> {
    const gone = await this.#write("list_delete", { list });
    if (this.list === list) this.#openFirst();
    this.toasts.show(t("toast.listDeleted", { list: gone.name }), this.#undo);
  }

  async renameSelf(person: string, computer: string): Promise<void> {
    this.group.status = await this.#write("init", { person, computer });
    await Promise.all([this.group.readComputers(), this.group.readSpaces()]);
  }

  /** Adds a shared space, with a first list so that those who join find a place to write. */
  async addSpace(name: string): Promise<string> {
    const space = await this.#write("space_add", { name });
    await this.#write("list_add", { name: t("side.firstList"), space: space.id });
    await this.group.readSpaces();
    return space.id;
  }

  async invite(input: Input<"invite">): Promise<void> {
    this.invitation = await this.#api.call("invite", input);
    this.#invited = input;
    this.invitationMine = input.mine === true;
    this.invitationUsed = false;
  }

  /** Asks whether the code that is shown is still open. */
  async checkInvitation(): Promise<void> {
    const shown = this.invitation;
    if (!shown || this.invitationUsed) return;
    const open = await this.#api.call("invitations_show", {});
    if (this.invitation !== shown || Date.parse(shown.expires_at) <= Date.now()) return;
    this.invitationUsed = !open.some((other) => other.number === numberOf(shown));
  }

  /** Closes the invitation whose code is shown. */
  async withdraw(): Promise<void> {
    const shown = this.invitation;
    this.invitation = null;
    if (!shown || this.invitationUsed || Date.parse(shown.expires_at) <= Date.now()) return;
    await this.#api.call("invite_cancel", { number: numberOf(shown) });
  }

  /** Closes it and shows another code for the same. */
  async inviteAgain(): Promise<void> {
    await this.withdraw();
    await this.invite(this.#invited);
  }

  /** Joins with a code and opens what was joined. Throws what the field has to show. */
  async join(code: string, address: string, onProgress: (done: number) => void): Promise<void> {
    const input = { code, ...(address ? { address } : {}) };
    const joined = await this.#api.call("join", input, (progress) => onProgress(progress.done));
    await this.#readAll();
    const list = this.group.listsOf(joined.space.id)[0];
    if (list) this.open({ kind: "list", list: list.id });
    this.toasts.show(t("toast.joined", { n: joined.tasks, space: joined.space.name }));
  }

  async showDone(shown: boolean): Promise<void> {
    this.done = shown ? [] : null;
    await this.#readDone();
  }

  /** Any other operation that changes nothing shown here. */
  async call<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>> {
    return await this.#api.call(operation, input);
  }

  /** Any other operation that changes tasks: what is shown is read again before it answers. */
  async write<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>> {
    return await this.#write(operation, input);
  }

  /** Tells of what changed, from here or elsewhere, whoever shows more than the rows. What it gives ends that. */
  hear(listener: (batch: Batch) => void): () => void {
    this.#heard.add(listener);
    return () => this.#heard.delete(listener);
  }

  /** Runs what nobody waits for; a failure becomes a toast. */
  attempt(work: Promise<unknown> | undefined): void {
    work?.catch((thrown: unknown) => this.toasts.fail(thrown));
  }

  readonly #undo = (): void => this.attempt(this.undo());

  async #restore(ids: string[]): Promise<void> {
    await this.#write("task_restore", { ids });
    this.toasts.dismiss();
  }

  async #write<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>> {
    return await this.#changes.during(async () => {
      const answer = await this.#api.call(operation, input);
      await this.#afterWrite();
      return answer;
    });
  }

  async #afterWrite(): Promise<void> {
    await Promise.all([this.rows?.reread(), this.#readDone(), this.group.readLists()]);
  }

  async #readDone(): Promise<void> {
    const list = this.list;
    if (!this.done || !list) return;
    const all = await this.#api.call("task_list", { list, done: true });
    if (!this.done || list !== this.list) return;
    const at = (task: Task): string => task.completed_at ?? "";
    this.done = all.filter((task) => task.status !== "open").sort((a, b) => (at(a) < at(b) ? 1 : -1));
  }

  async #readAll(): Promise<void> {
    await Promise.all([
      this.group.readStatus(),
      this.group.readLists(),
      this.group.readSpaces(),
      this.group.readComputers(),
      this.settings.read(),
      this.presence.read(),
      this.rows?.startOver(),
      this.#readDone(),
    ]);
  }

  async #refresh(batch: Batch): Promise<void> {
    const { kinds, tasks } = batch;
    for (const listener of this.#heard) listener(batch);
    try {
      if (kinds.has("resync")) return await this.#readAll();
      const space = kinds.has("space");
      const list = space || kinds.has("list");
      const reads: (Promise<void> | undefined)[] = [];
      if (kinds.has("task") || list)
        reads.push(this.group.readLists(), this.rows?.rereadFor(tasks), this.#readDone());
      if (space) reads.push(this.group.readSpaces());
      if (space || kinds.has("computer")) reads.push(this.group.readComputers());
      if (space || kinds.has("health")) reads.push(this.group.readStatus());
      if (kinds.has("settings")) reads.push(this.settings.read());
      if (kinds.has("presence")) reads.push(this.presence.read());
      await Promise.all(reads);
      if (this.list && !this.group.list(this.list)) this.#openFirst();
      this.lost = null;
    } catch (thrown) {
      this.lost = toApiError(thrown);
    }
  }

  #openFirst(): void {
    const first = this.group.spaces.flatMap((space) => this.group.listsOf(space.id))[0];
    this.open(first ? { kind: "list", list: first.id } : { kind: "today" });
  }

  /** Where a new task goes: into the open list, else where the service puts it. */
  #target(): { list?: string } {
    return this.list ? { list: this.list } : {};
  }
}

function filterOf(view: View): Filter | null {
  if (view.kind === "list") return { list: view.list };
  return view.kind === "today" ? { due: "today" } : null;
}

/** The number in front of a code's words. */
function numberOf(invitation: Invitation): number {
  return Number.parseInt(invitation.code, 10);
}

export const [getApp, setApp] = createContext<App>();
