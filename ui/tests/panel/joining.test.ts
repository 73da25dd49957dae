import { afterEach, beforeEach, expect, test } from "vitest";
import type { PanelWorld } from "../memory/panel.ts";
import type { World } from "../memory/world.ts";
import { Bench, household, versionBy } from "./bench.ts";

let world: World;
let known: PanelWorld;
let bench: Bench;

beforeEach(async () => {
  ({ world, known } = household());
  known.merged.set("t-rent", [
    {
      field: "notes",
      kept: versionBy("mia", "n3", "from March", "2026-03-17T10:42:00Z"),
      also: [
        versionBy("jonas", "n2", "from April", "2026-03-17T10:15:00Z"),
        versionBy("mia", "n1", "from May", "2026-03-17T10:10:00Z"),
      ],
    },
  ]);
  bench = await Bench.open(world, "t-rent");
  await join();
});
afterEach(() => bench.close());

async function join(): Promise<void> {
  bench.get("merged").querySelector<HTMLElement>(".join")?.click();
  await bench.until(() => bench.has("joined-notes"), "the dialog");
}

const typed = (): string => (bench.get("joined-notes") as HTMLTextAreaElement).value;

test("shows every version, and writes over what was seen alone, with an undo", async () => {
  const sides = [...document.querySelectorAll(".sides .text")].map((side) => side.textContent);
  expect(sides).toEqual(["from March", "from April", "from May"]);
  bench.type("joined-notes", "from March to May");
  bench.click("joined-save");
  await bench.until(() => !bench.has("joined-notes"), "the dialog to go");
  expect(bench.inputs("task_edit")).toEqual([
    { id: "t-rent", notes: "from March to May", notes_seen: "from March" },
  ]);
  expect(bench.app.toasts.current?.undo).not.toBeNull();
  expect(document.activeElement).not.toBe(document.body);
});

test("what is half joined is there again after it was left, and not once it was saved", async () => {
  bench.type("joined-notes", "from March to");
  bench
    .get("joined-notes")
    .closest("dialog")
    ?.dispatchEvent(new Event("cancel", { cancelable: true }));
  await bench.until(() => !bench.has("joined-notes"), "the dialog to go");
  await join();
  await bench.until(() => typed() === "from March to", "what was typed");
  bench.type("joined-notes", "from March to May");
  bench.click("joined-save");
  await bench.until(() => !bench.has("joined-notes"), "the dialog to go");
  expect(bench.inputs("draft_set").at(-1)).toEqual({ key: "joined/t-rent", text: null });
});

test("what was half joined over other notes than are kept now is not taken up", async () => {
  bench.type("joined-notes", "from March to");
  bench
    .get("joined-notes")
    .closest("dialog")
    ?.dispatchEvent(new Event("cancel", { cancelable: true }));
  await bench.until(() => bench.inputs("draft_set").length > 0, "the draft");
  const [entry] = known.merged.get("t-rent") ?? [];
  if (entry) entry.kept = versionBy("mia", "n4", "from June", "2026-03-17T11:00:00Z");
  bench.transport.change("t-rent", { notes: "from June" });
  await bench.until(() => bench.text("merged-kept").includes("June"), "what is kept now");
  await join();
  // Answered behind what the dialog asked for.
  await bench.app.call("draft_show", { key: "joined/t-rent" });
  expect(typed()).toBe("from June");
});

test("stays where it is while somebody settles the versions", async () => {
  bench.type("joined-notes", "from March to May");
  known.merged.set("t-rent", []);
  bench.transport.change("t-rent", { notes: "from March" });
  await bench.until(() => !bench.has("merged"), "the versions to be settled");
  expect(typed()).toBe("from March to May");
});
