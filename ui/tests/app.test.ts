import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Api } from "../src/api.ts";
import { App } from "../src/state/app.svelte.ts";
import { clock } from "../src/state/clock.svelte.ts";
import { Rows } from "../src/state/rows.svelte.ts";
import { fail, MemoryTransport } from "./memory/transport.ts";
import { leo, mia, smallWorld, taskOf, type World } from "./memory/world.ts";
import { until } from "./until.ts";

let world: World;
let transport: MemoryTransport;
let app: App;

const titlesOf = (rows: Rows | null): string[] => (rows?.all.known ?? []).map((row) => row.title);
const titles = (): string[] => titlesOf(app.rows);
const first = () => {
  const task = app.rows?.all.at(0);
  if (!task) throw new Error("no row");
  return task;
};

beforeEach(async () => {
  world = smallWorld();
  const [list] = world.lists;
  if (list) world.tasks.push(taskOf("a", "One", list), taskOf("b", "Two", list));
  transport = new MemoryTransport(world);
  app = new App(new Api(transport));
  await app.start();
  await until(() => titles().length === 2, "the first rows");
});

afterEach(() => app.stop());

describe("one's own changes", () => {
  test("a task goes to the open list, its text as it stands", async () => {
    await app.addTask("Buy paint tomorrow !2");
    expect(titles()).toEqual(["One", "Two", "Buy paint tomorrow !2"]);
    expect(transport.calls.find((call) => call.operation === "task_add")?.input).toEqual({
      text: "Buy paint tomorrow !2",
      locale: "en-US",
      list: "list-inbox",
    });
  });

  test("are never marked as somebody else's, though their event comes before the answer", async () => {
    transport.latencyMs = 60;
    await app.addTask("Three");
    await app.rename(first(), "Uno", "One");
    await new Promise((done) => setTimeout(done, 250));
    expect(titles()).toEqual(["Uno", "Two", "Three"]);
    expect(app.rows?.marks.of.size).toBe(0);
  });

  test("a completed task lingers where it stood, and can be reopened there", async () => {
    await app.toggle(first());
    expect(titles()).toEqual(["One", "Two"]);
    expect(first().status).toBe("done");
    expect(app.group.lists[0]).toMatchObject({ open: 1, done: 1 });
    await app.toggle(first());
    expect(titles()).toEqual(["One", "Two"]);
    expect(first().status).toBe("open");
  });

  test("a deleted task comes back by the toast", async () => {
    await app.remove([first()]);
    expect(titles()).toEqual(["Two"]);
    app.toasts.current?.undo?.();
    await until(() => titles().length === 2, "the restored row");
    expect(app.toasts.current?.undo ?? null).toBe(null);
  });

  test("the Undo of a toast takes back what the toast tells of, whatever was done since", async () => {
    await app.toggle(first());
    const toast = app.toasts.current;
    await app.rename({ id: "b" }, "Zwei", "Two");
    expect(app.toasts.current?.text).toContain("Zwei");
    toast?.undo?.();
    await until(() => first().status === "open", "the task to be open");
    expect(titles()).toEqual(["One", "Zwei"]);
    await app.undo();
    expect(titles()).toEqual(["One", "Two"]);
  });

  test("at midnight what is due is counted anew, also beside a view without tasks", async () => {
    const counted = (): number => transport.calls.filter((call) => call.operation === "overview").length;
    app.checkDay();
    app.open({ kind: "computers" });
    const before = counted();
    const now = clock.now;
    try {
      clock.now = new Date(now.getTime() + 24 * 3_600_000);
      app.checkDay();
      await until(() => counted() === before + 1, "the numbers");
    } finally {
      clock.now = now;
    }
  });

  test("tasks that may only be read are left alone and counted", async () => {
    transport.readOnly = first().space.id;
    await app.remove([first()]);
    expect(titles()).toEqual(["One", "Two"]);
    expect(app.toasts.current?.text).toContain("1 task was skipped.");
    expect(app.toasts.current?.undo ?? null).toBe(null);
  });

  test.each([
    [{ assignee: "clear" }, "\u2068One\u2069 is nobody’s any more"],
    [{ rotation: "clear" }, "The turns of \u2068One\u2069 are changed"],
    [{ due: "clear" }, "\u2068One\u2069 has no date any more"],
    [{ repeat: "clear" }, "The repeat of \u2068One\u2069 is changed"],
    [{ reminder: { set: "due" } }, "The reminder of \u2068One\u2069 is changed"],
    [{ start: { set: "2026-03-20" } }, "The start of \u2068One\u2069 is changed"],
  ] as const)("a change of %o says what it did", async (change, said) => {
    await app.edit([first().id], change);
    expect(app.toasts.current?.text).toBe(said);
  });

  test("undo takes back the latest change and says so", async () => {
    await app.rename(first(), "Uno", "One");
    await app.undo();
    expect(titles()).toEqual(["One", "Two"]);
    expect(app.toasts.current?.text).toContain("the latest change");
  });

  test("nothing to undo is said, not thrown away", async () => {
    app.attempt(app.undo());
    await until(() => app.toasts.current !== null, "the toast");
    expect(app.toasts.current).toMatchObject({ tone: "bad", text: "There is nothing to take back." });
  });

  test("a refused task is the field's to show", async () => {
    transport.failing.set("task_add", fail("too_large", "a title has at most 1,000 characters", "text"));
    await expect(app.addTask("x")).rejects.toMatchObject({ error: { code: "too_large" } });
    expect(titles()).toEqual(["One", "Two"]);
  });

  test("a task that goes where the view does not reach is said to", async () => {
    app.open({ kind: "today" });
    await app.addTask("Someday");
    expect(app.toasts.current?.text).toContain("Inbox");
    expect(app.view.kind).toBe("today");
  });

  test("who sees the list that tasks were moved to is named as the language joins names", async () => {
    const seen = (person: typeof mia) => ({
      person,
      role: "editor" as const,
      computers: [],
      joined_at: "2026-03-17T10:00:00Z",
      removed_at: null,
    });
    world.members.set(world.spaces[0]?.id ?? "", [seen(mia), seen(leo)]);
    await app.group.readMembers();
    await app.arrange(["a"], { list: "list-inbox" });
    expect(app.toasts.current?.hint?.replaceAll(/[\u2068\u2069]/g, "")).toBe("Mia and Leo see this list");
  });

  test("several lines become several tasks in one call", async () => {
    await app.addLines(["- milk", "", "- bread"]);
    expect(titles()).toEqual(["One", "Two", "- milk", "- bread"]);
    expect(transport.calls.filter((call) => call.operation === "task_add_many")).toHaveLength(1);
  });
});

