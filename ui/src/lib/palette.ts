/** What the palette offers for what was typed. */
import { COMMANDS, type Command, type CommandId } from "../commands/table.ts";
import type { Task, TagCount } from "../generated/api.ts";
import { fold } from "./fold.ts";
import { t, type MessageKey } from "../messages/index.ts";
import type { View } from "../state/view.ts";

export type Mode = "all" | "commands" | "lists" | "who" | "tags";

export type Offer =
  /** `was` is the earlier title that it was found by. */
  | { kind: "task"; id: string; task: Task; was?: string }
  | { kind: "add"; id: string; text: string }
  | { kind: "command"; id: string; command: Command; also: string }
  | { kind: "goto"; id: string; view: View; name: string; note: string };

export interface OfferGroup {
  readonly label: MessageKey | null;
  /** The title of the task that the commands are for. */
  readonly title?: string;
  readonly offers: readonly Offer[];
}

const SIGNS: Readonly<Record<string, Mode>> = { ">": "commands", "+": "lists", "@": "who", "#": "tags" };

/** A sign at the beginning narrows what is searched. */
export function readQuery(text: string): { mode: Mode; words: string } {
  const mode = SIGNS[text.charAt(0)];
  return mode ? { mode, words: text.slice(1).trim() } : { mode: "all", words: text.trim() };
}

/** How well a name fits: 0 is not at all; its beginning more than that of a later word, that more than the middle. */
export function fit(name: string, words: string): number {
  const wanted = fold(words);
  const has = fold(name);
  if (wanted === "") return 1;
  const at = has.indexOf(wanted);
  if (at < 0) return wanted.split(/\s+/).every((word) => has.includes(word)) ? 1 : 0;
  if (at === 0) return 4;
  return /[\s\-/(]/.test(has.charAt(at - 1)) ? 3 : 2;
}

/** Commands by their names, and by other words that people use for them. */
export function commandsFor(words: string, offered: (id: CommandId) => boolean): Offer[] {
  const found = COMMANDS.flatMap((command, order) => {
    if (command.keysOnly || command.shownOnly || !offered(command.id)) return [];
    const named = fit(t(command.label), words);
    const other = (command.also ? t(command.also).split(/[,،]\s*/u) : []).find(
      (word) => words !== "" && fit(word, words) >= 3,
    );
    const score = named > 0 ? named : other ? 1 : 0;
    return score > 0 ? [{ command, score, order, also: named > 0 ? "" : (other ?? "") }] : [];
  });
  return found
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ command, also }) => ({ kind: "command", id: `command ${command.id}`, command, also }));
}

/** Places one can go to whose names fit, the best first. */
export function placesFor(
  words: string,
  places: readonly { view: View; name: string; note?: string }[],
): Offer[] {
  return places
    .map((place, order) => ({ ...place, order, score: fit(place.name, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ view, name, note }) => ({
      kind: "goto",
      id: `goto ${JSON.stringify(view)}`,
      view,
      name,
      note: note ?? "",
    }));
}

export function tagPlaces(tags: readonly TagCount[]): { view: View; name: string; note: string }[] {
  const sums = new Map<string, number>();
  for (const { name, tasks } of tags) sums.set(name, (sums.get(name) ?? 0) + tasks);
  return [...sums].map(([tag, n]) => ({
    view: { kind: "tag", tag },
    name: tag,
    note: t("side.count", { n }),
  }));
}
