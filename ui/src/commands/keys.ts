/** Keys as text: `Ctrl+Shift+Z`, `j`, `Shift+H`, `g t`. What is pressed, what is stored and what is shown. */
import type { Settings } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import { capsOf, onMac } from "./caps.ts";
import { COMMANDS, type CommandId } from "./table.ts";

const NAMES: Readonly<Record<string, string>> = { " ": "Space", "+": "Plus", Esc: "Escape" };

/** The key that was pressed, or null for one that says nothing by itself. */
export function chordOf(event: KeyboardEvent): string | null {
  // With it keys belong to the desktop; on macOS it is what Ctrl is elsewhere.
  if (event.metaKey && !onMac) return null;
  const key = keyOf(event);
  if (key === null) return null;
  const letter = key.length === 1;
  // What Shift makes of a sign is in the sign itself; of a letter, it is said.
  const shift = event.shiftKey && (!letter || /\p{L}/u.test(key));
  const modifiers = [
    event.ctrlKey || (onMac && event.metaKey) ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    shift ? "Shift" : "",
  ].filter((name) => name !== "");
  const plain = modifiers.length === 0;
  const named = letter && !plain ? key.toUpperCase() : key;
  return [...modifiers, NAMES[named] ?? named].join("+");
}

function keyOf(event: KeyboardEvent): string | null {
  const { key, code } = event;
  if (
    ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"].includes(
      key,
    )
  )
    return null;
  if (key.length > 1) return key;
  // On a keyboard without Latin letters the place of the key counts.
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  const latin = /[\u0020-\u007e]/.test(key);
  if (!latin && place) return (place[1] ?? place[2] ?? "").toLowerCase();
  return /[A-Z]/.test(key) ? key.toLowerCase() : key;
}

/** Whether it is a letter, digit or sign alone: these can be switched off. */
export function isLetter(keys: string): boolean {
  const first = keys.split(" ")[0] ?? "";
  return [...first.replace(/^Shift\+/, "")].length === 1;
}

/** The keys of a command as they are now: its own, of which the first can be set to another, or none. */
export function keysOf(id: CommandId, settings: Pick<Settings, "keys" | "letter_keys">): readonly string[] {
  const [first, ...others] = COMMANDS.find((each) => each.id === id)?.keys ?? [];
  const set = settings.keys[id];
  // What was set for another command is that one's.
  const given = Object.entries(settings.keys).flatMap(([other, keys]) => (other === id ? [] : [keys]));
  const free = others.filter((key) => key !== set && !given.includes(key));
  const keys = set === "" ? [] : [set ?? first ?? "", ...free].filter((key) => key !== "");
  return settings.letter_keys ? keys : keys.filter((each) => !isLetter(each));
}

/** Whether the key that was pressed is one of a command's, for a part of the window that has keys of its own. */
export function isKeyOf(
  id: CommandId,
  event: KeyboardEvent,
  settings: Pick<Settings, "keys" | "letter_keys">,
): boolean {
  const chord = chordOf(event);
  return chord !== null && keysOf(id, settings).includes(chord);
}

/** `Ctrl+Shift+Z`, `g t`: the first of some keys, for a sentence; empty where there is none. */
export function saidOf(keys: readonly string[]): string {
  const chords = keys[0]?.split(" ") ?? [];
  return chords.map((chord) => capsOf(chord).join(onMac ? "" : "+")).join(" ");
}

/** What a button does, with the first of the keys that do the same: for its tooltip. */
export function withKey(what: string, keys: readonly string[]): string {
  const said = saidOf(keys);
  return said === "" ? what : t("keys.beside", { what, keys: said });
}

/** The key with which the keys of all these commands begin, if there is one. */
export function commonKey(
  ids: readonly CommandId[],
  settings: Pick<Settings, "keys" | "letter_keys">,
): string[] {
  const [first, ...others] = ids.map((id) => keysOf(id, settings)[0]?.split(" ") ?? []);
  const begins = first?.[0];
  if (begins === undefined || first?.length !== 2) return [];
  return others.every((keys) => keys.length === 2 && keys[0] === begins) ? [begins] : [];
}

/** The other command that has these keys already, or null. In a list all of them work. */
export function clashOf(
  id: CommandId,
  keys: string,
  settings: Pick<Settings, "keys" | "letter_keys">,
): CommandId | null {
  const other = COMMANDS.find(
    (each) => each.id !== id && keysOf(each.id, settings).some((taken) => overlaps(taken, keys)),
  );
  return other?.id ?? null;
}

/** The same keys, or one the beginning of the other: then the longer could never be typed. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}
