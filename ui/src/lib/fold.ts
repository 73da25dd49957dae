/**
 * Marks that one may leave out. Vowel signs of Indic scripts and the voicing marks of kana are not among them: without
 * those it is another word. The same as rota-model's `text::fold` has them.
 */
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

/** The text with neither case nor accents, for comparing only. */
export function fold(text: string): string {
  const small = text.normalize("NFKD").replace(ACCENTS, "").toLowerCase();
  return small.replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFC");
}
