import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nextWeekend } from "../src/lib/moments.ts";
import { language } from "../src/messages/index.ts";
import type { DesktopInfo } from "../src/shell.ts";
import { house } from "../screens/house.ts";
import { fail } from "./memory/transport.ts";
import { Page } from "./page.ts";
import { until } from "./until.ts";

let page: Page;
let desktop: DesktopInfo;
/** What the system's file dialogs were asked for, and the file that is chosen there. */
let asked: unknown[];
let file: string | null;
let zoomed: number[];

async function open(change: Partial<DesktopInfo> = {}): Promise<void> {
  desktop = {
    platform: "linux",
    wayland: false,
    tray: true,
    autostart: false,
    shortcut: { state: "on", key: "Ctrl+Alt+Space" },
    notifications: true,
    quick_add_command: "rota quick-add",
    data_folder: "/home/jonas/rota",
    documents_folder: "/home/jonas/Documents",
    ...change,
  };
  zoomed = [];
  mockIPC((command, given) => {
    if (command === "desktop_info") return desktop;
    if (command.startsWith("plugin:dialog|")) {
      asked.push([command, given]);
      return file;
    }
    if (command === "set_zoom") zoomed.push((given as { percent: number }).percent);
    return null;
  });
  page = await Page.open(house(new Date()));
  page.app.open({ kind: "settings" });
  await page.until(() => page.has("setting-keep-running"), "what the desktop can do");
}

beforeEach(() => {
  localStorage.clear();
  asked = [];
  file = null;
});
afterEach(async () => {
  await page.close();
  await language.choose("en");
  clearMocks();
});

const changes = (): unknown[] =>
  page.transport.calls.filter(({ operation }) => operation === "settings_change").map(({ input }) => input);