describe("a long list", () => {
  test("is laid out once: a page more that is read moves nothing", async () => {
    const [list] = world.lists;
    if (!list) throw new Error("no list");
    for (let n = 0; n < 200; n++) world.tasks.push(taskOf(`t${n}`, `Task ${n}`, list));
    await app.rows?.reread();
    const sections = app.rows?.sections;
    expect(app.rows?.all.at(150)).toBeUndefined();
    await app.rows?.show(150, 151);
    expect(app.rows?.all.at(150)?.title).toBe("Task 148");
    expect(app.rows?.sections).toBe(sections);
  });
});

describe("changes from elsewhere", () => {
  test("appear and are marked, with the name of who wrote", async () => {
    const [list] = world.lists;
    if (!list) throw new Error("no list");
    const author = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    transport.add(taskOf("c", "From Mia", list, { created_by: author }));
    await until(() => titles().length === 3, "the new row");
    expect(app.rows?.marks.of.get("c")?.by).toBe("Mia");
    expect(app.group.lists[0]?.open).toBe(3);
    transport.lastAuthor = author;
    transport.change("a", { title: "Uno" });
    await until(() => titles()[0] === "Uno", "the new title");
    await until(() => app.rows?.marks.of.get("a")?.by === "Mia", "the name of who changed it");
    expect(app.rows?.marks.of.has("b")).toBe(false);
  });

  test("of one's own other computer carry the computer's name", async () => {
    transport.lastAuthor = { person: world.me, computer: { id: "pc-9", name: "nas-01" } };
    transport.change("a", { title: "Uno" });
    await until(() => app.rows?.marks.of.get("a")?.by === "nas-01", "the name");
  });

  test("carry the name of who changed it, not of who made it, also when they bring it into the view", async () => {
    const [list] = world.lists;
    if (!list) throw new Error("no list");
    const own = { person: world.me, computer: world.computer };
    const author = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    transport.lastAuthor = author;
    transport.add(taskOf("c", "Made here, changed by Mia", list, { created_by: own, updated_at: "later" }));
    await until(() => app.rows?.marks.of.get("c")?.by === "Mia", "the name");
  });

  test("of this computer itself are not marked, whoever made the task", async () => {
    const [list] = world.lists;
    if (!list) throw new Error("no list");
    const own = { person: world.me, computer: world.computer };
    transport.lastAuthor = own;
    transport.change("a", { title: "By the command line" });
    transport.add(taskOf("c", "Made by the command line", list, { created_by: own }));
    transport.lastAuthor = own;
    await until(() => titles().join() === "By the command line,Two,Made by the command line", "the rows");
    const asked = (): boolean => transport.calls.some(({ operation }) => operation === "task_history");
    await until(() => asked() && transport.answered === transport.calls.length, "the history");
    // The mark would have come with the answer; a later change of somebody else is marked alone.
    transport.lastAuthor = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    transport.change("b", { title: "By Mia" });
    await until(() => app.rows?.marks.of.get("b")?.by === "Mia", "the mark of another");
    expect([...(app.rows?.marks.of.keys() ?? [])]).toEqual(["b"]);
  });

  test("a task completed elsewhere stays a while, struck", async () => {
    const author = { person: mia, computer: { id: "pc-2", name: "Kitchen" } };
    transport.change("a", { status: "done", completed_by: author });
    await until(() => app.rows?.marks.of.has("a") === true, "the mark");
    expect(app.rows?.all.known.map((row) => [row?.title, row?.status])).toEqual([
      ["One", "done"],
      ["Two", "open"],
    ]);
    expect(app.rows?.marks.of.get("a")?.by).toBe("Mia");
  });

  test("a task deleted elsewhere goes", async () => {
    transport.change("a", { deleted_at: "2026-03-17T10:00:00Z" });
    await until(() => titles().length === 1, "the row to go");
    expect(titles()).toEqual(["Two"]);
  });

  test("after events were missed everything is read again", async () => {
    world.health.push({
      code: "clock",
      severity: "warning",
      message: "the clock is wrong",
      hint: null,
      remedy: null,
    });
    world.lists[0] = { ...(world.lists[0] ?? taskListMissing()), name: "Renamed" };
    transport.emit("resync");
    await until(() => app.group.lists[0]?.name === "Renamed", "the lists");
    await until(() => app.health.length === 1, "the conditions");
  });

  test("an open list that is deleted elsewhere closes", async () => {
    world.lists = [];
    transport.emit("list", ["list-inbox"]);
    await until(() => app.view.kind === "today", "another view");
    const said = app.toasts.polite.replaceAll(/[\u2068\u2069]/g, "");
    expect(said).toBe("The list Inbox was deleted elsewhere");
    expect(app.remark).toBe(app.toasts.polite);
  });

  test("a list that is gone is no way back", async () => {
    app.open({ kind: "today" });
    app.open({ kind: "space", space: "space-mine" });
    app.open({ kind: "me" });
    world.lists = [];
    transport.emit("list", ["list-inbox"]);
    await until(() => app.group.lists.length === 0, "the list to go");
    await until(() => transport.answered === transport.calls.length, "the answers");
    app.back();
    expect(app.view.kind).toBe("space");
    app.back();
    expect(app.view.kind).toBe("today");
    expect(app.navigation.canBack).toBe(false);
  });
});

