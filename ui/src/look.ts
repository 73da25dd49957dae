/** How both windows look: language, theme, density, text size. What is chosen holds at once. */
import type { Settings } from "./generated/api.ts";
import { language } from "./messages/index.ts";
import { setZoom } from "./shell.ts";
import { showTheme } from "./theme.ts";

type Look = Pick<
  Settings,
  "theme" | "density" | "motion" | "zoom" | "language" | "first_weekday" | "weekend" | "hour_cycle"
>;

export const ZOOMS = [90, 100, 110, 125, 150, 175, 200] as const;

/** The next start begins with it: before the service answers nothing may flash in another colour or language. */
const LAST = "rota.look";
const FIRST: Look = {
  theme: "system",
  density: "comfortable",
  motion: "system",
  zoom: 100,
  language: null,
  first_weekday: null,
  weekend: null,
  hour_cycle: null,
};

/** In percent; a window begins with 100. */
let zoomed = 100;
/** What is shown, as it is stored. */
let shown = "";

/** Shows the look of the last time; done when its language is there. */
export async function beginLook(): Promise<void> {
  const look = { ...FIRST, ...lastLook() };
  shown = JSON.stringify(look);
  await apply(look).catch(() => undefined);
}

/** Shows what the settings say. */
export function showLook(settings: Settings): void {
  const { theme, density, motion, zoom, language, first_weekday, weekend, hour_cycle } = settings;
  const look: Look = { theme, density, motion, zoom, language, first_weekday, weekend, hour_cycle };
  const now = JSON.stringify(look);
  if (now === shown) return;
  shown = now;
  try {
    localStorage.setItem(LAST, now);
  } catch {
    // Without a store the first moment has the default look.
  }
  void apply(look).catch(() => undefined);
}

/** The next larger or smaller text size; the same at the end. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const all = by === 1 ? ZOOMS : [...ZOOMS].reverse();
  return all.find((step) => (by === 1 ? step > zoom : step < zoom)) ?? zoom;
}

async function apply(look: Look): Promise<void> {
  showTheme(look.theme);
  const { dataset } = document.documentElement;
  dataset.density = look.density;
  dataset.motion = look.motion;
  if (look.zoom !== zoomed) {
    zoomed = look.zoom;
    // A page outside the desktop is made larger by its browser.
    void setZoom(zoomed).catch(() => undefined);
  }
  await language.choose(look.language, {
    firstWeekday: look.first_weekday,
    weekend: look.weekend,
    hourCycle: look.hour_cycle,
  });
}

function lastLook(): Partial<Look> {
  try {
    return JSON.parse(localStorage.getItem(LAST) ?? "{}") as Partial<Look>;
  } catch {
    return {};
  }
}
