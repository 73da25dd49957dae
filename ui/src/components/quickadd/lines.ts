/** A pasted line as the service will read it, for the preview: without its bullet, number and box. */
export function lineOf(line: string): string {
  return line.trim().replace(/^([-*+•–]\s+|\d+[.)]\s+)?(\[[ xX]?\]\s*)?/u, "");
}
