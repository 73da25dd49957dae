/** Which words of two texts differ, so that only those are marked. */
import type { Piece as Hit } from "./matched.ts";

export interface Piece {
  text: string;
  differs: boolean;
}

/** Beyond this many comparisons the middle of both texts counts as different as a whole. */
const COMPARISONS_MAX_COUNT = 400_000;

const words = new Intl.Segmenter(undefined, { granularity: "word" });

export function differingWords(left: string, right: string): { left: Piece[]; right: Piece[] } {
  const a = split(left);
  const b = split(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  const [sameA, sameB] = common(middleA, middleB);
  const pieces = (all: readonly string[], middle: readonly string[], same: ReadonlySet<number>): Piece[] =>
    join([
      ...all.slice(0, start).map((text) => ({ text, differs: false })),
      ...middle.map((text, i) => ({ text, differs: !same.has(i) })),
      ...all.slice(all.length - end).map((text) => ({ text, differs: false })),
    ]);
  return { left: pieces(a, middleA, sameA), right: pieces(b, middleB, sameB) };
}

/** The text with the words marked that it has now and did not have before; null where no word is new. */
export function newWords(before: string | null, now: string): Hit[] | null {
  if (before === null || before === now) return null;
  const pieces = differingWords(before, now).right.map(({ text, differs }) => ({ text, hit: differs }));
  return pieces.some(({ hit }) => hit) ? pieces : null;
}

function split(text: string): string[] {
  return [...words.segment(text)].map((part) => part.segment);
}

/** The places of a longest common subsequence in either text. */
function common(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const inA = new Set<number>();
  const inB = new Set<number>();
  if (a.length * b.length > COMPARISONS_MAX_COUNT) return [inA, inB];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [inA, inB];
}

/** Neighbours of one kind become one piece; a space between two that differ belongs to them. */
function join(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  pieces.forEach((piece, i) => {
    const last = all.at(-1);
    const between = piece.text.trim() === "" && last?.differs === true && pieces[i + 1]?.differs === true;
    const differs = piece.differs || between;
    if (last?.differs === differs) last.text += piece.text;
    else all.push({ text: piece.text, differs });
  });
  return all;
}
