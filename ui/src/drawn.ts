/** A page that is not to be seen draws nothing; nobody waits longer than this. */
const PATIENCE_MS = 400;

/** Once what the page shows now is drawn, with as many frames as it takes. */
export async function drawn(frames = 1): Promise<void> {
  if (document.hidden) return;
  const frame = async (left: number): Promise<void> => {
    await new Promise((begun) => requestAnimationFrame(begun));
    if (left > 1) await frame(left - 1);
  };
  await Promise.race([frame(frames), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  // A frame's callbacks run before it is drawn.
  await new Promise((next) => setTimeout(next));
}

/** Once the window has a size: it is shown while its page begins. */
export async function sized(): Promise<void> {
  if (innerWidth > 0) return;
  await new Promise((done) => addEventListener("resize", done, { once: true }));
}
