import { describe, expect, test } from "vitest";
import { capsOf } from "../src/commands/caps.ts";
import { chordOf, clashOf, isLetter, keysOf } from "../src/commands/keys.ts";
import { COMMANDS } from "../src/commands/table.ts";
import { commandsFor, fit, readQuery } from "../src/lib/palette.ts";

const usual = { keys: {}, letter_keys: true };
const chord = (key: string, more: KeyboardEventInit = {}): string | null =>
  chordOf(new KeyboardEvent("keydown", { key, ...more }));

describe("keys", () => {
  test("are written as people read them", () => {
    expect(chord("j")).toBe("j");
    expect(chord("J", { shiftKey: true })).toBe("Shift+J");
    expect(chord("?", { shiftKey: true })).toBe("?");
    expect(chord("z", { ctrlKey: true })).toBe("Ctrl+Z");
    expect(chord("Z", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+Z");
    expect(chord("+", { ctrlKey: true })).toBe("Ctrl+Plus");
    expect(chord(" ")).toBe("Space");
    expect(chord("ArrowRight", { altKey: true, shiftKey: true })).toBe("Alt+Shift+ArrowRight");
    expect(chord("Control", { ctrlKey: true })).toBeNull();
  });

  test("with the key of the desktop mean nothing here", () => {
    expect(chord("d", { metaKey: true })).toBeNull();
    expect(chord("Delete", { metaKey: true, ctrlKey: true })).toBeNull();
  });

  test("on a keyboard without Latin letters their places count", () => {
    expect(chord("ت", { code: "KeyJ" })).toBe("j");
    expect(chord("о", { code: "KeyJ", ctrlKey: true })).toBe("Ctrl+J");
    expect(chord("é", { code: "Digit2" })).toBe("2");
  });

  test("can be set, taken away, and letters switched off", () => {
    expect(keysOf("next", usual)).toEqual(["j", "ArrowDown"]);
    expect(keysOf("next", { ...usual, letter_keys: false })).toEqual(["ArrowDown"]);
    // Only the first key is changed; the others stay, unless they were given to another command.
    expect(keysOf("next", { ...usual, keys: { next: "z" } })).toEqual(["z", "ArrowDown"]);
    expect(keysOf("next", { ...usual, keys: { next: "ArrowDown" } })).toEqual(["ArrowDown"]);
    expect(keysOf("next", { ...usual, keys: { done: "ArrowDown" } })).toEqual(["j"]);
    expect(keysOf("next", { ...usual, keys: { next: "" } })).toEqual([]);
    expect([isLetter("g t"), isLetter("Shift+H"), isLetter("1"), isLetter("F2"), isLetter("Ctrl+K")]).toEqual(
      [true, true, true, false, false],
    );
  });

  test("a clash is found, also with the beginning of a sequence", () => {
    expect(clashOf("who", "d", usual)).toBe("done");
    expect(clashOf("who", "g", usual)).toBe("go_inbox");
    expect(clashOf("undo", "Ctrl+K", usual)).toBe("palette");
    expect(clashOf("who", "w", usual)).toBeNull();
    expect(["Alt+K", "Alt+U", "Ctrl+Enter"].map((keys) => clashOf("who", keys, usual))).toEqual([
      "merged_keep",
      "merged_use",
      "leave_text",
    ]);
  });

  test("no two commands of the table share a key where both work", () => {
    for (const command of COMMANDS)
      for (const keys of command.keys)
        expect([command.id, keys, clashOf(command.id, keys, usual)]).toEqual([command.id, keys, null]);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });

  test("are drawn as caps", () => {
    expect(capsOf("Ctrl+Shift+Z")).toEqual(["Ctrl", "Shift", "Z"]);
    expect(capsOf("g t")).toEqual(["g", "t"]);
    expect(capsOf("Alt+ArrowUp")).toEqual(["Alt", "↑"]);
  });
});

describe("the palette", () => {
  test("a sign at the beginning narrows it", () => {
    expect(readQuery("> sort")).toEqual({ mode: "commands", words: "sort" });
    expect(readQuery("+hou")).toEqual({ mode: "lists", words: "hou" });
    expect(readQuery("@mia").mode).toBe("who");
    expect(readQuery("#home").mode).toBe("tags");
    expect(readQuery("5 + 3")).toEqual({ mode: "all", words: "5 + 3" });
  });

  test("beginnings fit better than middles", () => {
    expect(fit("Groceries", "gro")).toBeGreaterThan(fit("Home groceries", "gro"));
    expect(fit("Home groceries", "gro")).toBeGreaterThan(fit("Agronomy", "gro"));
    expect(fit("Über", "uber")).toBeGreaterThan(0);
    expect(fit("House", "x")).toBe(0);
  });

  test("commands are found by other words that people use", () => {
    const ids = (words: string): string[] =>
      commandsFor(words, () => true).map((offer) => (offer.kind === "command" ? offer.command.id : ""));
    expect(ids("pair")).toContain("go_add");
    expect(ids("assign")).toContain("who");
    expect(ids("deadline")).toContain("schedule");
    expect(commandsFor("undo", (id) => id !== "undo").map(({ id }) => id)).not.toContain("command undo");
  });
});
