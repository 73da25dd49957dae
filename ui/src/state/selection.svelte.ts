/** Tasks that were chosen together, mounted or not. */
export class Selection {
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** Where `Shift` extends from. */
  anchor: string | null = null;

  get size(): number {
    return this.ids.size;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  toggle(id: string): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.ids = ids;
    this.anchor = id;
  }

  add(ids: Iterable<string>): void {
    this.ids = new Set([...this.ids, ...ids]);
  }

  /** Leaves tasks out, except for some of them. */
  drop(ids: readonly string[], except: readonly string[]): void {
    const stay = new Set(except);
    const gone = new Set(ids.filter((id) => !stay.has(id)));
    this.ids = new Set([...this.ids].filter((id) => !gone.has(id)));
  }

  replace(ids: Iterable<string>): void {
    this.ids = new Set(ids);
  }

  clear(): void {
    this.anchor = null;
    if (this.ids.size > 0) this.ids = new Set();
  }
}
