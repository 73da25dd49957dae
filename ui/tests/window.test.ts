import { flushSync, tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fail } from "./memory/transport.ts";
import { computerOf, jonas, listOf, mia, smallWorld, spaceOf, taskOf, type World } from "./memory/world.ts";
import { Page } from "./page.ts";
import { plain } from "./screen.ts";

let world: World;
let page: Page;

beforeEach(async () => {
  world = smallWorld();
  const [list] = world.lists;
  if (!list) throw new Error("no list");
  world.tasks.push(
    taskOf("a", "One", list, { priority: 1, tags: ["home"] }),
    taskOf("b", "Two", list),
    taskOf("c", "<img src=x onerror=alert(1)>", list),
  );
  page = await Page.open(world);
  await page.until(() => page.titles().length === 3, "the rows");
});

afterEach(() => page.close());

describe("the list", () => {
  test("shows titles as text, with their facts", () => {
    expect(page.titles()).toEqual(["One", "Two", "<img src=x onerror=alert(1)>"]);
    expect(page.row("One").textContent).toMatch(/!1\s*#home/);
    expect(page.row("One").querySelector(".sr")?.textContent).toContain("priority 1");
    expect(page.all("sidebar-list")[0]?.textContent).toMatch(/^Inbox\s*3/);
  });

  test("a task is added by Enter, the field stays ready", async () => {
    const field = page.type("new-task-field", "Buy paint");
    page.press("Enter", {}, field);
    expect(field.value).toBe("");
    await page.until(() => page.titles().includes("Buy paint"), "the new row");
    expect(document.activeElement).toBe(field);
  });

  test("what is typed is understood as it is in quick add, and added as it is shown", async () => {
    const field = page.type("new-task-field", "Buy paint tomorrow !2");
    (field as unknown as HTMLTextAreaElement).setSelectionRange(21, 21);
    await page.until(() => page.all("quick-chip").length === 2, "the chips");
    page.press("Enter", {}, field);
    await page.until(() => page.titles().includes("Buy paint"), "the new row");
    const sent = page.transport.calls.filter(({ operation }) => operation === "task_add");
    expect(sent[0]?.input).toMatchObject({ text: "Buy paint", plain: true, priority: 2 });
  });

  test("a task added before its words were read leaves nothing under the field", async () => {
    page.transport.latencyMs = 40;
    const field = page.type("new-task-field", "Buy paint tomorrow");
    page.press("Enter", {}, field);
    await page.until(() => page.titles().includes("Buy paint"), "the new row");
    await page.until(() => page.transport.answered === page.transport.calls.length, "the answers");
    expect([field.value, page.texts("quick-chip")]).toEqual(["", []]);
  });

  test("a refused task stays in the field, with the reason under it", async () => {
    page.transport.failing.set("task_add", fail("too_large", "a title has at most 1,000 characters", "text"));
    const field = page.type("new-task-field", "Too long");
    page.press("Enter", {}, field);
    await page.until(() => page.has("new-task-problem"), "the reason");
    expect(page.get("new-task-problem").textContent).toContain("A title has at most 1,000 characters.");
    expect(field.value).toBe("Too long");
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("pasted lines become tasks", async () => {
    const field = page.get("new-task-field");
    const paste = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => "milk\r\nbread\n" } });
    field.dispatchEvent(paste);
    await page.until(() => page.titles().includes("bread"), "the rows");
    expect(paste.defaultPrevented).toBe(true);
    expect(page.titles()).toContain("milk");
  });

  test("the check completes; the done task is found below", async () => {
    page.within(page.row("Two"), "task-check").click();
    await page.until(() => page.row("Two").dataset.status === "done", "the row to be done");
    expect(page.row("Two").getAttribute("aria-checked")).toBe("true");
    expect(page.get("done-fold").textContent).toMatch(/Done\s*1/);
  });

  test("done tasks unfold and can be opened again", async () => {
    world.tasks.push(taskOf("d", "Long done", world.lists[0] ?? never(), { status: "done" }));
    page.transport.emit("task", ["d"]);
    await page.until(() => page.has("done-fold"), "the fold");
    page.click("done-fold");
    await page.until(() => page.titles().includes("Long done"), "the done task");
    page.within(page.row("Long done"), "task-check").click();
    await page.until(() => page.row("Long done").dataset.status === "open", "it to be open");
    expect(page.has("done-fold")).toBe(false);
  });

  test("a deleted task comes back by the toast", async () => {
    page.within(page.over(page.row("Two")), "task-delete").click();
    await page.until(() => !page.titles().includes("Two") && page.has("undo-button"), "the row to go");
    page.click("undo-button");
    await page.until(() => page.titles().includes("Two"), "the row to come back");
    expect(page.has("undo-button")).toBe(false);
  });

  test("a change from elsewhere shows while a title is being edited, without touching the edit", async () => {
    page.row("One").dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    const field = page.type("task-title-field", "Half typ");
    page.transport.change("b", { title: "Zwei" });
    page.transport.change("a", { priority: 3 });
    await page.until(() => page.titles().includes("Zwei"), "the other title");
    expect(page.get("task-title-field")).toBe(field);
    expect(field.value).toBe("Half typ");
    expect(document.activeElement).toBe(field);
  });
});

