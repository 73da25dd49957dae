import { invoke } from "@tauri-apps/api/core";

/** Hides the quick-add window; its page and what was typed in it stay. */
export async function hideQuickAdd(): Promise<void> {
  await invoke("hide_quick_add");
}
