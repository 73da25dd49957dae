import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { house } from "../screens/house.ts";
import { Page } from "./page.ts";

let page: Page;
beforeEach(async () => {
  page = await Page.open(house(new Date()));
});
afterEach(async () => {
  await page.close();
  clearMocks();
});

const isOff = (button: HTMLElement): boolean => button.getAttribute("aria-disabled") === "true";
const ring = (button: HTMLElement): boolean => button.querySelector(".ring") !== null;

/** What is pressed keeps its label and the focus, can be pressed once, and has a ring when it takes its time. */
async function pressesOnce(testid: string, operation: string): Promise<void> {
  const before = page.inputs(operation).length;
  page.transport.latencyMs = 700;
  const button = page.get(testid);
  const label = button.textContent;
  button.focus();
  button.click();
  await page.until(() => isOff(button), "the button to be off");
  expect([ring(button), document.activeElement === button]).toEqual([false, true]);
  button.click();
  await page.until(() => ring(button), "the ring");
  expect([button.textContent, document.activeElement === button]).toEqual([label, true]);
  expect(page.inputs(operation)).toHaveLength(before + 1);
  page.transport.latencyMs = 0;
}

describe("while it works a button is off", () => {
  test("in a question", async () => {
    page.app.open({ kind: "computers" });
    await page.until(() => page.has("leave-space"), "the people");
    page.click("leave-space");
    await page.until(() => page.has("confirm"), "the question");
    await pressesOnce("confirm-yes", "space_leave");
    await page.until(() => !page.has("confirm"), "the question to be over");
  });

  test("for an address, which is needed first", async () => {
    page.app.open({ kind: "computers" });
    await page.until(() => page.has("address-open"), "the computers");
    page.click("address-open");
    const button = page.get("address-connect");
    expect([isOff(button), button.title]).toEqual([true, "Enter the address first"]);
    button.closest("form")?.requestSubmit();
    expect(page.inputs("connect")).toEqual([]);
    page.transport.answers.set("connect", () => ({ id: "pc-9", name: "Kitchen" }));
    page.type("address-field", "192.168.1.20:4917");
    expect([isOff(button), button.title]).toEqual([false, ""]);
    await pressesOnce("address-connect", "connect");
    await page.until(() => document.activeElement === page.all("address-open")[0], "the focus back");
  });

  test("for a backup, whose file is needed first", async () => {
    mockIPC((command) =>
      command === "desktop_info" ? { platform: "linux", documents_folder: "/home/jonas" } : null,
    );
    page.app.open({ kind: "settings" });
    await page.until(() => page.has("setting-backup"), "the settings");
    page.type("setting-backup-file", " ");
    const button = page.get("setting-backup");
    expect([isOff(button), button.title]).toEqual([true, "Enter the path of the file first"]);
    page.type("setting-backup-file", "/home/jonas/rota.backup");
    await pressesOnce("setting-backup", "backup");
  });

  test("in a banner", async () => {
    page.transport.world.health = [
      {
        code: "paused_chain",
        severity: "warning",
        message: "",
        hint: null,
        remedy: { kind: "lift_pause", text: null, input: {} },
      },
    ];
    page.transport.emit("health");
    await page.until(() => page.has("remedy-lift-pause"), "the banner");
    await pressesOnce("remedy-lift-pause", "pause_lift");
  });

  test("for a code", async () => {
    page.app.open({ kind: "add" });
    await page.until(() => page.has("mine-switch"), "the view");
    page.click("mine-switch");
    await pressesOnce("show-code-button", "invite");
  });
});

test("without a name the button of the names keeps the focus and says why", async () => {
  page.app.dialogs.open("names");
  await page.until(() => page.has("names-save"), "the dialog");
  page.type("person-name-field", "");
  const button = page.get("names-save");
  button.focus();
  button.click();
  expect([isOff(button), document.activeElement === button]).toEqual([true, true]);
  expect(button.title).toBe("A name is needed, others would not know who it is.");
  button.closest("form")?.requestSubmit();
  expect(page.inputs("init")).toEqual([]);
});
