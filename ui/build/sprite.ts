import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FILE = new URL("../src/icons.svg", import.meta.url);

/** Puts the icons into each page, hidden, where every icon refers to them: the page is read while its program still comes. */
export function sprite(): Plugin {
  return {
    name: "sprite",
    transformIndexHtml(html) {
      const symbols = readFileSync(FILE, "utf8").replaceAll(/<!--[^]*?-->|\n/g, "");
      const hidden = symbols.replace("<svg ", '<svg hidden="" aria-hidden="true" ');
      return html.replace(/<body[^>]*>/, (body) => `${body}\n    ${hidden}`);
    },
  };
}
