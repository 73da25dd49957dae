// The first of all: it asks while the rest is still on its way.
import { settle, transport } from "./early.ts";
import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/components.css";
import "./styles/app.css";
import { Api } from "./api.ts";
import App from "./App.svelte";
import { drawn, sized } from "./drawn.ts";
import { beginLook } from "./look.ts";
import { App as State } from "./state/app.svelte.ts";
import { viewNamed } from "./state/view.ts";
import { onFinish, onOpen } from "./shell.ts";
import { markSystem } from "./os.ts";
import { followTheme } from "./theme.ts";

/** After that the window shows itself without tasks. */
const PATIENCE_MS = 400;

const target = document.getElementById("app");
if (target) {
  markSystem();
  followTheme();
  const app = new State(new Api(transport));
  // What there is to show is read while the language is: the first picture has it, if it does not take long.
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const starting = app.start();
  const started = Promise.race([starting.then(sized), patience]);
  await beginLook();
  await started;
  mount(App, { target, props: { app } });
  // What the desktop makes after that, the tray and quick add, would delay the first picture.
  await drawn(2);
  void starting.then(settle);
  void onFinish(() => app.finish());
  void onOpen(({ kind, id }) => {
    const view = kind === "view" && id !== null ? viewNamed(id) : null;
    if (view) app.open(view);
    if (kind === "task" && id !== null) app.attempt(app.openNamed(id));
  });
}
