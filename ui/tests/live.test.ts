import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Receipts } from "../src/state/receipts.svelte.ts";
import { Api } from "../src/api.ts";
import { MemoryTransport } from "./memory/transport.ts";
import { computerOf, mia, smallWorld, taskOf, type World } from "./memory/world.ts";
import { Page } from "./page.ts";

describe("what others do while one is at work", () => {
  let world: World;
  let page: Page;

  beforeEach(async () => {
    world = smallWorld();
    const [inbox] = world.lists;
    if (!inbox) throw new Error("no list");
    world.tasks.push(taskOf("a", "One", inbox), taskOf("b", "Two", inbox), taskOf("c", "Three", inbox));
    page = await Page.open(world);
    await page.until(() => page.titles().length === 3, "the rows");
  });

  afterEach(() => page.close());

  test("no row moves while the pointer does; its words change at once", async () => {
    const move = setInterval(() => window.dispatchEvent(new Event("pointermove")), 50);
    try {
      window.dispatchEvent(new Event("pointermove"));
      page.transport.change("b", { title: "Zwei" });
      world.tasks.reverse();
      page.transport.emit("task", ["a", "c"]);
      await page.until(() => page.titles().includes("Zwei"), "the new words");
      await new Promise((done) => setTimeout(done, 200));
      expect(page.titles()).toEqual(["One", "Zwei", "Three"]);
    } finally {
      clearInterval(move);
    }
    await page.until(() => page.titles().join() === "Three,Zwei,One", "the new order");
  });

  test("a focused row that somebody takes away gives its focus to its neighbour, and that is said", async () => {
    page.row("Two").focus();
    page.transport.change("b", { deleted_at: "2026-03-17T10:00:00Z" });
    await page.until(() => document.activeElement === page.row("Three"), "the neighbour to have the focus");
    expect(page.app.toasts.polite).toMatch(/Two.* is not here any more/);
  });

  test("how this computer stands is told politely once it has stayed so for two seconds, and not at the start", async () => {
    const told = (): string => page.app.toasts.polite;
    await page.until(() => page.text("status-line").includes("Alone"), "the state at the start");
    const start = performance.now();
    await page.until(() => performance.now() - start > 2100, "it to have stayed");
    expect(told()).toBe("");
    world.computers.push(computerOf("pc-2", "Kitchen", mia));
    page.transport.emit("computer", ["pc-2"]);
    await page.until(() => page.text("status-line").includes("2 computers up to date"), "the state");
    const shown = performance.now();
    expect(told()).toBe("");
    expect(document.querySelector("[data-testid=status-line] [role=status]")).toBeNull();
    await page.until(() => told() !== "", "it to be told");
    expect(told()).toBe("2 computers up to date");
    expect(performance.now() - shown).toBeGreaterThan(1900);
  });

  test("who has the list open, is typing or on it is shown", async () => {
    const one = { person: mia, computer: { id: "pc-2", name: "Kitchen" }, this: false };
    world.presence = [
      { ...one, list: "list-inbox", task: "a", typing: true, on_it: ["b"], since: "2026-03-17T10:00:00Z" },
    ];
    page.transport.emit("presence");
    await page.until(() => page.row("One").textContent.includes("is typing"), "the typing");
    expect(page.row("Two").textContent).toMatch(/Mia.* is on it/);
    expect(page.row("Two").querySelector(".sr")?.textContent).toMatch(/Mia.* is on it/);
    expect(document.querySelector(".head .sub")?.textContent).toMatch(/Mia.* has this list open/);
  });

  test("somebody who waits is told for what", async () => {
    page.transport.change("b", {
      blocked: true,
      waits_for: [{ id: "a", short: "a", title: "One", status: "open" }],
    });
    await page.until(() => page.row("Two").textContent.includes("waits for"), "the fact");
    expect(page.row("Two").querySelector(".sr")?.textContent).toMatch(/waits for .?One/);
  });
});

test("what is watched no more is missing no more, and who comes back is asked", async () => {
  vi.useFakeTimers();
  try {
    const transport = new MemoryTransport(smallWorld());
    const kitchen = computerOf("pc-2", "Kitchen", mia);
    const missing = [{ computer: { id: kitchen.id, name: kitchen.name }, last_had: null, online: true }];
    transport.answers.set("receipts_show", ({ ids }: { ids: string[] }) =>
      ids.map((id) => ({ id, total: 2, on: [], missing })),
    );
    let reachable = false;
    const receipts = new Receipts(new Api(transport), () => reachable);
    receipts.follow(["first"]);
    receipts.askAgain();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(transport.calls).toEqual([]);
    reachable = true;
    receipts.askAgain();
    await vi.advanceTimersByTimeAsync(1);
    expect([...receipts.missing.keys()]).toEqual(["first"]);
    const many = Array.from({ length: 200 }, (_, i) => `next-${i}`);
    receipts.follow(many);
    expect(receipts.missing.size).toBe(0);
    await vi.advanceTimersByTimeAsync(11_000);
    expect([...receipts.missing.keys()]).toEqual(many);
    receipts.stop();
  } finally {
    vi.useRealTimers();
  }
});

test("how far a change got is asked after a while, until all have it", async () => {
  vi.useFakeTimers();
  try {
    const transport = new MemoryTransport(smallWorld());
    const kitchen = computerOf("pc-2", "Kitchen", mia);
    const named = { id: kitchen.id, name: kitchen.name };
    let there = false;
    transport.answers.set("receipts_show", () => [
      there
        ? { id: "a", total: 2, on: [named, named], missing: [] }
        : { id: "a", total: 2, on: [named], missing: [{ computer: named, last_had: null, online: true }] },
    ]);
    let reachable = true;
    const receipts = new Receipts(new Api(transport), () => reachable);
    receipts.follow(["a"]);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(transport.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(receipts.missing.get("a")?.on).toHaveLength(1);
    there = true;
    await vi.advanceTimersByTimeAsync(3_100);
    expect(receipts.missing.size).toBe(0);
    reachable = false;
    receipts.follow(["a"]);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(transport.calls).toHaveLength(2);
    receipts.stop();
  } finally {
    vi.useRealTimers();
  }
});
