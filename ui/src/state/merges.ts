import type { Task } from "../generated/api.ts";
import { mergedEdits } from "../lib/facts.ts";
import { t } from "../messages/index.ts";
import type { App } from "./app.svelte.ts";
import type { Batch } from "./changes.ts";

/** After a long absence very many may come at once: nobody waits for all of them to be looked at. */
const ASKED_MAX_COUNT = 500;

/** Tells when what two people wrote apart has met in a task. What it gives ends that. */
export function tellOfMerges(app: App): () => void {
  /** How many edits were merged in each task when it was last looked at. */
  const known = new Map<string, number>();
  return app.hear((batch) => void look(app, known, batch));
}

async function look(app: App, known: Map<string, number>, { kinds, tasks }: Batch): Promise<void> {
  if (!kinds.has("task")) return;
  // Rows are read again behind this, so they still say how it was.
  for (const row of app.rows?.all.known ?? []) if (tasks.has(row.id)) known.set(row.id, mergedEdits(row));
  const met: { task: Task; n: number }[] = [];
  for (const id of [...tasks].slice(0, ASKED_MAX_COUNT)) {
    const task = await app.call("task_show", { id }).catch(() => null);
    if (!task) continue;
    const before = known.get(id) ?? (isNews(task) ? 0 : Infinity);
    const now = mergedEdits(task);
    known.set(id, now);
    if (now > before) met.push({ task, n: now - before + 1 });
  }
  const [first] = met;
  if (!first) return;
  const { task, n } = first;
  const text =
    met.length === 1
      ? t("merged.toast", { n, task: task.title || t("task.untitled") })
      : t("merged.toastMany", { n: met.length });
  app.toasts.offer(text, t("merged.show"), () => app.openTask(task.id, "merged"));
}

/** Whether of a task that was not looked at before the merged field is what was written last. */
function isNews({ merged, updated_at }: Task): boolean {
  const written = (merged ?? []).flatMap(({ kept, also }) => [kept, ...also]).map(({ at }) => Date.parse(at));
  return Math.max(...written) >= Date.parse(updated_at);
}
