import { flushSync, mount, unmount, type Component } from "svelte";
import { Api } from "../src/api.ts";
// The window loads these when they are asked for; a deadline is not for compiling.
import "../src/components/later-parts.ts";
import "../src/components/panel/Markdown.svelte";
import "../src/components/panel/PanelBody.svelte";
import "../src/components/pickers/OnePicker.svelte";
import "../src/components/quickadd/ChipPicker.svelte";
import "../src/components/settings/SettingsBody.svelte";
import { App } from "../src/state/app.svelte.ts";
import { MemoryTransport } from "./memory/transport.ts";
import type { World } from "./memory/world.ts";
import { until } from "./until.ts";

/** A page over a service in memory, worked by what it shows. */
export abstract class Screen {
  readonly transport: MemoryTransport;
  readonly app: App;
  readonly #mounted: Record<string, unknown>;

  protected constructor(world: World, page: Component<{ app: App }>) {
    this.transport = new MemoryTransport(world);
    this.app = new App(new Api(this.transport));
    const target = document.createElement("div");
    document.body.replaceChildren(target);
    this.#mounted = mount(page, { target, props: { app: this.app } });
  }

  async close(): Promise<void> {
    await unmount(this.#mounted);
  }

  all(testid: string): HTMLElement[] {
    flushSync();
    return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
  }

  get(testid: string): HTMLElement {
    const found = this.all(testid)[0];
    if (!found) throw new Error(`nothing has data-testid=${testid}`);
    return found;
  }

  has(testid: string): boolean {
    return this.all(testid).length > 0;
  }

  /** Empty where it is not there, as while something is read. */
  text(testid: string): string {
    return this.texts(testid)[0] ?? "";
  }

  texts(testid: string): string[] {
    return this.all(testid).map(plain);
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    await until(() => {
      flushSync();
      return condition();
    }, what);
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

  /** What the service was asked to do by that name. */
  inputs(operation: string): unknown[] {
    return this.transport.calls.filter((call) => call.operation === operation).map((call) => call.input);
  }
}

/** The words without marks of direction and without doubled spaces. */
export function plain(element: Element): string {
  return element.textContent
    .replaceAll(/[\u2068\u2069]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
