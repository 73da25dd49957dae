import { en } from "./en/index.ts";
import type { Catalogue, MessageKey } from "./language.svelte.ts";

const ACCENTED: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  c: "ç",
  n: "ñ",
  s: "š",
  y: "ý",
  A: "Á",
  E: "É",
  O: "Ó",
  S: "Š",
};

/** What a sentence ends in; between others it stands with a space before it. */
const TAIL = "·";
const GROWTH = 0.4;

/** English in a strange dress: each sentence, and each form of a plural, is 40 % longer and ends in dots. */
export function pseudo(): Catalogue {
  return Object.fromEntries(Object.entries(en).map(([key, message]) => [key, dressed(message)])) as Record<
    MessageKey,
    string
  >;
}

/** What stands in braces: a value, a plural, or one of its forms, which is text again. */
type Braced = "value" | "plural" | "form";

function dressed(message: string): string {
  const open: Braced[] = [];
  const shown = [0];
  let out = "";
  for (let at = 0; at < message.length; at++) {
    const char = message.charAt(at);
    const within = open.at(-1);
    if (char === "{") {
      const plural = /^\{\w+, (plural|selectordinal),/u.test(message.slice(at));
      open.push(within === "plural" ? "form" : plural ? "plural" : "value");
      if (open.at(-1) === "form") shown.push(0);
    } else if (char === "}") {
      if (open.pop() === "form") out += tail(shown.pop() ?? 0);
    } else if (within === undefined || within === "form") {
      shown.push((shown.pop() ?? 0) + 1);
      out += ACCENTED[char] ?? char;
      continue;
    }
    out += char;
  }
  const [ofAll = 0] = shown;
  return ofAll === 0 && /, (plural|selectordinal),/u.test(message) ? out : out + tail(ofAll);
}

function tail(shown: number): string {
  return TAIL.repeat(Math.max(1, Math.ceil(shown * GROWTH)));
}
