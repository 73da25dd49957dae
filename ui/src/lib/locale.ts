/**
 * The first language that dates and numbers can be written in. What a web view reports is not always a language: with
 * `LANG=C` WebKit says `c`, and every `Intl` constructor throws on it.
 */
export function usableLocale(reported: readonly string[]): string {
  return reported.find(isUsable) ?? "en";
}

function isUsable(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
