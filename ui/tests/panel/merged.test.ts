import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { World } from "../memory/world.ts";
import type { PanelWorld } from "../memory/panel.ts";
import { Bench, household, versionBy } from "./bench.ts";

let bench: Bench;
let world: World;
let known: PanelWorld;

beforeEach(() => {
  ({ world, known } = household());
});
afterEach(async () => {
  await bench.close();
});

describe("merged edits", () => {
  test("stand under their field with only the differing words marked", async () => {
    bench = await Bench.open(world, "t-rent");
    expect(bench.text("merged-kept")).toMatch(/^Kept: Mia, .*Transfer the rent, 950 €/);
    expect(bench.text("merged-also")).toMatch(/^Also written: you, .*Transfer the rent, 900 €/);
    expect([...bench.get("merged").querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "950",
      "900",
    ]);
    expect(bench.text("merged-use")).toBe("Use mine");
  });

  test("Alt+K keeps, and the mark goes", async () => {
    bench = await Bench.open(world, "t-rent", "merged");
    await bench.until(() => document.activeElement === bench.get("merged-keep"), "the focus on Keep");
    bench.press("k", { altKey: true, code: "KeyK" });
    await bench.until(() => !bench.has("merged"), "the mark to go");
    expect(bench.inputs("task_keep")).toEqual([{ ids: ["t-rent"], field: "title" }]);
    await bench.until(() => document.activeElement === bench.get("panel-title"), "the focus to stay");
  });

  test("another key that is set for it keeps, and the tooltip names that one", async () => {
    bench = await Bench.open(world, "t-rent", "merged");
    await bench.until(() => document.activeElement === bench.get("merged-keep"), "the focus on Keep");
    await bench.app.settings.change({ keys: { merged_keep: "Alt+J" } });
    await bench.until(() => bench.get("merged-keep").title.includes("Alt+J"), "the tooltip");
    bench.press("k", { altKey: true });
    expect(bench.inputs("task_keep")).toEqual([]);
    bench.press("j", { altKey: true });
    await bench.until(() => bench.inputs("task_keep").length === 1, "the call");
  });

  test("Alt+U uses the other version", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.press("u", { altKey: true, code: "KeyU" }, bench.get("panel-title"));
    await bench.until(() => bench.text("panel-title") === "Transfer the rent, 900 €", "the other title");
    expect(bench.inputs("task_use")).toEqual([{ id: "t-rent", field: "title", version: "v2", seen: "v3" }]);
  });

  test("a version somebody changed again is said in place, and one more press goes ahead", async () => {
    bench = await Bench.open(world, "t-rent");
    const [entry] = known.merged.get("t-rent") ?? [];
    if (entry) entry.kept = versionBy("mia", "v9", "Transfer the rent, 960 €", "2026-03-17T11:00:00Z");
    bench.click("merged-use");
    await bench.until(() => bench.has("merged-stale"), "the sentence");
    expect(bench.text("merged-stale")).toMatch(/^Mia changed it again at .* This puts back the version of/);
    expect(bench.text("merged-use")).toBe("Put it back");
    bench.click("merged-use");
    await bench.until(() => bench.text("panel-title") === "Transfer the rent, 900 €", "the other title");
    expect(bench.inputs("task_use").at(-1)).toEqual({
      id: "t-rent",
      field: "title",
      version: "v2",
      force: true,
    });
  });

  test("notes can be joined by hand", async () => {
    known.merged.set("t-rent", [
      {
        field: "notes",
        kept: versionBy("mia", "n2", "from March", "2026-03-17T10:42:00Z"),
        also: [versionBy("jonas", "n1", "from April", "2026-03-17T10:15:00Z")],
      },
    ]);
    bench = await Bench.open(world, "t-rent");
    bench.get("merged").querySelector<HTMLElement>(".join")?.click();
    await bench.until(() => bench.has("joined-notes"), "the dialog");
    expect((bench.get("joined-notes") as HTMLTextAreaElement).value).toBe("from March");
    expect(bench.all("merged-kept")).toHaveLength(1);
    bench.type("joined-notes", "from March, for Leo from April");
    bench.click("joined-save");
    await bench.until(() => world.tasks[0]?.notes === "from March, for Leo from April", "the joined notes");
  });
});

