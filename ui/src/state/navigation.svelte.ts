import { placeOf, type View } from "./view.ts";

const MOST = 100;

/** The views one came from, and those one went back from. */
export class Navigation {
  #before = $state.raw<readonly View[]>([]);
  #after = $state.raw<readonly View[]>([]);

  get canBack(): boolean {
    return this.#before.length > 0;
  }

  get canForward(): boolean {
    return this.#after.length > 0;
  }

  /** Another view opens than those that one went back from. */
  leave(view: View): void {
    const last = this.#before.at(-1);
    if (!last || placeOf(last) !== placeOf(view)) this.#before = [...this.#before, view].slice(-MOST);
    this.#after = [];
  }

  /** Views that are not there any more are no way to go. */
  drop(isGone: (view: View) => boolean): void {
    if (this.#before.some(isGone)) this.#before = this.#before.filter((view) => !isGone(view));
    if (this.#after.some(isGone)) this.#after = this.#after.filter((view) => !isGone(view));
  }

  back(from: View): View | null {
    const to = this.#before.at(-1);
    if (!to) return null;
    this.#before = this.#before.slice(0, -1);
    this.#after = [...this.#after, from];
    return to;
  }

  forward(from: View): View | null {
    const to = this.#after.at(-1);
    if (!to) return null;
    this.#after = this.#after.slice(0, -1);
    this.#before = [...this.#before, from];
    return to;
  }
}
