import { tick, untrack } from "svelte";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { toApiError, type Api, type Input, type OperationName, type Output } from "../api.ts";
import type { ApiError, HealthCondition, List, Overview, Task, WatchEvent } from "../generated/api.ts";
import { drawn } from "../drawn.ts";
import { dayOf } from "../lib/days.ts";
import { kept } from "../lib/same.ts";
import { whyNotSaved } from "../lib/saving.ts";
import { t } from "../messages/index.ts";
import { Changes, type Batch } from "./changes.ts";
import { clock } from "./clock.svelte.ts";
import type { ListControl } from "./control.ts";
import { Dialogs } from "./dialogs.svelte.ts";
import { Group } from "./group.svelte.ts";
import { listingsOf, type Listing, type Order } from "./listing.ts";
import { Navigation } from "./navigation.svelte.ts";
import type { Picker, PickerKind } from "./picker.svelte.ts";
import { PresenceStore } from "./presence.svelte.ts";
import { Receipts } from "./receipts.svelte.ts";
import { Rows } from "./rows.svelte.ts";
import { Selection } from "./selection.svelte.ts";
import { Sidebar } from "./drawer.svelte.ts";
import { SettingsStore } from "./settings.svelte.ts";
import { Toasts } from "./toasts.svelte.ts";
import { addsTasks, placeOf, type View } from "./view.ts";

/** The part of the panel that gets the focus. */
export type PanelPart = "title" | "notes" | "subtask" | "history" | "merged";

export interface OpenPanel {
  readonly id: string;
  /** Null leaves the focus where it is. */
  readonly part: PanelPart | null;
}

const RETRY_MS = 2000;
const REMARK_MS = 4000;

/** What the window knows and shows, and how it stays up to date. */
export class Core {
  view = $state.raw<View>({ kind: "today" });
  /** The rows of the view; null where it shows no tasks. */
  rows = $state.raw<Rows | null>(null);
  /** What of the view is done, below its rows. */
  doneRows = $state.raw<Rows | null>(null);
  /** Whether these are unfolded. */
  doneOpen = $state(false);
  /** Whether the view has a field that narrows it, and to what. */
  filtering = $state(false);
  filterText = $state("");
  overview = $state.raw<Overview | null>(null);
  /** The service does not answer. */
  lost = $state.raw<ApiError | null>(null);
  ready = $state(false);
  /** The task that is open in the panel. */
  panel = $state.raw<OpenPanel | null>(null);
  /** The picker that is open. */
  picker = $state.raw<Picker | null>(null);
  /** The keys of a sequence so far, while the next is awaited. */
  pendingKeys = $state("");
  /** The menu of all actions: what it opens beside. */
  menu = $state.raw<{ readonly kind: "task" | "view"; readonly anchor: HTMLElement | null } | null>(null);
  /** The palette, with what stands in its field. */
  palette = $state.raw<{ readonly text: string } | null>(null);
  /** The space that gets a new list, while its name is being typed. */
  newListIn = $state<string | null>(null);
  /** Whether the sidebar is put away, or in a narrow window is open over the list. */
  readonly sidebar = new Sidebar();
  /** A day that Upcoming is asked to show. */
  goToDay = $state<string | null>(null);
  /** Why what was tried cannot be done; shown in the status line for a moment. */
  remark = $state("");

  /** How far each view was scrolled and which row had the focus, for coming back to it. */
  readonly scrolled = new Map<string, number>();
  readonly cursors = new Map<string, string>();
  /** Tasks whose subtasks are folded away. */
  readonly folded = new SvelteSet<string>();
  /** Views that are not in the order of their places. */
  readonly orders = new SvelteMap<string, Order>();
  /** The list that is on the screen, for the keys. */
  control: ListControl | null = null;

