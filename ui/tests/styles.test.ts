import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// Style sheets are read as files: as modules they are empty under test.
const STYLES = join(import.meta.dirname, "../src/styles");
const sheets: Record<string, string> = {
  ...Object.fromEntries(
    readdirSync(STYLES)
      .filter((name) => name.endsWith(".css"))
      .map((name) => [name, readFileSync(join(STYLES, name), "utf8")]),
  ),
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

    test("moves for as long as the tokens say, and by what needs no layout", () => {
      for (const [declared] of css.matchAll(/(?:animation|transition):[^;]+;/g))
        expect(declared).toMatch(/var\(--t-/);
      for (const [, steps] of css.matchAll(/@keyframes \w+ \{((?:[^{}]*\{[^}]*\})+)/g))
        for (const [, name] of (steps ?? "").matchAll(/([\w-]+):/g))
          expect(["opacity", "transform", "background", "box-shadow"]).toContain(name);
    });

    test("cuts what is too long at the side, and not the feet of its letters", () => {
      for (const [rule] of css.matchAll(/[^{}]+\{[^{}]*text-overflow[^{}]*\}/g))
        expect(rule).toMatch(/overflow: clip visible|line-height: 1\.4|padding: var\(--s-3\)/);
    });

    test("needs no inline style or script", () => {
      if (path.endsWith(".svelte")) expect(text).not.toMatch(/\sstyle="|\{@html|<script>\s*window/);
    });
  },
);

test("controls that are pressed say so, and what is hovered or pressed fades in 90 ms", () => {
  const css = cssOf("app.css", sheets["app.css"] ?? "");
  const pressed = /:is\(([^)]*)\):active[^{]*\{\s*background-color: var\(--pressed\)/.exec(css)?.[1];
  expect(pressed).toBe(".nav, .opt, .fold-row, .seg button, .select, .tab");
  expect(cssOf("Menu.svelte", sheets["../src/components/Menu.svelte"] ?? "")).toMatch(
    /\.mi:active[^{]*\{\s*background: var\(--pressed\)/,
  );
  const fades =
    /([^{}]+)\{\s*transition:\s*background-color var\(--t-1\),\s*color var\(--t-1\)/.exec(css)?.[1] ?? "";
  expect(fades.split(",").map((each) => each.trim())).toEqual([
    ".btn",
    ".ib",
    ".find",
    ".nav",
    ".fold-row",
    ".status",
    ".seg button",
    ".select",
    ".tab",
    ".switch",
    ".chk i",
  ]);
});

test("the status line stands under the title wherever there is no sidebar", () => {
  const wide = cssOf("App.svelte", sheets["../src/App.svelte"] ?? "");
  expect(wide).toMatch(/\(min-width: 900px\) \{[\s\S]*\.no-side :global\(\.strip\) \{\s*display: flex/);
  const narrow = cssOf("app.css", sheets["app.css"] ?? "");
  expect(narrow).toMatch(/\(max-width: 899px\) \{[\s\S]*\.strip \{\s*display: flex/);
  // It is a part by itself, and shows that it has the focus.
  expect(narrow).toContain("[data-part]:not(button):focus-visible");
});

test("panel, menu, palette, picker and toast come in 160 ms, and at once where less motion is wished", () => {
  const css = Object.entries(sheets).map(([path, text]) => cssOf(path, text));
  const rules = css.flatMap((sheet) => [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)]);
  const of = (selector: string): string =>
    rules
      .filter(([, names]) => names?.split(",").some((name) => name.trim() === selector))
      .map(([, , body]) => body)
      .join();
  for (const part of [".panel", ".menu", ".toast", ".dlg[open]", ".popup[open]"])
    expect(of(part), part).toContain("var(--t-2)");
  expect(of(":root")).toContain("--t-2: 160ms");
  expect(of('[data-motion="less"]')).toMatch(/--t-2: 0ms.*--shift: 0px/);
});
