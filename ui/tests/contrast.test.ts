/** Every role of text and shape on every surface, by WCAG 2.2 (1.4.3 and 1.4.11). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../src/styles/tokens.css"), "utf8");

/** The colours that are declared in the first block of a selector. */
function block(selector: string): Record<string, string> {
  const from = css.indexOf("{", css.indexOf(selector));
  const body = css.slice(from, css.indexOf("}", from));
  const roles = [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)];
  return Object.fromEntries(roles.map(([, name = "", hex = ""]) => [name, hex]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const light = block(":root {");
const dark = block(':root[data-theme="dark"]');
const TEXT_MIN = 4.5;
const SHAPE_MIN = 3;
const SURFACES =
  "bg side raised sunken hover side-hover side-selected pressed selected warn-soft danger-soft".split(" ");
const TEXT = "text text-2 text-3 accent accent-hover accent-pressed warn danger danger-hover".split(" ");
const HUES = Object.keys(light).filter((role) => role.startsWith("hue-"));
const SHAPES = ["line-strong", "focus", "warn-mark", ...HUES];
const FILLS = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-accent", "accent-pressed"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
  ...HUES.map((hue) => ["on-hue", hue]),
] as const;

test("both dark blocks are the same, and have every colour of the light one", () => {
  expect(block(':root:not([data-theme="light"])')).toEqual(dark);
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  expect(HUES).toHaveLength(11);
});

test("contrast is measured as the standard has it", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s theme", (_theme, colours) => {
  const of = (role: string): string => {
    const colour = colours[role];
    if (colour === undefined) throw new Error(`there is no --${role}`);
    return colour;
  };
  const faint = (roles: readonly string[], least: number): string[] =>
    roles.flatMap((role) =>
      SURFACES.filter((surface) => contrast(of(role), of(surface)) < least).map(
        (surface) => `${role} on ${surface}: ${contrast(of(role), of(surface)).toFixed(2)}`,
      ),
    );

  test("text can be read on every surface", () => {
    expect(faint(TEXT, TEXT_MIN)).toEqual([]);
  });

  test("shapes are seen on every surface", () => {
    expect(faint(SHAPES, SHAPE_MIN)).toEqual([]);
  });

  test("what stands on a filled ground can be read", () => {
    const faintOn = FILLS.filter(([text, ground]) => contrast(of(text), of(ground)) < TEXT_MIN);
    expect(faintOn).toEqual([]);
  });
});
