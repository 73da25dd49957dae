import type { List } from "../generated/api.ts";
import type { App } from "./app.svelte.ts";

/** The lists in the trash, read again when lists change. To be made where a component begins; it ends with that. */
export class DeletedLists {
  all = $state.raw<readonly List[]>([]);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    $effect(() => {
      app.attempt(this.read());
      return app.hear(({ kinds }) => {
        if (kinds.has("list") || kinds.has("resync")) app.attempt(this.read());
      });
    });
  }

  async read(): Promise<void> {
    const lists = await this.#app.call("lists_show", { trash: true });
    this.all = lists.filter((list) => list.deleted_at !== null);
  }
}
