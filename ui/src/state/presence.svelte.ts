import type { Api, Input } from "../api.ts";
import type { Named, Presence } from "../generated/api.ts";

/** Who is here now, and at what: nothing of it is kept anywhere. */
export class PresenceStore {
  all = $state.raw<readonly Presence[]>([]);

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async read(): Promise<void> {
    this.all = await this.#api.call("presence_show", {});
  }

  /** Tells the others; it is no matter when that fails. */
  async tell(change: Input<"presence_set">): Promise<void> {
    await this.#api.call("presence_set", change).catch(() => undefined);
  }

  /** The others who have a list open. */
  inList(list: string): Named[] {
    return this.#people((one) => one.list === list);
  }

  /** The others who have a task open. */
  inTask(task: string): Named[] {
    return this.#people((one) => one.task === task);
  }

  /** The others who are typing in a task. */
  typing(task: string): Named[] {
    return this.#people((one) => one.task === task && one.typing);
  }

  /** Everybody who is on a task, this person too. */
  onIt(task: string): Named[] {
    return unique(this.all.filter((one) => one.on_it.includes(task)).map((one) => one.person));
  }

  isMine(task: string): boolean {
    return this.all.some((one) => one.this && one.on_it.includes(task));
  }

  #people(wanted: (one: Presence) => boolean): Named[] {
    return unique(this.all.filter((one) => !one.this && wanted(one)).map((one) => one.person));
  }
}

function unique(people: readonly Named[]): Named[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