describe("the keys", () => {
  test("walk, complete, rename and delete", async () => {
    page.row("One").focus();
    page.press("j");
    await page.until(() => document.activeElement === page.row("Two"), "the second row");
    page.press("k");
    await page.until(() => document.activeElement === page.row("One"), "the first row");
    page.press("End");
    await page.until(() => (document.activeElement as HTMLElement).dataset.id === "c", "the last row");
    page.press("Home");
    await page.until(() => document.activeElement === page.row("One"), "the first row again");

    page.press("F2");
    const field = page.type("task-title-field", "Uno");
    page.press("Enter", {}, field);
    await page.until(() => page.titles()[0] === "Uno", "the new title");
    await page.until(() => document.activeElement === page.row("Uno"), "the focus on the row");

    page.press("Delete");
    await page.until(() => page.titles()[0] === "Two", "the row to go");
    await page.until(() => document.activeElement === page.row("Two"), "its neighbour to have the focus");

    page.press("d");
    await page.until(() => page.row("Two").dataset.status === "done", "it to be done");
    page.press("n");
    expect(document.activeElement).toBe(page.get("new-task-field"));
  });

  test("a row that is completed and opened again keeps the focus, also as the only one", async () => {
    for (const title of ["Two", "<img src=x onerror=alert(1)>"]) {
      page.within(page.over(page.row(title)), "task-delete").click();
      await page.until(() => !page.titles().includes(title), "the row to go");
    }
    const row = page.row("One");
    row.focus();
    page.press("d");
    await page.until(() => row.dataset.status === "done", "it to be done");
    page.press(" ");
    await page.until(() => world.tasks[0]?.status === "open", "it to be open");
    await page.until(() => row.dataset.status === "open", "the row to say so");
    await new Promise((done) => setTimeout(done, 20));
    flushSync();
    expect(page.row("One")).toBe(row);
    expect(document.activeElement).toBe(row);
  });

  test("a row opened again from below keeps the focus where it moves to", async () => {
    world.tasks.push(taskOf("d", "Long done", world.lists[0] ?? never(), { status: "done" }));
    page.transport.emit("task", ["d"]);
    await page.until(() => page.has("done-fold"), "the fold");
    page.click("done-fold");
    await page.until(() => page.titles().includes("Long done"), "the done task");
    page.row("Long done").focus();
    page.press(" ");
    await page.until(() => page.row("Long done").dataset.status === "open", "it to be open");
    await page.until(() => document.activeElement === page.row("Long done"), "the focus on the row");
  });

  test("Escape leaves a title as it was", () => {
    page.row("One").focus();
    page.press("F2");
    const field = page.type("task-title-field", "Changed");
    page.press("Escape", {}, field);
    expect(page.titles()[0]).toBe("One");
    expect(page.transport.calls.some((call) => call.operation === "task_edit")).toBe(false);
  });

  test("a title that is refused stays in its field, with the reason", async () => {
    page.transport.failing.set(
      "task_edit",
      fail("too_large", "a title has at most 1,000 characters", "title"),
    );
    page.row("One").focus();
    page.press("F2");
    const field = page.type("task-title-field", "Too long");
    page.press("Enter", {}, field);
    await page.until(() => page.has("task-title-problem"), "the reason");
    expect(field.value).toBe("Too long");
    page.transport.failing.clear();
    page.press("Enter", {}, field);
    await page.until(() => page.titles()[0] === "Too long", "the second try");
    await page.until(() => document.activeElement === page.row("Too long"), "the focus on the row");
  });

  test("a press into a title that is being typed opens nothing", () => {
    page.row("One").focus();
    page.press("F2");
    page.click("task-title-field");
    expect(page.app.panel).toBeNull();
  });

  test("only one row is a stop of Tab", () => {
    page.row("Two").focus();
    const stops = page.all("task-row").filter((row) => row.tabIndex === 0);
    expect(stops.map((row) => row.dataset.id)).toEqual(["b"]);
  });

  test("Ctrl+Z undoes, but not while a field holds text", async () => {
    page.within(page.over(page.row("Two")), "task-delete").click();
    await page.until(() => !page.titles().includes("Two"), "the row to go");
    const field = page.type("new-task-field", "abc");
    page.press("z", { ctrlKey: true }, field);
    expect(page.transport.calls.some((call) => call.operation === "undo")).toBe(false);
    page.type("new-task-field", "");
    page.press("z", { ctrlKey: true });
    await page.until(() => page.titles().includes("Two"), "the row to come back");
  });

  test("F6 goes from part to part, Ctrl+N to the new task, ? to the sheet", async () => {
    page.press("F6", {}, window);
    expect(document.activeElement?.closest("[data-part]")?.getAttribute("data-part")).toBe("sidebar");
    page.press("n", { ctrlKey: true }, window);
    await page.until(() => document.activeElement === page.get("new-task-field"), "the field");
    page.press("?", {}, document.body);
    expect(document.querySelector("dialog")?.textContent).toMatch(/Rename\s*F2/);
    document.querySelector<HTMLElement>("dialog header button")?.click();
    flushSync();
    expect(document.activeElement).toBe(page.get("new-task-field"));
    expect(document.querySelector("dialog")).toBeNull();
  });

  test("Escape goes from the new task's field to the rows and keeps what was typed", () => {
    page.row("Two").focus();
    const field = page.type("new-task-field", "Half");
    page.press("Escape", {}, field);
    expect(document.activeElement).toBe(page.row("Two"));
    expect(field.value).toBe("Half");
  });

  test("letters typed into a field are text", () => {
    const field = page.type("new-task-field", "d");
    page.press("d", {}, field);
    page.press("Delete", {}, field);
    expect(page.transport.calls.filter((call) => /task_(done|delete)/.test(call.operation))).toEqual([]);
  });
});

