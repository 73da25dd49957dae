import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { jonas, mia, type World } from "../memory/world.ts";
import type { Page } from "../page.ts";
import { plain } from "../screen.ts";
import { openHouse, show } from "./house.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});

afterEach(() => page.close());

describe("trash and recovered", () => {
  test("the trash says who deleted what, and gives it back", async () => {
    await show(page, "trash-button", "Thrown");
    expect(page.row("Thrown").querySelector(".sr")?.textContent).toMatch(/by.*Mia/);
    page.click("task-restore");
    await page.until(() => page.titles().length === 0, "the row to go");
    expect(world.tasks.find((task) => task.id === "h")?.deleted_at).toBeNull();
    expect(page.get("empty").textContent).toContain("Trash is empty");
  });

  test("nothing in the trash is said to go by itself", async () => {
    page.transport.change("h", { deleted_at: new Date(Date.now() - 29 * 86_400_000).toISOString() });
    await show(page, "trash-button", "Thrown");
    const said = document.querySelector("main")?.textContent ?? "";
    expect(said).toContain("Thrown");
    expect(said).not.toMatch(/deletes itself|30 days/);
  });

  test("a deleted list lies in the trash until it is brought back", async () => {
    page.press("Delete", {}, page.all("sidebar-list")[1]);
    await page.until(() => page.all("sidebar-list").length === 1, "the list to go");
    page.click("trash-button");
    await page.until(() => page.has("deleted-list"), "the list in the trash");
    const who = page.get("deleted-list").querySelector("[role=img]");
    expect(who?.getAttribute("aria-label")).toMatch(/^deleted .+ by .?Jonas.?$/u);
    const restore = page.get("deleted-list").querySelector("button");
    restore?.focus();
    restore?.click();
    await page.until(
      () => page.all("sidebar-list").length === 2 && !page.has("deleted-list"),
      "it to be back",
    );
    await page.until(() => document.activeElement !== document.body, "the focus to go on");
  });

  test("of recovered tasks stands who deleted their list, and who had added them", async () => {
    const by = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    const [, house] = world.lists;
    if (!house) throw new Error("no list");
    await page.app.call("list_delete", { list: house.id });
    page.transport.change("b", { recovered: true, created_by: by });
    await page.until(() => page.has("recovered-button"), "the entry");
    await show(page, "recovered-button", "Overdue");
    const why = () => page.all("recovered-why").map((line) => plain(line));
    const kept = "Mia had added 1 task meanwhile, so it was kept.";
    await page.until(() => why().join() === `You deleted the list House. ${kept}`, "the reason");
    house.deleted_by = { ...by, person: jonas };
    page.transport.emit("list");
    await page.until(
      () => why().join() === `Kitchen deleted the list House. ${kept}`,
      "another of one's computers",
    );
    house.deleted_by = by;
    page.transport.emit("list");
    await page.until(() => why().join() === `Mia deleted the list House. ${kept}`, "somebody else");
  });

  test("recovered tasks are shown by their list, with three ways out", async () => {
    const by = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    page.transport.change("f", { recovered: true, created_by: by });
    await page.until(() => page.has("recovered-button"), "the entry");
    await show(page, "recovered-button", "Last");
    expect(page.texts("recovered-why")).toEqual([
      "The list Inbox was deleted. Mia had added 1 task meanwhile, so it was kept.",
    ]);
    const buttons = [...document.querySelectorAll<HTMLElement>(".rows .acts button")];
    expect(buttons.map((button) => button.textContent.replace(/[\u2068\u2069]/g, ""))).toEqual([
      "Bring Inbox back",
      "Move it to…",
      "Delete it",
    ]);
    buttons[2]?.click();
    await page.until(() => page.titles().length === 0, "the row to go");
    expect(page.inputs("task_do_many")).toEqual([{ ids: ["f"], what: "delete" }]);
  });
});
