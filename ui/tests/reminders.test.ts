import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DesktopInfo } from "../src/shell.ts";
import { house } from "../screens/house.ts";
import { Page } from "./page.ts";

let page: Page;
/** The tasks whose reminders are due, by title. */
let due: string[];
let handled: unknown[];
/** How often the window has heard what the desktop can do. */
let informed: number;

async function open(change: Partial<DesktopInfo>): Promise<void> {
  const desktop: DesktopInfo = {
    platform: "linux",
    wayland: false,
    tray: true,
    autostart: false,
    shortcut: { state: "on", key: "Ctrl+Alt+Space" },
    notifications: false,
    quick_add_command: "rota quick-add",
    data_folder: "/home/jonas/rota",
    documents_folder: null,
    ...change,
  };
  mockIPC((command) => {
    if (command !== "desktop_info") return null;
    informed++;
    return desktop;
  });
  page = await Page.open(house(new Date()));
  page.transport.answers.set("reminders_due", () =>
    page.transport.world.tasks
      .filter(({ title }) => due.includes(title))
      .map((task) => ({ task, at: new Date().toISOString() })),
  );
  page.transport.answers.set("reminder_handle", (input: { id: string }) => {
    handled.push(input);
    const task = page.transport.world.tasks.find(({ id }) => id === input.id);
    due = due.filter((title) => title !== task?.title);
    return task;
  });
  page.transport.emit("reminder");
}

const shown = (): string[] =>
  page.all("due-reminder").map((card) => card.querySelector("bdi")?.textContent ?? "");
const some = (count: number): string[] => {
  const titles = house(new Date()).tasks.map(({ title }) => title);
  return [...new Set(titles)].slice(0, count);
};

beforeEach(() => {
  localStorage.clear();
  handled = [];
  informed = 0;
});
afterEach(async () => {
  await page.close();
  clearMocks();
});

test("without notifications they stay in the window until they are handled, a few at a time", async () => {
  due = some(5);
  await open({ notifications: false });
  await page.until(() => shown().length === 3, "three reminders");
  expect(page.get("due-reminders").textContent).toContain("and 2 more");
  const [first, second, third] = shown();
  for (const [testid, how, title] of [
    ["reminder-done", "done", first],
    ["reminder-later", "later", second],
    ["reminder-tomorrow", "tomorrow", third],
  ] as const) {
    const card = page.all("due-reminder").find((each) => each.textContent.includes(title ?? "?"));
    card?.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.click();
    await page.until(() => !shown().includes(title ?? "?"), `${how} to take it away`);
    expect(handled.at(-1)).toMatchObject({ how });
  }
  await page.until(() => shown().length === 2, "the rest to follow");
  page.get("reminder-dismiss").click();
  page.get("reminder-dismiss").click();
  await page.until(() => !page.has("due-reminders"), "all to be handled");
});

test("a card follows its task while it is shown", async () => {
  due = some(1);
  await open({ notifications: false });
  await page.until(() => shown().length === 1, "the reminder");
  const task = page.transport.world.tasks.find(({ title }) => title === due[0]);
  due = ["Called otherwise"];
  page.transport.change(task?.id ?? "", { title: "Called otherwise" });
  await page.until(() => shown().join() === "Called otherwise", "the new title");
});

test("one that is handled has a toast with Undo, and the focus goes on with the next", async () => {
  due = some(2);
  await open({ notifications: false });
  await page.until(() => shown().length === 2, "the reminders");
  const [first, second] = shown();
  page.transport.answers.set("reminder_handle", ({ id }: { id: string }) => {
    const task = page.transport.task(id);
    due = due.filter((title) => title !== task.title);
    return { ...task, step: 7 };
  });
  page.get("reminder-done").focus();
  page.click("reminder-done");
  await page.until(() => page.has("undo-button"), "the toast");
  expect(page.text("toast")).toContain(`${first ?? ""} is done`);
  await page.until(() => document.activeElement?.textContent === second, "the focus");
});

test("while nothing can be saved they stay, and say why", async () => {
  due = some(1);
  await open({ notifications: false });
  await page.until(() => shown().length === 1, "the reminder");
  page.transport.world.health.push({
    code: "disk_full",
    severity: "error",
    message: "",
    hint: null,
    remedy: null,
  });
  page.transport.emit("health");
  await page.until(() => page.get("reminder-done").getAttribute("aria-disabled") === "true", "it to be off");
  expect(page.get("reminder-later").title).toBe("Not saving: the disk is full");
  page.click("reminder-done");
  page.click("reminder-dismiss");
  expect([handled, shown().length]).toEqual([[], 1]);
});

test("what is handled elsewhere goes, and one that cannot be handled comes back", async () => {
  due = some(1);
  await open({ notifications: false });
  await page.until(() => shown().length === 1, "the reminder");
  page.transport.answers.set("reminder_handle", () => {
    throw new Error("the disk is full");
  });
  page.get("reminder-done").click();
  await page.until(() => page.has("toast") && shown().length === 1, "it to be back, with the reason");
  due = [];
  page.transport.emit("reminder");
  await page.until(() => !page.has("due-reminders"), "it to go");
});

test("where the desktop shows them the window does not, unless the person has turned that off", async () => {
  due = some(1);
  await open({ notifications: true });
  const asked = (): boolean => page.transport.calls.some(({ operation }) => operation === "reminders_due");
  await page.until(() => informed > 0, "the window to know the desktop");
  expect([asked(), page.has("due-reminders")]).toEqual([false, false]);
  await page.app.settings.change({ notifications: false });
  await page.until(() => shown().length === 1, "the reminder in the window");
});

test("a key that another program has is named once, with another one to take", async () => {
  due = [];
  await open({ notifications: true, shortcut: { state: "taken", key: "Ctrl+Alt+Space" } });
  await page.until(() => page.has("toast-act"), "the key to be named");
  expect(page.texts("toast")[0]).toContain("Ctrl+Alt+Space belongs to another program");
  page.get("toast-act").click();
  await page.until(() => page.app.settings.now.global_shortcut === "Ctrl+Alt+N", "the other key");
  await page.close();
  await open({ notifications: true, shortcut: { state: "taken", key: "Ctrl+Alt+Space" } });
  await page.until(() => informed > 1, "the window to know the desktop");
  expect(page.has("toast")).toBe(false);
});