describe("lists", () => {
  test("a new list is made in the sidebar and opened", async () => {
    page.press("N", { ctrlKey: true, shiftKey: true }, window);
    const field = page.type("new-list-field", "Groceries");
    page.press("Enter", {}, field);
    await page.until(() => page.all("sidebar-list").length === 2, "the list");
    await page.until(() => document.querySelector("h1")?.textContent === "Groceries", "the view");
    expect(document.querySelector(".em h2")?.textContent).toContain("is empty");
  });

  test("each space gets lists of its own", async () => {
    world.spaces.push(spaceOf("s-home", "Home"));
    page.transport.emit("space", ["s-home"]);
    await page.until(() => page.all("space-new-list").length === 2, "the space");
    page.all("space-new-list")[1]?.click();
    const field = page.type("new-list-field", "House");
    page.press("Enter", {}, field);
    await page.until(() => document.querySelector("h1")?.textContent === "House", "the list");
    expect(world.lists.at(-1)?.space.name).toBe("Home");
  });

  test("a refused name stays in its field", async () => {
    page.click("new-list-button");
    const field = page.type("new-list-field", "a/b");
    page.press("Enter", {}, field);
    await page.until(() => page.has("problem"), "the reason");
    expect(field.value).toBe("a/b");
  });

  test("F2 renames a list, Delete takes it away", async () => {
    page.all("sidebar-list")[0]?.focus();
    page.press("F2");
    const field = page.type("name-field", "Everything");
    page.press("Enter", {}, field);
    await page.until(
      () => page.all("sidebar-list")[0]?.textContent.includes("Everything") === true,
      "the name",
    );
    page.press("Delete", {}, page.get("sidebar-list"));
    await page.until(() => !page.has("sidebar-list") && page.has("undo-button"), "the list to go");
    expect(document.querySelector("h1")?.textContent).toContain("Today");
  });

  test("a list goes into another space with the keys and by its menu, and keeps the focus there", async () => {
    const home = spaceOf("s-home", "Home");
    world.spaces.push(home);
    world.lists.push(listOf("list-house", "House", home));
    page.transport.emit("space", ["s-home"]);
    await page.until(() => page.all("sidebar-list").length === 2, "the other list");
    // In another space it is a list of its own, with another id.
    page.transport.answers.set("list_move", ({ list, space }: { list: string; space: string }) => {
      const moved = world.lists.find(({ id }) => id === list) ?? never();
      const to = world.spaces.find(({ id }) => id === space) ?? never();
      const copy = { ...moved, id: `${list}-${space}`, space: { id: to.id, name: to.name } };
      world.lists = [...world.lists.filter((each) => each !== moved), copy];
      return copy;
    });
    const here = (): string | undefined => (document.activeElement as HTMLElement).dataset.list;
    page.all("sidebar-list")[0]?.focus();
    page.press("ArrowDown", { altKey: true });
    await page.until(() => here() === "list-inbox-s-home", "the focus in the other space");
    expect(page.inputs("list_move")).toEqual([{ list: "list-inbox", to: "first", space: "s-home" }]);
    expect(page.app.view).toEqual({ kind: "list", list: "list-inbox-s-home" });

    page.press(".");
    await page.until(() => document.querySelector("[role=menu]") !== null, "the menu");
    const entries = [...document.querySelectorAll<HTMLElement>("[role=menu] .mi")];
    expect(entries.map(plain)).toEqual([
      "RenameF2",
      "Put away",
      "Move upAlt↑",
      "Move downAlt↓",
      "Move to Mine",
      "Delete listDel",
    ]);
    entries[4]?.click();
    await page.until(() => here() === "list-inbox-s-home-space-mine", "the focus back in the first space");
    expect(page.inputs("list_move")[1]).toEqual({
      list: "list-inbox-s-home",
      to: "last",
      space: "space-mine",
    });
  });

  test("a list that is taken away with a key gives its focus to its neighbour", async () => {
    const [space] = world.spaces;
    world.lists.push(listOf("list-house", "House", space ?? never()));
    page.transport.emit("list", ["list-house"]);
    await page.until(() => page.all("sidebar-list").length === 2, "the other list");
    page.all("sidebar-list")[0]?.focus();
    page.press("Delete");
    await page.until(() => page.all("sidebar-list").length === 1, "the list to go");
    await page.until(() => document.activeElement === page.get("sidebar-list"), "the focus on the other");
  });

  test("a list that is renamed leaves the focus where one went while it was written", async () => {
    page.all("sidebar-list")[0]?.focus();
    page.press("F2");
    const field = await (async () => {
      await page.until(() => page.has("name-field"), "the field of the name");
      return page.type("name-field", "Renamed");
    })();
    page.transport.latencyMs = 40;
    page.press("Enter", {}, field);
    page.get("new-task-field").focus();
    await page.until(() => page.texts("sidebar-list").some((text) => text.includes("Renamed")), "the name");
    await page.until(() => !page.has("name-field"), "the field to go");
    await tick();
    expect(document.activeElement).toBe(page.get("new-task-field"));
  });

  test("Ctrl and a digit open the nth entry, Ctrl+N comes back from other views", async () => {
    page.press("1", { ctrlKey: true }, window);
    await page.until(() => document.querySelector("h1")?.textContent.startsWith("Today") === true, "Today");
    page.press("6", { ctrlKey: true }, window);
    await page.until(() => document.querySelector("h1")?.textContent === "Inbox", "the list");
    page.click("computers-button");
    page.press("n", { ctrlKey: true }, window);
    await page.until(() => document.activeElement === page.get("new-task-field"), "the field");
    expect(document.querySelector("h1")?.textContent).toBe("Inbox");
  });

  test("a list of which one is only a viewer cannot be written", async () => {
    const space = world.spaces[0] ?? never();
    world.spaces[0] = { ...space, role: "viewer" };
    page.transport.emit("space", [space.id]);
    await page.until(
      () => page.get("new-task-field").getAttribute("aria-disabled") === "true",
      "the field to be off",
    );
    page.row("One").focus();
    page.press("d");
    // The check keeps the focus that it has and says why; the task does not open instead.
    const check = page.within(page.row("One"), "task-check");
    check.focus();
    check.click();
    expect([document.activeElement, page.app.panel]).toEqual([check, null]);
    expect(page.text("toast")).toContain(check.title);
    expect(page.transport.calls.some((call) => call.operation === "task_do_many")).toBe(false);
  });
});

