import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dayOf, addDays } from "../../src/lib/days.ts";
import type { PickerKind } from "../../src/state/picker.svelte.ts";
import type { World } from "../memory/world.ts";
import { jonas, leo, mia } from "../memory/world.ts";
import { Bench, household } from "./bench.ts";

let bench: Bench;
let world: World;

beforeEach(() => {
  ({ world } = household());
});
afterEach(async () => {
  await bench.close();
});

async function pick(kind: PickerKind, ...ids: string[]): Promise<void> {
  bench = await Bench.open(world);
  bench.get("elsewhere").focus();
  bench.app.openPicker(kind, ids, bench.get("elsewhere"));
  await bench.until(() => bench.has("picker"), "the picker");
}

const option = (label: string): HTMLElement => {
  const found = bench
    .all("picker-option")
    .find((each) => each.querySelector("bdi")?.textContent.includes(label));
  if (!found) throw new Error(`no option ${label} among ${bench.texts("picker-option").join(" | ")}`);
  return found;
};
const active = (): string =>
  document.getElementById(document.activeElement?.getAttribute("aria-activedescendant") ?? "")?.dataset.key ??
  "";
const edits = (): unknown[] => bench.inputs("task_edit_many");

test("a picker is a named dialog with its field focused, and Escape gives the focus back", async () => {
  await pick("list", "t-paint");
  expect(
    bench
      .get("picker")
      .getAttribute("aria-label")
      ?.replaceAll(/[\u2068\u2069]/g, ""),
  ).toBe("Move Buy paint to");
  const field = bench.get("picker-field");
  expect(document.activeElement).toBe(field);
  expect(field.getAttribute("role")).toBe("combobox");
  expect(document.getElementById(field.getAttribute("aria-controls") ?? "")?.getAttribute("role")).toBe(
    "listbox",
  );
  bench.press("Escape");
  expect(bench.has("picker")).toBe(false);
  expect(document.activeElement).toBe(bench.get("elsewhere"));
  expect(bench.inputs("task_arrange")).toEqual([]);
});

test("Escape closes a picker that is still on its way, and nothing behind it", async () => {
  bench = await Bench.open(world, "t-rent");
  bench.transport.latencyMs = 20;
  bench.get("panel-title").focus();
  bench.app.openPicker("date", ["t-trip-2"], bench.get("panel-title"));
  bench.press("Escape");
  expect(bench.app.picker).toBeNull();
  expect(bench.app.panel?.id).toBe("t-rent");
  expect(bench.has("picker")).toBe(false);
});

test("list: keys choose, the present one is marked, who will see it is said before", async () => {
  world.tasks[5] = {
    ...(world.tasks[5] as (typeof world.tasks)[0]),
    list: world.lists[0] as never,
    space: world.spaces[0] as never,
  };
  await pick("list", "t-trip");
  expect(active()).toBe("list-inbox");
  expect(option("House").textContent).toContain("will see it");
  bench.type("picker-field", "hou");
  expect(active()).toBe("l-house");
  bench.press("Enter");
  await bench.until(() => bench.inputs("task_arrange").length > 0, "the move");
  expect(bench.inputs("task_arrange")).toEqual([{ ids: ["t-trip"], list: "l-house" }]);
  expect(bench.has("picker")).toBe(false);
});

