type Parts = typeof import("./later-parts.ts");

/** A chunk of its own: the first list does not wait for what is opened later, and that is then there at once. */
class Later {
  /** Null until it has come. */
  parts = $state.raw<Parts | null>(null);
  #coming: Promise<void> | undefined;

  /** Done when it has come. One that did not come is asked for again the next time. */
  async load(): Promise<void> {
    this.#coming ??= import("./later-parts.ts")
      .then((parts) => void (this.parts = parts))
      .finally(() => (this.#coming = undefined));
    await this.#coming;
  }
}

export const later = new Later();
