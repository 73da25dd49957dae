import { getContext, setContext } from "svelte";

type Names = () => readonly string[];

const KEY = Symbol("people");

/** Gives the pages below the names of all people that are known, so that their initials are told apart. */
export function setPeople(names: Names): void {
  setContext(KEY, names);
}

/** Nobody is known where there is no window around, as in quick add. */
export function getPeople(): Names {
  return getContext<Names | undefined>(KEY) ?? (() => []);
}
