/** A field's name and any value that it has or had, in words. */
import { t, type MessageKey } from "../../messages/index.ts";
import { dayWords, reminderWords } from "../../lib/moments.ts";
import { repeatWords } from "../../lib/repeat.ts";

const NAMED = new Set([
  "title",
  "notes",
  "status",
  "list",
  "parent",
  "order",
  "priority",
  "start",
  "due",
  "repeat",
  "assignee",
  "tags",
  "waits_for",
  "deleted",
  "reminder",
  "rotation",
]);

/** Fields whose values say nothing to a person. */
const SILENT = new Set(["order", "created", "moved", "predecessor"]);

export function isTold(field: string): boolean {
  return !SILENT.has(field);
}

export function fieldWords(field: string): string {
  return t(NAMED.has(field) ? (`field.${field}` as MessageKey) : "field.other");
}

/** `shown` is the name behind an id, as the service knows it. */
export function valueWords(field: string, value: unknown, shown: string | null, now: Date): string {
  switch (field) {
    case "title":
    case "notes":
      return typeof value === "string" && value !== "" ? value : t("value.empty");
    case "status":
      if (value === "done") return t("value.done");
      return t(value === "cancelled" ? "value.cancelled" : "value.open");
    case "priority":
      return typeof value === "number" && value > 0 ? `!${value}` : t("value.none");
    case "due":
    case "start":
      return typeof value === "string" ? dayWords(value, now) : t("value.noDate");
    case "repeat":
      return typeof value === "string" ? repeatWords(value) : t("repeat.none");
    case "reminder":
      return typeof value === "string" ? reminderWords(value, now) : t("reminder.none");
    case "assignee":
      return value === null ? t("value.nobody") : (shown ?? t("value.unknown"));
    case "parent":
      return value === null ? t("value.topLevel") : (shown ?? t("value.unknown"));
    case "deleted":
      return t(value === true ? "value.trash" : "value.notTrash");
    case "rotation":
      return shown ?? t(value === null || isEmpty(value) ? "rotation.none" : "value.unknown");
    case "order":
      return t("value.place");
    case "tags":
      return memberWords(value, "value.tagged", "value.untagged", (element) => ({ tag: element }));
    case "waits_for":
      return memberWords(value, "value.waits", "value.waitsNot", (element) => ({ title: shown ?? element }));
    default:
      return shown ?? t("value.unknown");
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Which element of a set a value is about; null for the value of a field that is none. */
export function elementOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("element" in value)) return null;
  return String(value.element);
}

/** A value of a set: one element, and whether it is in. */
function memberWords(
  value: unknown,
  within: MessageKey,
  without: MessageKey,
  values: (element: string) => Record<string, string>,
): string {
  const element = elementOf(value);
  if (element === null) return t("value.unknown");
  const isIn = (value as { in?: unknown }).in === true;
  return t(isIn ? within : without, values(element));
}
