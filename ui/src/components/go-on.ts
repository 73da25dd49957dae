import { tick } from "svelte";
import { isFocusLost } from "../lib/focus.ts";
import type { App } from "../state/app.svelte.ts";

/** A button went with its row: the next one has the focus, and where there is none, the view. */
export async function goOn(rows: HTMLElement | undefined, app: App): Promise<void> {
  await tick();
  if (!isFocusLost()) return;
  const next = rows?.isConnected ? rows.querySelector<HTMLElement>("button") : null;
  if (next) return next.focus();
  app.control?.focus();
  if (isFocusLost()) document.querySelector<HTMLElement>("[data-part=sidebar] .nav[aria-current]")?.focus();
}
