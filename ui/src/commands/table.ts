/** Every command of the window: what it is called, its keys, where they work. One table for keys, sheet, palette, menu. */
import type { MessageKey } from "../messages/index.ts";

/** Where its keys work: everywhere, while a list has the focus, on a task of a list, or in the panel of a task. */
export type Scope = "anywhere" | "list" | "task" | "panel";

/** Where the sheet shows it. */
export type Group = "move" | "select" | "arrange" | "do" | "see" | "write" | "goto" | "window";

interface Entry {
  readonly id: string;
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly group: Group;
  readonly label: MessageKey;
  readonly icon?: string;
  /** Other words that people use for it. */
  readonly also?: MessageKey;
  /** It works while a text is being typed, too. */
  readonly inFields?: true;
  /** It works over dialogs, and before there is a list, too. */
  readonly always?: true;
  /** Moves only: neither the palette nor the menu of a task offers it. */
  readonly keysOnly?: true;
  /** It belongs to the desktop: its key is set there, and only shown here. */
  readonly shownOnly?: true;
}

const TABLE = [
  { id: "next", keys: ["j", "ArrowDown"], scope: "list", group: "move", label: "cmd.next", keysOnly: true },
  {
    id: "previous",
    keys: ["k", "ArrowUp"],
    scope: "list",
    group: "move",
    label: "cmd.previous",
    keysOnly: true,
  },
  {
    id: "next_group",
    keys: ["Ctrl+ArrowDown"],
    scope: "list",
    group: "move",
    label: "cmd.next_group",
    keysOnly: true,
  },
  {
    id: "previous_group",
    keys: ["Ctrl+ArrowUp"],
    scope: "list",
    group: "move",
    label: "cmd.previous_group",
    keysOnly: true,
  },
  { id: "first", keys: ["Home"], scope: "list", group: "move", label: "cmd.first", keysOnly: true },
  { id: "last", keys: ["End"], scope: "list", group: "move", label: "cmd.last", keysOnly: true },
  {
    id: "page_down",
    keys: ["PageDown"],
    scope: "list",
    group: "move",
    label: "cmd.page_down",
    keysOnly: true,
  },
  { id: "page_up", keys: ["PageUp"], scope: "list", group: "move", label: "cmd.page_up", keysOnly: true },
  { id: "open", keys: ["Enter"], scope: "task", group: "move", label: "cmd.open", icon: "arrow-forward" },
  {
    id: "unfold",
    keys: ["l", "ArrowRight"],
    scope: "task",
    group: "move",
    label: "cmd.unfold",
    icon: "subtasks",
    keysOnly: true,
  },
  {
    id: "fold",
    keys: ["h", "ArrowLeft"],
    scope: "task",
    group: "move",
    label: "cmd.fold",
    icon: "subtasks",
    keysOnly: true,
  },
  {
    id: "next_part",
    keys: ["F6"],
    scope: "anywhere",
    group: "move",
    label: "cmd.next_part",
    inFields: true,
    keysOnly: true,
  },
  {
    id: "previous_part",
    keys: ["Shift+F6"],
    scope: "anywhere",
    group: "move",
    label: "cmd.previous_part",
    inFields: true,
    keysOnly: true,
  },
  {
    id: "back",
    keys: ["Alt+ArrowLeft"],
    scope: "anywhere",
    group: "move",
    label: "cmd.back",
    icon: "arrow-back",
  },
  {
    id: "forward",
    keys: ["Alt+ArrowRight"],
    scope: "anywhere",
    group: "move",
    label: "cmd.forward",
    icon: "arrow-forward",
  },

  { id: "select", keys: ["x"], scope: "task", group: "select", label: "cmd.select", keysOnly: true },
  {
    id: "extend_next",
    keys: ["Shift+J", "Shift+ArrowDown"],
    scope: "list",
    group: "select",
    label: "cmd.extend_next",
    keysOnly: true,
  },
  {
    id: "extend_previous",
    keys: ["Shift+K", "Shift+ArrowUp"],
    scope: "list",
    group: "select",
    label: "cmd.extend_previous",
    keysOnly: true,
  },
  {
    id: "extend_first",
    keys: ["Shift+Home"],
    scope: "list",
    group: "select",
    label: "cmd.extend_first",
    keysOnly: true,
  },
  {
    id: "extend_last",
    keys: ["Shift+End"],
    scope: "list",
    group: "select",
    label: "cmd.extend_last",
    keysOnly: true,
  },
  {
    id: "select_all",
    keys: ["Ctrl+A"],
    scope: "list",
    group: "select",
    label: "cmd.select_all",
    icon: "check",
  },
  { id: "out", keys: ["Escape"], scope: "anywhere", group: "select", label: "cmd.out", keysOnly: true },

  {
    id: "move_up",
    keys: ["Alt+ArrowUp"],
    scope: "task",
    group: "arrange",
    label: "cmd.move_up",
    icon: "chevron",
  },
  {
    id: "move_down",
    keys: ["Alt+ArrowDown"],
    scope: "task",
    group: "arrange",
    label: "cmd.move_down",
    icon: "chevron-down",
  },
  {
    id: "indent",
    keys: ["Alt+Shift+ArrowRight"],
    scope: "task",
    group: "arrange",
    label: "cmd.indent",
    icon: "subtasks",
  },
  {
    id: "outdent",
    keys: ["Alt+Shift+ArrowLeft"],
    scope: "task",
    group: "arrange",
    label: "cmd.outdent",
    icon: "arrow-back",
  },
  {
    id: "duplicate",
    keys: ["Ctrl+D"],
    scope: "task",
    group: "arrange",
    label: "cmd.duplicate",
    icon: "copy",
  },

  {
    id: "done",
    keys: ["d", "Space"],
    scope: "task",
    group: "do",
    label: "cmd.done",
    icon: "check",
    also: "also.done",
  },
  { id: "restore", keys: ["r"], scope: "task", group: "do", label: "cmd.restore", icon: "undo" },
  { id: "on_it", keys: ["o"], scope: "task", group: "do", label: "cmd.on_it", icon: "on-it" },
  {
    id: "schedule",
    keys: ["s"],
    scope: "task",
    group: "do",
    label: "cmd.schedule",
    icon: "calendar",
    also: "also.schedule",
  },
  {
    id: "move",
    keys: ["e"],
    scope: "task",
    group: "do",
    label: "cmd.move",
    icon: "arrow-forward",
    also: "also.move",
  },
  { id: "who", keys: ["w"], scope: "task", group: "do", label: "cmd.who", icon: "person", also: "also.who" },
  { id: "computer", keys: ["c"], scope: "task", group: "do", label: "cmd.computer", icon: "desktop" },
  { id: "tags", keys: ["t"], scope: "task", group: "do", label: "cmd.tags", icon: "tag", also: "also.tags" },
  { id: "priority_1", keys: ["1"], scope: "task", group: "do", label: "cmd.priority_1", icon: "flag" },
  { id: "priority_2", keys: ["2"], scope: "task", group: "do", label: "cmd.priority_2", icon: "flag" },
  { id: "priority_3", keys: ["3"], scope: "task", group: "do", label: "cmd.priority_3", icon: "flag" },
  { id: "priority_0", keys: ["0"], scope: "task", group: "do", label: "cmd.priority_0", icon: "flag" },
  { id: "history", keys: ["Shift+H"], scope: "task", group: "do", label: "cmd.history", icon: "history" },
  {
    id: "next_merged",
    keys: ["Shift+M"],
    scope: "list",
    group: "do",
    label: "cmd.next_merged",
    icon: "merge",
  },
  { id: "keep", keys: [], scope: "task", group: "do", label: "cmd.keep", icon: "merge" },
  {
    id: "merged_keep",
    keys: ["Alt+K"],
    scope: "panel",
    group: "do",
    label: "cmd.merged_keep",
    keysOnly: true,
  },
  { id: "merged_use", keys: ["Alt+U"], scope: "panel", group: "do", label: "cmd.merged_use", keysOnly: true },
  { id: "copy_link", keys: ["y"], scope: "task", group: "do", label: "cmd.copy_link", icon: "link" },
  {
    id: "delete",
    keys: ["Delete"],
    scope: "task",
    group: "do",
    label: "cmd.delete",
    icon: "trash",
    also: "also.delete",
  },

  { id: "show_done", keys: ["v d"], scope: "list", group: "see", label: "cmd.show_done", icon: "filter" },
  { id: "compact", keys: ["v c"], scope: "list", group: "see", label: "cmd.compact", icon: "menu" },
  {
    id: "order",
    keys: ["v o"],
    scope: "list",
    group: "see",
    label: "cmd.order",
    icon: "calendar",
    also: "also.order",
  },
  {
    id: "filter",
    keys: ["/", "Ctrl+F"],
    scope: "anywhere",
    group: "see",
    label: "cmd.filter",
    icon: "search",
  },
  {
    id: "actions",
    keys: [".", "ContextMenu", "Shift+F10"],
    scope: "task",
    group: "see",
    label: "cmd.actions",
    icon: "more",
    keysOnly: true,
  },
  {
    id: "sidebar",
    keys: ["Ctrl+\\"],
    scope: "anywhere",
    group: "see",
    label: "cmd.sidebar",
    icon: "menu",
    inFields: true,
  },
  {
    id: "zoom_in",
    keys: ["Ctrl+Plus", "Ctrl+="],
    scope: "anywhere",
    group: "see",
    label: "cmd.zoom_in",
    icon: "search",
    inFields: true,
    always: true,
  },
  {
    id: "zoom_out",
    keys: ["Ctrl+-"],
    scope: "anywhere",
    group: "see",
    label: "cmd.zoom_out",
    icon: "search",
    inFields: true,
    always: true,
  },
  {
    id: "zoom_reset",
    keys: ["Ctrl+0"],
    scope: "anywhere",
    group: "see",
    label: "cmd.zoom_reset",
    icon: "search",
    inFields: true,
    always: true,
  },
  {
    id: "sheet",
    keys: ["F1", "?"],
    scope: "anywhere",
    group: "see",
    label: "cmd.sheet",
    icon: "keyboard",
    also: "also.sheet",
  },

  {
    id: "new_task",
    keys: ["Ctrl+N"],
    scope: "anywhere",
    group: "write",
    label: "cmd.new_task",
    icon: "plus",
    also: "also.new",
    inFields: true,
  },
  {
    id: "new_below",
    keys: ["n"],
    scope: "list",
    group: "write",
    label: "cmd.new_below",
    icon: "plus",
    keysOnly: true,
  },
  {
    id: "new_above",
    keys: ["Shift+N"],
    scope: "list",
    group: "write",
    label: "cmd.new_above",
    icon: "plus",
    keysOnly: true,
  },
  {
    id: "new_subtask",
    keys: ["a"],
    scope: "task",
    group: "write",
    label: "cmd.new_subtask",
    icon: "subtasks",
  },
  { id: "rename", keys: ["F2"], scope: "task", group: "write", label: "cmd.rename", icon: "edit" },
  { id: "notes", keys: ["m"], scope: "task", group: "write", label: "cmd.notes", icon: "notes" },
  {
    id: "leave_text",
    keys: ["Ctrl+Enter"],
    scope: "panel",
    group: "write",
    label: "cmd.leave_text",
    keysOnly: true,
  },
  {
    id: "new_list",
    keys: ["Ctrl+Shift+N"],
    scope: "anywhere",
    group: "write",
    label: "cmd.new_list",
    icon: "plus",
    inFields: true,
  },
  {
    id: "quick_add",
    keys: ["Ctrl+Alt+Space"],
    scope: "anywhere",
    group: "write",
    label: "cmd.quick_add",
    icon: "plus",
    shownOnly: true,
  },
  { id: "undo", keys: ["Ctrl+Z"], scope: "anywhere", group: "write", label: "cmd.undo", icon: "undo" },
  {
    id: "redo",
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    scope: "anywhere",
    group: "write",
    label: "cmd.redo",
    icon: "retry",
  },

  {
    id: "palette",
    keys: ["Ctrl+K"],
    scope: "anywhere",
    group: "goto",
    label: "cmd.palette",
    icon: "search",
    inFields: true,
    keysOnly: true,
  },
  { id: "go_inbox", keys: ["g i"], scope: "list", group: "goto", label: "cmd.go_inbox", icon: "inbox" },
  { id: "go_today", keys: ["g t"], scope: "list", group: "goto", label: "cmd.go_today", icon: "sun" },
  {
    id: "go_upcoming",
    keys: ["g u"],
    scope: "list",
    group: "goto",
    label: "cmd.go_upcoming",
    icon: "calendar",
    also: "also.upcoming",
  },
  {
    id: "go_me",
    keys: ["g m"],
    scope: "list",
    group: "goto",
    label: "cmd.go_me",
    icon: "person",
    also: "also.me",
  },
  { id: "go_all", keys: ["g a"], scope: "list", group: "goto", label: "cmd.go_all", icon: "notes" },
  { id: "go_done", keys: ["g f"], scope: "list", group: "goto", label: "cmd.go_done", icon: "check" },
  {
    id: "go_trash",
    keys: ["g x"],
    scope: "list",
    group: "goto",
    label: "cmd.go_trash",
    icon: "trash",
    also: "also.trash",
  },
  {
    id: "go_computers",
    keys: ["g c"],
    scope: "list",
    group: "goto",
    label: "cmd.go_computers",
    icon: "desktop",
    also: "also.computers",
  },
  { id: "go_list", keys: ["g l"], scope: "list", group: "goto", label: "cmd.go_list", icon: "search" },
  { id: "go_date", keys: ["g d"], scope: "list", group: "goto", label: "cmd.go_date", icon: "calendar" },
  {
    id: "go_add",
    keys: ["g p"],
    scope: "list",
    group: "goto",
    label: "cmd.go_add",
    icon: "people",
    also: "also.add",
  },
  {
    id: "go_settings",
    keys: ["Ctrl+,"],
    scope: "anywhere",
    group: "goto",
    label: "cmd.go_settings",
    icon: "settings",
    also: "also.settings",
    inFields: true,
  },
  {
    id: "check_network",
    keys: [],
    scope: "anywhere",
    group: "window",
    label: "cmd.check_network",
    icon: "network",
    also: "also.check_network",
  },
  {
    id: "close_window",
    keys: ["Ctrl+W"],
    scope: "anywhere",
    group: "window",
    label: "cmd.close_window",
    icon: "close",
    inFields: true,
    always: true,
  },
  {
    id: "quit",
    keys: ["Ctrl+Q"],
    scope: "anywhere",
    group: "window",
    label: "cmd.quit",
    icon: "stop",
    inFields: true,
    always: true,
  },
] as const satisfies readonly Entry[];

/** The entries of the sidebar that have a key, by their order. */
const NTH = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export type EntryId = `entry_${(typeof NTH)[number]}`;

export type CommandId = (typeof TABLE)[number]["id"] | EntryId;

/** Those that nothing but the panel's own parts do, or the desktop. */
export type ElsewhereId = Extract<
  (typeof TABLE)[number],
  { readonly scope: "panel" } | { readonly shownOnly: true }
>["id"];

export interface Command extends Entry {
  readonly id: CommandId;
}

export const COMMANDS: readonly Command[] = [
  ...TABLE,
  ...NTH.map((n): Command => ({
    id: `entry_${n}`,
    keys: [`Ctrl+${n}`],
    scope: "anywhere",
    group: "goto",
    label: "cmd.entry",
    inFields: true,
    keysOnly: true,
  })),
];

const BY_ID = new Map<string, Command>(COMMANDS.map((command) => [command.id, command]));

export function commandOf(id: string): Command | undefined {
  return BY_ID.get(id);
}
