import type { List, Member, Named, Space, TagCount } from "../../generated/api.ts";
import { names, t } from "../../messages/index.ts";
import { fold } from "../../lib/fold.ts";
import type { Caller } from "../../state/draft.ts";
import type { Meant } from "./pins.ts";

/** The names that a task's words can mean. They are read when they are needed, which is seldom. */
export class Names {
  lists = $state.raw<readonly List[]>([]);
  #spaces = $state.raw<readonly Space[]>([]);
  #members = $state.raw<ReadonlyMap<string, readonly Member[]>>(new Map());
  tags = $state.raw<readonly TagCount[]>([]);
  readonly #api: Caller;

  constructor(api: Caller) {
    this.#api = api;
  }

  /** Lists and spaces, and who is in one of them. */
  async read(space: string): Promise<void> {
    const [lists, spaces, members] = await Promise.all([
      this.#api.call("lists_show", {}),
      this.#api.call("spaces_show", {}),
      this.#api.call("members_show", { space }).catch(() => []),
    ]);
    this.lists = lists.filter((list) => !list.archived);
    this.#spaces = spaces;
    this.#members = new Map([...this.#members, [space, members.filter((one) => one.removed_at === null)]]);
  }

  async readTags(space: string): Promise<void> {
    this.tags = await this.#api.call("tags_show", { space });
  }

  /** A space as the window calls it: one's own has no name. */
  spaceName({ id, name }: Named): string {
    return this.#spaces.find((space) => space.id === id)?.kind === "mine" ? t("side.mine") : name;
  }

  mayWrite(space: string): boolean {
    return this.#spaces.find(({ id }) => id === space)?.role !== "viewer";
  }

  /** All that a name can mean in a slot: lists everywhere, people and computers of one space. */
  all(slot: Meant["slot"], space: string): Meant[] {
    if (slot === "list")
      return this.lists
        .filter((list) => this.mayWrite(list.space.id))
        .map((list) => ({ slot, kind: "list", ...named(list), note: this.spaceName(list.space) }));
    const members = this.#members.get(space) ?? [];
    return [
      ...members.map(({ person, computers }): Meant => ({
        slot,
        kind: "person",
        ...named(person),
        note: names(computers.map(({ name }) => name)),
      })),
      ...members.flatMap(({ person, computers }) =>
        computers.map((one): Meant => ({ slot, kind: "computer", ...named(one), note: person.name })),
      ),
    ];
  }

  /** Those that have one name, without case and accents. */
  called(slot: Meant["slot"], space: string, name: string): Meant[] {
    return this.all(slot, space).filter((one) => fold(one.name) === fold(name));
  }
}

function named({ id, name }: Named): Named {
  return { id, name };
}

/** The name behind its sign as the service reads it back: in quotes where it does not end by itself. */
export function nameWords(sign: string, name: string): string {
  if (!/[\s/"“”„«»「」『』《》]/u.test(name)) return sign + name;
  return name.includes('"') ? `${sign}“${name}”` : `${sign}"${name}"`;
}

/** The name that such words say. */
export function nameIn(words: string): string {
  return words.slice(1).replace(/^["“„«]|["”“»]$/gu, "");
}
