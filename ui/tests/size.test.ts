import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const DIST = join(import.meta.dirname, "../dist");
const MOST_BYTES = 250_000;

/** The files of the built page and all that they name, now or when something is opened. */
function reached(page: string): Map<string, Buffer> {
  const assets = readdirSync(join(DIST, "assets"), { recursive: true, encoding: "utf8" });
  const all = [page, ...assets.map((name) => join("assets", name))];
  const found = new Map<string, Buffer>();
  const open = [page];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    const bytes = readFileSync(join(DIST, file));
    found.set(file, bytes);
    const text = bytes.toString("utf8");
    open.push(...all.filter((other) => text.includes(basename(other))));
  }
  return found;
}

test("all that the window ever loads is small", () => {
  expect(existsSync(join(DIST, "index.html")), "npm run build makes it").toBe(true);
  const files = reached("index.html");
  const kinds = new Set([...files.keys()].map((name) => name.split(".").at(-1)));
  expect(kinds).toEqual(new Set(["html", "js", "css"]));
  // What comes with the page, what comes later, and the languages.
  for (const part of [/window-.*js$/, /PanelBody-.*css$/, /de-.*js$/])
    expect([...files.keys()].filter((name) => part.test(name))).toHaveLength(1);
  const sizes = [...files].map(([name, bytes]) => ({ name, bytes: gzipSync(bytes, { level: 9 }).length }));
  const sum = sizes.reduce((sum, file) => sum + file.bytes, 0);
  sizes.sort((a, b) => b.bytes - a.bytes);
  expect(sum, JSON.stringify(sizes.slice(0, 8))).toBeLessThanOrEqual(MOST_BYTES);
});
