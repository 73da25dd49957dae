import { Formatter, type Values } from "../lib/icu.ts";
import { usableLocale } from "../lib/locale.ts";
import { en } from "./en.ts";

export type MessageKey = keyof typeof en;

/** The language of dates, numbers and names. The sentences are English until there is another catalogue. */
export const locale: string = usableLocale([...navigator.languages, navigator.language]);

const formatter = new Formatter("en");
const conjunction = new Intl.ListFormat("en", { type: "conjunction" });

/** The sentence with its values put in; names are isolated, so their direction does not turn the sentence. */
export function t(key: MessageKey, values?: Values): string {
  return formatter.format(en[key], values);
}

/** `Mia, Leo and Priya`. */
export function names(all: readonly string[]): string {
  return conjunction.format(all);
}
