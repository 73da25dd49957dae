import type { AssigneeKind, Named } from "../generated/api.ts";

/** What the middle of the window shows. */
export type View =
  | { kind: "today" }
  | { kind: "upcoming" }
  | { kind: "all" }
  | { kind: "me" }
  | { kind: "done" }
  | { kind: "trash" }
  | { kind: "recovered" }
  | { kind: "list"; list: string }
  | { kind: "space"; space: string }
  | { kind: "tag"; tag: string }
  | { kind: "who"; who: Named; of: AssigneeKind }
  | { kind: "search"; text: string }
  | { kind: "computers" }
  | { kind: "add" }
  | { kind: "settings"; part?: string };

/** What tells one view from another, as text: for what is kept per view. */
export function placeOf(view: View): string {
  switch (view.kind) {
    case "list":
      return `list ${view.list}`;
    case "space":
      return `space ${view.space}`;
    case "tag":
      return `tag ${view.tag}`;
    case "who":
      return `who ${view.who.id}`;
    case "search":
      return `search ${view.text}`;
    default:
      return view.kind;
  }
}

const PLAIN = [
  "today",
  "upcoming",
  "all",
  "me",
  "done",
  "trash",
  "recovered",
  "computers",
  "add",
  "settings",
] as const;

/** The view that a name from outside means: `today`, `list:<id>`, `space:<id>`, `settings:<part>`. */
export function viewNamed(name: string): View | null {
  const [kind = "", ...rest] = name.split(":");
  const of = rest.join(":");
  const plain = PLAIN.find((each) => each === kind);
  if (of === "") return plain ? { kind: plain } : null;
  if (kind === "list") return { kind, list: of };
  if (kind === "space") return { kind, space: of };
  return kind === "settings" ? { kind, part: of } : null;
}

/** Whether a new task can be typed in a view. */
export function addsTasks(view: View): boolean {
  return hasTasks(view) && !["trash", "recovered", "done", "search"].includes(view.kind);
}

/** Whether a view is either in the order of its places or in that of its dates. */
export function isOrdered(view: View): boolean {
  return view.kind === "list" || view.kind === "space" || view.kind === "all";
}

/** Whether a view shows tasks. */
export function hasTasks(view: View): boolean {
  return view.kind !== "computers" && view.kind !== "add" && view.kind !== "settings";
}
