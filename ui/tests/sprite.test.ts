import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shownOnly, words } from "../build/sprite.ts";

const ICONS = readFileSync(join(import.meta.dirname, "../src/icons.svg"), "utf8");
const idsOf = (svg: string): string[] => [...svg.matchAll(/<symbol id="([\w-]+)"/g)].map(([, id = ""]) => id);

test("a page has the icons that are named somewhere, and no others", () => {
  const shown = idsOf(shownOnly(ICONS, new Set(["more", "trash"])));
  expect(shown).toEqual(["i-more", "i-trash"]);
  const kept = idsOf(shownOnly(ICONS, words()));
  expect(kept.length).toBeGreaterThan(30);
  expect(kept).not.toContain("check-anchor");
});

test("every icon that is named is among them", () => {
  const there = new Set(idsOf(shownOnly(ICONS, words())));
  const sources = import.meta.glob<string>("../src/**/*.svelte", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const used = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/<Icon\s+name="([\w-]+)"/g)].map(([, name = ""]) => name),
  );
  expect(used.length).toBeGreaterThan(30);
  expect([...new Set(used)].filter((name) => !there.has(`i-${name}`))).toEqual([]);
});
