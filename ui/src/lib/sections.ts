/** The parts of a view, from the groups that the service counts. */
import type { Task, TaskGroup } from "../generated/api.ts";
import type { Shape } from "../state/listing.ts";
import { addDays, dayOf } from "./days.ts";
import type { HeadKind } from "./layout.ts";

/** A part of a view: which of the service's rows are in it, in which order the parts stand. */
export interface Section {
  readonly key: string;
  readonly head: HeadKind;
  /** Where its rows begin in the service's order. */
  readonly base: number;
  readonly count: number;
  /** The number in its heading; parts that share a heading are counted together. */
  readonly shown: number;
  /** The list of a part that is one. */
  readonly name?: string | null;
}

/** Days without a task are named only this far ahead. */
const NAMED_DAYS = 7;

/**
 * `known` gives rows of the service's order as far as they were read: Today is divided by times, which only the
 * rows tell.
 */
export function sectionsOf(
  shape: Shape,
  groups: readonly TaskGroup[],
  total: number,
  known: (index: number) => Task | undefined,
  now: Date,
): Section[] {
  switch (shape) {
    case "plain":
      return total === 0 ? [] : [{ key: "all", head: "none", base: 0, count: total, shown: total }];
    case "today":
      return today(groups, known, now);
    case "agenda":
      return agenda(groups, now);
    case "days":
      return days(groups, now);
    case "past-days":
      return straight(groups, "day");
    case "lists":
      return straight(groups, "group");
  }
}

function straight(groups: readonly TaskGroup[], head: HeadKind): Section[] {
  let base = 0;
  return groups.map(({ key, name, count }) => {
    const section: Section = { key: key ?? "none", head, base, count, shown: count, name };
    base += count;
    return section;
  });
}

function days(groups: readonly TaskGroup[], now: Date): Section[] {
  const sections: Section[] = [];
  const today = dayOf(now);
  let next = addDays(today, 1);
  const horizon = addDays(today, NAMED_DAYS);
  for (const section of straight(groups, "day")) {
    for (; next < section.key && next <= horizon; next = addDays(next, 1))
      sections.push({ key: next, head: "empty-day", base: section.base, count: 0, shown: 0 });
    sections.push(section);
    if (section.key >= next) next = addDays(section.key, 1);
  }
  return sections;
}

/** Overdue, today, what comes, and what has no date. */
function agenda(groups: readonly TaskGroup[], now: Date): Section[] {
  const today = dayOf(now);
  const of = (key: string | null): string => {
    if (key === null) return "agenda.none";
    if (key < today) return "agenda.overdue";
    return key === today ? "agenda.today" : "agenda.later";
  };
  const sections: Section[] = [];
  let base = 0;
  for (const { key, count } of groups) {
    const named = of(key);
    const last = sections.at(-1);
    if (last?.key === named) {
      sections[sections.length - 1] = { ...last, count: last.count + count, shown: last.shown + count };
    } else sections.push({ key: named, head: "group", base, count, shown: count });
    base += count;
  }
  return sections;
}

/** Overdue; what has a time, divided by now; what has none. */
function today(
  groups: readonly TaskGroup[],
  known: (index: number) => Task | undefined,
  now: Date,
): Section[] {
  const day = dayOf(now);
  const sum = (of: readonly TaskGroup[]): number => of.reduce((all, group) => all + group.count, 0);
  const overdue = sum(groups.filter(({ key }) => key !== null && key < day));
  const end = sum(groups);
  const runs: Section[] = [];
  let from = overdue;
  const kindAt = (index: number): string => {
    const due = known(index)?.due ?? "";
    if (due.length <= 10) return "today.any";
    return Date.parse(due) < now.getTime() ? "today.past" : "today.coming";
  };
  for (let at = overdue; at < end; at++) {
    if (at + 1 < end && kindAt(at + 1) === kindAt(at)) continue;
    runs.push({ key: kindAt(at), head: "none", base: from, count: at + 1 - from, shown: 0 });
    from = at + 1;
  }
  const past = runs.filter((run) => run.key === "today.past");
  const coming = runs.filter((run) => run.key === "today.coming");
  const any = runs.filter((run) => run.key === "today.any");
  const count = (of: readonly Section[]): number => of.reduce((all, run) => all + run.count, 0);
  const timed = count(past) + count(coming);
  const sections: Section[] = [];
  if (overdue > 0)
    sections.push({ key: "today.overdue", head: "group", base: 0, count: overdue, shown: overdue });
  if (timed > 0) {
    sections.push({ key: "today.timed", head: "group", base: overdue, count: 0, shown: timed });
    sections.push(...past, { key: "now", head: "now", base: overdue, count: 0, shown: 0 }, ...coming);
  }
  if (any.length > 0) {
    sections.push({ key: "today.any", head: "group", base: overdue, count: 0, shown: count(any) }, ...any);
  }
  return sections;
}
