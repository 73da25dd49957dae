import { toApiError } from "../../api.ts";
import type { ApiError } from "../../generated/api.ts";
import type { App } from "../../state/app.svelte.ts";
import { Draft } from "../../state/draft.ts";
import { readDraft, storeDraft } from "./notes-draft.ts";

const SAVE_EACH_MS = 60_000;

/**
 * Notes being typed. Each key goes into a draft on this computer; a change of the task is written on leaving, and each
 * minute. What arrives from others meanwhile never touches the text: it is offered beside it.
 */
export class NotesEditor {
  text = $state("");
  editing = $state(false);
  /** The text that was here before and had not been saved. */
  fromDraft = $state(false);
  /** It is as it came from there: nobody has said yet that it is to be saved. */
  untouched = false;
  problem = $state.raw<ApiError | null>(null);
  /** The notes as they were when typing began, or as they are kept since they were last saved. */
  base = $state("");

  readonly #app: App;
  readonly #id: string;
  readonly #draft: Draft;
  #minute: ReturnType<typeof setInterval> | undefined;
  /** The text of which nothing is to be saved: it is kept in another form where its letters can be written in two. */
  #saved = "";
  /** One is written behind the other. */
  #saving: Promise<boolean> = Promise.resolve(true);

  constructor(app: App, id: string) {
    this.#app = app;
    this.#id = id;
    this.#draft = new Draft(app, `notes/${id}`);
  }

  /** Takes up what was typed before and never saved. */
  async resume(notes: () => string): Promise<void> {
    const draft = await this.#draft.read();
    if (draft === null || this.editing) return;
    const { text, base } = readDraft(draft);
    if (text === notes()) return this.#forget();
    // From where it was typed: what others wrote since is offered, and not overwritten unseen.
    this.begin(base ?? notes());
    this.text = text;
    this.fromDraft = true;
    this.untouched = true;
  }

  begin(notes: string): void {
    if (this.editing) return;
    this.editing = true;
    this.base = notes;
    this.text = notes;
    this.#saved = notes;
    this.problem = null;
    this.#minute = setInterval(() => void this.#eachMinute(), SAVE_EACH_MS);
  }

  /** Whether somebody else wrote notes since typing began. */
  differs(notes: string): boolean {
    return this.editing && notes !== this.base && notes !== this.text;
  }

  typed(): void {
    this.untouched = false;
    this.#draft.keep(this.#unsaved());
  }

  /** Goes on from what somebody else wrote. */
  takeTheirs(notes: string): void {
    this.base = notes;
    this.text = notes;
    this.#saved = notes;
    this.typed();
  }

  /** Saves and leaves; stays with the text where it cannot be saved. */
  async leave(): Promise<void> {
    if (!this.editing) return;
    // What is typed while it is saved is saved as well.
    do {
      if (!(await this.#save())) return;
    } while (this.text !== this.#saved);
    this.#end();
  }

  /** Saves before the app ends; a draft of before that was only looked at stays one. */
  async finish(): Promise<void> {
    if (!this.untouched) await this.leave();
  }

  /** Leaves without another word, as when the panel goes; the draft holds what could not be saved. */
  drop(): void {
    if (!this.editing) return;
    clearInterval(this.#minute);
    if (this.untouched) return;
    this.#keep();
    void this.#save();
  }

  #end(): void {
    clearInterval(this.#minute);
    this.editing = false;
    this.fromDraft = false;
    this.untouched = false;
  }

  async #eachMinute(): Promise<void> {
    if (this.editing && !this.untouched) await this.#save();
  }

  async #save(): Promise<boolean> {
    this.#saving = this.#saving.then(() => this.#write());
    return await this.#saving;
  }

  async #write(): Promise<boolean> {
    const [text, before] = [this.text, this.base];
    try {
      if (text !== this.#saved) {
        // Word of it may come before the answer does.
        this.base = text;
        const { notes } = await this.#app.write("task_edit", {
          id: this.#id,
          notes: text,
          notes_seen: before,
        });
        [this.base, this.#saved] = [notes, text];
      }
      this.problem = null;
      if (this.text === text) this.#forget();
      return true;
    } catch (thrown) {
      this.base = before;
      this.problem = toApiError(thrown);
      this.#keep();
      return false;
    }
  }

  #unsaved(): string | null {
    return this.text === this.#saved ? null : storeDraft(this.text, this.base);
  }

  #keep(): void {
    this.#draft.keep(this.#unsaved());
    void this.#draft.flush();
  }

  #forget(): void {
    this.#draft.keep(null);
    void this.#draft.flush();
  }
}