describe("who", () => {
  test("people of the space, then its computers; Enter gives", async () => {
    await pick("who", "t-paint");
    expect(bench.all("picker-option").map((each) => each.dataset.key)).toEqual([
      jonas.id,
      mia.id,
      leo.id,
      "pc-1",
      "pc-kitchen",
      "pc-attic",
    ]);
    expect(option("Jonas").textContent).toContain("you");
    bench.press("ArrowDown");
    expect(active()).toBe(mia.id);
    bench.press("Enter");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint"], assignee: { set: mia.id } }]);
  });

  test("Del gives it to nobody", async () => {
    await pick("who", "t-rent");
    expect(active()).toBe(mia.id);
    bench.press("Delete");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent"], assignee: "clear" }]);
  });

  test("many tasks at once that differ are mixed", async () => {
    await pick("who", "t-rent", "t-paint");
    expect(bench.get("picker").textContent).toContain("Mixed");
    expect(bench.all("picker-option").some((each) => each.getAttribute("aria-checked") === "true")).toBe(
      false,
    );
    bench.type("picker-field", "leo");
    bench.press("Enter");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent", "t-paint"], assignee: { set: leo.id } }]);
  });

  test("many tasks of different times get another day and keep their times", async () => {
    bench = await Bench.open(world);
    const times = ["2026-03-20T09:00:00", "2026-03-21T17:30:00"];
    const [early = "", late = ""] = times.map((time) => new Date(time).toISOString());
    bench.transport.change("t-rent", { due: early });
    bench.transport.change("t-paint", { due: late });
    bench.app.openPicker("date", ["t-rent", "t-paint"]);
    await bench.until(() => bench.has("date.tomorrow"), "the days");
    await bench.until(() => bench.get("picker").textContent.includes("Mixed"), "the tasks");
    bench.click("date.tomorrow");
    await bench.until(() => edits().length > 0, "the edit");
    const day = addDays(dayOf(new Date()), 1);
    expect(edits()).toEqual([{ ids: ["t-rent", "t-paint"], due_day: day }]);
    await bench.until(() => !bench.has("picker"), "the end");
    const due = ["t-rent", "t-paint"].map((id) => bench.transport.task(id).due);
    expect(due).toEqual(["09:00", "17:30"].map((time) => new Date(`${day}T${time}`).toISOString()));
  });

  test("many tasks of different days get another time and keep their days", async () => {
    bench = await Bench.open(world);
    bench.transport.change("t-rent", { due: "2026-03-20" });
    bench.transport.change("t-paint", { due: new Date("2026-03-21T17:30").toISOString() });
    bench.app.openPicker("date", ["t-rent", "t-paint"]);
    await bench.until(() => bench.has("date.tomorrow"), "the days");
    await bench.until(() => bench.get("picker").textContent.includes("Mixed"), "the tasks");
    bench.type("time-field", "9:00");
    bench.press("Enter", {}, bench.get("time-field"));
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent", "t-paint"], due_time: "09:00" }]);
    const due = ["t-rent", "t-paint"].map((id) => bench.transport.task(id).due);
    expect(due).toEqual(["2026-03-20T09:00", "2026-03-21T09:00"].map((at) => new Date(at).toISOString()));
  });

  test("only computers, for what c asks", async () => {
    await pick("computer", "t-paint");
    expect(bench.all("picker-option").map((each) => each.dataset.key)).toEqual([
      "pc-1",
      "pc-kitchen",
      "pc-attic",
    ]);
  });
});

