/** Whether what had the focus went away with it. Whoever gave it to something else meanwhile keeps it there. */
export function isFocusLost(): boolean {
  return document.activeElement === document.body || document.activeElement === null;
}
