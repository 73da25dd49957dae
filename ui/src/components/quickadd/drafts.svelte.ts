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
  return draft;
}
