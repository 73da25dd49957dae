import type { Input } from "../api.ts";
import type { GroupBy } from "../generated/api.ts";
import { addDays, dayOf } from "../lib/days.ts";
import type { View } from "./view.ts";

export type Filter = Omit<Input<"task_page">, "offset" | "limit">;

/** By hand, or by date: what `v o` changes in a list. */
export type Order = "place" | "due";

/** How groups of the service become the parts of a view. */
export type Shape = "plain" | "today" | "agenda" | "days" | "past-days" | "lists";

/** Tasks of a view: which, in which order, and in which parts. */
export interface Listing {
  filter: Filter;
  by: GroupBy | null;
  shape: Shape;
  /** Only the groups with these keys, which come first. */
  keep?: (key: string | null) => boolean;
  /** Subtasks stand below their tasks. */
  tree: boolean;
  /** The rows name their lists. */
  cross: boolean;
}

/** What a view shows, and below it what of it is done. */
export interface Listings {
  main: Listing;
  done: Listing | null;
}

export function listingsOf(view: View, search: string, order: Order, now: Date): Listings | null {
  const found = listings(view, order, now);
  if (!found || search === "") return found;
  const narrowed = (listing: Listing): Listing => ({
    ...listing,
    // Matches stand in the order of the view, not the best first: they are where one saw them before.
    filter: { sort: "place", ...listing.filter, search },
    tree: false,
  });
  return { main: narrowed(found.main), done: found.done && narrowed(found.done) };
}

function listings(view: View, order: Order, now: Date): Listings | null {
  const today = dayOf(now);
  switch (view.kind) {
    case "today":
      return {
        main: {
          filter: { due: "today", sort: "due" },
          by: "due_day",
          shape: "today",
          tree: false,
          cross: true,
        },
        done: { ...doneOf({}), by: "completed_day", keep: (key) => key === today },
      };
    case "upcoming":
      return {
        main: {
          filter: { due: { from: addDays(today, 1) }, sort: "due" },
          by: "due_day",
          shape: "days",
          tree: false,
          cross: true,
        },
        done: null,
      };
    case "list":
      return {
        main:
          order === "due"
            ? agenda({ list: view.list }, false)
            : { filter: { list: view.list }, by: null, shape: "plain", tree: true, cross: false },
        done: { ...doneOf({ list: view.list }), cross: false },
      };
    case "all":
      return order === "due" ? { main: agenda({}), done: null } : { main: byList({}), done: null };
    case "space":
      return order === "due"
        ? { main: agenda({ space: view.space }), done: doneOf({ space: view.space }) }
        : { main: byList({ space: view.space }), done: doneOf({ space: view.space }) };
    case "tag":
      return { main: byList({ tags: [view.tag] }), done: doneOf({ tags: [view.tag] }) };
    case "me":
      return { main: agenda({ assigned: "me" }), done: doneOf({ assigned: "me" }) };
    case "who":
      return { main: agenda({ assigned: view.who.id }), done: doneOf({ assigned: view.who.id }) };
    case "done":
      return {
        main: {
          filter: { only: "done", sort: "completed" },
          by: "completed_day",
          shape: "past-days",
          tree: false,
          cross: true,
        },
        done: null,
      };
    case "trash":
      return { main: flat({ only: "trash", sort: "deleted" }), done: null };
    case "recovered":
      return { main: byList({ only: "recovered" }), done: null };
    case "search":
      return view.text.trim() === ""
        ? null
        : { main: flat({ search: view.text }), done: flat({ search: view.text, only: "done" }) };
    default:
      return null;
  }
}

function flat(filter: Filter): Listing {
  return { filter, by: null, shape: "plain", tree: false, cross: true };
}

function byList(filter: Filter): Listing {
  return { filter, by: "list", shape: "lists", tree: true, cross: false };
}

function agenda(filter: Filter, cross = true): Listing {
  return { filter: { ...filter, sort: "due" }, by: "due_day", shape: "agenda", tree: false, cross };
}

function doneOf(filter: Filter): Listing {
  return {
    filter: { ...filter, only: "done", sort: "completed" },
    by: null,
    shape: "plain",
    tree: false,
    cross: true,
  };
}