describe("what cannot be used now", () => {
  const why = "Not saving: the disk is full";

  async function fill(): Promise<void> {
    world.health = [{ code: "disk_full", severity: "error", message: "", hint: null, remedy: null }];
    page.transport.emit("health");
    await page.until(() => page.app.whyNotWrite(undefined) === why, "the state");
    flushSync();
  }

  test("keeps the focus, and says why when it is pressed", async () => {
    const button = page.get("new-list-button");
    button.focus();
    await fill();
    expect([document.activeElement === button, button.getAttribute("aria-disabled"), button.title]).toEqual([
      true,
      "true",
      why,
    ]);
    page.click("new-list-button");
    expect([page.has("new-list-field"), page.text("toast").includes(why)]).toEqual([false, true]);
    world.health = [];
    page.transport.emit("health");
    await page.until(() => page.app.whyNotWrite(undefined) === null, "the state to go");
    page.click("new-list-button");
    expect(page.has("new-list-field")).toBe(true);
  });

  test("keeps in its field what was typed, and adds none of it", async () => {
    const field = page.type("new-task-field", "Half a thou");
    await fill();
    expect([document.activeElement === field, field.readOnly, field.title]).toEqual([true, true, why]);
    page.press("Enter", {}, field);
    expect([field.value, page.inputs("task_add")]).toEqual(["Half a thou", []]);
    page.press("Escape", {}, field);
    expect(document.activeElement).not.toBe(field);
  });

  test("in the panel keeps its place and the focus", async () => {
    page.app.openTask("a");
    await page.until(() => page.has("panel-priority"), "the panel");
    page.get("panel-priority").focus();
    await fill();
    expect(document.activeElement).toBe(page.get("panel-priority"));
    page.click("panel-priority");
    expect([page.app.picker, page.text("toast").includes(why)]).toEqual([null, true]);
  });
});

