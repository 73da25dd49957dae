import { getCurrentWindow } from "@tauri-apps/api/window";

/** Hides this window; its page and what was typed in it stay. */
export async function hideWindow(): Promise<void> {
  await getCurrentWindow().hide();
}
