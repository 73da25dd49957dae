/** What the service found, in the language of the window. It speaks English itself, and of its command line. */
import { sentence } from "./errors.ts";
import type { DoctorCheck, HealthCondition } from "./generated/api.ts";
import { has, language, t } from "./messages/index.ts";

export interface Words {
  message: string;
  hint: string;
}

/** Of these the service says what the system said, or a port: that is for those who look after computers. */
const BARE: ReadonlySet<string> = new Set(["disk_full", "read_only", "port_in_use", "cannot_listen"]);

/** A standing condition. In English the service's own sentence is better: it names the computer. */
export function wordsOf({ code, message, hint }: HealthCondition): Words {
  const known = `health.${code}`;
  const advice = `health.${code}.hint`;
  return {
    message: sentence((language.code !== "en" || BARE.has(code)) && has(known) ? t(known) : message),
    hint: sentence(has(advice) ? t(advice) : (hint ?? "")),
  };
}

/** What one check of the network found. What stands wrong says the same there as in its banner. */
export function wordsOfCheck(found: DoctorCheck): Words {
  const { check, ok, message, fix, condition, computer = "", port = "" } = found;
  const known = condition ? `health.${condition}` : ok ? `check.${check}` : `check.${check}.bad`;
  const advice = condition ? `${known}.hint` : `check.${check}.fix`;
  const english = language.code === "en" || !has(known);
  const values = { computer, port: String(port) };
  return {
    message: sentence(english ? message : t(known, values)),
    hint: sentence(!ok && has(advice) ? t(advice, values) : (fix ?? "")),
  };
}