describe("an open list that one takes away oneself", () => {
  test("is left, with an undo that brings it back, and nothing is out of reach", async () => {
    const [list] = world.lists;
    if (!list) throw new Error("no list");
    await app.removeList(list.id);
    expect(app.view.kind).toBe("today");
    const toast = app.toasts.current;
    expect(toast?.undo).not.toBeNull();
    await until(() => transport.answered === transport.calls.length, "the answers");
    expect(app.lost).toBeNull();
    expect(app.toasts.current).toBe(toast);
  });

  test("and so is one that an undo takes away, or that is asked for when it is gone", async () => {
    await app.addList("Garden", undefined);
    const added = app.list;
    expect(added).not.toBe("list-inbox");
    world.lists = world.lists.filter(({ id }) => id !== added);
    transport.emit("list");
    await until(() => app.list === "list-inbox", "the list that is left");
    app.open({ kind: "list", list: added ?? "" });
    await until(() => app.list === "list-inbox" && titles().length === 2, "the same again");
    expect(app.lost).toBeNull();
  });
});

describe("a service that does not answer", () => {
  test("after a write leaves it written: it says so, and what is shown is read again", async () => {
    transport.failing.set("task_page", { ...fail("internal", "gone"), retryable: true });
    const added = await app.addTask("Three");
    expect(added.title).toBe("Three");
    expect(app.lost).not.toBeNull();
    transport.failing.clear();
    await until(() => app.lost === null && titles().includes("Three"), "what was written");
  });

  test("is said, what was read stays, and it recovers", async () => {
    transport.failing.set("lists_show", fail("internal", "gone"));
    transport.change("a", { title: "Uno" });
    await until(() => app.lost !== null, "the state");
    expect(titles()).toHaveLength(2);
    transport.failing.clear();
    await app.start();
    expect(app.lost).toBeNull();
    expect(titles()).toEqual(["Uno", "Two"]);
  });

  test("for a moment is asked again without anybody's doing", async () => {
    transport.failing.set("lists_show", { ...fail("busy", "another has the file"), retryable: true });
    transport.change("a", { title: "Uno" });
    await until(() => app.lost !== null, "the state");
    transport.failing.clear();
    await until(() => app.lost === null && titles()[0] === "Uno", "what changed");
  });
});

