import { afterEach, beforeEach, expect, test } from "vitest";
import { fail } from "./memory/transport.ts";
import { smallWorld } from "./memory/world.ts";
import { Page } from "./page.ts";

let page: Page;
beforeEach(async () => {
  page = await Page.open(smallWorld());
});
afterEach(() => page.close());

const field = (): HTMLInputElement => page.get("phone-new-task") as HTMLInputElement;
const submit = (): void => field().form?.requestSubmit();
function paste(text: string): Event {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  field().dispatchEvent(event);
  return event;
}

test("a task is added from the field at the bottom, which stays ready", async () => {
  page.type("phone-new-task", "Buy paint");
  submit();
  await page.until(() => page.titles().includes("Buy paint"), "the row");
  expect(field().value).toBe("");
});

test("lines pasted there become tasks, and what is being typed stays", async () => {
  page.type("phone-new-task", "Half");
  expect(paste("Milk\r\nBread\n").defaultPrevented).toBe(true);
  await page.until(() => page.titles().includes("Bread"), "the rows");
  expect(page.inputs("task_add_many")).toMatchObject([{ lines: ["Milk", "Bread"], outline: true }]);
  expect(field().value).toBe("Half");
  expect(paste("one line").defaultPrevented).toBe(false);
});

test("lines that are refused wait there: they are tried again, or dropped", async () => {
  page.transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
  paste("Milk\nBread");
  await page.until(() => page.text("phone-pasted") === "2 lines pasted", "the lines");
  page.transport.failing.clear();
  submit();
  await page.until(() => page.titles().includes("Bread"), "the rows");
  expect(page.has("phone-pasted")).toBe(false);
  page.transport.failing.set("task_add_many", fail("disk_full", "the disk is full"));
  paste("Tea\nSalt");
  await page.until(() => page.has("phone-pasted"), "the lines");
  page.press("Backspace", {}, field());
  expect(page.has("phone-pasted")).toBe(false);
});

test("what is typed there is kept when the app ends, and is there again", async () => {
  page.type("phone-new-task", "Half a thou");
  await page.app.finish();
  const kept = page.inputs("draft_set").at(-1) as { key: string; text: string };
  expect(JSON.parse(kept.text)).toMatchObject({ text: "Half a thou" });
  await page.app.call("draft_set", { key: "new-task upcoming", text: kept.text });
  page.app.open({ kind: "upcoming" });
  await page.until(() => field().value === "Half a thou", "the text");
});

test("the first task of all opens its list, and typing goes on in the field there", async () => {
  await page.close();
  const world = smallWorld();
  const inbox = world.lists.splice(0);
  page = await Page.open(world);
  page.transport.answers.set("task_add", ({ text }: { text: string }) => {
    world.lists.push(...inbox);
    page.transport.emit("list", ["list-inbox"]);
    return page.transport.insert(text, undefined);
  });
  page.type("phone-new-task", "First");
  submit();
  await page.until(() => page.app.view.kind === "list", "its list");
  await page.until(() => document.activeElement === field(), "the focus in its field");
});
