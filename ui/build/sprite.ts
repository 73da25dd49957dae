import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const SOURCES = join(import.meta.dirname, "../src");
const FILE = join(SOURCES, "icons.svg");

/** Puts the icons into each page, hidden, where every icon refers to them: the page is read while its program still comes. */
export function sprite(): Plugin {
  return {
    name: "sprite",
    transformIndexHtml(html) {
      const hidden = shownOnly(readFileSync(FILE, "utf8"), words())
        .replaceAll(/<!--[^]*?-->|\n/g, "")
        .replace("<svg ", '<svg hidden="" aria-hidden="true" ');
      return html.replace(/<body[^>]*>/, (body) => `${body}\n    ${hidden}`);
    },
  };
}

/** Without the symbols that no source names: the design has more of them than are shown yet. */
export function shownOnly(svg: string, named: ReadonlySet<string>): string {
  return svg.replaceAll(/<symbol id="(?:i-)?([\w-]+)"[^]*?<\/symbol>/g, (symbol: string, name: string) =>
    named.has(name) ? symbol : "",
  );
}

/** What stands in quotes in the sources. */
export function words(): ReadonlySet<string> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const sources = files.filter((name) => /\.(?:ts|svelte)$/.test(name));
  const found = sources.flatMap((name) => [
    ...readFileSync(join(SOURCES, name), "utf8").matchAll(/["'`]([a-z][a-z0-9-]*)["'`]/g),
  ]);
  return new Set(found.map(([, word = ""]) => word));
}
