import { flushSync } from "svelte";
import AppPage from "../src/App.svelte";
import { later } from "../src/components/later.svelte.ts";
import { drawn } from "../src/drawn.ts";
import type { World } from "./memory/world.ts";
import { Screen } from "./screen.ts";

/** The whole window over a service in memory, worked as a person works it. */
export class Page extends Screen {
  private constructor(world: World) {
    super(world, AppPage);
  }

  static async open(world: World): Promise<Page> {
    // What is there a moment after the first picture, is there.
    await later.load();
    const page = new Page(world);
    await page.until(() => page.app.ready && page.app.rows?.ready === true, "the window");
    await drawn();
    return page;
  }

  titles(): string[] {
    return this.all("task-title").map((title) => title.textContent);
  }

  row(title: string): HTMLElement {
    const row = this.all("task-row").find(
      (each) => each.querySelector("[data-testid=task-title]")?.textContent === title,
    );
    if (!row) throw new Error(`no row ${title}`);
    return row;
  }

  /** The pointer goes over a row: what only shows there is there. */
  over(row: HTMLElement): HTMLElement {
    row.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    flushSync();
    return row;
  }

  within(row: HTMLElement, testid: string): HTMLElement {
    const found = row.querySelector<HTMLElement>(`[data-testid=${testid}]`);
    if (!found) throw new Error(`nothing in the row has data-testid=${testid}`);
    return found;
  }
}
