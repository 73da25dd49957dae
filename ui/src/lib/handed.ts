/** What is dropped or pasted, a task a line: the names of files, else the lines of a text. */
export function linesOf(data: Pick<DataTransfer, "files" | "getData"> | null): string[] {
  const names = [...(data?.files ?? [])].map((file) => file.name);
  const lines = names.length > 0 ? names : (data?.getData("text/plain") ?? "").split(/\r?\n/);
  return lines.filter((line) => line.trim() !== "");
}
