import type { Values } from "../lib/icu.ts";
import { en } from "./en/index.ts";
import { language, type MessageKey } from "./language.svelte.ts";

export { language, LANGUAGES, LANGUAGE_NAMES, systemLanguage, systemLocales } from "./language.svelte.ts";
export type { Catalogue, LanguageCode, MessageKey } from "./language.svelte.ts";

/** The sentence with its values put in; names are isolated, so their direction does not turn the sentence. */
export function t(key: MessageKey, values?: Values): string {
  return language.format(key, values);
}

/** `Mia, Leo and Priya`. */
export function names(all: readonly string[]): string {
  return language.names(all);
}

/** The locale of dates, numbers and sorting, for `Intl`; it carries the hour cycle and the first weekday. */
export function locale(): string {
  return language.locale;
}

/** `100,002`: a number that stands alone, written as the sentences write it. */
export function number(n: number): string {
  return language.number(n);
}

/** Whether there is a sentence of that name: for names that come from outside. */
export function has(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
