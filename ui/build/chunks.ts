import { fileURLToPath } from "node:url";
import { normalizePath, type Rolldown } from "vite";

type Modules = Rolldown.ChunkingContext;
type Group = Rolldown.CodeSplittingGroup;

// As the bundler names its modules, on every system.
const source = (name: string): string =>
  normalizePath(fileURLToPath(new URL(`../src/${name}`, import.meta.url)));

const ASKS = source("early.ts");
const WINDOW = source("main.ts");
const QUICK_ADD = source("quick-add.ts");

/**
 * What the window needs before it can draw comes in few files, for each is one more to ask for while nothing is to be
 * seen: first what asks for the tasks, so that they are on their way while the rest comes, then what quick add needs, too,
 * then the window's own. What is imported later stays apart.
 */
export function chunks(): Group[] {
  const sets = new Map<string, ReadonlySet<string>>();
  const set = (of: string, modules: Modules, later = false): ReadonlySet<string> => {
    const key = `${of} ${later}`;
    const known = sets.get(key) ?? closure(of, modules, later);
    sets.set(key, known);
    return known;
  };
  const names: Group["name"][] = [
    // Both pages speak to the service; only one of them asks at once.
    (id, modules) => (id !== ASKS && set(ASKS, modules).has(id) ? "transport" : null),
    (id) => (id === ASKS ? "early" : null),
    (id, modules) => (set(WINDOW, modules).has(id) && set(QUICK_ADD, modules).has(id) ? "both" : null),
    // What quick add imports later is a file of its own: with the window's file its program would run in that page.
    (id, modules) =>
      set(WINDOW, modules).has(id) && set(QUICK_ADD, modules, true).has(id) ? "shared" : null,
    (id, modules) => (set(WINDOW, modules).has(id) ? "window" : null),
  ];
  return names.map((name, at) => ({ name, debugName: `first ${at + 1}`, priority: names.length - at }));
}

/** A module and all that it imports at once, itself or through others; also what is imported `later`. */
function closure(first: string, modules: Modules, later: boolean): ReadonlySet<string> {
  const found = new Set([first]);
  for (const id of found) {
    const about = modules.getModuleInfo(id);
    for (const next of about?.importedIds ?? []) found.add(next);
    if (later) for (const next of about?.dynamicallyImportedIds ?? []) found.add(next);
  }
  return found;
}
