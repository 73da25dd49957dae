import { flushSync, mount, unmount } from "svelte";
import { Api } from "../src/api.ts";
import AppPage from "../src/App.svelte";
// The window loads these when it has nothing else to do; a test may be over by then.
import "../src/components/panel/Markdown.svelte";
import "../src/components/panel/PanelBody.svelte";
import "../src/components/pickers/OnePicker.svelte";
import "../src/components/settings/SettingsBody.svelte";
import { App } from "../src/state/app.svelte.ts";
import { MemoryTransport } from "./memory/transport.ts";
import type { World } from "./memory/world.ts";
import { until } from "./until.ts";

/** The whole window over a service in memory, worked as a person works it. */
export class Page {
  readonly transport: MemoryTransport;
  readonly app: App;
  readonly #mounted: Record<string, unknown>;

  private constructor(world: World) {
    this.transport = new MemoryTransport(world);
    this.app = new App(new Api(this.transport));
    const target = document.createElement("div");
    document.body.replaceChildren(target);
    this.#mounted = mount(AppPage, { target, props: { app: this.app } });
  }

  static async open(world: World): Promise<Page> {
    const page = new Page(world);
    await until(() => page.app.ready && page.app.rows?.ready === true, "the window");
    flushSync();
    return page;
  }

  async close(): Promise<void> {
    await unmount(this.#mounted);
  }

  all(testid: string): HTMLElement[] {
    flushSync();
    return [...document.querySelectorAll<HTMLElement>(`[data-testid=${testid}]`)];
  }

  get(testid: string): HTMLElement {
    const found = this.all(testid)[0];
    if (!found) throw new Error(`nothing has data-testid=${testid}`);
    return found;
  }

  has(testid: string): boolean {
    return this.all(testid).length > 0;
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    await until(() => {
      flushSync();
      return condition();
    }, what);
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

  within(row: HTMLElement, testid: string): HTMLElement {
    const found = row.querySelector<HTMLElement>(`[data-testid=${testid}]`);
    if (!found) throw new Error(`nothing in the row has data-testid=${testid}`);
    return found;
  }

  type(testid: string, text: string): HTMLInputElement {
    const field = this.get(testid) as HTMLInputElement;
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
    return field;
  }

  press(
    key: string,
    more: KeyboardEventInit = {},
    on: EventTarget = document.activeElement ?? document.body,
  ): void {
    on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
    flushSync();
  }

  click(testid: string): void {
    this.get(testid).click();
    flushSync();
  }
}
