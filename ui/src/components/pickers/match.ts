/** Which of the things that can be chosen the typed words mean. */
import { fold } from "../../lib/fold.ts";

/** Those that have every typed word at the beginning of one of theirs, names that begin with the text first. */
export function matching<T>(all: readonly T[], text: string, nameOf: (one: T) => string): T[] {
  const wanted = fold(text.trim());
  if (wanted === "") return [...all];
  const words = wanted.split(/\s+/);
  const scored = all.flatMap((one) => {
    const name = fold(nameOf(one));
    const fits = words.every(
      (word) => name.startsWith(word) || name.includes(` ${word}`) || name.includes(word),
    );
    if (!fits) return [];
    return [
      { one, rank: name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : 3 },
    ];
  });
  return scored.sort((a, b) => a.rank - b.rank).map(({ one }) => one);
}
