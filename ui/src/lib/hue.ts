import type { Named } from "../generated/api.ts";

export const HUES = [
  "tomato",
  "orange",
  "ochre",
  "olive",
  "green",
  "teal",
  "blue",
  "indigo",
  "violet",
  "rose",
  "slate",
] as const;

export type Hue = (typeof HUES)[number];

/** The hue of a person or a list: the one that was chosen, else one that follows from its id everywhere alike. */
export function hueOf(of: Pick<Named, "id">, chosen?: string | null): Hue {
  const known = HUES.find((hue) => hue === chosen);
  if (known) return known;
  // FNV-1a: small, and the same on every computer.
  let hash = 0x811c9dc5;
  for (let i = 0; i < of.id.length; i++) {
    hash = Math.imul(hash ^ of.id.charCodeAt(i), 0x01000193) >>> 0;
  }
  // Slate is what a thing without a hue looks like, so no id gets it.
  return HUES[hash % (HUES.length - 1)] ?? "slate";
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** First grapheme of a name; the first two when another name begins alike. */
export function initial(name: string, others: readonly string[] = []): string {
  const letters = [...graphemes.segment(name.trim())].map((part) => part.segment);
  const first = letters[0]?.toUpperCase() ?? "?";
  const shared = others.some((other) => other !== name && other.trim().toUpperCase().startsWith(first));
  return shared ? first + (letters[1] ?? "") : first;
}
