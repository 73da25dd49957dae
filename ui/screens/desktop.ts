import { mockIPC } from "@tauri-apps/api/mocks";
import type { DesktopInfo } from "../src/shell.ts";

/** The desktop around the pages, for pictures: `?desktop=wayland`, `taken` or `bare`. */
export function fakeDesktop(kind: string): void {
  const info: DesktopInfo = {
    platform: "linux",
    wayland: kind === "wayland",
    tray: kind !== "bare",
    autostart: kind === "bare" ? null : false,
    shortcut:
      kind === "wayland"
        ? { state: "unavailable", key: null }
        : { state: kind === "taken" ? "taken" : "on", key: "Ctrl+Alt+Space" },
    notifications: kind !== "bare",
    quick_add_command: "rota quick-add",
    data_folder: "/home/jonas/.local/share/rota",
    documents_folder: "/home/jonas/Documents",
  };
  mockIPC((command) => (command === "desktop_info" ? info : null));
}
