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

/** Before words that count from a due date which is not typed: it stands in for the one that the tasks have. */
const STAND_IN = "today";

type Parse = (input: Input<"quick_add_parse">) => Promise<QuickAddParsed>;

/**
 * Null where some of it was not understood: what would be lost is never taken for nothing. `haveDue` says whether every
 * task has a due date, which a reminder or a plain repeat then counts from.
 */
export async function readWhen(
  parse: Parse,
  text: string,
  part: "due" | "start",
  haveDue: boolean,
): Promise<TypedValues | null> {
  const typed = text.trim();
  const parsed = await parse({ text: `${TITLE} ${typed}` });
  if (parsed.title.trim() === TITLE) return valuesOf(parsed, part, haveDue);
  if (!haveDue) return null;
  const counted = await parse({ text: `${TITLE} ${STAND_IN} ${typed}` });
  if (counted.title.trim() !== TITLE || counted.reminder === null) return null;
  return valuesOf({ ...counted, due: null }, part, haveDue);
}

function valuesOf(parsed: QuickAddParsed, part: "due" | "start", haveDue: boolean): TypedValues | null {
  const values: TypedValues = {};
  const typedDue = parsed.tokens.some((token) => token.slot === "due");
  // "Every 2 weeks" counts on from the day that is set; "every monday" says which day it is.
  const goesOn = parsed.repeat !== null && !parsed.repeat.includes("BY") && !typedDue && haveDue;
  const asStart = part === "start" && parsed.start === null && parsed.repeat === null;
  if (parsed.due !== null && !goesOn) values[asStart ? "start" : "due"] = parsed.due;
  if (parsed.start !== null) values.start = parsed.start;
  if (parsed.repeat !== null) values.repeat = parsed.repeat;
  if (parsed.reminder !== null) values.reminder = parsed.reminder;
  return Object.keys(values).length === 0 ? null : values;
}
