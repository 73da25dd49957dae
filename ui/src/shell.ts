/** What the desktop around the pages does, beside the service: windows, links, keys that work everywhere. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

/** What the desktop can do here, for the settings to say. */
export interface DesktopInfo {
  platform: "linux" | "macos" | "windows";
  /** Whether the desktop is a Wayland one, where no program takes keys from the others. */
  wayland: boolean;
  /** Whether there is a tray that shows the icon. */
  tray: boolean;
  /** Whether Rota starts with the desktop; null where that cannot be set up. */
  autostart: boolean | null;
  shortcut: ShortcutInfo;
  /** Whether somebody shows notifications here. */
  notifications: boolean;
  /** What to bind to a key where the app itself cannot. */
  quick_add_command: string;
  /** The folder that everything is kept in. */
  data_folder: string;
  /** Where people keep what they write; null where the system has no such place. */
  documents_folder: string | null;
}

/** The key that opens quick add from everywhere, and whether it does. */
export interface ShortcutInfo {
  state: "on" | "off" | "taken" | "unavailable";
  key: string | null;
}

/** What a window is asked to show. */
export interface Opening {
  kind: "task" | "view" | "quick_add";
  /** The id of the task or the name of the view. */
  id: string | null;
  /** What stands in quick add's field; null leaves what was typed there. */
  text: string | null;
}

const OPEN = "rota://open";
const DESKTOP = "rota://desktop";
const FINISH = "rota://finish";

/** What the desktop can do here now. */
export async function desktopInfo(): Promise<DesktopInfo> {
  return await invoke<DesktopInfo>("desktop_info");
}

/** Tells when what `desktopInfo` says has changed. What it gives ends that. */
export async function onDesktopChange(changed: () => void): Promise<() => void> {
  return await listen(DESKTOP, changed);
}

/** Opens a link outside: http, https or mailto, nothing else. Rejects with an `ApiError`. */
export async function openLink(url: string): Promise<void> {
  await invoke("open_link", { url });
}

/** Opens a page of the system's settings, named as the service's remedy names it. Rejects with an `ApiError`. */
export async function openSettings(page: string): Promise<void> {
  await invoke("open_settings", { page });
}

/** Sets the size of everything in both windows, in percent. */
export async function setZoom(percent: number): Promise<void> {
  await invoke("set_zoom", { percent });
}

/** Lets somebody choose a file in the system's own dialog: one to write, or one that is there; null for none. */
export async function chooseFile(
  what: "save" | "open",
  title: string,
  proposed: string,
): Promise<string | null> {
  const options = { title, ...(proposed === "" ? {} : { defaultPath: proposed }) };
  return await invoke<string | null>(`plugin:dialog|${what}`, { options });
}

/** Closes the main window, as its own button does. */
export async function closeWindow(): Promise<void> {
  await invoke("close_window");
}

/** Ends the app, whatever keeps running without its window. */
export async function quit(): Promise<void> {
  await invoke("quit");
}

/** Runs when the app is about to end, which waits for it a moment. What it gives ends that. */
export async function onFinish(finish: () => Promise<void>): Promise<() => void> {
  return await listen(FINISH, () => {
    void finish()
      .catch(() => undefined)
      .then(() => invoke("finished"));
  });
}

/** Hides the quick-add window, and gives the focus back to the program that had it. The page stays as it is. */
export async function hideQuickAdd(): Promise<void> {
  await invoke("hide_quick_add");
}

/** Makes the quick-add window as high as what it shows, in CSS pixels. */
export async function resizeQuickAdd(height: number): Promise<void> {
  await invoke("resize_quick_add", { height });
}

/**
 * Hears what this window is asked to show, from now on and what it was asked before its page was there.
 * What it gives ends that.
 */
export async function onOpen(open: (opening: Opening) => void): Promise<() => void> {
  // The event only says that something waits: whoever takes it first has it, so none is lost or done twice.
  const take = async (): Promise<void> => {
    for (;;) {
      const opening = await invoke<Opening | null>("take_opening");
      if (!opening) return;
      open(opening);
    }
  };
  const end = await listen(OPEN, () => void take());
  await take();
  return end;
}
