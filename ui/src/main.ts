import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/components.css";
import "./styles/app.css";
import { Api } from "./api.ts";
import App from "./App.svelte";
import { mountSprite } from "./components/Icon.svelte";
import { beginLook } from "./look.ts";
import { App as State } from "./state/app.svelte.ts";
import { viewNamed } from "./state/view.ts";
import { onOpen } from "./shell.ts";
import { markSystem } from "./os.ts";
import { followTheme } from "./theme.ts";
import { tauriTransport } from "./transport/tauri.ts";

/** After that the window shows itself without tasks. */
const PATIENCE_MS = 400;

const target = document.getElementById("app");
if (target) {
  markSystem();
  followTheme();
  mountSprite();
  const app = new State(new Api(tauriTransport));
  // What there is to show is read while the language is: the first picture has it, if it does not take long.
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  await Promise.all([beginLook(), Promise.race([app.start(), patience])]);
  mount(App, { target, props: { app } });
  void onOpen(({ kind, id }) => {
    const view = kind === "view" && id !== null ? viewNamed(id) : null;
    if (view) app.open(view);
    if (kind === "task" && id !== null) app.openTask(id);
  });
}