describe("the others", () => {
  test("the status line says how many computers are up to date", async () => {
    await page.until(() => page.get("status-line").textContent.includes("Alone"), "being alone");
    world.computers.push(computerOf("pc-2", "Kitchen", mia));
    page.transport.emit("computer", ["pc-2"]);
    await page.until(
      () => page.get("status-line").textContent.includes("2 computers up to date"),
      "the other",
    );
  });

  test("every computer is shown with its person and its state", async () => {
    world.computers.push(
      computerOf("pc-2", "Kitchen", mia, { state: "sending", to_send: 3 }),
      computerOf("pc-3", "attic", jonas, { online: false, state: "offline", last_seen: null }),
    );
    page.transport.emit("computer", ["pc-2"]);
    page.click("computers-button");
    await page.until(() => page.all("computer-row").length === 3, "the computers");
    const rows = page.all("computer-row");
    expect(rows.map((row) => row.dataset.online)).toEqual(["true", "true", "false"]);
    expect(rows[0]?.textContent).toContain("this computer");
    expect(rows[1]?.textContent).toMatch(/Kitchen.*Mia.*Getting 3 changes from here/s);
    expect(rows[2]?.textContent).toMatch(/not seen yet.*Not reachable/s);
  });

  test("one is not among the others, whatever id one's person has in a space", async () => {
    const space = world.spaces[0] ?? never();
    const member = (person: typeof mia, computer: string) => ({
      person,
      role: "owner" as const,
      computers: [{ id: computer, name: computer }],
      joined_at: "2026-03-17T10:00:00Z",
      removed_at: null,
    });
    world.members.set(space.id, [member({ id: "jonas-here", name: "Jonas" }, "pc-1"), member(mia, "pc-2")]);
    page.transport.emit("space", [space.id]);
    await page.until(() => document.querySelector(".sub")?.textContent.includes("Mia") === true, "the other");
    expect(document.querySelector(".sub")?.textContent).not.toContain("Jonas");
  });

  test("names are changed in their dialog", async () => {
    page.click("computers-button");
    page.click("names-button");
    page.type("person-name-field", "Jonas K");
    page.get("person-name-field").closest("form")?.requestSubmit();
    await page.until(() => document.querySelector("dialog") === null, "the dialog to close");
    expect(page.app.group.status?.person.name).toBe("Jonas K");
  });
});

