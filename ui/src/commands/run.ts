/** What each command does. */
import { tick } from "svelte";
import type { Task } from "../generated/api.ts";
import { focusPart } from "../lib/parts.ts";
import { nextZoom } from "../look.ts";
import { t } from "../messages/index.ts";
import { closeWindow, quit } from "../shell.ts";
import type { App } from "../state/app.svelte.ts";
import { addsTasks, isOrdered, type View } from "../state/view.ts";
import { indent, move, outdent } from "./arrange.ts";
import type { CommandId, ElsewhereId, EntryId } from "./table.ts";

type Run = (app: App) => unknown;

/**
 * The tasks that a command is for: in the panel the subtask that has the focus, else the open task; in the list the
 * selection, else the row.
 */
export function targetsOf(app: App): string[] {
  const focused = document.activeElement;
  if (app.panel && focused?.closest("[data-part=panel]"))
    return [focused.closest<HTMLElement>("[data-subtask]")?.dataset.subtask ?? app.panel.id];
  if (app.selection.size > 0) return [...app.selection.ids];
  const id = app.control?.current?.id ?? app.panel?.id;
  return id === undefined ? [] : [id];
}

/** Those of them whose data is here. */
export function tasksOf(app: App): Task[] {
  const ids = new Set(targetsOf(app));
  return app.known.filter(({ id }) => ids.has(id));
}

/** Whether a command has something to do now. */
export function isOffered(id: CommandId, app: App): boolean {
  const trash = app.view.kind === "trash";
  if (id === "restore") return trash && targetsOf(app).length > 0;
  if (trash && !IN_TRASH.has(id) && TASK.has(id)) return false;
  if (TASK.has(id)) return targetsOf(app).length > 0;
  if (id === "keep" || id === "next_merged") return (app.rows?.all.known ?? []).some(isMerged);
  if (id === "back") return app.navigation.canBack;
  if (id === "forward") return app.navigation.canForward;
  if (id === "order") return app.rows !== null && isOrdered(app.view);
  if (id === "show_done") return app.doneRows !== null;
  if (["select_all", "new_below"].includes(id)) return app.rows !== null;
  return true;
}

/**
 * Tells why a command cannot do its work, or null, for the tasks that are meant when this is first asked. Of several
 * tasks those that may only be read are left out.
 */
export function stuckFor(app: App): (id: CommandId) => string | null {
  let space: string | undefined | null = null;
  const spaceOfTask = (): string | undefined => {
    const [task = ""] = targetsOf(app);
    return (app.rows?.all.task(task) ?? app.doneRows?.all.task(task))?.space.id;
  };
  return (id) => {
    const unsaved = app.whyNotWrite(undefined);
    if (["undo", "redo", "compact"].includes(id)) return unsaved;
    if (id === "new_list") return app.whyNotWrite(app.homeSpace ?? undefined);
    if (ADDS.has(id)) return addsTasks(app.view) ? app.whyNotWrite(app.openSpace) : unsaved;
    if (id !== "keep" && (!TASK.has(id) || READS.has(id))) return null;
    if (unsaved !== null || app.selection.size > 0) return unsaved;
    if (space === null) space = spaceOfTask();
    return app.whyNotWrite(space);
  };
}

/** Whether the task that is meant has subtasks to fold away, or that are. */
export function hasFold(app: App, folds: boolean): boolean {
  const task = app.control?.current;
  if (!task || targetsOf(app).join() !== task.id || !isInTree(app, task)) return false;
  return folds ? task.subtasks_total > 0 && !app.folded.has(task.id) : app.folded.has(task.id);
}

/** Among the done tasks none stands below another, so there is nothing to fold. */
function isInTree({ rows }: App, { id }: Task): boolean {
  return rows?.listing.tree === true && rows.all.task(id) !== undefined;
}

const IN_TRASH: ReadonlySet<CommandId> = new Set<CommandId>([
  "open",
  "select",
  "history",
  "restore",
  "copy_link",
  "actions",
]);

const ADDS: ReadonlySet<CommandId> = new Set<CommandId>(["new_task", "new_below", "new_above"]);

/** What tasks can be asked for though nothing can be saved. Notes are opened, and who is on a task is not kept. */
const READS: ReadonlySet<CommandId> = new Set<CommandId>([
  "open",
  "select",
  "history",
  "notes",
  "copy_link",
  "actions",
  "on_it",
  "unfold",
  "fold",
]);

function picker(kind: "date" | "list" | "who" | "computer" | "tags"): Run {
  return (app) => {
    const ids = app.inOrder(targetsOf(app));
    if (ids.length > 0) app.openPicker(kind, ids, anchorOf(app));
  };
}

function priority(value: number): Run {
  return (app) => write(app, (ids) => app.edit(ids, { priority: value }));
}

function open(view: View): Run {
  return (app) => app.open(view);
}

function panel(part: "notes" | "history" | "merged" | null): Run {
  return (app) => {
    const [id] = targetsOf(app);
    if (id !== undefined) app.openTask(id, part);
  };
}