test("a task that is opened by its short handle is that task in everything", async () => {
  transport.answers.set("task_show", ({ id }: { id: string }) =>
    id === "K7Q2" ? transport.task("a") : transport.task(id),
  );
  await app.openNamed("K7Q2");
  expect(app.panel?.id).toBe("a");
  transport.answers.clear();
  await app.openNamed("NONE");
  expect(app.panel?.id).toBe("NONE");
});

test("a start that may succeed later is tried again", async () => {
  const starting = new MemoryTransport(smallWorld());
  starting.failing.set("status", { ...fail("not_running", "the node does not run"), retryable: true });
  const fresh = new App(new Api(starting));
  await fresh.start();
  expect(fresh.lost?.code).toBe("not_running");
  starting.failing.clear();
  await until(() => fresh.ready && fresh.lost === null, "the second try");
  fresh.stop();
});

test("of a long list the page in sight is read, and then those that begin close to it", async () => {
  const [list] = world.lists;
  if (!list) throw new Error("no list");
  for (let i = 0; i < 10_000; i++) world.tasks.push(taskOf(`x${i}`, `Task ${i}`, list));
  app.open({ kind: "list", list: list.id });
  await until(() => app.rows?.ready === true, "the rows");
  transport.calls.length = 0;
  const offsets = () => transport.calls.map((call) => (call.input as { offset: number }).offset / 64);
  await app.rows?.show(5000, 5050);
  expect(offsets()).toEqual([78, 77, 79]);
  expect(app.rows?.all.length).toBe(10_002);
  expect(app.rows?.all.at(5002)?.title).toBe("Task 5000");
  expect(app.rows?.all.at(9000)).toBeUndefined();
  transport.calls.length = 0;
  await app.rows?.show(5005, 5055);
  expect(offsets()).toEqual([]);
  // On the way down a row is there before it comes in sight.
  await app.rows?.show(5040, 5090);
  expect(offsets()).toEqual([80]);
  transport.calls.length = 0;
  await app.rows?.reread();
  expect(offsets(), "what a change waits for").toEqual([78, 79]);
  // A row that is needed elsewhere takes nothing out of sight.
  await app.rows?.load(9000, 9001);
  expect(app.rows?.all.at(9000)?.title).toBe("Task 8998");
  transport.calls.length = 0;
  await app.rows?.reread();
  expect(offsets(), "the same").toEqual([78, 79]);
});

test("an answer that was overtaken does not bring back the past", async () => {
  let release = (): void => {};
  let held = false;
  const rows = new Rows(
    new Api({
      call: async (operation, input) => {
        const answer = await transport.call(operation, input);
        if (!held) {
          held = true;
          await new Promise<void>((done) => (release = done));
        }
        return answer;
      },
      subscribe: (onEvent) => transport.subscribe(onEvent),
    }),
    { filter: { list: "list-inbox" }, by: null, shape: "plain", tree: true, cross: false },
    {
      nameOf: (author) => author.person.name,
      isThis: () => false,
      now: () => new Date(),
      folded: () => new Set(),
      hidden: () => new Set(),
      left: () => undefined,
    },
  );
  const early = rows.show(0, 10);
  await until(() => held, "the first answer to be on its way");
  transport.change("a", { title: "Uno" });
  await rows.reread();
  release();
  await early;
  expect(titlesOf(rows)).toEqual(["Uno", "Two"]);
  rows.stop();
});

test("one subscribes before one reads", async () => {
  const order: string[] = [];
  const fresh = new App(
    new Api({
      call: (operation, input) => {
        order.push(operation);
        return transport.call(operation, input);
      },
      subscribe: (onEvent) => {
        order.push("subscribe");
        return transport.subscribe(onEvent);
      },
    }),
  );
  await fresh.start();
  fresh.stop();
  expect(order[0]).toBe("subscribe");
});

function taskListMissing(): never {
  throw new Error("no list");
}
