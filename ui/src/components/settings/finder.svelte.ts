import { createContext } from "svelte";
import { fold } from "../../lib/fold.ts";

/** What "Find a setting" looks for; every row asks whether it is meant. */
export class Finder {
  text = $state("");

  finds(words: string): boolean {
    const wanted = fold(this.text.trim()).split(/\s+/u);
    const given = fold(words);
    return wanted.every((word) => given.includes(word));
  }
}

export const [getFinder, setFinder] = createContext<Finder>();
