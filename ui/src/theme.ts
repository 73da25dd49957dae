/** Tells the style sheets whether the window is light or dark: as the settings say, else as the desktop is. */
import { listen } from "@tauri-apps/api/event";
import { drawn } from "./drawn.ts";
import type { Theme } from "./generated/api.ts";

type Shade = "light" | "dark";

declare global {
  /** What the app says the desktop is, where a desktop says it to programs. */
  var rotaShade: Shade | undefined;
}

let chosen: Theme = "system";
let system: Shade = "light";

/** Follows the desktop from now on: web views on Linux do not always report a change themselves. */
export function followTheme(): void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const look = (): void => hear(globalThis.rotaShade ?? (media.matches ? "dark" : "light"));
  look();
  media.addEventListener("change", look);
  addEventListener("rota-shade", look);
  // A message to the app, which the first picture needs not wait for.
  void drawn().then(followWindow);
}

/** Shows what was chosen, at once. */
export function showTheme(theme: Theme): void {
  chosen = theme;
  show();
}

function hear(shade: Shade): void {
  system = shade;
  show();
}

function show(): void {
  document.documentElement.dataset.theme = chosen === "system" ? system : chosen;
}

async function followWindow(): Promise<void> {
  try {
    await listen<Shade>("tauri://theme-changed", (event) => hear(event.payload));
  } catch {
    // A page outside the desktop has only the media query, and that is followed already.
  }
}