describe("tags", () => {
  test("are turned on for all where they were mixed, and off again, each at once", async () => {
    await pick("tags", "t-rent", "t-paint");
    expect(option("#bills").getAttribute("aria-checked")).toBe("mixed");
    option("#bills").click();
    await bench.until(() => option("#bills").getAttribute("aria-checked") === "true", "all");
    option("#bills").click();
    await bench.until(() => edits().length === 2, "the edits");
    expect(edits()).toEqual([
      { ids: ["t-rent", "t-paint"], add_tags: ["bills"] },
      { ids: ["t-rent", "t-paint"], remove_tags: ["bills"] },
    ]);
    expect(bench.has("picker")).toBe(true);
  });

  test("a new one is offered, outlined once it is there; one with spaces is refused", async () => {
    await pick("tags", "t-paint");
    bench.type("picker-field", "#porch");
    expect(bench.texts("picker-option")).toEqual([expect.stringContaining("New tag #porch")]);
    bench.press("Enter");
    await bench.until(
      () => document.querySelector(".chip.new")?.textContent.includes("#porch") === true,
      "the chip",
    );
    expect(edits()).toEqual([{ ids: ["t-paint"], add_tags: ["porch"] }]);
    bench.type("picker-field", "two words");
    bench.press("Enter");
    expect(bench.get("picker").querySelector("[role=alert]")?.textContent).toBe("A tag has no spaces.");
    expect(edits()).toHaveLength(1);
  });

  test("the one that the arrows went to stays it while others are read and turned on", async () => {
    const [rent, paint] = world.tasks.filter(({ id }) => id === "t-rent" || id === "t-paint");
    if (rent) rent.tags = ["bills", "flat", "garden"];
    await pick("tags", "t-paint");
    await bench.until(() => bench.all("picker-option").length === 4, "the tags");
    const on = (): string | undefined =>
      bench.all("picker-option").find((one) => one.getAttribute("aria-selected") === "true")?.dataset.key;
    bench.press("ArrowDown");
    bench.press("ArrowDown");
    const went = on();
    bench.press("Enter");
    await bench.until(() => edits().length === 1, "the first edit");
    await bench.until(() => paint?.tags.includes(went ?? "") === true, "the tag");
    expect(on()).toBe(went);
    bench.press("Enter");
    await bench.until(() => edits().length === 2, "the second edit");
    expect(edits()).toEqual([
      { ids: ["t-paint"], add_tags: [went] },
      { ids: ["t-paint"], remove_tags: [went] },
    ]);
  });

  test("are removed by the x of their chip", async () => {
    await pick("tags", "t-rent");
    bench.click("tag-remove");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent"], remove_tags: ["bills"] }]);
  });
});

test("priority: digits find it", async () => {
  await pick("priority", "t-paint");
  expect(active()).toBe("2");
  bench.type("picker-field", "1");
  bench.press("Enter");
  await bench.until(() => edits().length > 0, "the edit");
  expect(edits()).toEqual([{ ids: ["t-paint"], priority: 1 }]);
});

test("waits for: tasks are found and turned on and off; the task itself is not offered", async () => {
  await pick("waits_for", "t-paint");
  await bench.until(() => bench.all("picker-option").length > 0, "tasks");
  expect(bench.all("picker-option").some((each) => each.dataset.key === "t-paint")).toBe(false);
  option("Transfer the rent").click();
  await bench.until(() => option("Transfer the rent").getAttribute("aria-checked") === "true", "the wait");
  expect(edits()).toEqual([{ ids: ["t-paint"], add_waits_for: ["t-rent"] }]);
});

test("what the service refuses is said in the picker", async () => {
  await pick("waits_for", "t-paint");
  await bench.until(() => bench.all("picker-option").length > 0, "tasks");
  bench.transport.failing.set("task_edit_many", {
    code: "invalid_input",
    message: "these tasks would wait for each other",
    hint: null,
    retryable: false,
  });
  option("Transfer the rent").click();
  await bench.until(() => bench.get("picker").textContent.includes("These tasks would wait"), "the reason");
});

test("parent: a task becomes part of another one", async () => {
  await pick("parent", "t-paint");
  await bench.until(() => bench.all("picker-option").length > 0, "tasks");
  option("Transfer the rent").click();
  await bench.until(() => bench.inputs("task_arrange").length > 0, "the move");
  expect(bench.inputs("task_arrange")).toEqual([{ ids: ["t-paint"], parent: { set: "t-rent" } }]);
});

test("tags stand in the order of the alphabet, not of the signs", async () => {
  const paint = world.tasks.find((task) => task.id === "t-paint");
  if (paint) paint.tags = ["Zebra", "äpfel", "10", "birne", "9"];
  await pick("tags", "t-paint");
  await bench.until(() => bench.has("tag-remove"), "the tags");
  const chips = [...document.querySelectorAll(".chips bdi")].map((chip) => chip.textContent);
  expect(chips).toEqual(["#9", "#10", "#äpfel", "#birne", "#Zebra"]);
});

