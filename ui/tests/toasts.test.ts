import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "../src/state/toasts.svelte.ts";
import { Page } from "./page.ts";
import { plain } from "./screen.ts";
import { openHouse } from "./views/house.ts";
import type { World } from "./memory/world.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  ({ world, page } = await openHouse());
});
afterEach(async () => {
  vi.useRealTimers();
  await page.close();
});

const said = (): string => plain(page.get("toast"));

test("it goes after eight seconds, unless the pointer or the focus is on it or on the one before", () => {
  vi.useFakeTimers();
  const toasts = new Toasts();
  toasts.show("one");
  toasts.hold("pointer");
  toasts.hold("focus");
  toasts.release("pointer");
  toasts.show("two");
  vi.advanceTimersByTime(20_000);
  expect(toasts.current?.text).toBe("two");
  toasts.release("focus");
  vi.advanceTimersByTime(7999);
  expect(toasts.current?.text).toBe("two");
  vi.advanceTimersByTime(1);
  expect(toasts.current).toBeNull();
  // What was on a toast that was closed holds no other.
  toasts.show("three");
  toasts.hold("pointer");
  toasts.dismiss();
  toasts.show("four");
  vi.advanceTimersByTime(8000);
  expect(toasts.current).toBeNull();
});

test("what is said twice is read twice", () => {
  const toasts = new Toasts();
  const read = ["It is the last already", "It is the last already", "It is the last already"].map((text) => {
    toasts.announce(text);
    return toasts.polite;
  });
  expect(read[0]).toBe("It is the last already");
  expect(read[1]).not.toBe(read[0]);
  expect(read[2]).not.toBe(read[1]);
});

test("its Undo gives the focus back to where it came from", async () => {
  const row = page.row("Any");
  row.focus();
  page.press("2");
  await page.until(() => page.has("undo-button"), "the toast");
  const undo = page.get("undo-button");
  undo.dispatchEvent(new FocusEvent("focusin", { bubbles: true, relatedTarget: row }));
  undo.focus();
  undo.click();
  await page.until(() => world.tasks[0]?.priority === 0, "the change to be taken back");
  await page.until(() => document.activeElement === page.row("Any"), "the focus");
});

test("a list that is renamed or coloured has one, and so has a renamed task", async () => {
  await page.app.renameList("list-house", "Garden");
  expect(said()).toContain("The list is called Garden");
  page.click("undo-button");
  await page.until(() => page.transport.list("list-house").name === "House", "the old name");
  await page.app.editList("list-house", { color: { set: "teal" } });
  expect(said()).toContain("The list House is changed");
  expect(page.has("undo-button")).toBe(true);
  await page.app.rename({ id: "a" }, "Anything", "Any");
  expect(said()).toContain("Renamed to Anything");
});

test("what is announced while a dialog is open is said in the dialog", async () => {
  page.app.toasts.announce("before");
  page.press("k", { ctrlKey: true });
  await page.until(() => page.has("palette-field"), "the palette");
  const heard = () => document.querySelector("dialog [aria-live=polite]")?.textContent;
  expect(heard()).toBe("");
  page.type("palette-field", "any");
  await page.until(() => /^\d+ results?$/.test(heard() ?? ""), "the number of results");
});

test("the field that narrows a view says how many are left in a place that was there before", async () => {
  page.row("Any").focus();
  page.press("/");
  await page.until(() => page.has("filter-field"), "the field");
  const place = document.querySelector(".filter [aria-live=polite]");
  expect(place?.textContent).toBe("");
  page.type("filter-field", "Any");
  await page.until(() => place?.isConnected === true && place.textContent !== "", "the number");
});
