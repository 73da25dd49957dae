import type { App } from "../../state/app.svelte.ts";
import { QuickDraft } from "./draft.svelte.ts";

const drafts = new WeakMap<App, Map<string, QuickDraft>>();

/** What is half typed for a new task in a view: it is there again wherever the field stands, and when one comes back. */
export function draftOf(app: App, view: string): QuickDraft {
  const known = drafts.get(app) ?? new Map<string, QuickDraft>();
  drafts.set(app, known);
  const there = known.get(view);
  if (there) return there;
  // It outlives the field that asks for it.
  let made: QuickDraft | undefined;
  $effect.root(() => {
    made = new QuickDraft(app);
  });
  const draft = made ?? new QuickDraft(app);
  known.set(view, draft);
  const key = `new-task ${view}`;
  app.beforeEnd(async () => {
    const text = draft.store();
    if (text !== null) await app.call("draft_set", { key, text });
  });
  void takeUp(app, key, draft);
  return draft;
}

/** What was half typed when the app ended, unless one typed meanwhile. */
async function takeUp(app: App, key: string, draft: QuickDraft): Promise<void> {
  // Only a convenience: without it the field is empty.
  const { text } = await app.call("draft_show", { key }).catch(() => ({ text: null }));
  if (text === null) return;
  if (draft.empty) draft.restore(text);
  await app.call("draft_set", { key, text: null }).catch(() => undefined);
}
