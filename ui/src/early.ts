/** What the first picture shows is asked for before most of the program is here. */
import { early, type Call } from "./transport/early.ts";
import { tauriTransport } from "./transport/tauri.ts";

/** What every first picture shows. */
const ALWAYS = [
  "status",
  "lists_show",
  "spaces_show",
  "computers_show",
  "settings_show",
  "presence_show",
  "overview",
].map((operation): Call => ({ operation, input: {} }));
/** What else it may show; that of the last time is asked for, and is most often that of this time. */
const SHOWN = ["members_show", "task_page", "task_groups"];
const SHOWN_MAX_COUNT = 16;
const LAST = "rota.first";

export const transport = early(tauriTransport, [...ALWAYS, ...last()]);

/** To be said once the first picture has what it shows. */
export function settle(): void {
  const shown = transport.settle().filter(({ operation }) => SHOWN.includes(operation));
  try {
    localStorage.setItem(LAST, JSON.stringify(shown.slice(0, SHOWN_MAX_COUNT)));
  } catch {
    // Without a store it is asked for when it is known.
  }
}

function last(): Call[] {
  try {
    const kept = JSON.parse(localStorage.getItem(LAST) ?? "[]") as Call[];
    return kept.filter(({ operation }) => SHOWN.includes(operation)).slice(0, SHOWN_MAX_COUNT);
  } catch {
    return [];
  }
}