const RUN: Readonly<Record<Exclude<CommandId, EntryId | ElsewhereId>, Run>> = {
  next: (app) => app.control?.go(app.control.at + 1),
  previous: (app) => app.control?.go(app.control.at < 0 ? app.control.size - 1 : app.control.at - 1),
  next_group: (app) => app.control?.part(1),
  previous_group: (app) => app.control?.part(-1),
  first: (app) => app.control?.go(0),
  last: (app) => app.control?.go(app.control.size - 1),
  page_down: (app) => app.control?.go(app.control.at + app.control.page),
  page_up: (app) => app.control?.go(app.control.at - app.control.page),
  open: panel(null),
  unfold: (app) => fold(app, false),
  fold: (app) => fold(app, true),
  next_part: () => focusPart(1),
  previous_part: () => focusPart(-1),
  back: (app) => app.back(),
  forward: (app) => app.forward(),

  select: (app) => {
    const task = app.control?.current;
    if (task) app.selection.toggle(task.id);
  },
  extend_next: (app) => app.control?.extend(app.control.at + 1),
  extend_previous: (app) => app.control?.extend(app.control.at - 1),
  extend_first: (app) => app.control?.extend(0),
  extend_last: (app) => app.control?.extend(app.control.size - 1),
  select_all: (app) => app.control?.selectAll(),
  out: (app) => stepOut(app),

  move_up: (app) => write(app, (ids) => move(app, ids, -1)),
  move_down: (app) => write(app, (ids) => move(app, ids, 1)),
  indent: (app) => write(app, (ids) => indent(app, ids)),
  outdent: (app) => write(app, (ids) => outdent(app, ids)),
  duplicate: (app) => write(app, (ids) => app.duplicate(ids)),

  done: (app) => write(app, (ids) => done(app, ids)),
  restore: (app) => write(app, (ids) => leave(app, app.restore(ids))),
  on_it: (app) => {
    const [id] = targetsOf(app);
    return id === undefined ? undefined : app.onIt(id);
  },
  schedule: picker("date"),
  move: picker("list"),
  who: picker("who"),
  computer: picker("computer"),
  tags: picker("tags"),
  priority_1: priority(1),
  priority_2: priority(2),
  priority_3: priority(3),
  priority_0: priority(0),
  history: panel("history"),
  notes: panel("notes"),
  next_merged: (app) => nextMerged(app),
  keep: (app) => write(app, (ids) => app.keep(ids)),
  copy_link: (app) => copyLinks(app),
  delete: (app) => write(app, (ids) => leave(app, app.removeAll(ids))),

  show_done: async (app) => {
    const shown = !app.doneOpen;
    app.showDone(shown);
    if (app.whyNotWrite(undefined) === null) await app.settings.change({ show_done: shown });
  },
  compact: (app) =>
    app.settings.change({ density: app.settings.now.density === "compact" ? "comfortable" : "compact" }),
  order: (app) => app.setOrder(app.order === "due" ? "place" : "due"),
  filter: (app) => find(app),
  actions: (app) => (app.menu = { kind: "task", anchor: anchorOf(app) }),
  sidebar: (app) => {
    if (matchMedia("(max-width: 899px)").matches) app.sidebar.open = !app.sidebar.open;
    else app.sidebar.away = !app.sidebar.away;
  },
  zoom_in: (app) => app.settings.change({ zoom: nextZoom(app.settings.now.zoom, 1) }),
  zoom_out: (app) => app.settings.change({ zoom: nextZoom(app.settings.now.zoom, -1) }),
  zoom_reset: (app) => app.settings.change({ zoom: 100 }),
  sheet: (app) => app.dialogs.open("keys"),

  new_task: (app) => newTask(app, "end"),
  new_below: (app) => newTask(app, "below"),
  new_above: (app) => newTask(app, "above"),
  new_subtask: (app) => newTask(app, "subtask"),
  rename: (app) => {
    const task = app.control?.current;
    if (task) app.control?.rename(task.id);
  },
  new_list: (app) => {
    app.sidebar.away = false;
    app.sidebar.open = matchMedia("(max-width: 899px)").matches;
    app.newListIn = app.homeSpace;
  },
  undo: (app) => app.undo(),
  redo: (app) => app.redo(),

  palette: (app) => (app.palette = { text: "" }),
  go_inbox: (app) => {
    const { inbox } = app.group;
    if (inbox) app.open({ kind: "list", list: inbox.id });
  },
  go_today: open({ kind: "today" }),
  go_upcoming: open({ kind: "upcoming" }),
  go_me: open({ kind: "me" }),
  go_all: open({ kind: "all" }),
  go_done: open({ kind: "done" }),
  go_trash: open({ kind: "trash" }),
  go_computers: open({ kind: "computers" }),
  go_list: (app) => (app.palette = { text: "+" }),
  go_date: (app) =>
    app.choose("date", document.querySelector("[data-testid=go-to-date]"), (day) => {
      app.open({ kind: "upcoming" });
      app.goToDay = day;
    }),
  go_add: open({ kind: "add" }),
  go_settings: open({ kind: "settings" }),
  check_network: (app) => {
    app.open({ kind: "computers" });
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-testid=check-network]")?.click());
  },
  close_window: () => closeWindow(),
  quit: () => quit(),
};

