import type { Task } from "../generated/api.ts";
import { t } from "../messages/index.ts";
import { dropAt } from "../lib/drop.ts";
import { dayOfPart } from "../lib/heads.ts";
import { linesOf } from "../lib/handed.ts";
import { partsOf } from "../lib/moments.ts";
import type { App } from "../state/app.svelte.ts";
import { clock } from "../state/clock.svelte.ts";
import type { Arrangement } from "../state/task-actions.ts";
import { addsTasks } from "../state/view.ts";
import { Ended, hold, levelsOf, type Line } from "./hold.ts";
import type { Stage } from "./walk.svelte.ts";

const EDGE_PX = 48;
const EDGE_STEP_PX = 12;

interface Held {
  ids: readonly string[];
  label: string;
  x: number;
  y: number;
}

type Target =
  | { kind: "place"; to: Arrangement; line: Line }
  | { kind: "list"; list: string; element: HTMLElement }
  | { kind: "day"; day: string; element: HTMLElement | null };

/** Rows under the pointer: where they may be let go, and what that does. Each of it has a key, too. */
export class Drag {
  /** What is being dragged, and where the pointer is. */
  held = $state.raw<Held | null>(null);
  line = $state.raw<Line | null>(null);
  /** The rows that are being dragged: what is left of them stands pale in its old place. */
  ids = $state.raw<ReadonlySet<string>>(new Set());

  readonly #app: App;
  readonly #stage: Stage;
  #from = { x: 0, y: 0 };
  #target: Target | null = null;
  #marked: HTMLElement | null = null;
  readonly #ended = new Ended();
  #edge: ReturnType<typeof setInterval> | undefined;
  #release: () => void = () => undefined;

  constructor(app: App, stage: Stage) {
    this.#app = app;
    this.#stage = stage;
  }

  /** Whether the press that just came was the end of a drag. */
  justEnded(): boolean {
    return this.#ended.just;
  }

