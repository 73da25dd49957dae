/** A date, a repeat, a reminder typed by itself, read by the same grammar as quick add. */
import type { Input } from "../../api.ts";
import type { QuickAddParsed } from "../../generated/api.ts";

export interface TypedValues {
  due?: string;
  start?: string;
  repeat?: string;
  reminder?: string;
}

/** Words count only behind a title, so one stands before them. */
const TITLE = "x";

/** Null where some of it was not understood: what would be lost is never taken for nothing. */
export async function readWhen(
  parse: (input: Input<"quick_add_parse">) => Promise<QuickAddParsed>,
  text: string,
  part: "due" | "start",
): Promise<TypedValues | null> {
  const parsed = await parse({ text: `${TITLE} ${text.trim()}` });
  if (parsed.title.trim() !== TITLE) return null;
  const values: TypedValues = {};
  const asStart = part === "start" && parsed.start === null && parsed.repeat === null;
  if (parsed.due !== null) values[asStart ? "start" : "due"] = parsed.due;
  if (parsed.start !== null) values.start = parsed.start;
  if (parsed.repeat !== null) values.repeat = parsed.repeat;
  if (parsed.reminder !== null) values.reminder = parsed.reminder;
  return Object.keys(values).length === 0 ? null : values;
}
