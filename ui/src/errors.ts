/** How an error of the service is said to a person in the window. */
import { toApiError } from "./api.ts";
import { has, language, t, type MessageKey } from "./messages/index.ts";

export interface Said {
  /** What happened, a whole sentence. */
  text: string;
  /** What to do about it, where there is something to do. */
  hint: string | null;
  /** The input field at fault, if it is one. */
  field: string | null;
  code: string;
}

/** What the service says in always the same words, which its code does not tell. */
export const FIXED: Readonly<Record<string, MessageKey>> = {
  "a viewer may only read this space": "said.viewer",
  "only an owner of the space may do that": "said.owners",
  "only an owner invites other people": "said.invites",
  "the space would have no owner left": "said.lastOwner",
  "the last owner cannot leave while others remain": "said.lastOwner",
  "nobody can leave their own Mine": "said.ownSpace",
  "this computer cannot remove itself": "said.itself",
  "all computers of Mine are owners": "said.roles",
  "this computer is not a member of the space": "said.noMember",
  "this computer's own space has other computers, and they would stay behind": "said.behind",
};

/** Of these the sentence for the code says all that a person in the window needs. */
const SAYS_ALL = ["not_found", "nothing_to_redo", "dead_code", "wrong_code"];

/** Advice for somebody who types commands. */
const OF_COMMANDS = /\brota[ -][a-z]|(^|\s)--[a-z]/u;

export function say(thrown: unknown): Said {
  const { code, message, hint, field = null, tries_left } = toApiError(thrown);
  const fixed = FIXED[message] ?? (/^there is a list ".*" already$/u.test(message) ? "said.sameName" : null);
  if (fixed) return { text: t(fixed), hint: null, field, code };
  const known = `error.${code}`;
  const advice = `${known}.hint`;
  // The service speaks English. Where it says more than its code does, that is never left out.
  const translated = language.code !== "en" && has(known);
  const rest = translated
    ? SAYS_ALL.includes(code)
      ? null
      : message
    : OF_COMMANDS.test(hint ?? "")
      ? null
      : hint;
  const more = has(advice) ? t(advice) : rest;
  const tries = tries_left === undefined ? null : t("code.wrong", { n: tries_left });
  return {
    text: tries ?? sentence(translated ? t(known) : message),
    hint: more === null ? null : sentence(more),
    field,
    code,
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
