/** What the first picture shows is asked for before most of the program is here. */
import { early } from "./transport/early.ts";
import { tauriTransport } from "./transport/tauri.ts";

export const transport = early(tauriTransport, [
  "status",
  "lists_show",
  "spaces_show",
  "computers_show",
  "settings_show",
  "presence_show",
  "overview",
]);
