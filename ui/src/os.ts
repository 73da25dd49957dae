/** Tells the style sheets on which system the window is, before anything is drawn. */

/** Whether the system's own face was there the last time. */
const FACE = "rota.face";
const SAMPLE = "Illuminate WWW";

export function markSystem(): void {
  if (!/linux/iu.test(navigator.userAgent)) return;
  const { dataset } = document.documentElement;
  dataset.os = "linux";
  if (stored() === "missing") dataset.face = "missing";
}

/**
 * Notes for the next start whether the face that the system names for its windows is installed: where it is not, it would
 * be looked up anew for each size and weight. The page looks the same with it and without.
 */
export function noteFace(): void {
  const context = document.createElement("canvas").getContext?.("2d");
  if (!context || document.documentElement.dataset.os !== "linux") return;
  const widthIn = (faces: string): number => {
    context.font = `16px ${faces}`;
    return context.measureText(SAMPLE).width;
  };
  // One that is missing gives way to the next, whatever that is.
  const missing = ["monospace", "serif"].every((next) => widthIn(`system-ui, ${next}`) === widthIn(next));
  try {
    localStorage.setItem(FACE, missing ? "missing" : "there");
  } catch {
    // Without a store it is looked up each time.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(FACE);
  } catch {
    return null;
  }
}
