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
import { followTheme } from "./theme.ts";
import { tauriTransport } from "./transport/tauri.ts";

const target = document.getElementById("app");
if (target) {
  followTheme();
  mountSprite();
  await beginLook();
  const app = new State(new Api(tauriTransport));
  mount(App, { target, props: { app } });
  void onOpen(({ kind, id }) => {
    const view = kind === "view" && id !== null ? viewNamed(id) : null;
    if (view) app.open(view);
    if (kind === "task" && id !== null) app.openTask(id);
  });
}
