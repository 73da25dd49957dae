import { mergedEdits } from "../lib/facts.ts";
import { t } from "../messages/index.ts";
import type { App } from "./app.svelte.ts";
import type { Batch } from "./changes.ts";

/** After a long absence many come at once: a toast for each would say nothing. */
const TOLD_MAX_COUNT = 20;

/** Tells when what two people wrote apart has met in a task that is on the screen. What it gives ends that. */
export function tellOfMerges(app: App): () => void {
  return app.hear((batch) => void look(app, batch));
}

async function look(app: App, { kinds, tasks }: Batch): Promise<void> {
  if (!kinds.has("task") || tasks.size > TOLD_MAX_COUNT) return;
  // Rows are read again behind this, so they still say how it was.
  const before = new Map(
    (app.rows?.all.known ?? []).flatMap((row) =>
      tasks.has(row.id) ? [[row.id, mergedEdits(row)] as const] : [],
    ),
  );
  for (const [id, count] of before) {
    const task = await app.call("task_show", { id }).catch(() => null);
    const now = task ? mergedEdits(task) : 0;
    if (!task || now <= count) continue;
    app.toasts.offer(
      t("merged.toast", { n: now - count + 1, task: task.title || t("task.untitled") }),
      t("merged.show"),
      () => app.openTask(id, "merged"),
    );
  }
}