describe("adding people and computers", () => {
  beforeEach(() => page.click("add-people-button"));

  test("a code for a new space is shown and can be withdrawn", async () => {
    expect(page.get("show-code-button").getAttribute("aria-disabled")).toBe("true");
    page.type("new-space-field", "Home");
    page.click("show-code-button");
    await page.until(() => page.has("invite-code"), "the code");
    expect(page.get("invite-code").dataset.code).toBe("7-maple-otter-canvas");
    expect(page.transport.calls.find((call) => call.operation === "invite")?.input).toEqual({
      space: world.spaces[1]?.id,
      role: "editor",
    });
    page.click("cancel-code-button");
    await page.until(
      () => world.invitations.length === 0 && page.has("show-code-button"),
      "it to be withdrawn",
    );
  });

  test("a code for a computer of one's own needs no space", async () => {
    page.click("mine-switch");
    page.click("show-code-button");
    await page.until(() => page.has("invite-code"), "the code");
    expect(page.transport.calls.find((call) => call.operation === "invite")?.input).toEqual({ mine: true });
    world.invitations = [];
    page.transport.emit("computer", ["pc-2"]);
    await page.until(() => page.has("invite-used"), "the code to be used");
  });

  test("while nothing can be saved nobody is let in, and that is said", async () => {
    world.health = [{ code: "read_only", severity: "error", message: "", hint: null, remedy: null }];
    page.transport.emit("health");
    await page.until(() => page.app.whyNotWrite(undefined) !== null, "the state");
    const why = page.app.whyNotWrite(undefined) ?? "";
    page.click("mine-switch");
    const button = page.get("show-code-button");
    expect([button.getAttribute("aria-disabled"), button.title]).toEqual(["true", why]);
    button.click();
    page.type("join-code-field", "7-maple-otter-canvas");
    expect(page.get("join-button").getAttribute("aria-disabled")).toBe("true");
    page.click("join-button");
    expect([page.inputs("invite"), page.inputs("join")]).toEqual([[], []]);
  });

  test("only an owner is offered a code", async () => {
    world.spaces.push({ ...spaceOf("s-2", "Choir"), role: "editor" });
    page.transport.emit("space", ["s-2"]);
    await page.until(() => page.get("invite-space").textContent.includes("Choir"), "the space");
    expect(page.get("show-code-button").getAttribute("aria-disabled")).toBe("true");
    expect(document.querySelector(".problem")?.textContent).toContain("Only an owner");
  });

  test("wrong words are said under the field, the right ones open what was joined", async () => {
    page.type("join-code-field", "7-maple-otter-lantern");
    page.get("join-code-field").closest("form")?.requestSubmit();
    await page.until(() => page.has("join-error"), "the reason");
    expect(page.get("join-error").dataset.code).toBe("wrong_code");
    expect(page.get("join-error").textContent).toContain("do not belong together. 4 tries are left.");
    page.type("join-code-field", " 7-maple-otter-canvas ");
    page.get("join-code-field").closest("form")?.requestSubmit();
    await page.until(() => document.querySelector("h1")?.textContent === "House", "the joined list");
  });
});

test("a standing condition has a banner until its cause goes", async () => {
  world.health = [
    { code: "disk_full", severity: "error", message: "the disk is full", hint: "make room", remedy: null },
  ];
  page.transport.emit("health");
  await page.until(() => page.has("banner"), "the banner");
  expect(page.get("banner").getAttribute("role")).toBe("alert");
  expect(page.get("banner").textContent).toMatch(
    /The disk of this computer is full\..*Make room on the disk\./s,
  );
  expect(page.get("new-task-field").getAttribute("aria-disabled") === "true").toBe(true);
  world.health = [];
  page.transport.emit("health");
  await page.until(() => !page.has("banner"), "the banner to go");
});

test("of a long list only what is near the viewport is in the document", async () => {
  const [list] = world.lists;
  for (let i = 0; i < 10_000; i++) world.tasks.push(taskOf(`x${i}`, `Task ${i}`, list ?? never()));
  page.transport.emit("resync");
  await page.until(() => page.app.rows?.total === 10_003, "the rows");
  expect(page.all("task-row").length).toBeLessThanOrEqual(120);
  page.row("One").focus();
  page.press("End");
  await page.until(() => (document.activeElement as HTMLElement).dataset.id === "x9999", "the last row");
  expect(page.all("task-row").length).toBeLessThanOrEqual(120);
});

function never(): never {
  throw new Error("the world has it");
}
