/** Where a picker stands: beside what it belongs to, and whole on the screen. */

const GAP_PX = 4;
const EDGE_PX = 8;
/** Narrower windows show it at their lower edge, across. */
const NARROW_PX = 640;

export function placeBeside(popup: HTMLElement, anchor: HTMLElement | null): void {
  const { innerWidth: windowWidth, innerHeight: windowHeight } = window;
  const { width, height } = popup.getBoundingClientRect();
  const put = (left: number, top: number): void => {
    popup.style.left = `${Math.round(left)}px`;
    popup.style.top = `${Math.round(top)}px`;
  };
  if (windowWidth < NARROW_PX) return put(0, Math.max(0, windowHeight - height));
  const at = anchor?.isConnected ? boxOf(anchor) : null;
  if (!at || (at.width === 0 && at.height === 0)) {
    return put((windowWidth - width) / 2, Math.min(88, Math.max(EDGE_PX, windowHeight - height - EDGE_PX)));
  }
  const rtl = document.documentElement.dir === "rtl";
  const left = rtl ? at.right - width : at.left;
  const below = at.bottom + GAP_PX;
  const above = at.top - GAP_PX - height;
  const fits = below + height <= windowHeight - EDGE_PX;
  const top = fits || above < EDGE_PX ? below : above;
  put(
    Math.min(Math.max(EDGE_PX, left), Math.max(EDGE_PX, windowWidth - width - EDGE_PX)),
    Math.min(Math.max(EDGE_PX, top), Math.max(EDGE_PX, windowHeight - height - EDGE_PX)),
  );
}

/** A row is as wide as the list: what it says begins at its title. */
function boxOf(anchor: HTMLElement): DOMRect {
  return (anchor.querySelector(":scope > .what") ?? anchor).getBoundingClientRect();
}
