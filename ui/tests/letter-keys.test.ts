import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { household, Bench } from "./panel/bench.ts";
import { Page } from "./page.ts";
import { smallWorld } from "./memory/world.ts";
import type { Screen } from "./screen.ts";

const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset.testid;

async function set(
  screen: Screen,
  change: Parameters<Screen["app"]["settings"]["change"]>[0],
): Promise<void> {
  await screen.app.settings.change(change);
}

describe("in the sidebar", () => {
  let page: Page;
  beforeEach(async () => {
    page = await Page.open(smallWorld());
    page.get("today-button").focus();
  });
  afterEach(() => page.close());

  test("letters walk, unless they are switched off", async () => {
    page.press("j");
    expect(focused()).toBe("upcoming-button");
    page.press("k");
    expect(focused()).toBe("today-button");
    await set(page, { letter_keys: false });
    page.press("j");
    expect(focused()).toBe("today-button");
    page.press("ArrowDown");
    expect(focused()).toBe("upcoming-button");
  });

  test("a key that was set walks in place of the letter", async () => {
    await set(page, { keys: { next: "z", previous: "" } });
    page.press("j");
    page.press("k");
    expect(focused()).toBe("today-button");
    page.press("z");
    expect(focused()).toBe("upcoming-button");
  });

  test("the letter of the menu opens that of a list, unless it is switched off", async () => {
    const menu = (): boolean => document.querySelector("[role=menu]") !== null;
    await set(page, { letter_keys: false });
    page.get("sidebar-list").focus();
    page.press(".");
    expect(menu()).toBe(false);
    page.press("ContextMenu");
    expect(menu()).toBe(true);
    await page.until(() => document.activeElement?.closest("[role=menu]") !== null, "the focus in it");
    page.press("Escape");
    await page.until(() => !menu(), "the menu to close");
    await set(page, { letter_keys: true, keys: { actions: "q" } });
    page.press(".");
    expect(menu()).toBe(false);
    page.press("q");
    expect(menu()).toBe(true);
  });
});

describe("among subtasks", () => {
  let bench: Bench;
  beforeEach(async () => {
    const { world, rent } = household();
    bench = await Bench.open(world, rent.id);
    bench.all("subtask")[0]?.focus();
  });
  afterEach(() => bench.close());

  const at = (): number => bench.all("subtask").indexOf(document.activeElement as HTMLElement);

  test("letters walk and complete, unless they are switched off", async () => {
    bench.press("j");
    await bench.until(() => at() === 1, "the next one");
    bench.press("k");
    await bench.until(() => at() === 0, "the one before");
    await set(bench, { letter_keys: false });
    bench.press("j");
    bench.press("d");
    bench.press("ArrowDown");
    await bench.until(() => at() === 1, "the next one");
    expect(bench.inputs("task_do_many")).toEqual([]);
    bench.press(" ");
    await bench.until(() => bench.inputs("task_do_many").length === 1, "the subtask to be done");
  });

  test("a key that was set completes in place of the letter", async () => {
    await set(bench, { keys: { done: "z" } });
    bench.press("d");
    bench.press("z");
    await bench.until(() => bench.inputs("task_do_many").length > 0, "the subtask to be done");
    expect(bench.inputs("task_do_many")).toHaveLength(1);
  });
});
