import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fail } from "../memory/transport.ts";
import type { Page } from "../page.ts";
import { openHouse } from "./house.ts";

let page: Page;

beforeEach(async () => {
  ({ page } = await openHouse());
});

afterEach(() => page.close());

describe("the palette", () => {
  const options = (): string[] =>
    page.all("palette-option").map((option) => option.textContent.replace(/\s+/g, " ").trim());

  async function type(text: string): Promise<HTMLInputElement> {
    page.press("k", { ctrlKey: true }, document.body);
    return page.type("palette-field", text);
  }

  test("finds tasks, commands and places, and opens them", async () => {
    const field = await type("last");
    await page.until(() => options()[0]?.startsWith("Last") === true, "the task");
    expect(field.getAttribute("aria-activedescendant")).toBe("pal-on");
    page.press("Enter", {}, field);
    await page.until(() => page.app.panel?.id === "f" && !page.has("palette"), "the task to open");
  });

  test("goes to a place by the beginning of its name, and adds what is no name", async () => {
    page.press("Enter", {}, await type("upcom"));
    await page.until(() => page.app.view.kind === "upcoming", "the view");
    const field = await type("Upcoming exams");
    await page.until(() => options()[0]?.includes("Upcoming exams") === true, "the task to add");
    page.press("Enter", {}, field);
    await page.until(() => page.inputs("task_add").length === 1, "the task");
  });

  test("what one went to with the arrows is what Enter takes, whatever comes above it", async () => {
    page.transport.change("f", { title: "Prize for the best" });
    await page.until(() => page.titles().includes("Prize for the best"), "the title");
    page.row("Parent").focus();
    page.transport.latencyMs = 80;
    page.press("k", { ctrlKey: true });
    const field = page.type("palette-field", "pri");
    const at = (): string => document.getElementById("pal-on")?.textContent.replace(/\s+/g, " ").trim() ?? "";
    expect(options().some((option) => option.includes("Prize"))).toBe(false);
    for (let step = 0; step < 12 && !at().includes("Priority 2"); step++) {
      page.press("ArrowDown", {}, field);
      await tick();
    }
    const went = at();
    expect(went).toContain("Priority 2");
    await page.until(() => options()[0]?.includes("Prize") === true, "the task above");
    expect(at()).toBe(went);
    page.press("Enter", {}, field);
    await page.until(() => page.inputs("task_edit_many").length === 1, "the command");
    expect(page.inputs("task_edit_many")).toEqual([{ ids: ["d"], priority: 2 }]);
  });

  test("an added task that is refused stands in it again", async () => {
    page.transport.failing.set("task_add", fail("too_large", "the title is too long"));
    page.press("Enter", { shiftKey: true }, await type("Very long"));
    await page.until(() => page.has("toast") && page.has("palette"), "the reason");
    expect((page.get("palette-field") as HTMLInputElement).value).toBe("Very long");
  });

  test("goes to a list, and takes back the choice with the arrows", async () => {
    const field = await type("+hou");
    await page.until(() => options().length === 1, "the list");
    page.press("ArrowDown", {}, field);
    page.press("Enter", {}, field);
    await page.until(() => document.querySelector("h1")?.textContent === "House", "the list");
  });

  test("runs a command for the row that had the focus", async () => {
    page.row("Last").focus();
    page.press("k", { ctrlKey: true });
    const field = page.type("palette-field", ">priority 1");
    page.press("Enter", {}, field);
    await page.until(() => page.inputs("task_edit_many").length === 1, "the command");
    expect(page.inputs("task_edit_many")).toEqual([{ ids: ["f"], priority: 1 }]);
  });

  test("Shift+Enter adds, Ctrl+Enter shows all results", async () => {
    page.press("Enter", { shiftKey: true }, await type("Buy milk"));
    await page.until(() => page.titles().includes("Buy milk"), "the task");
    page.press("Enter", { ctrlKey: true }, await type("milk"));
    await page.until(() => page.app.view.kind === "search", "the results");
    await page.until(() => page.titles().join() === "Buy milk", "the one result");
  });
});
