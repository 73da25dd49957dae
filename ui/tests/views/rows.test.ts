import { afterEach, beforeEach, expect, test } from "vitest";
import { hereIn, taskOf, type World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { plain } from "../screen.ts";
import { openHouse } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

test("Escape closes the panel though a toast is there, and takes the toast last", async () => {
  page.row("Last").click();
  await page.until(() => page.app.panel !== null, "the panel");
  page.row("Last").focus();
  page.app.toasts.show("Something was done");
  page.press("/");
  await page.until(() => page.app.filtering, "the filter");
  page.row("Last").focus();
  page.press("Escape");
  expect([page.app.panel, page.app.filtering, page.has("toast")]).toEqual([null, true, true]);
  page.press("Escape");
  expect([page.app.filtering, page.has("toast")]).toEqual([false, true]);
  page.press("Escape");
  expect(page.has("toast")).toBe(false);
});

test("a done task does not offer to fold what does not stand below it", async () => {
  const [inbox] = world.lists;
  if (!inbox) throw new Error("no list");
  const done = { status: "done" as const, completed_at: new Date().toISOString() };
  world.tasks.push(
    taskOf("i", "Old", inbox, done),
    taskOf("j", "Part of it", inbox, { parent: "i", ...done }),
  );
  page.transport.emit("task", ["i", "j"]);
  await page.until(() => page.has("done-fold"), "the done ones");
  page.click("done-fold");
  await page.until(() => page.titles().includes("Old"), "its rows");
  expect(page.row("Parent").getAttribute("aria-expanded")).toBe("true");
  const old = page.row("Old");
  expect([plain(old).includes("1 of 1"), old.hasAttribute("aria-expanded")]).toEqual([true, false]);
  old.focus();
  page.press("h");
  old.querySelector<HTMLElement>(".fact")?.click();
  expect(page.app.folded.size).toBe(0);
  page.press(".", {}, old);
  await page.until(() => page.has("menu-open"), "the menu");
  expect([page.has("menu-fold"), page.has("menu-unfold")]).toEqual([false, false]);
});

test("the menu says of a task that one is on that one is no longer", async () => {
  const label = async (): Promise<string> => {
    page.press(".", {}, page.row("Last"));
    await page.until(() => page.has("menu-on_it"), "the menu");
    const said = page.text("menu-on_it");
    page.press("Escape", {}, page.get("menu-on_it"));
    return said;
  };
  page.row("Last").focus();
  expect(await label()).toBe("I’m on ito");
  world.presence.push(hereIn(world, { on_it: ["f"] }));
  page.transport.emit("presence");
  await page.until(() => page.app.presence.isMine("f"), "to be on it");
  expect(await label()).toBe("No longer on ito");
});