test("turns: people in their order, written once", async () => {
  await pick("rotation", "t-rent");
  for (const name of ["Jonas", "Mia", "Leo"]) {
    bench
      .all("rotation-add")
      .find((each) => each.textContent.includes(name))
      ?.click();
    bench.texts("rotation-add");
  }
  const ups = bench.all("rotation-up");
  ups[2]?.focus();
  bench.press("ArrowUp", { altKey: true });
  await bench.until(
    () => document.activeElement?.closest("li")?.textContent.includes("Leo") === true,
    "the focus to stay",
  );
  bench.click("rotation-set");
  await bench.until(() => edits().length > 0, "the edit");
  expect(edits()).toEqual([{ ids: ["t-rent"], rotation: { set: [jonas.id, leo.id, mia.id] } }]);
});

describe("schedule", () => {
  const today = dayOf(new Date());

  test("a day of the calendar keeps the time that is set", async () => {
    const at = new Date();
    at.setHours(17, 5, 0, 0);
    const paint = world.tasks.find((task) => task.id === "t-paint");
    if (paint) paint.due = at.toISOString();
    await pick("date", "t-paint");
    const days = bench.all("day");
    const chosen = days.find((day) => day.getAttribute("aria-selected") === "true");
    expect(chosen?.dataset.day).toBe(today);
    chosen?.focus();
    bench.press("ArrowDown");
    await bench.until(
      () => (document.activeElement as HTMLElement).dataset.day === addDays(today, 7),
      "a week later",
    );
    (document.activeElement as HTMLElement).click();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint"], due: { set: `${addDays(today, 7)}T17:05` } }]);
  });

  test("the calendar is a grid with one day in the tab order, and its keys go through months", async () => {
    await pick("date", "t-paint");
    expect(bench.all("day")).toHaveLength(42);
    expect(bench.all("day").filter((day) => day.tabIndex === 0)).toHaveLength(1);
    bench
      .all("day")
      .find((day) => day.tabIndex === 0)
      ?.focus();
    const before = (document.activeElement as HTMLElement).dataset.day ?? "";
    bench.press("PageDown", { shiftKey: true });
    await bench.until(
      () =>
        (document.activeElement as HTMLElement).dataset.day?.slice(0, 4) ===
        String(Number(before.slice(0, 4)) + 1),
      "a year later",
    );
  });

  test("a time without a day is for today; what is no time is said", async () => {
    await pick("date", "t-paint");
    bench.type("time-field", "soon");
    bench.press("Enter");
    expect(bench.get("picker").textContent).toContain("A time is written like");
    bench.type("time-field", "5pm");
    bench.press("Enter");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint"], due: { set: `${today}T17:00` } }]);
    expect(bench.has("picker")).toBe(true);
  });

  test("words are read by the service, all of them or none", async () => {
    await pick("date", "t-paint", "t-rent");
    bench.type("picker-field", "tomorrow");
    await bench.until(() => bench.text("typed-words") !== "", "what was understood");
    bench.get("picker-field").closest("form")?.requestSubmit();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint", "t-rent"], due: { set: addDays(today, 1) } }]);
  });

  test("a time and then a day are one change", async () => {
    await pick("date", "t-paint");
    const field = bench.type("time-field", "17");
    field.focus();
    const tomorrow = bench.get("date.tomorrow");
    // A press leaves the focus in the field, a key takes it to the day.
    const press = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
    tomorrow.dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
    field.dispatchEvent(new FocusEvent("blur", { relatedTarget: tomorrow }));
    expect(edits()).toEqual([]);
    tomorrow.click();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toHaveLength(1);
    expect(JSON.stringify(edits()[0])).toMatch(/T17:00/u);
  });

  test("words that are no date are said and change nothing", async () => {
    await pick("date", "t-paint");
    bench.type("picker-field", "whenever it suits");
    bench.get("picker-field").closest("form")?.requestSubmit();
    await bench.until(() => bench.text("typed-words").includes("is no date"), "the sentence");
    expect(edits()).toEqual([]);
  });

  test("a date is taken away", async () => {
    await pick("date", "t-rent");
    bench.click("date-clear");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent"], due: "clear" }]);
  });

  test("the parts are tabs that arrows walk; start has a calendar of its own", async () => {
    await pick("date", "t-paint");
    bench.get("tab-date").focus();
    bench.press("End");
    await bench.until(() => document.activeElement === bench.get("tab-start"), "the last tab");
    bench.click("date.tomorrow");
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint"], start: { set: addDays(today, 1) } }]);
  });

  test("reminder: the choices, and that there is no date yet", async () => {
    await pick("reminder", "t-paint");
    expect(bench.get("picker").textContent).toContain("The task has no date yet");
    bench
      .all("choice")
      .find((choice) => choice.dataset.key === "before 1h")
      ?.click();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-paint"], reminder: { set: "before 1h" } }]);
  });

  test("repeat: choices that fit the due date, the present one checked", async () => {
    await pick("repeat", "t-rent");
    const checked = bench.all("choice").filter((choice) => choice.getAttribute("aria-checked") === "true");
    expect(checked.map((choice) => choice.dataset.key)).toEqual(["FREQ=MONTHLY;BYMONTHDAY=20"]);
    expect(bench.texts("choice")).toContain("Every third Friday of the month");
    bench
      .all("choice")
      .find((choice) => choice.dataset.key === "none")
      ?.click();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([{ ids: ["t-rent"], repeat: "clear" }]);
  });

  test("repeat by its parts", async () => {
    await pick("repeat", "t-paint");
    bench
      .all("choice")
      .find((choice) => choice.dataset.key === "custom")
      ?.click();
    bench.type("repeat-every", "3");
    const unit = bench.get("repeat-unit") as HTMLSelectElement;
    unit.value = "day";
    unit.dispatchEvent(new Event("change", { bubbles: true }));
    bench.click("repeat-after-done");
    bench.get("repeat-set").closest("form")?.requestSubmit();
    await bench.until(() => edits().length > 0, "the edit");
    expect(edits()).toEqual([
      { ids: ["t-paint"], repeat: { set: "FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE" } },
    ]);
  });
});

