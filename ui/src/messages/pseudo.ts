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

/** English in a strange dress: a sentence without accents is not from the catalogue, and each is 40 % longer. */
export function pseudo(): Catalogue {
  return Object.fromEntries(Object.entries(en).map(([key, message]) => [key, dressed(message)])) as Record<
    MessageKey,
    string
  >;
}

function dressed(message: string): string {
  let depth = 0;
  let shown = 0;
  let plural = false;
  let out = "";
  for (let at = 0; at < message.length; at++) {
    const char = message.charAt(at);
    if (char === "{") {
      depth++;
      if (/^\{\w+, (plural|selectordinal),/u.test(message.slice(at))) plural = true;
    } else if (char === "}") depth--;
    // Names of values and of forms stay; in a plural the text stands two braces deep.
    const isText = depth === (plural ? 2 : 0);
    out += isText ? (ACCENTED[char] ?? char) : char;
    if (isText) shown++;
  }
  return plural ? out : out + "·".repeat(Math.ceil(shown * 0.4));
}
