import { t } from "../messages/index.ts";
import type { Group } from "../state/group.svelte.ts";
import type { View } from "../state/view.ts";

/** What a view is called. */
export function titleOf(view: View, group: Group): string {
  switch (view.kind) {
    case "today":
      return t("side.today");
    case "upcoming":
      return t("side.upcoming");
    case "all":
      return t("side.all");
    case "me":
      return t("side.me");
    case "done":
      return t("side.done");
    case "trash":
      return t("trash.title");
    case "recovered":
      return t("recovered.title");
    case "list":
      return group.list(view.list)?.name ?? "";
    case "space":
      return group.space(view.space)?.name ?? "";
    case "tag":
      return `#${view.tag}`;
    case "who":
      return view.who.name;
    case "search":
      return t("view.searchField");
    case "computers":
      return t("side.computers");
    case "add":
      return t("computers.add");
    case "settings":
      return t("side.settings");
  }
}
