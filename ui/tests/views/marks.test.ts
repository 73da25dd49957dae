import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Marks } from "../../src/state/marks.svelte.ts";
import { mia, type World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { openHouse } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

/** What of a row is washed, and whether anew. */
const wash = (title: string): string[] => {
  const row = page.row(title);
  const words = [...row.querySelectorAll(".washed")].map((each) => each.textContent);
  return row.classList.contains("again") ? [...words, "again"] : words;
};

test("a row that somebody changes is washed, and anew at the next change", async () => {
  page.transport.lastAuthor = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
  page.transport.change("f", { notes: "one" });
  await page.until(() => wash("Last").length > 0, "the mark");
  expect(wash("Last")).toEqual(["Last"]);
  expect(page.row("Last").textContent).toMatch(/Mia.*, just now/);
  page.transport.change("f", { notes: "two" });
  await page.until(() => wash("Last").length === 2, "the mark of the next change");
  page.transport.change("f", { notes: "three" });
  await page.until(() => wash("Last").length === 1, "and of the one after it");
});

test("of a title only the new words are washed, and all of it where some were only taken out", async () => {
  page.transport.lastAuthor = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
  page.transport.change("f", { title: "Last of the red paint" });
  await page.until(() => page.titles().includes("Last of the red paint"), "the new title");
  await page.until(() => wash("Last of the red paint").length > 0, "the mark");
  expect(wash("Last of the red paint")).toEqual([" of the red paint"]);
  page.transport.change("f", { title: "Last of the paint" });
  await page.until(() => page.titles().includes("Last of the paint"), "the title after it");
  await page.until(() => wash("Last of the paint").includes("again"), "the mark after it");
  expect(wash("Last of the paint")).toEqual(["Last of the paint", "again"]);
});

test("what is done is marked, too", async () => {
  page.transport.change("g", { list: world.tasks[0]?.list as never });
  page.app.showDone(true);
  await page.until(() => page.titles().includes("Finished"), "what is done");
  page.transport.lastAuthor = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
  page.transport.change("g", { notes: "more" });
  await page.until(() => page.row("Finished").textContent.includes("just now"), "who it was");
  expect(wash("Finished").length).toBeGreaterThan(0);
});

test("a later change is marked as long as the first", () => {
  vi.useFakeTimers();
  try {
    const marks = new Marks();
    marks.add("a", "Mia");
    vi.advanceTimersByTime(4000);
    marks.add("a", "Leo");
    vi.advanceTimersByTime(4900);
    expect(marks.of.get("a")?.by).toBe("Leo");
    vi.advanceTimersByTime(100);
    expect(marks.of.size).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
