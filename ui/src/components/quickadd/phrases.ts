/** Values as they are typed: what is chosen stands in the text as if somebody had written it. */
import type { SignStyle } from "../../generated/api.ts";
import { reminderWords } from "../../lib/moments.ts";
import { t } from "../../messages/index.ts";

/** A day and time in the one way that every language reads. */
export function dateWords(day: string, time: string | null, field: "due" | "start"): string {
  const at = time === null ? day : `${day} ${time}`;
  return field === "due" ? at : `${t("quick.fromWord")} ${at}`;
}

/** The rounds that are chosen most, in words that the service reads. */
export function repeatPhrases(): string[] {
  const units = ["day", "week", "month", "year"] as const;
  const [day = "", ...others] = units.map((unit) => t(`repeat.${unit}`, { n: 1 }));
  return [day, t("repeat.workdays"), ...others].map((words) => words.toLocaleLowerCase());
}

/** The reminders that are chosen most, with the words that say them. */
export function reminderPhrases(now: Date): { words: string; label: string }[] {
  return ["due", "before 10m", "before 30m", "before 1h", "before 1d"].map((value) => {
    const label = reminderWords(value, now);
    const remind = t("quick.remindWord");
    return { words: value === "due" ? remind : `${remind} ${label}`, label };
  });
}

/** A priority behind the letters of its sign: Vikunja counts the other way round. */
export function priorityWords(sign: string, priority: number, signs: SignStyle): string {
  return `${sign}${signs === "vikunja" ? 4 - priority : priority}`;
}
