/** The people who can be given a task: those who are in every one of its spaces. */
import type { Named } from "../../generated/api.ts";
import type { Group } from "../../state/group.svelte.ts";

export function peopleFor(group: Group, spaces: readonly string[]): Named[] {
  const [first, ...others] = spaces.map((space) => [...group.meIn(space), ...group.othersIn(space)]);
  if (!first) return [];
  return first.filter((person) => others.every((in_) => in_.some((other) => other.id === person.id)));
}