  grip(event: PointerEvent, task: Task): void {
    if (event.button !== 0) return;
    if (event.target instanceof Element && event.target.closest("input, button:not(.cover)")) return;
    this.#from = { x: event.clientX, y: event.clientY };
    this.#release();
    const stuck = this.#app.whyNotWrite(task.space.id);
    if (stuck !== null) {
      this.#release = hold(event, { lift: () => this.#app.note(stuck) });
      return;
    }
    this.#release = hold(event, {
      lift: () => this.#lift(task),
      move: (x, y) => this.#moveTo(x, y),
      end: (drops) => {
        if (drops) return this.#drop();
        this.cancel();
        this.#app.toasts.announce(t("arrange.cancelled"));
      },
    });
  }

  cancel(): void {
    this.#release();
    clearInterval(this.#edge);
    if (this.held) this.#ended.note();
    this.held = null;
    if (this.ids.size > 0) this.ids = new Set();
    this.#aim(null);
  }

  /** Files or text from outside: a line each becomes a task of the open list. */
  overFiles(event: DragEvent): void {
    const { dataTransfer } = event;
    if (!dataTransfer?.types.some((type) => type === "Files" || type === "text/plain")) return;
    event.preventDefault();
    if (!addsTasks(this.#app.view)) dataTransfer.dropEffect = "none";
  }

  /** They are let go here, or pasted while no field has the focus. */
  take(event: Event, data: DataTransfer | null): void {
    const app = this.#app;
    event.preventDefault();
    const lines = linesOf(data);
    if (!addsTasks(app.view) || lines.length === 0) return;
    const stuck = app.whyNotWrite(app.openSpace);
    if (stuck !== null) app.toasts.show(stuck);
    else app.attempt(app.addLines(lines));
  }

  #lift(task: Task): void {
    const { selection } = this.#app;
    const ids = selection.has(task.id) ? this.#app.inOrder(selection.ids) : [task.id];
    const label = ids.length > 1 ? t("drag.tasks", { n: ids.length }) : task.title || t("task.untitled");
    this.ids = new Set(ids);
    this.held = { ids, label, x: this.#from.x, y: this.#from.y };
    this.#edge = setInterval(() => this.#scrollAtEdge(), 16);
  }

  #moveTo(x: number, y: number): void {
    if (!this.held) return;
    this.held = { ...this.held, x, y };
    this.#aim(this.#targetAt(x, y));
  }

  #scrollAtEdge(): void {
    const { scroller } = this.#stage;
    if (!scroller || !this.held) return;
    const box = scroller.getBoundingClientRect();
    if (this.held.x < box.left || this.held.x > box.right) return;
    const up = this.held.y < box.top + EDGE_PX;
    const down = this.held.y > box.bottom - EDGE_PX;
    if (up === down) return;
    scroller.scrollTop += up ? -EDGE_STEP_PX : EDGE_STEP_PX;
    this.#aim(this.#targetAt(this.held.x, this.held.y));
  }

  #targetAt(x: number, y: number): Target | null {
    const under = document.elementFromPoint(x, y);
    const entry = under?.closest<HTMLElement>("[data-list], [data-drop-day]");
    if (entry?.dataset.list !== undefined) {
      const list = this.#app.group.list(entry.dataset.list);
      const stuck = this.#app.whyNotWrite(list?.space.id);
      if (stuck === null) return { kind: "list", list: entry.dataset.list, element: entry };
      return this.#refuse(stuck);
    }
    const day = entry?.dataset.dropDay;
    if (entry && day !== undefined)
      return this.#allOn(day) ? this.#refuse(t("drag.same")) : { kind: "day", day, element: entry };
    if (under?.closest("[data-part=sidebar]")) return this.#refuse(t("drag.targets"));
    return under && this.#stage.scroller?.contains(under) ? this.#among(x, y) : null;
  }

  /** Nothing can be let go here, and the status line says why. */
  #refuse(why: string): null {
    this.#app.note(why);
    return null;
  }

  /** Whether all that is carried is on that day already: there is nothing to change then. */
  #allOn(day: string): boolean {
    const all = this.#stage.rows?.all;
    return (this.held?.ids ?? []).every((id) => {
      const task = all?.task(id);
      return task !== undefined && (partsOf(task.due).day ?? "") === day;
    });
  }

  #among(x: number, y: number): Target | null {
    const { rows, layout, rowHeight, scroller } = this.#stage;
    const box = scroller?.querySelector<HTMLElement>(".rows");
    if (!rows || !box || !this.held) return null;
    const into = y - box.getBoundingClientRect().top;
    if (!rows.listing.tree) {
      const part = layout.parts.findLast((each) => each.top <= into);
      const day = part ? dayOfPart(rows.listing.shape, part.key, clock.now) : null;
      if (day !== null && !this.#allOn(day))
        return {
          kind: "day",
          day,
          element: scroller?.querySelector<HTMLElement>(`[data-drop-day="${day}"]`) ?? null,
        };
      return this.#refuse(t("arrange.sorted"));
    }
    const index = Math.max(0, Math.min(layout.rows, layout.indexAt(into + rowHeight / 2)));
    const shift = levelsOf(x - this.#from.x);
    const held = new Set(this.held.ids);
    const place = dropAt(rows.all, held, index, shift);
    if (!place) {
      const alone = rows.all.indexWhere(({ id }) => !held.has(id)) < 0;
      return this.#refuse(t(alone ? "drag.same" : "drag.intoItself"));
    }
    const last = layout.rows - 1;
    const top = index > last ? layout.topOf(last) + layout.heightOf(last) : layout.topOf(index);
    return { kind: "place", to: place.to, line: { top, level: place.level } };
  }

  #aim(target: Target | null): void {
    this.#target = target;
    this.line = target?.kind === "place" ? target.line : null;
    const element = target && target.kind !== "place" ? target.element : null;
    if (element === this.#marked) return;
    this.#marked?.classList.remove("is-drop");
    element?.classList.add("is-drop");
    this.#marked = element;
  }

  #drop(): void {
    const { held } = this;
    const target = this.#target;
    this.cancel();
    if (!held || !target) return;
    const app = this.#app;
    const before = app.inSight(held.ids);
    app.attempt(this.#put(held.ids, target).then(() => app.keepSelected(before)));
  }

  #put(ids: readonly string[], target: Target): Promise<unknown> {
    if (target.kind === "list") return this.#app.arrange(ids, { list: target.list });
    if (target.kind === "place") return this.#app.arrange(ids, target.to);
    return this.#app.edit(ids, target.day === "" ? { due: "clear" } : { due_day: target.day });
  }
}
