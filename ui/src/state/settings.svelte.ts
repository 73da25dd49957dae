import type { Api } from "../api.ts";
import type { Settings, SettingsChange } from "../generated/api.ts";

/** What holds until the settings of this computer were read. */
export const DEFAULTS: Settings = {
  language: null,
  first_weekday: null,
  weekend: null,
  hour_cycle: null,
  theme: "system",
  density: "comfortable",
  motion: "system",
  zoom: 100,
  letter_keys: true,
  keys: {},
  signs: "rota",
  morning: "09:00",
  afternoon: "14:00",
  evening: "19:00",
  autostart: false,
  keep_running: true,
  global_shortcut: "Ctrl+Alt+Space",
  notifications: true,
  toasts_stay: false,
  first_run_done: true,
  show_done: false,
  sidebar_width: null,
  date_order: null,
};

/** The settings of this computer. */
export class SettingsStore {
  now = $state.raw<Settings>(DEFAULTS);

  readonly #api: Api;
  /** Counts the changes: an answer to an older question says nothing about what was changed since. */
  #turn = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  async read(): Promise<void> {
    const turn = this.#turn;
    const now = await this.#api.call("settings_show", {});
    if (turn === this.#turn) this.now = now;
  }

  /** Changes some; null is the default again. It holds at once, and is taken back where it cannot be kept. */
  async change(changed: SettingsChange): Promise<void> {
    const turn = ++this.#turn;
    const before = this.now;
    const set = Object.entries(changed).map(([key, value]) => [
      key,
      value === null ? DEFAULTS[key as keyof Settings] : value,
    ]);
    this.now = { ...before, ...(Object.fromEntries(set) as Partial<Settings>) };
    try {
      const now = await this.#api.call("settings_change", changed);
      if (turn === this.#turn) this.now = now;
    } catch (thrown) {
      if (turn === this.#turn) this.now = before;
      else void this.read().catch(() => undefined);
      throw thrown;
    }
  }
}
