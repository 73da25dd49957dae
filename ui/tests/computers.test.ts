import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { HealthCondition, Receipt, RemedyKind } from "../src/generated/api.ts";
import { house } from "../screens/house.ts";
import { locale } from "../src/messages/index.ts";
import { panelWorld } from "./memory/panel.ts";
import { computerOf } from "./memory/world.ts";
import { Page } from "./page.ts";

let page: Page;

async function open(health: HealthCondition[] = []): Promise<void> {
  const world = house(new Date());
  world.health = health;
  page = await Page.open(world);
  page.app.open({ kind: "computers" });
  await page.until(() => page.has("space-people"), "the people");
}
beforeEach(() => open());
afterEach(() => page.close());

const sent = (operation: string): unknown[] =>
  page.transport.calls.filter((call) => call.operation === operation).map(({ input }) => input);
const member = (name: string): HTMLElement => {
  const row = page.all("member-row").find((each) => each.dataset.person === name);
  if (!row) throw new Error(`no member ${name}`);
  return row;
};

test("two whose names begin alike have two letters, all others one", async () => {
  const letters = (): Record<string, string | undefined> =>
    Object.fromEntries(
      page
        .all("member-row")
        .map((row) => [
          row.dataset.person,
          row.querySelector<HTMLElement>("[data-initial]")?.dataset.initial,
        ]),
    );
  expect(letters()).toMatchObject({ Jonas: "J", Mia: "M" });
  const [first] = page.transport.world.members.values();
  const other = first?.find((one) => one.person.name === "Mia");
  if (!first || !other) throw new Error("no Mia");
  first.push({ ...other, person: { id: "person-max", name: "Max" }, computers: [] });
  page.transport.emit("space");
  await page.until(() => page.all("member-row").some((row) => row.dataset.person === "Max"), "the other");
  expect(letters()).toMatchObject({ Jonas: "J", Mia: "Mi", Max: "Ma" });
});

test("names stand in a row as the language has it", async () => {
  const { members, spaces } = page.transport.world;
  const mine = spaces.find(({ kind }) => kind === "mine")?.id ?? "";
  members.set(mine, [...members.values()].flat().slice(0, 1));
  page.transport.emit("space");
  await page.until(() => page.texts("computer-row")[0]?.includes("Mine and Home") === true, "the spaces");
});

test("while nothing can be saved nobody is removed, renamed or given another role", async () => {
  const why = "Not saving: the disk is full";
  page.transport.world.health = [
    { code: "disk_full", severity: "error", message: "", hint: null, remedy: null },
  ];
  page.transport.emit("health");
  await page.until(() => page.app.whyNotWrite(undefined) === why, "the state");
  for (const testid of ["leave-space", "remove-person", "remove-computer", "names-button", "member-role"]) {
    const control = page.get(testid);
    expect([testid, control.getAttribute("aria-disabled"), control.title]).toEqual([testid, "true", why]);
    page.app.toasts.dismiss();
    page.click(testid);
    expect([page.text("toast").includes(why), document.querySelector("dialog")]).toEqual([true, null]);
  }
  const select = page.within(member("Mia"), "member-role") as HTMLSelectElement;
  select.value = "viewer";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  expect([select.value, document.querySelector("dialog")]).toEqual(["owner", null]);
});

test("a role is changed after it was asked", async () => {
  const select = page.within(member("Mia"), "member-role") as HTMLSelectElement;
  select.value = "viewer";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await page.until(() => page.has("confirm"), "the question");
  expect(page.get("confirm").textContent).toContain("Mia");
  expect(sent("member_role")).toEqual([]);
  page.click("confirm-yes");
  await page.until(() => !page.has("confirm"), "the answer");
  expect(sent("member_role")).toEqual([{ who: "person-mia", role: "viewer", space: "s-home" }]);
});

test("a role that was not confirmed stays", async () => {
  const select = page.within(member("Mia"), "member-role") as HTMLSelectElement;
  select.value = "viewer";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await page.until(() => page.has("confirm"), "the question");
  page.click("confirm-no");
  await page.until(
    () => (page.within(member("Mia"), "member-role") as HTMLSelectElement).value === "owner",
    "it",
  );
  expect(sent("member_role")).toEqual([]);
});

test("a person or a computer is removed after it was asked", async () => {
  page.within(member("Leo"), "remove-person").click();
  await page.until(() => page.has("confirm"), "the question");
  expect(page.get("confirm").textContent).toContain("gets nothing new");
  page.click("confirm-yes");
  await page.until(() => page.all("member-row").every((row) => row.dataset.person !== "Leo"), "Leo to go");
  page.within(member("Mia"), "remove-computer").click();
  await page.until(() => page.has("confirm"), "the question");
  page.click("confirm-yes");
  await page.until(() => sent("member_remove").length === 2, "the computer");
  expect(sent("member_remove")).toEqual([
    { who: "person-leo", space: "s-home" },
    { who: "pc-kitchen", space: "s-home" },
  ]);
});

