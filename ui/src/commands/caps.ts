/** Keys as they are drawn, each as its keyboard has it. */

const CAPS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Plus: "+",
  ContextMenu: "≣",
};

export const onMac: boolean = /mac/i.test(navigator.platform);

/** The caps to draw for one key: `Ctrl` `K`; for a sequence both keys. */
export function capsOf(keys: string): string[] {
  return keys.split(" ").flatMap((chord) =>
    chord.split("+").map((part) => {
      if (onMac) {
        const mac = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" }[part];
        if (mac) return mac;
      }
      return CAPS[part] ?? part;
    }),
  );
}
