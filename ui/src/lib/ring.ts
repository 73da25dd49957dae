import type { Receipt } from "../generated/api.ts";

/** The ring: one segment for each computer. Full has your changes, half is being sent to, thin is not reachable. */
export type Segment = "full" | "half" | "thin";

export interface Arc {
  /** Length of the drawn arc on a circle with radius 6. */
  length: string;
  /** Degrees from three o'clock. */
  turn: string;
  strong: boolean;
}

const ROUND = 2 * Math.PI * 6;
const GAP = 2.47;
/** More would be dust; the ring then says only how many parts in this many are full. */
const MOST = 12;

export function segments(parts: readonly Segment[]): Arc[] {
  const shown = parts.length > MOST ? sample(parts) : parts;
  const share = ROUND / shown.length;
  const gap = shown.length === 1 ? 0 : Math.min(GAP, share * 0.4);
  return shown.flatMap((part, i) => {
    const turn = -90 + (360 * (i * share + gap / 2)) / ROUND;
    const arc = (length: number, strong: boolean): Arc => ({
      length: length.toFixed(2),
      turn: turn.toFixed(1),
      strong,
    });
    const whole = share - gap;
    if (part === "full") return [arc(whole, true)];
    if (part === "thin") return [arc(whole, false)];
    return [arc(whole, false), arc(whole / 2, true)];
  });
}

/** Who has a change: full has it, half is about to, thin cannot be reached. */
export function receiptRing(receipt: Receipt): Segment[] {
  return [
    ...receipt.on.map((): Segment => "full"),
    ...receipt.missing.filter(({ online }) => online).map((): Segment => "half"),
    ...receipt.missing.filter(({ online }) => !online).map((): Segment => "thin"),
  ];
}

function sample(parts: readonly Segment[]): Segment[] {
  const sorted = (["full", "half", "thin"] as const).flatMap((kind) => parts.filter((part) => part === kind));
  return Array.from({ length: MOST }, (_, i) => sorted[Math.floor((i * sorted.length) / MOST)] ?? "thin");
}