test("why no task could be changed is said in the picker that stays", async () => {
  await pick("waits_for", "t-paint");
  await bench.until(() => bench.all("picker-option").length > 0, "tasks");
  bench.transport.refused = {
    code: "invalid_input",
    message: '"Transfer the rent" waits for "Buy paint" already',
    hint: "two tasks cannot wait for each other",
    retryable: false,
  };
  option("Transfer the rent").click();
  await bench.until(
    () => bench.get("picker").textContent.includes("cannot wait for each other"),
    "the reason",
  );
  expect(option("Transfer the rent").getAttribute("aria-checked")).toBe("false");
});

test("repeat until a day that is chosen in a calendar", async () => {
  await pick("repeat", "t-rent");
  bench
    .all("choice")
    .find((choice) => choice.dataset.key === "custom")
    ?.click();
  const ends = bench.get("repeat-ends") as HTMLSelectElement;
  ends.value = "until";
  ends.dispatchEvent(new Event("change", { bubbles: true }));
  bench.click("repeat-until");
  bench
    .all("day")
    .find((day) => day.dataset.day?.endsWith("-25"))
    ?.click();
  const day = bench.text("repeat-until");
  expect(day).toContain("25");
  bench.get("repeat-set").closest("form")?.requestSubmit();
  await bench.until(() => edits().length > 0, "the edit");
  expect(JSON.stringify(edits())).toMatch(/FREQ=MONTHLY;UNTIL=\d{6}25;BYMONTHDAY=20/);
});
