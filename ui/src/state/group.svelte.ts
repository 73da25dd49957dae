import type { Api } from "../api.ts";
import type { Author, Computer, List, Member, Named, Space, Status } from "../generated/api.ts";
import { kept, keptEach } from "../lib/same.ts";
import { t } from "../messages/index.ts";

/** The name with which the service makes an inbox. */
const INBOX = "Inbox";

/** Lists, spaces, who is in them, computers, and how this one is: everything around the tasks. */
export class Group {
  #lists = $state.raw<readonly List[]>([]);
  /** Nobody gave the inbox its name, so it is called in the language of the window until somebody does. */
  readonly lists: readonly List[] = $derived(
    this.#lists.map((list) =>
      list.inbox === true && list.name === INBOX ? { ...list, name: t("side.firstList") } : list,
    ),
  );
  #spaces = $state.raw<readonly Space[]>([]);
  /** The personal space has no name of its own, so it is called in the language of the window. */
  readonly spaces: readonly Space[] = $derived(
    this.#spaces.map((space) => (space.kind === "mine" ? { ...space, name: t("side.mine") } : space)),
  );
  computers = $state.raw<readonly Computer[]>([]);
  status = $state.raw<Status | null>(null);
  #members = $state.raw<ReadonlyMap<string, readonly Member[]>>(new Map());

  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async readLists(): Promise<void> {
    this.#lists = keptEach(this.#lists, await this.#api.call("lists_show", {}));
  }

  /** Spaces, and who is in them. */
  async readSpaces(): Promise<void> {
    const spaces = await this.#api.call("spaces_show", {});
    const members = await this.#membersOfAll(spaces);
    this.#spaces = spaces;
    this.#members = members;
  }

  /** Spaces alone: enough to know what to show first. */
  async readSpaceNames(): Promise<void> {
    this.#spaces = await this.#api.call("spaces_show", {});
  }

  /** Who is in the spaces that were read. */
  async readMembers(): Promise<void> {
    this.#members = await this.#membersOfAll(this.#spaces);
  }

  async readComputers(): Promise<void> {
    this.computers = await this.#api.call("computers_show", {});
  }

  async readStatus(): Promise<void> {
    this.status = kept(this.status, await this.#api.call("status", {}));
  }

  list(id: string): List | undefined {
    return this.lists.find((list) => list.id === id);
  }

  space(id: string): Space | undefined {
    return this.spaces.find((space) => space.id === id);
  }

  /** What a list is called here, as a task or an answer of the service names it. */
  listName({ id, name }: Named): string {
    return this.list(id)?.name ?? name;
  }

  /** The list of one's own that takes what names no list. */
  get inbox(): List | undefined {
    const mine = this.spaces.find((space) => space.kind === "mine");
    const own = this.listsOf(mine?.id ?? "");
    return own.find((list) => list.inbox === true) ?? own[0];
  }

  listsOf(space: string): List[] {
    return this.lists.filter((list) => list.space.id === space && !list.archived);
  }

  /** The other people of a space, those who are here first. */
  othersIn(space: string): (Named & { here: boolean })[] {
    return (this.#members.get(space) ?? [])
      .filter((member) => member.removed_at === null && !this.isMe(member.person.id))
      .map((member) => ({ ...member.person, here: member.computers.some(({ id }) => this.isOn(id)) }))
      .sort((a, b) => Number(b.here) - Number(a.here));
  }

  /** This person, by the id that it has in a space. */
  meIn(space: string): Named[] {
    const mine = (this.#members.get(space) ?? []).filter(
      (member) => member.removed_at === null && this.isMe(member.person.id),
    );
    if (mine.length > 0) return mine.map((member) => member.person);
    return this.status ? [this.status.person] : [];
  }

  /** Whether this computer wrote something. */
  isThis(author: Author): boolean {
    return author.computer.id === this.status?.computer.id;
  }

  /** Who wrote something: the person, or one's own other computer. */
  nameOf(author: Author): string {
    return this.isMe(author.person.id) ? author.computer.name : author.person.name;
  }

  /** The people of a space, without those who left it. */
  membersIn(space: string): readonly Member[] {
    return (this.#members.get(space) ?? []).filter((member) => member.removed_at === null);
  }

  computersIn(space: string): ReadonlySet<string> {
    return new Set(
      (this.#members.get(space) ?? []).flatMap((member) => member.computers.map(({ id }) => id)),
    );
  }

  /** What the people are called who are in the spaces, this one included. */
  readonly people: readonly string[] = $derived([
    ...new Set([
      ...(this.status ? [this.status.person.name] : []),
      ...[...this.#members.values()]
        .flat()
        .filter((member) => member.removed_at === null)
        .map((member) => member.person.name),
    ]),
  ]);

  /** Whether one of the person's computers can be reached now; this person always is. */
  isHere(person: string): boolean {
    return (
      this.isMe(person) || this.computers.some((computer) => computer.online && computer.person.id === person)
    );
  }

  isOn(computer: string): boolean {
    return this.computers.some((known) => known.id === computer && (known.this || known.online));
  }

  mayWrite(space: string | undefined): boolean {
    return space === undefined || this.space(space)?.role !== "viewer";
  }

  /** Whether that is this person. Whoever admitted this computer chose the id there, so one person may have several. */
  isMe(person: string): boolean {
    const computer = this.status?.computer.id;
    return (
      person === this.status?.person.id ||
      [...this.#members.values()]
        .flat()
        .some((member) => member.person.id === person && member.computers.some(({ id }) => id === computer))
    );
  }

  async #membersOfAll(spaces: readonly Space[]): Promise<ReadonlyMap<string, readonly Member[]>> {
    return new Map(
      await Promise.all(spaces.map(async (space) => [space.id, await this.#membersOf(space)] as const)),
    );
  }

  /** A space that one was removed from is still readable, its members may not be. */
  async #membersOf(space: Space): Promise<Member[]> {
    try {
      return await this.#api.call("members_show", { space: space.id });
    } catch {
      return [];
    }
  }
}