describe("history", () => {
  test("is told newest first, without what says nothing, and earlier values are restored", async () => {
    bench = await Bench.open(world, "t-rent");
    expect(bench.all("history-entry")).toHaveLength(5);
    bench.click("history-all");
    expect(bench.all("history-entry")).toHaveLength(6);
    expect(bench.texts("history-entry")[0]).toContain("title Transfer the rent, 950 €");
    expect(bench.texts("history-entry")[4]).toContain("#bills added");
    expect(bench.all("history-restore")).toHaveLength(3);
    bench.all("history-restore")[1]?.click();
    await bench.until(() => bench.text("panel-date").includes("March 19"), "the earlier date");
    expect(bench.inputs("task_use")).toEqual([{ id: "t-rent", field: "due", version: "v5", seen: "v4" }]);
  });

  test("of one field alone", async () => {
    bench = await Bench.open(world, "t-rent");
    const select = bench.get("history-field") as HTMLSelectElement;
    select.value = "title";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    expect(bench.all("history-entry")).toHaveLength(3);
    expect(bench.texts("history-entry").every((text) => text.includes("title"))).toBe(true);
  });

  test("Shift+H leads to it, unfolded", async () => {
    bench = await Bench.open(world, "t-rent");
    bench.press("H", { shiftKey: true }, bench.get("panel-close"));
    await bench.until(() => document.activeElement === bench.get("history-entry"), "the focus");
    expect(bench.all("history-entry")).toHaveLength(6);
    bench.press("ArrowDown");
    expect(document.activeElement).toBe(bench.all("history-entry")[1]);
  });
});

test("edits that met are told with a way to them", async () => {
  bench = await Bench.open(world);
  bench.app.open({ kind: "list", list: "l-house" });
  await bench.until(() => bench.app.rows?.all.task("t-paint") !== undefined, "the rows");
  bench.transport.change("t-paint", {
    title: "Buy white paint",
    also_written: { title: ["Buy blue paint"] },
  });
  await bench.until(() => bench.app.toasts.current?.act !== undefined, "the toast");
  expect(bench.app.toasts.current?.text.replaceAll(/[\u2068\u2069]/g, "")).toBe(
    "Merged 2 changes to Buy white paint",
  );
  bench.app.toasts.current?.act?.run();
  expect(bench.app.panel).toEqual({ id: "t-paint", part: "merged" });
});

test("edits that met out of sight are told, many in one sentence; what met long ago is not", async () => {
  bench = await Bench.open(world);
  bench.app.open({ kind: "list", list: "l-school" });
  await bench.until(() => bench.app.rows?.all.task("t-trip") !== undefined, "the rows");
  const met = (id: string, at: string, updated_at: string): void => {
    const task = world.tasks.find((each) => each.id === id);
    if (!task) throw new Error(`no ${id}`);
    Object.assign(task, { also_written: { title: ["Other"] }, updated_at });
    known.merged.set(id, [
      {
        field: "title",
        kept: versionBy("mia", `${id}-2`, task.title, at),
        also: [versionBy("jonas", `${id}-1`, "Other", "2026-03-17T10:00:00Z")],
      },
    ]);
  };
  const text = (): string => (bench.app.toasts.current?.text ?? "").replaceAll(/[\u2068\u2069]/g, "");
  met("t-rent", "2026-03-17T10:42:00Z", "2026-03-18T10:00:00Z");
  met("t-paint", "2026-03-18T10:42:00Z", "2026-03-18T10:42:00Z");
  bench.transport.emit("task", ["t-rent", "t-paint"]);
  await bench.until(() => text() !== "", "the toast");
  expect(text()).toBe("Merged 2 changes to Buy paint");
  bench.app.toasts.dismiss();
  const others = ["t-letter", "t-order", "t-bank"];
  for (const id of others) met(id, "2026-03-18T11:00:00Z", "2026-03-18T11:00:00Z");
  bench.transport.emit("task", [...others, ...Array.from({ length: 30 }, (_, n) => `gone-${n}`), "t-paint"]);
  await bench.until(() => text() !== "", "the toast");
  expect(text()).toBe("Merged changes to 3 tasks");
});