/** Those that mean the same for a row of a list and for the task that is open. */
export const OF_ONE_TASK: readonly CommandId[] = [
  "done",
  "on_it",
  "schedule",
  "move",
  "who",
  "computer",
  "tags",
  "priority_1",
  "priority_2",
  "priority_3",
  "priority_0",
  "history",
  "notes",
  "new_subtask",
  "rename",
  "copy_link",
  "actions",
];

/** Those that are for tasks. */
const TASK: ReadonlySet<CommandId> = new Set<CommandId>([
  ...OF_ONE_TASK,
  "open",
  "select",
  "move_up",
  "move_down",
  "indent",
  "outdent",
  "duplicate",
  "restore",
  "delete",
  "unfold",
  "fold",
]);

function isDoneHere(id: CommandId): id is keyof typeof RUN {
  return Object.hasOwn(RUN, id);
}

/** Runs a command; false where it is done elsewhere. A failure becomes a toast. */
export function run(id: CommandId, app: App): boolean {
  const entry = /^entry_(\d)$/.exec(id);
  if (entry) {
    document
      .querySelectorAll<HTMLElement>("[data-entry]")
      .item(Number(entry[1]) - 1)
      ?.click();
    return true;
  }
  if (!isDoneHere(id)) return false;
  const does = RUN[id];
  const why = stuckFor(app)(id);
  if (why !== null) {
    app.toasts.show(why);
    return true;
  }
  const work = does(app);
  if (work instanceof Promise) app.attempt(work);
  return true;
}

/** One step out: drawer, selection, panel, filter; a toast only when nothing else is left, for it goes by itself. */
function stepOut(app: App): void {
  if (app.sidebar.open) app.sidebar.open = false;
  else if (app.selection.size > 0) app.selection.clear();
  else if (app.panel) {
    app.closePanel();
    app.control?.focus();
  } else if (app.filtering) {
    app.endFilter();
    app.control?.focus();
  } else if (app.toasts.current) app.toasts.dismiss();
}

function anchorOf(app: App): HTMLElement | null {
  const focused = document.activeElement;
  const row = app.control?.anchor(app.control.current?.id ?? null) ?? null;
  if (focused instanceof HTMLElement && focused !== document.body && focused.closest("[data-part=panel]"))
    return focused;
  return row ?? (focused instanceof HTMLElement && focused !== document.body ? focused : null);
}

function write(app: App, work: (ids: string[]) => Promise<unknown>): Promise<unknown> | undefined {
  const ids = app.inOrder(targetsOf(app));
  return ids.length > 0 ? work(ids) : undefined;
}

/** After this the tasks are elsewhere: nothing is selected any more. */
async function leave(app: App, work: Promise<unknown>): Promise<void> {
  await work;
  app.selection.clear();
}

async function done(app: App, ids: readonly string[]): Promise<void> {
  const tasks = tasksOf(app);
  if (tasks.length === ids.length) await app.toggle(...tasks);
  else await app.edit(ids, { status: "done" });
  app.keepSelected(ids);
}

function fold(app: App, folds: boolean): Promise<void> | undefined {
  const task = app.control?.current;
  if (!task || !app.control || app.rows?.listing.tree !== true) return undefined;
  const inTree = isInTree(app, task);
  if (folds && inTree && task.subtasks_total > 0 && !app.folded.has(task.id)) app.folded.add(task.id);
  else if (!folds && inTree && app.folded.has(task.id)) app.folded.delete(task.id);
  else if (folds && task.parent !== null) {
    const above = app.control.indexOf(task.parent);
    if (above >= 0) return app.control.go(above);
  }
  return undefined;
}

function newTask(app: App, where: "below" | "above" | "subtask" | "end"): void | Promise<void> {
  if (app.control && (where !== "end" || addsTasks(app.view))) return app.control.newTask(where);
  app.openTasks();
  return tick().then(() => app.control?.newTask(where));
}

/** Narrows the list; where there is none, its own field has the focus, or everything is searched. */
function find(app: App): void {
  const own = document.querySelector<HTMLElement>("[data-testid=settings-find]");
  if (app.control) app.control.find();
  else if (own) own.focus();
  else app.open({ kind: "search", text: "" });
}

function isMerged(task: Task): boolean {
  return Object.keys(task.also_written).length > 0;
}

async function nextMerged(app: App): Promise<void> {
  const { control, rows } = app;
  if (!control || !rows) return;
  const below = rows.all.indexWhere(isMerged, control.at);
  const next = below >= 0 ? below : rows.all.indexWhere(isMerged);
  if (next < 0) return app.toasts.show(t("merged.none"));
  await control.go(next);
  const task = control.current;
  if (task) app.openTask(task.id, "merged");
}

async function copyLinks(app: App): Promise<void> {
  const ids = app.inOrder(targetsOf(app));
  if (ids.length === 0) return;
  await navigator.clipboard.writeText(ids.map((id) => `rota://task/${id}`).join("\n"));
  app.toasts.show(t("toast.linkCopied", { n: ids.length }));
}
