import { localeFor, type LocaleOverrides } from "../lib/locale.ts";

const LAST = "rota.locale";

/**
 * What `localeFor` says, from the last time where the question is the same: the first answer of a page takes longer than
 * reading its tasks.
 */
export function lastLocaleFor(
  language: string,
  system: readonly string[],
  overrides: LocaleOverrides,
): string {
  // Another web view may know a region otherwise.
  const asked = JSON.stringify([language, system, overrides, navigator.userAgent]);
  const last = lastAnswer();
  if (last.asked === asked && last.locale !== undefined) return last.locale;
  const locale = localeFor(language, system, overrides);
  try {
    localStorage.setItem(LAST, JSON.stringify({ asked, locale }));
  } catch {
    // Without a store it is found each time.
  }
  return locale;
}

function lastAnswer(): { asked?: string; locale?: string } {
  try {
    return JSON.parse(localStorage.getItem(LAST) ?? "{}") as { asked?: string; locale?: string };
  } catch {
    return {};
  }
}
