import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";

type Modules = Rolldown.ChunkingContext;
type Group = Rolldown.CodeSplittingGroup;

const source = (name: string): string => fileURLToPath(new URL(`../src/${name}`, import.meta.url));

const ASKS = source("early.ts");
const WINDOW = source("main.ts");
const QUICK_ADD = source("quick-add.ts");

/**
 * What the window needs before it can draw comes in few files, for each is one more to ask for while nothing is to be
 * seen: first what asks for the tasks, so that they are on their way while the rest comes, then what quick add needs, too,
 * then the window's own. What is imported later stays apart.
 */
export function chunks(): Group[] {
  const needs = new Map<string, ReadonlySet<string>>();
  const needed = (by: string, modules: Modules): ReadonlySet<string> => {
    const known = needs.get(by) ?? closure(by, modules);
    needs.set(by, known);
    return known;
  };
  // Both pages speak to the service; only one of them asks at once.
  const names: Group["name"][] = [
    (id, modules) => (id !== ASKS && needed(ASKS, modules).has(id) ? "transport" : null),
    (id) => (id === ASKS ? "early" : null),
    (id, modules) => (needed(WINDOW, modules).has(id) && needed(QUICK_ADD, modules).has(id) ? "both" : null),
    (id, modules) => (needed(WINDOW, modules).has(id) ? "window" : null),
  ];
  return names.map((name, at) => ({ name, debugName: `first ${at + 1}`, priority: names.length - at }));
}

/** A module and all that it imports at once, itself or through others. */
function closure(first: string, modules: Modules): ReadonlySet<string> {
  const found = new Set([first]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