test("one of one's own computers is removed from all that one has, after it was asked", async () => {
  const own = { id: "pc-old", name: "Old laptop" };
  const { world } = page.transport;
  const person = world.me;
  world.computers.push({ ...computerOf(own.id, own.name, person), online: false });
  const mine = { person, role: "owner" as const, joined_at: "2026-03-01T10:00:00Z", removed_at: null };
  world.members.set("s-mine", [{ ...mine, computers: [own, world.computer] }]);
  page.transport.emit("space");
  await page.until(() => page.has("remove-own-computer"), "the button");
  // Others' computers and this one have none.
  expect(page.all("remove-own-computer")).toHaveLength(1);
  page.click("remove-own-computer");
  await page.until(() => page.has("confirm"), "the question");
  expect(page.text("confirm")).toContain("Remove Old laptop?");
  expect(page.text("confirm")).toContain("keeps what it has, but gets nothing new");
  expect(sent("member_remove")).toEqual([]);
  page.click("confirm-yes");
  await page.until(() => !page.has("remove-own-computer"), "the computer to go");
  expect(sent("member_remove")).toEqual([{ who: "pc-old", space: "s-mine" }]);
});

test("a space is left after it was asked", async () => {
  page.click("leave-space");
  await page.until(() => page.has("confirm"), "the question");
  page.click("confirm-yes");
  await page.until(() => !page.has("space-people"), "the space to go");
  expect(sent("space_leave")).toEqual([{ space: "s-home" }]);
});

test("the latest changes say how far they got, and what each computer lacks", async () => {
  const receipt: Receipt = {
    id: "t0001",
    total: 3,
    on: [{ id: "pc-1", name: "Jonas’s laptop" }],
    missing: [
      { computer: { id: "pc-attic", name: "attic-pc" }, last_had: null, online: false },
      { computer: { id: "pc-nas", name: "nas-01" }, last_had: "2026-03-01T10:00:00Z", online: true },
      // Names need not tell computers apart.
      { computer: { id: "pc-attic-2", name: "attic-pc" }, last_had: null, online: false },
    ],
  };
  panelWorld(page.transport.world).receipts.set(receipt.id, receipt);
  page.transport.change("t0001", { title: "Measure the hallway" });
  page.transport.emit("computer");
  await page.until(() => page.has("receipt-row"), "the receipts");
  expect(page.get("receipt-row").textContent).toContain("on 1 of 3 computers");
  page.get("receipt-row").querySelector("button")?.click();
  await page.until(() => page.has("receipt-names"), "the names");
  const said = page.get("receipt-names").textContent.replace(/[\u2068\u2069]/gu, "");
  expect(said.match(/attic-pc has nothing of it yet/gu)).toHaveLength(2);
  expect(said).toContain("nas-01 last had changes");
});

test("the worst of several conditions comes first, with what mends it", async () => {
  await page.close();
  await open([
    {
      code: "paused_chain",
      severity: "warning",
      message: "Mia writes more than usual",
      hint: null,
      remedy: { kind: "lift_pause", text: null, input: { space: "s-home", author: "pc-kitchen" } },
    },
    { code: "disk_full", severity: "error", message: "the disk is full", hint: "make room", remedy: null },
  ]);
  expect(page.get("banner").dataset.code).toBe("disk_full");
  // What the system said about it is no sentence for people.
  expect(page.text("banner")).toContain("The disk of this computer is full. New changes cannot be saved.");
  expect(page.get("banner").textContent).toContain("1 of 2");
  page.click("banner-next");
  await page.until(() => page.get("banner").dataset.code === "paused_chain", "the next");
  page.click("remedy-lift-pause");
  await page.until(() => sent("pause_lift").length === 1, "the pause to be lifted");
  expect(sent("pause_lift")).toEqual([{ space: "s-home", author: "pc-kitchen" }]);
});

