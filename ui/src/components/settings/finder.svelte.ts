import { createContext } from "svelte";

/** What "Find a setting" looks for; every row asks whether it is meant. */
export class Finder {
  text = $state("");

  finds(words: string): boolean {
    const wanted = plain(this.text).split(/\s+/u);
    const given = plain(words);
    return wanted.every((word) => given.includes(word));
  }
}

export const [getFinder, setFinder] = createContext<Finder>();

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
