const DEADLINE_MS = 4000;

/** Waits for a condition; fails with what it was waiting for when the deadline passes. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((done) => setTimeout(done, 2));
  }
}
