import type { Computer, HealthCondition } from "../generated/api.ts";
import type { MessageKey } from "../messages/index.ts";
import type { Values } from "./icu.ts";
import type { Segment } from "./ring.ts";
import { whyNotSaved } from "./saving.ts";

/** What the status line says: one sentence, the first that holds. */
export interface Standing {
  key: MessageKey;
  values: Values;
  needsYou: boolean;
  ring: Segment[];
}

/** Not saving > clock > cannot be reached > other version > sending or getting > up to date > alone. */
export function standingOf(computers: readonly Computer[], health: readonly HealthCondition[]): Standing {
  const others = computers.filter((computer) => !computer.this && computer.state !== "removed");
  const online = others.filter((computer) => computer.online);
  const ring = ringOf(others);
  const say = (key: MessageKey, values: Values = {}, needsYou = false): Standing => ({
    key,
    values,
    needsYou,
    ring: online.length === 0 ? [] : ring,
  });
  const named = (state: Computer["state"]): Computer | undefined =>
    computers.find((computer) => computer.state === state);

  const stands = (...codes: string[]): boolean => health.some((condition) => codes.includes(condition.code));

  const unsaved = whyNotSaved(health);
  if (unsaved) return say(unsaved, {}, true);
  const clock = named("clock_wrong");
  if (clock) return say("status.clock", { computer: clock.name }, true);
  // It is this computer's own, or nobody can say whose.
  if (stands("clock_wrong")) return say("status.clocks", {}, true);
  if (stands("port_in_use", "cannot_listen")) return say("status.unreached", {}, true);
  const other = named("incompatible");
  if (other) return say("status.older", { computer: other.name }, true);
  const sending = online.find((computer) => computer.to_send > 0);
  if (sending) return say("status.sending", { n: sending.to_send, computer: sending.name });
  const getting = online.find((computer) => computer.to_receive > 0);
  if (getting) return say("status.getting", { n: getting.to_receive, computer: getting.name });
  if (online.length > 0) return say("status.ok", { n: online.length + 1 });
  return say("status.alone");
}

function ringOf(others: readonly Computer[]): Segment[] {
  const rank = { full: 0, half: 1, thin: 2 };
  const parts = others.map((computer): Segment => {
    if (!computer.online) return "thin";
    return computer.to_send > 0 || computer.state === "sending" ? "half" : "full";
  });
  return (["full", ...parts] as Segment[]).sort((a, b) => rank[a] - rank[b]);
}
