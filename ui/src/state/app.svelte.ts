import { createContext } from "svelte";
import type { Input } from "../api.ts";
import type { Invitation, List, Place } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import { TaskActions } from "./task-actions.ts";

export type { OpenPanel, PanelPart } from "./core.svelte.ts";
export type { TaskChange } from "./task-actions.ts";
export type { View } from "./view.ts";

/** What the window knows and does. Each action is one operation of the service; none has logic of its own. */
export class App extends TaskActions {
  /** The invitation whose code is shown. */
  invitation = $state.raw<Invitation | null>(null);
  invitationMine = $state(false);
  invitationUsed = $state(false);
  #invited: Input<"invite"> = {};

  async addList(name: string, space: string | undefined): Promise<void> {
    const list = await this.write("list_add", { name, ...(space ? { space } : {}) });
    this.open({ kind: "list", list: list.id });
  }

  async renameList(list: string, name: string): Promise<void> {
    const now = await this.write("list_rename", { list, name });
    this.toasts.show(t("did.list_rename", { name: now.name }), this.takeBack(now));
  }

  /** Changes the colour of a list, or puts it away. */
  async editList(list: string, change: Omit<Input<"list_edit">, "list">): Promise<void> {
    const now = await this.write("list_edit", { list, ...change });
    if (change.archived && this.list === list) this.openFirst();
    const text =
      change.archived === undefined
        ? t("did.list_edit", { name: this.group.listName(now) })
        : t(change.archived ? "toast.archived" : "toast.unarchived", { list: this.group.listName(now) });
    this.toasts.show(text, this.takeBack(now));
  }

  /** Puts a list before or behind another one, or into another space, where it has the id that this gives. */
  async moveList(list: string, to: Place, space?: string): Promise<string> {
    const now = await this.write("list_move", { list, to, ...(space === undefined ? {} : { space }) });
    if (this.list === list && now.id !== list) this.open({ kind: "list", list: now.id });
    this.toasts.show(t("did.list_move", { name: this.group.listName(now) }), this.takeBack(now));
    return now.id;
  }

  async removeList(list: string): Promise<void> {
    // What it is called here is not known any more when it is gone.
    const name = this.group.list(list)?.name ?? "";
    const gone = await this.write("list_delete", { list });
    if (this.list === list) this.openFirst();
    this.toasts.show(t("toast.listDeleted", { list: name }), this.takeBack(gone));
  }

  async restoreList(list: Pick<List, "id">): Promise<void> {
    const back = await this.write("list_restore", { list: list.id });
    this.toasts.show(t("did.list_restore", { name: this.group.listName(back) }), this.takeBack(back));
  }

  async renameSelf(person: string, computer: string): Promise<void> {
    this.group.status = await this.write("init", { person, computer });
    await Promise.all([this.group.readComputers(), this.group.readSpaces()]);
  }

  /** Adds a shared space, with a first list so that those who join find a place to write. */
  async addSpace(name: string): Promise<string> {
    const space = await this.write("space_add", { name });
    await this.write("list_add", { name: t("side.firstList"), space: space.id });
    await this.group.readSpaces();
    return space.id;
  }

  async invite(input: Input<"invite">): Promise<void> {
    this.invitation = await this.api.call("invite", input);
    this.#invited = input;
    this.invitationMine = input.mine === true;
    this.invitationUsed = false;
  }

  /** Asks whether the code that is shown is still open. */
  async checkInvitation(): Promise<void> {
    const shown = this.invitation;
    if (!shown || this.invitationUsed) return;
    const open = await this.api.call("invitations_show", {});
    if (this.invitation !== shown || Date.parse(shown.expires_at) <= Date.now()) return;
    this.invitationUsed = !open.some((other) => other.number === numberOf(shown));
  }

  /** Closes the invitation whose code is shown. */
  async withdraw(): Promise<void> {
    const shown = this.invitation;
    this.invitation = null;
    if (!shown || this.invitationUsed || Date.parse(shown.expires_at) <= Date.now()) return;
    await this.api.call("invite_cancel", { number: numberOf(shown) });
  }

  /** Closes it and shows another code for the same. */
  async inviteAgain(): Promise<void> {
    await this.withdraw();
    await this.invite(this.#invited);
  }

  /** Joins with a code and opens what was joined. Throws what the field has to show. */
  async join(code: string, address: string, onProgress: (done: number) => void): Promise<void> {
    const input = { code, ...(address ? { address } : {}) };
    const joined = await this.api.call("join", input, (progress) => onProgress(progress.done));
    await this.readAll();
    const list = this.group.listsOf(joined.space.id)[0];
    if (list) this.open({ kind: "list", list: list.id });
    this.toasts.show(t("toast.joined", { n: joined.tasks, space: joined.space.name }));
  }
}

/** The number in front of a code's words. */
function numberOf(invitation: Invitation): number {
  return Number.parseInt(invitation.code, 10);
}

export const [getApp, setApp] = createContext<App>();
