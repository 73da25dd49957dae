import type { App } from "../../state/app.svelte.ts";
import { Draft } from "../../state/draft.ts";
import { QuickDraft } from "./draft.svelte.ts";

const drafts = new WeakMap<App, Map<string, QuickDraft>>();

/** What is half typed for a new task in a view: it is there again wherever the field stands, and when one comes back. */
export function draftOf(app: App, view: string): QuickDraft {
  const known = drafts.get(app) ?? new Map<string, QuickDraft>();
  drafts.set(app, known);
  const there = known.get(view);
  if (there) return there;
  const kept = new Draft(app, `new-task ${view}`);
  // It outlives the field that asks for it.
  let made: QuickDraft | undefined;
  $effect.root(() => {
    const draft = new QuickDraft(app);
    made = draft;
    $effect(() => kept.keep(draft.store()));
  });
  const draft = made ?? new QuickDraft(app);
  known.set(view, draft);
  app.beforeEnd(() => kept.flush());
  void takeUp(kept, draft);
  return draft;
}

/** What was half typed when the app ended, unless one typed meanwhile. */
async function takeUp(kept: Draft, draft: QuickDraft): Promise<void> {
  const text = await kept.read();
  if (text !== null && draft.empty) draft.restore(text);
}
