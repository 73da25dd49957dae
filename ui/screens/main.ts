import { mount } from "svelte";
import "../src/styles/tokens.css";
import "../src/styles/components.css";
import "../src/styles/app.css";
import { Api } from "../src/api.ts";
import App from "../src/App.svelte";
import { App as State } from "../src/state/app.svelte.ts";
import { MemoryTransport } from "../tests/memory/transport.ts";
import { smallWorld, taskOf } from "../tests/memory/world.ts";
import { language, type LanguageCode } from "../src/messages/index.ts";
import { pseudo } from "../src/messages/pseudo.ts";
import { showTheme } from "../src/theme.ts";
import { fakeDesktop } from "./desktop.ts";
import { house } from "./house.ts";
import { playPanel } from "./panel.ts";
import { showQuick } from "./quick.ts";
import { playView } from "./views.ts";

/** Pictures of the pages without a service: `?scene=list&theme=dark&dir=rtl`. Never part of the product. */
const query = new URLSearchParams(location.search);
const scene = query.get("scene") ?? "list";
const root = document.documentElement;
const dark = query.get("theme") === "dark";

const world = scene === "empty" ? smallWorld() : house(new Date());
if (scene === "long") {
  const list = world.lists[2];
  if (list) {
    const many = Number(query.get("n") ?? 20_000);
    for (let i = 0; i < many; i++)
      world.tasks.push(taskOf(`x${String(i).padStart(6, "0")}`, `Task ${i}`, list));
  }
}
if (scene === "condition") {
  world.health = [
    {
      code: "disk_full",
      severity: "error",
      message: "The disk of this computer is full",
      hint: "New changes cannot be saved. What was saved before is safe.",
      remedy: null,
    },
    {
      code: "clock",
      severity: "warning",
      message: "The clock of Kitchen is 3 days ahead",
      hint: null,
      remedy: null,
    },
  ];
}
world.settings = {
  ...world.settings,
  theme: dark ? "dark" : "light",
  density: query.get("density") === "compact" ? "compact" : "comfortable",
  language: (query.get("lang") as LanguageCode | null) ?? "en",
  first_run_done: scene !== "first",
};
fakeDesktop(query.get("desktop") ?? "");
showTheme(world.settings.theme);
const transport = new MemoryTransport(world);
const api = new Api(transport);
const target = document.getElementById("app");
if (target) {
  if (scene === "quick") void showQuick(api, target, query);
  else {
    const app = new State(api);
    mount(App, { target, props: { app } });
    setTimeout(() => void play(app), 150);
    // Long accented sentences, and the direction without the language.
    if (query.has("pseudo")) setTimeout(() => language.use("en", pseudo()), 300);
    if (query.has("dir")) setTimeout(() => (root.dir = query.get("dir") ?? "ltr"), 300);
  }
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function play(app: State): Promise<void> {
  if ((await playView(app, scene, transport)) || (await playPanel(app, scene, transport))) return;
  const houseList = world.lists[2];
  if (scene === "computers" || scene === "doctor" || scene === "people") app.open({ kind: "computers" });
  else if (scene === "settings") {
    const part = query.get("part");
    app.open({ kind: "settings", ...(part ? { part } : {}) });
  } else if (scene === "add" || scene === "code" || scene === "badcode" || scene === "mine")
    app.open({ kind: "add" });
  else if (scene === "today") app.open({ kind: "today" });
  else if (scene === "empty") return;
  else if (houseList) app.open({ kind: "list", list: houseList.id });
  await wait(100);
  const click = (testid: string): void =>
    document.querySelector<HTMLElement>(`[data-testid=${testid}]`)?.click();
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-testid=task-row]")];
  if (scene === "doctor") document.querySelector<HTMLElement>(".tools .btn")?.click();
  if (scene === "code") {
    click("show-code-button");
  }
  if (scene === "badcode") {
    const field = document.querySelector<HTMLInputElement>("[data-testid=join-code-field]");
    if (field) field.value = "7-maple-otter-lantern";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    await wait(50);
    click("join-button");
  }
  if (scene === "adding" || scene === "mine") {
    const field = document.querySelector<HTMLTextAreaElement>(
      `[data-testid=${scene === "mine" ? "join-code-field" : "new-task-field"}]`,
    );
    field?.focus();
    if (field) field.value = query.get("text") ?? (scene === "mine" ? "7-minemaple-otter-canvas" : "");
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    await wait(50);
    if (scene === "mine") click("join-button");
  }
  if (scene === "undo") rows()[3]?.querySelector<HTMLElement>("[data-testid=task-delete]")?.click();
  if (scene === "done") {
    rows()[5]?.querySelector<HTMLElement>("[data-testid=task-check]")?.click();
    click("done-fold");
  }
  if (scene === "edit") rows()[5]?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  if (scene === "live") transport.change("t0006", { title: "Buy paint, matt white" });
  if (scene === "focus") rows()[4]?.focus();
  if (scene === "keys") window.dispatchEvent(new KeyboardEvent("keydown", { key: "?" }));
  if (scene === "names") {
    app.open({ kind: "computers" });
    await wait(50);
    click("names-button");
  }
  if (scene === "long") {
    const scroller = document.querySelector(".scroll");
    if (scroller) scroller.scrollTop = 400_000;
  }
}
