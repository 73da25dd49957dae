import { SvelteMap } from "svelte/reactivity";
import type { Api } from "../api.ts";
import type { Receipt } from "../generated/api.ts";

/** Before that nobody asks how far one's own change got. */
const WAIT_MS = 10_000;
const AGAIN_MS = 3000;
const MOST = 200;

/** How far one's own latest changes got. A change that everybody has, or that nobody could get, says nothing. */
export class Receipts {
  readonly missing = new SvelteMap<string, Receipt>();
  #watched = new Set<string>();
  /** Nobody could be reached when it was asked last. */
  #unheard = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #api: Api;
  readonly #reachable: () => boolean;

  constructor(api: Api, reachable: () => boolean) {
    this.#api = api;
    this.#reachable = reachable;
  }

  /** Follows a change of one's own to these tasks. */
  follow(ids: readonly string[]): void {
    for (const id of ids) this.#watched.add(id);
    if (this.#watched.size > MOST) this.#watched = new Set([...this.#watched].slice(-MOST));
    for (const id of this.missing.keys()) if (!this.#watched.has(id)) this.missing.delete(id);
    this.#wait(WAIT_MS);
  }

  /** Somebody came or went. */
  askAgain(): void {
    if (this.missing.size > 0 || this.#unheard) void this.#ask();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask(): Promise<void> {
    const ids = [...this.#watched];
    if (ids.length === 0) return;
    this.#unheard = !this.#reachable();
    if (this.#unheard) {
      this.missing.clear();
      return;
    }
    const receipts = await this.#api.call("receipts_show", { ids }).catch(() => null);
    if (receipts === null) return this.#wait(AGAIN_MS);
    for (const receipt of receipts) {
      if (receipt.missing.some((computer) => computer.online)) this.missing.set(receipt.id, receipt);
      else {
        this.missing.delete(receipt.id);
        this.#watched.delete(receipt.id);
      }
    }
    if (this.missing.size > 0) this.#wait(AGAIN_MS);
  }
}