  readonly group: Group;
  readonly toasts: Toasts;
  readonly dialogs = new Dialogs();
  readonly settings: SettingsStore;
  readonly presence: PresenceStore;
  readonly receipts: Receipts;
  readonly selection = new Selection();
  readonly navigation = new Navigation();
  protected readonly api: Api;
  protected readonly changes: Changes;
  readonly #heard = new Set<(batch: Batch) => void>();
  readonly #typed = new Set<() => Promise<unknown>>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tasksView: View = { kind: "today" };
  #remarkTimer: ReturnType<typeof setTimeout> | undefined;
  /** The view that was asked for before anything could be shown. */
  #asked: View | null = null;
  #day = "";
  #turn = 0;
  #unsubscribe: (() => void) | undefined;
  #starting: Promise<void> | undefined;
  /** The first rows of the view, on their way. */
  #reading: Promise<void> | undefined;

  constructor(api: Api) {
    this.api = api;
    this.group = new Group(api);
    this.settings = new SettingsStore(api);
    this.presence = new PresenceStore(api);
    this.toasts = new Toasts(() => this.settings.now.toasts_stay);
    this.receipts = new Receipts(api, () => this.group.computers.some((one) => one.online && !one.this));
    this.changes = new Changes((batch) => this.#refresh(batch));
  }

  /** Begins, if it does not just now; done when there is something to show, or when nothing answers. */
  async start(): Promise<void> {
    this.#starting ??= this.#begin().finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  /** Subscribes, then reads everything: no change falls between the two. */
  async #begin(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      // An effect that begins this is not one to begin it again.
      if (untrack(() => this.ready)) await this.readAll();
      else await this.#readFirst();
      this.lost = null;
      this.ready = true;
    } catch (thrown) {
      this.#lose(thrown);
    }
  }

  /** What is shown may be out of date: it says so, and all of it is read again in a moment. */
  #lose(thrown: unknown): void {
    this.lost = toApiError(thrown);
    clearTimeout(this.#retry);
    if (this.lost.retryable) this.#retry = setTimeout(() => void this.start(), RETRY_MS);
  }

