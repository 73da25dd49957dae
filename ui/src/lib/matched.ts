import { fold } from "./fold.ts";

/** Which letters of a text are those that were searched for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Each word of the search, wherever a word of the text begins with it; case and accents do not count. */
export function matched(text: string, search: string): Piece[] {
  const words = search
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map(fold);
  if (words.length === 0) return [{ text, hit: false }];
  const pieces: Piece[] = [];
  let plain = 0;
  // Folding letter by letter keeps the places: one letter may fold to several.
  const letters = [...text];
  const starts: number[] = [];
  let flat = "";
  for (const letter of letters) {
    starts.push(flat.length);
    flat += fold(letter);
  }
  const hits = new Array<boolean>(letters.length).fill(false);
  for (const word of words) {
    if (word === "") continue;
    for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + word.length)) {
      for (const [i, start] of starts.entries()) if (start >= at && start < at + word.length) hits[i] = true;
    }
  }
  for (let i = 1; i <= letters.length; i++) {
    if (i < letters.length && hits[i] === hits[plain]) continue;
    pieces.push({ text: letters.slice(plain, i).join(""), hit: hits[plain] ?? false });
    plain = i;
  }
  return pieces;
}
