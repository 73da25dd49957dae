import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isMineCode } from "../src/lib/code.ts";
import { fail } from "./memory/transport.ts";
import { smallWorld } from "./memory/world.ts";
import { Page } from "./page.ts";

let page: Page;

beforeEach(async () => {
  const world = smallWorld();
  world.settings = { ...world.settings, first_run_done: false };
  page = await Page.open(world);
  await page.until(() => page.has("first-run"), "the first run");
});
afterEach(() => page.close());

const sent = (operation: string): unknown[] =>
  page.transport.calls.filter((call) => call.operation === operation).map(({ input }) => input);

test("it knows the names already, and Start keeps them", async () => {
  expect((page.get("first-person") as HTMLInputElement).value).toBe("Jonas");
  page.type("first-person", "Jonas K.");
  page.click("first-start");
  await page.until(() => !page.has("first-run"), "the window");
  expect(sent("init")).toEqual([{ person: "Jonas K.", computer: "Jonas’s laptop" }]);
  expect(sent("settings_change")).toEqual([{ first_run_done: true }]);
});

test("the size of the text has its keys already, what needs a list has none", async () => {
  page.press("+", { ctrlKey: true }, page.get("first-person"));
  await page.until(() => sent("settings_change").length === 1, "the size");
  expect(sent("settings_change")).toEqual([{ zoom: 110 }]);
  page.press("k", { ctrlKey: true }, page.get("first-person"));
  expect(page.app.palette).toBeNull();
});

test("without a name nothing starts", () => {
  page.type("first-person", "  ");
  for (const testid of ["first-start", "first-join"]) {
    const button = page.get(testid);
    button.focus();
    button.click();
    expect([button.getAttribute("aria-disabled"), button.title, document.activeElement === button]).toEqual([
      "true",
      "A name is needed, others would not know who it is.",
      true,
    ]);
  }
  expect(sent("init")).toEqual([]);
  expect(page.get("first-run").textContent).toContain("A name is needed");
});

test("what cannot be kept is said here, too", async () => {
  page.transport.failing.set("settings_change", fail("disk_full", "the disk is full"));
  const choice = page.get("first-language") as HTMLSelectElement;
  choice.value = "de";
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  await page.until(() => page.has("toast"), "the reason");
  expect(page.text("toast")).toContain("The disk is full");
});

test("a code joins, and the first run is over", async () => {
  page.click("first-join");
  await page.until(() => page.has("join-code-field"), "the field");
  page.type("join-code-field", "7-maple-otter-canvas");
  page.click("join-button");
  await page.until(() => !page.has("first-run"), "the window");
  expect(sent("join")).toEqual([{ code: "7-maple-otter-canvas" }]);
});

test("a code for one's own computer is used only after it was said what moves", async () => {
  page.click("first-join");
  await page.until(() => page.has("join-code-field"), "the field");
  page.type("join-code-field", "7-minemaple-otter-canvas");
  page.click("join-button");
  expect(page.get("confirm").textContent).toContain("moves together");
  expect(document.activeElement).toBe(page.get("confirm-no"));
  expect(sent("join")).toEqual([]);
  page.click("confirm-no");
  page.click("join-button");
  page.click("confirm-yes");
  await page.until(() => sent("join").length === 1, "the join");
  flushSync();
});

test("codes are told apart as the service tells them apart", () => {
  expect(isMineCode("7-minemaple-otter-canvas")).toBe(true);
  expect(isMineCode(" 7 Mine maple otter canvas")).toBe(true);
  expect(isMineCode("7-maple-mine-canvas")).toBe(false);
  expect(isMineCode("minemaple-otter-canvas")).toBe(false);
});
