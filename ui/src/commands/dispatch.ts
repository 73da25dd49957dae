/** From a key that was pressed to the command that it means. */
import type { App } from "../state/app.svelte.ts";
import { isField } from "../lib/fields.ts";
import { capsOf } from "./caps.ts";
import { chordOf, isLetter, keysOf } from "./keys.ts";
import { isOffered, run } from "./run.ts";
import { COMMANDS, type Command } from "./table.ts";

const AWAITED_MS = 1500;

/** Keys of the window. A sequence waits a moment for its second key. */
export class Dispatch {
  readonly #app: App;
  #first = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * Does what the key means here; leaves it alone where it means nothing. Where something is `above` the window, only
   * what always works does.
   */
  handle(event: KeyboardEvent, above = false): void {
    if (event.defaultPrevented || event.isComposing) return;
    // With AltGr a sign is typed.
    if (event.key.length === 1 && event.getModifierState("AltGraph")) return;
    const chord = chordOf(event);
    if (chord === null) return;
    const place = placeOf(event.target);
    const first = this.#first;
    this.stop();
    if (first !== "" && chord === "Escape") {
      event.preventDefault();
      return;
    }
    const keys = first === "" ? chord : `${first} ${chord}`;
    const command = this.#find(keys, place, above);
    if (above && !command) return;
    if (command) {
      // A button that has the focus keeps its own Space and Enter.
      if ((chord === "Space" || chord === "Enter") && pressable(event.target)) return;
      event.preventDefault();
      if (place === "list" && isForRow(command, this.#app)) this.#app.control?.reveal();
      run(command.id, this.#app);
    } else if (first !== "") {
      event.preventDefault();
    } else if (place !== "field" && this.#begins(chord, place)) {
      event.preventDefault();
      this.#await(chord);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#first = "";
    this.#app.pendingKeys = "";
  }

  #await(chord: string): void {
    this.#first = chord;
    this.#app.pendingKeys = capsOf(chord).join("");
    this.#timer = setTimeout(() => this.stop(), AWAITED_MS);
  }

  #find(keys: string, place: Place, above: boolean): Command | undefined {
    const turned = turn(keys);
    return COMMANDS.find(
      (command) =>
        !command.shownOnly &&
        (!above || command.always === true) &&
        works(command, keys, place) &&
        keysOf(command.id, this.#app.settings.now).includes(
          command.id === "fold" ||
            command.id === "unfold" ||
            command.id === "indent" ||
            command.id === "outdent"
            ? turned
            : keys,
        ) &&
        isOffered(command.id, this.#app),
    );
  }

  #begins(chord: string, place: Place): boolean {
    return COMMANDS.some(
      (command) =>
        works(command, chord, place) &&
        keysOf(command.id, this.#app.settings.now).some((keys) => keys.startsWith(`${chord} `)),
    );
  }
}

/** Where a key was pressed. */
type Place = "list" | "elsewhere" | "field";

function placeOf(target: EventTarget | null): Place {
  if (isField(target)) return "field";
  const element = target instanceof Element ? target : null;
  const nothing = element === null || element === document.body || element === document.documentElement;
  return nothing || element.closest("[data-part=list]") !== null ? "list" : "elsewhere";
}

/** Whether the keys that were pressed there are those of the list. */
export function isInList(target: EventTarget | null): boolean {
  return placeOf(target) === "list";
}

function works(command: Command, keys: string, place: Place): boolean {
  // The panel has its own.
  if (command.scope === "panel") return false;
  if (command.scope !== "anywhere") return place === "list";
  if (place !== "field") return true;
  if (command.inFields) return true;
  if (isLetter(keys)) return false;
  // A field that holds text takes back its own typing, and moves its own caret.
  if (command.id === "undo" || command.id === "redo") return !holdsText();
  return command.id === "filter" || command.id === "sheet" || command.id === "out";
}

/** Whether it is for the row that has the cursor: nothing is done to a row that is out of sight. */
function isForRow({ id, scope }: Command, app: App): boolean {
  return scope === "task" && (app.selection.size === 0 || id === "select" || id === "rename");
}

function holdsText(): boolean {
  const field = document.activeElement;
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== "";
}

function pressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, a, summary") !== null;
}

/** Where text runs from right to left, forward is left. */
function turn(keys: string): string {
  if (document.documentElement.dir !== "rtl") return keys;
  return keys.replace(/Arrow(Left|Right)/, (_, side: string) =>
    side === "Left" ? "ArrowRight" : "ArrowLeft",
  );
}