  /** Subscribes, then reads what the first picture shows, in as few messages as it takes. */
  async #readFirst(): Promise<void> {
    const note = (event: WatchEvent): void => this.changes.note(event);
    this.#unsubscribe?.();
    this.#unsubscribe = await this.api.begin(note, () =>
      Promise.all([
        this.group.readStatus(),
        this.group.readLists(),
        this.group.readSpaceNames(),
        this.group.readComputers(),
        this.settings.read(),
        this.presence.read(),
        this.#readOverview(),
      ]),
    );
    await this.api.together(() => {
      if (this.#asked && !this.#isGone(this.#asked)) this.#show(this.#asked);
      else this.openFirst();
      return Promise.all([this.group.readMembers(), this.#reading]);
    });
  }

  stop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#remarkTimer);
    this.#unsubscribe?.();
    this.changes.stop();
    this.receipts.stop();
    this.rows?.stop();
    this.doneRows?.stop();
  }

  open(view: View): void {
    if (!this.ready) this.#asked = view;
    else this.navigation.leave(this.view);
    this.#show(view);
  }

  back(): void {
    const view = this.navigation.back(this.view);
    if (view) this.#show(view);
  }

  forward(): void {
    const view = this.navigation.forward(this.view);
    if (view) this.#show(view);
  }

  /** Searches for other words in the view of results that is open, or opens it. */
  search(text: string): void {
    if (this.view.kind !== "search") return this.open({ kind: "search", text });
    this.view = { kind: "search", text };
    this.#readAnew();
  }

  /** Narrows the view to tasks with some words; none shows all of it again. */
  filter(text: string): void {
    if (text === this.filterText) return;
    this.filterText = text;
    this.#readAnew();
  }

  /** The order of the open view. */
  get order(): Order {
    return this.orders.get(placeOf(this.view)) ?? "place";
  }

  setOrder(order: Order): void {
    this.orders.set(placeOf(this.view), order);
    this.#readAnew();
  }

  showDone(shown: boolean): void {
    this.doneOpen = shown;
  }

  /** Opens a task in the panel. */
  openTask(id: string, part: PanelPart | null = null): void {
    this.panel = { id, part };
  }

  /** Opens the task of an id or of the short handle that people pass on; one that there is none of says so in its place. */
  async openNamed(name: string): Promise<void> {
    const named = await this.api.call("task_show", { id: name }).catch(() => null);
    this.openTask(named?.id ?? name);
  }

  closePanel(): void {
    this.panel = null;
  }

  /** Opens a picker for tasks, beside an element that has the focus again afterwards. */
  openPicker(kind: PickerKind, ids: readonly string[], anchor: HTMLElement | null = null): void {
    // With nothing to set nothing would be drawn, and all keys would wait for it.
    if (ids.length > 0) this.picker = { kind, ids, anchor };
  }

  /** Opens a picker for a day or a list that changes no task: the value is given to `chosen`. */
  choose(kind: "date" | "list", anchor: HTMLElement | null, chosen: (value: string) => void): void {
    this.picker = { kind, ids: [], anchor, chosen };
  }

  closePicker(): void {
    const anchor = this.picker?.anchor;
    this.picker = null;
    if (anchor?.isConnected) anchor.focus();
  }

  /** Closes whatever lies over the window. */
  closeOverlays(): void {
    this.palette = null;
    this.menu = null;
    this.picker = null;
    this.dialogs.close();
  }

  /** Takes the field that narrows the view away, and shows all of it. */
  endFilter(): void {
    this.filtering = false;
    this.filter("");
  }

  /** Tasks in the order in which the view shows them; those that were not read come last, as they were. */
  inOrder(ids: Iterable<string>): string[] {
    const left = new Set(ids);
    const shown = this.known.filter(({ id }) => left.delete(id)).map(({ id }) => id);
    return [...shown, ...left];
  }

  /** The tasks of the view that were read. */
  get known(): Task[] {
    return [...(this.rows?.all.known ?? []), ...(this.doneRows?.all.known ?? [])];
  }

  /** Those of some tasks that the view shows, as far as it was read. */
  inSight(ids: readonly string[]): string[] {
    const rows = [this.rows, this.doneOpen ? this.doneRows : null];
    const shown = new Set(rows.flatMap((of) => of?.all.known ?? []).map(({ id }) => id));
    return ids.filter((id) => shown.has(id));
  }

  /** Something was done to tasks: those that went out of the view are not selected any more. */
  keepSelected(ids: readonly string[]): void {
    if (this.selection.size > 0) this.selection.drop(ids, this.inSight(ids));
  }

  /** Goes back to the tasks that were shown last where a new one can be typed. */
  openTasks(): void {
    if (addsTasks(this.view)) return;
    this.open(this.#isGone(this.#tasksView) ? { kind: "today" } : this.#tasksView);
  }

  /** The list that is open, if one is. */
  get list(): string | null {
    return this.view.kind === "list" ? this.view.list : null;
  }

  /** The open space, or that of the open list. */
  get openSpace(): string | undefined {
    return this.view.kind === "space" ? this.view.space : this.group.list(this.list ?? "")?.space.id;
  }

  /** The space that new lists go to: that of the open list, else one's own. */
  get homeSpace(): string | null {
    return this.openSpace ?? this.group.spaces.find((space) => space.kind === "mine")?.id ?? null;
  }

  /** Says for a moment in the status line why something cannot be done. */
  note(text: string): void {
    clearTimeout(this.#remarkTimer);
    this.remark = text;
    this.#remarkTimer = setTimeout(() => (this.remark = ""), REMARK_MS);
  }

  get health(): readonly HealthCondition[] {
    return this.group.status?.health ?? [];
  }

  /** Why nothing can be written here, or null where it can. */
  whyNotWrite(space: string | undefined): string | null {
    const unsaved = whyNotSaved(this.health);
    if (unsaved) return t(unsaved);
    return this.group.mayWrite(space) ? null : t("task.viewer");
  }

  /** Any other operation that changes nothing shown here. */
  async call<K extends OperationName>(operation: K, input: Input<K>): Promise<Output<K>> {
    return await this.api.call(operation, input);
  }

  /**
   * An operation that changes tasks or lists: what is shown is read again before it answers, and it answers also where
   * that fails. `show` shows the answer at once, and reading waits until that is drawn.
   */
  async write<K extends OperationName>(
    operation: K,
    input: Input<K>,
    show?: (answer: Output<K>) => void,
  ): Promise<Output<K>> {
    return await this.changes.during(async () => {
      const answer = await this.api.call(operation, input);
      if (show) {
        show(answer);
        await drawn();
      }
      await this.api.together(() => this.afterWrite());
      return answer;
    });
  }

  /** Names what keeps a text that is being typed, for when the app ends. What it gives ends that. */
  beforeEnd(keep: () => Promise<unknown>): () => void {
    this.#typed.add(keep);
    return () => this.#typed.delete(keep);
  }

  /** Keeps what is being typed, as leaving its field does; done when it is kept. */
  async finish(): Promise<void> {
    const field = document.activeElement;
    if (field instanceof HTMLElement) field.blur();
    await Promise.allSettled([...this.#typed].map((keep) => keep()));
    await tick();
    await this.changes.idle();
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

  /** The day has changed: views that are about days show other tasks. */
  checkDay(): void {
    const day = dayOf(clock.now);
    if (this.#day !== "" && this.#day !== day) {
      if (this.rows) this.#readAnew();
      // What is due today is counted beside every view, also beside those that show no tasks.
      this.attempt(this.#readOverview());
    }
    this.#day = day;
  }

  /** What was written stays written where reading again fails: that is for a banner, and not for who wrote. */
  protected async afterWrite(): Promise<void> {
    try {
      await this.#readWith(
        [this.rows?.reread(), this.doneRows?.reread()],
        [this.group.readLists(), this.#readOverview()],
      );
      this.navigation.drop((view) => this.#isGone(view));
    } catch (thrown) {
      this.#lose(thrown);
    }
  }

  protected async readAll(): Promise<void> {
    const open = this.group.list(this.list ?? "");
    await this.#readWith(
      [this.rows?.startOver(), this.doneRows?.startOver()],
      [
        this.group.readStatus(),
        this.group.readLists(),
        this.group.readSpaces(),
        this.group.readComputers(),
        this.settings.read(),
        this.presence.read(),
        this.#readOverview(),
      ],
    );
    this.#leaveGone(open);
  }

  /** Reads rows of the view together with the rest. A view that turns out to be gone has no rows, and misses none. */
  async #readWith(
    rows: readonly (Promise<void> | undefined)[],
    rest: readonly (Promise<void> | undefined)[],
  ): Promise<void> {
    const [shown, known] = await Promise.allSettled([Promise.all(rows), Promise.all(rest)]);
    if (known.status === "rejected") throw known.reason;
    if (shown.status === "rejected" && !this.#isGone(this.view)) throw shown.reason;
  }

  protected openFirst(): void {
    const first = this.group.spaces.flatMap((space) => this.group.listsOf(space.id))[0];
    this.#show(first ? { kind: "list", list: first.id } : { kind: "today" });
  }

  #show(view: View): void {
    this.view = view;
    this.filterText = "";
    this.filtering = false;
    this.selection.clear();
    if (addsTasks(view)) this.#tasksView = view;
    this.doneOpen = this.settings.now.show_done || view.kind === "search";
    this.#readRows();
  }

  /** New rows for the view as it is now; those that were there end. */
  #readRows(): void {
    const { rows, done } = this.#newRows();
    this.#put(rows, done);
    // What is done waits until what is not is here: it is looked at less.
    this.#reading = rows?.show(0, 1);
    const read = async (): Promise<void> => {
      try {
        await this.#reading;
        await done?.show(0, 1);
      } catch (thrown) {
        if (this.rows === rows && this.#isGone(this.view)) this.openFirst();
        throw thrown;
      }
    };
    this.attempt(read());
  }

  /** New rows for the same view; those that were there stay on the screen until these are read. */
  #readAnew(): void {
    const { rows, done } = this.#newRows();
    const turn = ++this.#turn;
    const read = async (): Promise<void> => {
      await Promise.all([rows?.show(0, 1), done?.show(0, 1)]);
      if (turn === this.#turn) this.#put(rows, done);
    };
    this.attempt(read());
  }

  #put(rows: Rows | null, done: Rows | null): void {
    this.#turn++;
    this.rows?.stop();
    this.doneRows?.stop();
    this.rows = rows;
    this.doneRows = done;
  }

  #newRows(): { rows: Rows | null; done: Rows | null } {
    this.#day = dayOf(clock.now);
    const listings = listingsOf(this.view, this.filterText, this.order, clock.now);
    const rows = listings && this.#rowsOf(listings.main, NONE);
    const hidden = (): ReadonlySet<string> => rows?.lingering ?? EMPTY;
    return { rows, done: listings?.done ? this.#rowsOf(listings.done, hidden) : null };
  }

  #rowsOf(listing: Listing, hidden: () => ReadonlySet<string>): Rows {
    return new Rows(this.api, listing, {
      nameOf: (author) => this.group.nameOf(author),
      isThis: (author) => this.group.isThis(author),
      now: () => clock.now,
      folded: () => this.folded,
      hidden,
      left: (ids) => this.keepSelected(ids),
    });
  }

  async #readOverview(): Promise<void> {
    this.overview = kept(this.overview, await this.api.call("overview", {}));
  }

  /** Whether what a view shows is not there any more. */
  #isGone(view: View): boolean {
    if (view.kind === "list") return this.group.list(view.list) === undefined;
    return view.kind === "space" && this.group.space(view.space) === undefined;
  }

  /** Leaves what somebody else took away, and says so; `open` is the list that was open before. */
  #leaveGone(open: List | undefined): void {
    this.navigation.drop((view) => this.#isGone(view));
    if (!this.#isGone(this.view)) return;
    this.openFirst();
    if (!open) return;
    const text = t("list.taken", { list: open.name });
    this.toasts.announce(text);
    this.note(text);
  }

  async #refresh(batch: Batch): Promise<void> {
    const { kinds, tasks } = batch;
    const open = this.group.list(this.list ?? "");
    for (const listener of this.#heard) listener(batch);
    try {
      if (kinds.has("resync")) {
        await this.readAll();
        this.lost = null;
        return;
      }
      const space = kinds.has("space");
      const list = space || kinds.has("list");
      const reads: Promise<void>[] = [];
      const rows: (Promise<void> | undefined)[] = [];
      if (kinds.has("task") || list) {
        reads.push(this.group.readLists(), this.#readOverview());
        rows.push(this.rows?.rereadFor(tasks), this.doneRows?.rereadFor(tasks));
      }
      if (space) reads.push(this.group.readSpaces());
      if (space || kinds.has("computer")) reads.push(this.group.readComputers());
      // Who comes or goes may have what cannot be saved here.
      const told = kinds.has("health") || (kinds.has("computer") && Boolean(this.group.status?.safe));
      if (space || told) reads.push(this.group.readStatus());
      if (kinds.has("settings")) reads.push(this.settings.read());
      if (kinds.has("presence")) reads.push(this.presence.read());
      if (kinds.has("computer")) this.receipts.askAgain();
      await this.#readWith(rows, reads);
      if (list) this.#leaveGone(open);
      this.lost = null;
    } catch (thrown) {
      this.#lose(thrown);
    }
  }
}

const NONE = (): ReadonlySet<string> => EMPTY;
const EMPTY: ReadonlySet<string> = new Set();
