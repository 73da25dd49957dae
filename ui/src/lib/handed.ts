/** What is dropped or pasted, a task a line: the names of files, else the lines of a text. */
export function linesOf(data: Pick<DataTransfer, "files" | "getData"> | null): string[] {
  const names = [...(data?.files ?? [])].map((file) => file.name);
  return names.length > 0 ? names : textLines(data?.getData("text/plain") ?? "");
}

/** The lines of a text that have something in them, however they end. */
export function textLines(text: string): string[] {
  return text.split(/\r\n?|\n/u).filter((line) => line.trim() !== "");
}
