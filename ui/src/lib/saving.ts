import type { HealthCondition } from "../generated/api.ts";

/** Why nothing can be saved on this computer, as the name of the sentence that says so; null where it can. */
export function whyNotSaved(
  health: readonly Pick<HealthCondition, "code">[],
): "status.disk" | "status.readOnly" | null {
  const stands = (code: string): boolean => health.some((condition) => condition.code === code);
  if (stands("disk_full")) return "status.disk";
  return stands("read_only") ? "status.readOnly" : null;
}
