/** How an error of the service is said to a person in the window. */
import { toApiError } from "./api.ts";
import { has, language, t } from "./messages/index.ts";

export interface Said {
  /** What happened, a whole sentence. */
  text: string;
  /** What to do about it, where there is something to do. */
  hint: string | null;
  /** The input field at fault, if it is one. */
  field: string | null;
  code: string;
}

export function say(thrown: unknown): Said {
  const error = toApiError(thrown);
  const key = `error.${error.code}`;
  // The service speaks English. What it says is more exact than any sentence kept here, so it is never left out.
  const translated = language.code !== "en" && has(key);
  const hint = translated ? error.message : error.hint;
  return {
    text: translated ? sentence(t(key)) : sentence(error.message),
    hint: hint === null ? null : sentence(hint),
    field: error.field ?? null,
    code: error.code,
  };
}

/** The service's messages begin small and end open, for the command line's sake. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const [first = ""] = trimmed;
  const begun = first.toUpperCase() + trimmed.slice(first.length);
  return /[.!?…:。！？]$/u.test(begun) ? begun : `${begun}.`;
}
