import { describe, expect, test } from "vitest";

const sheets: Record<string, string> = {
  ...import.meta.glob<string>("../src/**/*.css", { query: "?raw", import: "default", eager: true }),
  ...import.meta.glob<string>("../src/**/*.svelte", { query: "?raw", import: "default", eager: true }),
};

/** The style sheets alone, without their comments. */
function cssOf(path: string, text: string): string {
  const css = path.endsWith(".svelte")
    ? [...text.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((m) => m[1]).join("")
    : text;
  return css.replace(/\/\*[\s\S]*?\*\//g, "");
}

describe.each(Object.entries(sheets).map(([path, text]) => [path, cssOf(path, text), text] as const))(
  "%s",
  (path, css, text) => {
    test("runs on old web views", () => {
      expect(css).not.toMatch(/oklch\(|color-mix\(|light-dark\(|:has\(|&/);
    });

    test("mirrors for scripts that run from right to left", () => {
      expect(css).not.toMatch(
        /(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:|text-align:\s*(?:left|right)/,
      );
    });

    test("needs no inline style or script", () => {
      if (path.endsWith(".svelte")) expect(text).not.toMatch(/\sstyle="|\{@html|<script>\s*window/);
    });
  },
);
