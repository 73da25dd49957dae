const NAMES: Readonly<Record<string, string>> = { " ": "Space", "+": "Plus" };

/**
 * The keys that are down, as `Ctrl+Alt+Space`: for a key that works in every program, so a letter alone is none. Null
 * while only Ctrl, Alt, Shift or the system's key is down.
 */
export function globalChordOf(event: KeyboardEvent): string | null {
  if (["Control", "Alt", "Shift", "Meta", "AltGraph", "Dead", "Process"].includes(event.key)) return null;
  if (!event.ctrlKey && !event.altKey && !event.metaKey) return null;
  const single = [...event.key].length === 1;
  const name = NAMES[event.key] ?? (single ? event.key.toUpperCase() : event.key);
  const held = [
    ...(event.ctrlKey ? ["Ctrl"] : []),
    ...(event.altKey ? ["Alt"] : []),
    ...(event.shiftKey ? ["Shift"] : []),
    ...(event.metaKey ? ["Meta"] : []),
  ];
  return [...held, name].join("+");
}
