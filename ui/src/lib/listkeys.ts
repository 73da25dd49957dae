/** What the keys do while a list has the focus. */
export interface ListActions {
  /** Rows that a page key passes. */
  page: number;
  size: number;
  /** The row with the focus, or -1. */
  at: number;
  go(index: number): void;
  toggle(): void;
  rename(): void;
  remove(): void;
  add(): void;
}

/** Letters count only on a row: not in a field, and not with a modifier. */
export function handleListKey(event: KeyboardEvent, actions: ListActions): void {
  if (event.defaultPrevented || event.isComposing || isField(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const action = actionOf(event.key, actions);
  if (!action) return;
  // A button that has the focus keeps its own Space and Enter.
  if ((event.key === " " || event.key === "Enter") && !isRow(event.target)) return;
  event.preventDefault();
  action();
}

/** Whether the keys typed there are text. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("[data-id]");
}

function actionOf(key: string, actions: ListActions): (() => void) | null {
  const { at, size, page, go } = actions;
  switch (key) {
    case "j":
    case "ArrowDown":
      return () => go(at + 1);
    case "k":
    case "ArrowUp":
      return () => go(at < 0 ? size - 1 : at - 1);
    case "Home":
      return () => go(0);
    case "End":
      return () => go(size - 1);
    case "PageDown":
      return () => go(at + page);
    case "PageUp":
      return () => go(at - page);
    case "d":
    case " ":
      return actions.toggle;
    case "F2":
    case "Enter":
      return actions.rename;
    case "Delete":
      return actions.remove;
    case "n":
      return actions.add;
    default:
      return null;
  }
}