function choose(testid: string, value: string): void {
  const select = page.get(testid) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

test("the theme holds at once, and is stored", async () => {
  await open();
  page.get("setting-theme").querySelector<HTMLElement>("[data-value=dark]")?.click();
  await page.until(() => document.documentElement.dataset.theme === "dark", "the dark theme");
  expect(changes()).toEqual([{ theme: "dark" }]);
});

test("less motion holds at once, and the system's wish is the default", async () => {
  await open();
  const { dataset } = document.documentElement;
  expect(dataset.motion).toBe("system");
  page.get("setting-motion").querySelector<HTMLElement>("[data-value=less]")?.click();
  await page.until(() => dataset.motion === "less", "less motion");
  page.get("setting-motion").querySelector<HTMLElement>("[data-value=full]")?.click();
  await page.until(() => dataset.motion === "full", "all motion");
  expect(changes()).toEqual([{ motion: "less" }, { motion: "full" }]);
});

test("rows and text size hold at once, and the size stops at its ends", async () => {
  await open();
  page.get("setting-density").querySelector<HTMLElement>("[data-value=compact]")?.click();
  page.click("setting-zoom-larger");
  await page.until(() => page.get("setting-zoom").textContent === "110%", "the size");
  expect(document.documentElement.dataset.density).toBe("compact");
  expect(zoomed.at(-1)).toBe(110);
  page.click("setting-zoom-smaller");
  page.click("setting-zoom-smaller");
  const smaller = page.get("setting-zoom-smaller");
  smaller.focus();
  await page.until(() => smaller.getAttribute("aria-disabled") === "true", "the end");
  expect([page.get("setting-zoom").textContent, smaller.title]).toEqual(["90%", "Text cannot get smaller"]);
  const before = changes().length;
  smaller.click();
  expect([changes().length, document.activeElement === smaller]).toEqual([before, true]);
});

test("another language is there without a restart, with its direction", async () => {
  await open();
  choose("setting-language", "ar");
  await page.until(() => document.documentElement.lang === "ar", "Arabic");
  expect(document.documentElement.dir).toBe("rtl");
  choose("setting-language", "de");
  await page.until(() => document.documentElement.lang === "de", "German");
  expect(document.documentElement.dir).toBe("ltr");
});

test("what comes from the system says so, and can be had back", async () => {
  await open();
  const weekday = page.get("setting-first-weekday") as HTMLSelectElement;
  expect(weekday.selectedOptions[0]?.textContent).toMatch(/^From the system: .?Sunday/u);
  choose("setting-first-weekday", "saturday");
  await page.until(() => language.locale.includes("fw-sat"), "the week");
  choose("setting-first-weekday", "system");
  await page.until(() => !language.locale.includes("fw-sat"), "the system's week");
  const weekend = page.get("setting-weekend") as HTMLSelectElement;
  expect(weekend.selectedOptions[0]?.textContent).toMatch(/^From the system: .?Saturday/u);
  choose("setting-weekend", "friday");
  await page.until(() => nextWeekend("2026-03-17", language.locale) === "2026-03-20", "the weekend");
  expect(changes()).toEqual([{ first_weekday: "saturday" }, { first_weekday: null }, { weekend: "friday" }]);
});

test("a time that is none is not stored, and one that is comes in one form", async () => {
  await open();
  const field = page.type("setting-evening", "half past");
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await page.until(() => field.getAttribute("aria-invalid") === "true", "the complaint");
  page.type("setting-evening", "8.30").dispatchEvent(new Event("change", { bubbles: true }));
  await page.until(() => changes().length > 0, "the time");
  expect(changes()).toEqual([{ evening: "08:30" }]);
});

test("what cannot be stored goes back and is said", async () => {
  await open();
  page.transport.failing.set("settings_change", fail("disk_full", "the disk is full"));
  page.click("setting-toasts-stay");
  await page.until(() => page.has("toast"), "the reason");
  expect(page.get("setting-toasts-stay").getAttribute("aria-checked")).toBe("false");
});

test("the shortcut is recorded, cleared and given back", async () => {
  await open();
  page.click("setting-shortcut");
  const button = page.get("setting-shortcut");
  page.press("a", {}, button);
  expect(changes()).toEqual([]);
  page.press("q", { ctrlKey: true, altKey: true }, button);
  await page.until(() => changes().length === 1, "the keys");
  page.click("setting-shortcut-clear");
  await page.until(() => changes().length === 2, "no keys");
  expect(changes()).toEqual([{ global_shortcut: "Ctrl+Alt+Q" }, { global_shortcut: "" }]);
});

test("keys that another program has are named", async () => {
  await open({ shortcut: { state: "taken", key: "Ctrl+Alt+Space" } });
  expect(page.get("settings-view").textContent).toContain("belongs to another program");
});

test("where the desktop owns the keys, a command stands in their place", async () => {
  await open({ wayland: true, shortcut: { state: "unavailable", key: null } });
  expect(page.has("setting-shortcut")).toBe(false);
  expect(page.get("quick-add-command").textContent).toBe("rota quick-add");
});

test("no switch is shown for what the desktop cannot do", async () => {
  await open({ autostart: null, notifications: false, tray: false });
  expect(page.has("setting-autostart")).toBe(false);
  expect(page.has("setting-notifications")).toBe(false);
  const said = (): string => page.text("settings-view");
  expect(said()).toContain(
    "This desktop shows no tray. Start Rota again to bring the window back. Ctrl+Q quits Rota.",
  );
  await page.app.settings.change({ keys: { quit: "Ctrl+E" } });
  await page.until(() => said().includes("Ctrl+E quits Rota."), "the other key");
});

test("a setting is found by its words, and parts without one go", async () => {
  await open();
  page.type("settings-find", "theme");
  await page.until(
    () => document.querySelectorAll("[data-settings-part]:not([hidden])").length === 1,
    "one part",
  );
  expect(document.querySelectorAll("[data-setting]:not([hidden])").length).toBe(1);
  page.type("settings-find", "zebra");
  await page.until(() => page.get("settings-view").textContent.includes("No setting is called"), "nothing");
});

test("a backup is written where one says, and a refusal keeps the path", async () => {
  await open();
  expect((page.get("setting-backup-file") as HTMLInputElement).value).toMatch(
    /^\/home\/jonas\/Documents\/rota-\d{4}-\d\d-\d\d\.backup$/u,
  );
  page.click("setting-backup");
  await page.until(() => page.get("setting-backup-said").textContent.includes("in the backup"), "the backup");
  page.transport.failing.set("backup", fail("in_use", "the file is there already"));
  page.click("setting-backup");
  await page.until(() => page.get("setting-backup-said").textContent.includes("there already"), "the reason");
  expect((page.get("setting-backup-file") as HTMLInputElement).value).toMatch(
    /^\/home\/jonas\/Documents\/rota-\d{4}-\d\d-\d\d\.backup$/u,
  );
});

test("a file is chosen in the system's own dialog, and used when that is pressed", async () => {
  await open();
  page.click("setting-restore-choose");
  await page.until(() => asked.length === 1, "the dialog");
  expect((page.get("setting-restore-file") as HTMLInputElement).value).toBe("");
  file = "/media/stick/rota.backup";
  page.click("setting-restore-choose");
  await page.until(
    () => (page.get("setting-restore-file") as HTMLInputElement).value === file,
    "the file that was chosen",
  );
  expect(page.inputs("restore_backup")).toEqual([]);
  await page.until(() => document.activeElement === page.get("setting-restore"), "the focus on the button");
  page.click("setting-restore");
  await page.until(() => page.inputs("restore_backup").length === 1, "the backup to be brought back");
  expect(page.inputs("restore_backup")).toEqual([{ file }]);
  file = "/media/stick/new.backup";
  page.click("setting-backup-choose");
  await page.until(() => asked.length === 3, "the dialog");
  expect(asked.at(-1)).toEqual([
    "plugin:dialog|save",
    {
      options: { title: "Backup", defaultPath: expect.stringMatching(/Documents.rota-.*backup$/u) as string },
    },
  ]);
});

test("the look of the last time is there before the service answers", async () => {
  await open();
  page.get("setting-theme").querySelector<HTMLElement>("[data-value=dark]")?.click();
  await until(() => localStorage.getItem("rota.look")?.includes('"dark"') === true, "the look");
  document.documentElement.dataset.theme = "light";
  const { beginLook } = await import("../src/look.ts");
  await beginLook();
  expect(document.documentElement.dataset.theme).toBe("dark");
});

test("every command has its keys, and others can be given to it", async () => {
  await open();
  page.click("key-done");
  page.press("F9", {}, page.get("key-done"));
  await page.until(() => changes().length === 1, "the key");
  expect(changes()).toEqual([{ keys: { done: "F9" } }]);
  await page.until(() => page.has("key-done-reset"), "the way back");
  page.click("key-done-reset");
  await page.until(() => changes().length === 2, "the key it came with");
  expect(changes()[1]).toEqual({ keys: {} });
});

test("a clash is named when it is made, and settled by a click", async () => {
  await open();
  page.click("key-duplicate");
  page.press("k", { ctrlKey: true }, page.get("key-duplicate"));
  await page.until(() => page.has("key-clash"), "the clash");
  expect(page.get("key-clash").textContent).toContain("Ctrl K");
  expect(changes()).toEqual([]);
  page.click("key-give");
  await page.until(() => changes().length === 1, "the keys");
  expect(changes()).toEqual([{ keys: { palette: "", duplicate: "Ctrl+K" } }]);
});

test("a command that gives a key away keeps its other ones", async () => {
  await open();
  page.click("key-duplicate");
  page.press("F1", {}, page.get("key-duplicate"));
  await page.until(() => page.has("key-clash"), "the clash");
  page.click("key-give");
  await page.until(() => changes().length === 1, "the keys");
  expect(changes()).toEqual([{ keys: { sheet: "?", duplicate: "F1" } }]);
});

test("two keys after each other are one", async () => {
  await open();
  page.click("key-go_today");
  page.press("z", {}, page.get("key-go_today"));
  page.press("t", {}, page.get("key-go_today"));
  await page.until(() => changes().length === 1, "the keys");
  expect(changes()).toEqual([{ keys: { go_today: "z t" } }]);
});

test("letter keys can be switched off", async () => {
  await open();
  page.click("setting-letter-keys");
  await page.until(() => !page.get("key-done").textContent.includes("d"), "the letter to go");
  expect(changes()).toEqual([{ letter_keys: false }]);
});
