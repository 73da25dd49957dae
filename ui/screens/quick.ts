import { mount } from "svelte";
import type { Api } from "../src/api.ts";
import QuickAdd from "../src/QuickAdd.svelte";

/** The quick-add page as somebody left it: `?scene=quick&text=Buy+paint+tomorrow`, lines pasted with `&paste=`. */
export async function showQuick(api: Api, target: HTMLElement, query: URLSearchParams): Promise<void> {
  document.body.classList.add("quick-screen");
  mount(QuickAdd, { target, props: { api, hide: () => Promise.resolve() } });
  await new Promise((done) => setTimeout(done, 200));
  const field = document.querySelector<HTMLTextAreaElement>("[data-testid=quick-add-field]");
  if (!field) return;
  const pasted = query.get("paste");
  if (pasted) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }
  field.value = query.get("text") ?? "";
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (query.has("notes"))
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
}
