const FOCUSABLE =
  "button:not([disabled]):not([tabindex='-1']), input:not([disabled]), select, [tabindex='0']";

/** Moves the focus to the next or previous part of the window: sidebar, list, status. */
export function focusPart(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-part]")]
    // What is fixed, such as the drawer of a narrow window, has no parent of its offset.
    .filter((part) => part.getClientRects().length > 0)
    .sort((a, b) => rank(a) - rank(b));
  const at = parts.findLastIndex((part) => part.contains(document.activeElement));
  const next = at < 0 ? (step === 1 ? 0 : parts.length - 1) : (at + step + parts.length) % parts.length;
  const part = parts[next];
  const first =
    part?.querySelector<HTMLElement>("[data-part-focus]:not([disabled])") ??
    part?.querySelector<HTMLElement>("[aria-current='page']") ??
    part?.querySelector<HTMLElement>("[role='treeitem'][tabindex='0']") ??
    part?.querySelector<HTMLElement>(FOCUSABLE) ??
    // The status line under the title is a button by itself.
    part;
  first?.focus();
}

function rank(part: HTMLElement): number {
  return ["sidebar", "list", "panel", "status"].indexOf(part.dataset.part ?? "");
}
