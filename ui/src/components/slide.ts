import { moves } from "../state/moves.ts";

/** What has a place among the rows: they, their headings, and what comes after them. */
const PLACED = "[data-id], .rows > .at, .roster > :not(.rows)";

/** Rows that went to other places by what one did oneself slide there from where they were seen. */
export class Slide {
  #before = new Map<Element, number>();
  #running: Animation[] = [];

  /** Before the rows are drawn anew: where each is seen now. */
  look(scroller: HTMLElement | undefined): void {
    this.#before = new Map();
    if (!moves.own || !scroller || !("animate" in scroller) || timing().duration === 0) return;
    for (const each of scroller.querySelectorAll(PLACED)) this.#before.set(each, topOf(each));
  }

  /** They are drawn in their new places. */
  play(scroller: HTMLElement | undefined): void {
    if (this.#before.size === 0 || !scroller) return;
    for (const running of this.#running) running.cancel();
    const { top, bottom, height } = scroller.getBoundingClientRect();
    // All is measured before anything moves: each measure in between would have the page laid out anew.
    const moved = [...this.#before].flatMap(([each, was]) => {
      const is = topOf(each);
      const sight = Math.max(was, is) > top - SLACK_PX && Math.min(was, is) < bottom;
      return each.isConnected && was !== is && sight ? [{ each, by: was - is }] : [];
    });
    this.#before = new Map();
    const how = timing();
    this.#running = moved.map(({ each, by }) => {
      const from = Math.max(-height, Math.min(height, by));
      return each.animate([{ transform: `translateY(${from}px)` }, { transform: "none" }], how);
    });
  }
}

/** The height of a row that is in sight with its last line alone. */
const SLACK_PX = 80;

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}

/** As the style sheets have it: with less motion it takes no time. */
function timing(): { duration: number; easing: string } {
  const style = getComputedStyle(document.documentElement);
  const time = style.getPropertyValue("--t-2").trim();
  const duration = (Number.parseFloat(time) || 0) * (time.endsWith("ms") ? 1 : 1000);
  return { duration, easing: style.getPropertyValue("--ease-out").trim() || "ease-out" };
}
