import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/components.css";
import "./styles/app.css";
import { Api } from "./api.ts";
import QuickAdd from "./QuickAdd.svelte";
import { beginLook } from "./look.ts";
import { hideQuickAdd, onFinish, onOpen, resizeQuickAdd } from "./shell.ts";
import { markSystem } from "./os.ts";
import { followTheme } from "./theme.ts";
import { tauriTransport } from "./transport/tauri.ts";

const target = document.getElementById("app");
if (target) {
  markSystem();
  followTheme();
  await beginLook();
  const api = new Api(tauriTransport);
  mount(QuickAdd, {
    target,
    props: { api, hide: hideQuickAdd, resize: resizeQuickAdd, onopen: onOpen, onfinish: onFinish },
  });
}
