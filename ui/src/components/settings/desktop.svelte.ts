import { desktopInfo, onDesktopChange, type DesktopInfo } from "../../shell.ts";

/** What the desktop can do now, for the settings to offer that and nothing else. */
export class Desktop {
  info = $state.raw<DesktopInfo | null>(null);

  /** Follows it until what it gives is called. A page outside the desktop has none. */
  follow(): () => void {
    void this.#read();
    const ends = onDesktopChange(() => void this.#read()).catch(() => undefined);
    return () => void ends.then((end) => end?.());
  }

  async #read(): Promise<void> {
    this.info = await desktopInfo().catch(() => null);
  }
}