test("each remedy has a button that does it", async () => {
  const asked: unknown[] = [];
  mockIPC((command, given) => {
    asked.push([command, given]);
    if (command !== "open_settings") throw new Error("no desktop");
  });
  const condition = (
    code: string,
    kind: RemedyKind,
    text: string | null = null,
    severity: HealthCondition["severity"] = "warning",
  ): HealthCondition => ({ code, severity, message: code, hint: null, remedy: { kind, text, input: null } });
  await page.close();
  await open([
    condition("no_network", "open_settings", "network"),
    condition("port_in_use", "try_again"),
    condition("newer_version", "keep"),
  ]);
  page.click("remedy-open-settings");
  await page.until(
    () => asked.some((call) => JSON.stringify(call).includes("open_settings")),
    "the settings",
  );
  expect(asked).toContainEqual(["open_settings", { page: "network" }]);
  page.click("banner-next");
  const before = sent("doctor").length;
  page.click("remedy-try-again");
  await page.until(() => sent("doctor").length === before + 1, "the check");
  page.click("banner-next");
  page.click("remedy-keep");
  expect(page.get("banner").dataset.code).toBe("no_network");
  expect(page.get("banner").textContent).toContain("of 2");
  clearMocks();
});

test("on a full disk the banner says until when everything is safe, and on how many others", async () => {
  await page.close();
  const world = house(new Date());
  world.health = [{ code: "disk_full", severity: "error", message: "", hint: null, remedy: null }];
  const at = new Date();
  at.setHours(0, 1, 0, 0);
  world.safe = { until: at.toISOString(), computers: 2 };
  page = await Page.open(world);
  const said = (): string => page.text("banner").replace(/[\u2068\u2069]/gu, "");
  const time = new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit" }).format(at);
  expect(said()).toContain(`Everything up to ${time} is safe, here and on 2 other computers.`);
  expect(said()).toContain("Make room on the disk.");
  // Another one has it too by now, and told no more than that it is there.
  world.safe = { until: "2026-03-17T09:30:00Z", computers: 3 };
  page.transport.emit("computer");
  await page.until(() => said().includes("3 other computers"), "the third");
  expect(said()).toMatch(/Everything up to Tue.*17.* is safe, here and on 3 other computers\./u);
  world.safe = { until: at.toISOString(), computers: 0 };
  page.transport.emit("computer");
  await page.until(() => said().includes("is safe, here."), "this computer alone");
});

test("of other conditions the banner says nothing about what is safe", async () => {
  await page.close();
  const world = house(new Date());
  world.health = [{ code: "port_in_use", severity: "warning", message: "", hint: null, remedy: null }];
  world.safe = { until: "2026-03-17T09:30:00Z", computers: 3 };
  page = await Page.open(world);
  expect(page.text("banner")).not.toContain("is safe");
});

test("what puts data at risk cannot be put away", async () => {
  await page.close();
  const remedy = { kind: "keep" as const, text: null, input: null };
  await open([{ code: "disk_full", severity: "error", message: "the disk is full", hint: null, remedy }]);
  page.click("remedy-keep");
  expect(page.get("banner").dataset.code).toBe("disk_full");
});

test("the network check names what is wrong and checks again", async () => {
  page.get("check-network").click();
  await page.until(() => page.has("check-again"), "the result");
  const said = (): string => page.get("network-check").textContent.replace(/[\u2066-\u2069]/gu, "");
  expect(said()).toContain(
    "Kitchen sees this computer, but cannot reach it. Most likely the firewall here blocks Rota: allow port 4917.",
  );
  page.click("check-again");
  await page.until(() => sent("doctor").length === 2, "the second check");
});

test("a network check that finds nothing tells how many computers answered", async () => {
  page.transport.answers.set("doctor", () => [
    { check: "port", ok: true, message: "", fix: null, remedy: null },
  ]);
  page.get("check-network").click();
  await page.until(() => page.has("check-again"), "the result");
  const online = page.app.group.computers.filter((computer) => computer.online && !computer.this).length;
  expect(page.get("network-check").querySelector("h3")?.textContent).toMatch(
    new RegExp(`^Nothing stands in the way. ${online} computers? answered.$`),
  );
});

test("the command checks the network at once", async () => {
  const { run } = await import("../src/commands/run.ts");
  page.app.open({ kind: "today" });
  run("check_network", page.app);
  await page.until(() => page.has("check-again"), "the result");
  expect(sent("doctor")).toEqual([{}]);
});

test("a space that nobody else is in is deleted, and its tasks are counted before", async () => {
  const world = page.transport.world;
  world.members.set("s-home", (world.members.get("s-home") ?? []).slice(0, 1));
  world.spaces = world.spaces.map((space) => (space.id === "s-home" ? { ...space, tasks: 12 } : space));
  page.transport.emit("space");
  await page.until(() => page.get("leave-space").textContent.includes("Delete"), "the other words");
  page.click("leave-space");
  await page.until(() => page.has("confirm"), "the question");
  expect(page.get("confirm").textContent).toContain("12 tasks");
  expect(document.activeElement).toBe(page.get("confirm-no"));
});
