/** What can be told of an invite code before anybody is asked: `7-minemaple-otter-canvas`. */

/** Whether a code is for another computer of one's own: its first word begins with `mine`. */
export function isMineCode(typed: string): boolean {
  const [number = "", first = "", ...others] = typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");
  if (!/^\d+$/u.test(number)) return false;
  // Heard, it may be written as a word of its own.
  return first === "mine" ? others.length === 3 : first.startsWith("mine");
}
