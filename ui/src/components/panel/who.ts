/** Who wrote something, as the panel says it. */
import type { Author, HistoryEntry } from "../../generated/api.ts";
import { t } from "../../messages/index.ts";
import type { Group } from "../../state/group.svelte.ts";

export function writerWords(group: Group, by: Author): string {
  if (!group.isMe(by.person.id)) return by.person.name;
  return by.computer.id === group.status?.computer.id
    ? t("panel.you")
    : t("panel.youOn", { computer: by.computer.name });
}

/** Who wrote a field last. */
export function writerOf(group: Group, history: readonly HistoryEntry[] | null, field: string): string {
  const now = history?.find((entry) => entry.field === field && entry.current);
  return now ? writerWords(group, now) : t("panel.somebody");
}
