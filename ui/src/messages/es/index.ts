import { common } from "./common.ts";
import { computers } from "./computers.ts";
import { firstrun } from "./firstrun.ts";
import { joining } from "./joining.ts";
import { keys } from "./keys.ts";
import { palette } from "./palette.ts";
import { panel } from "./panel.ts";
import { problems } from "./problems.ts";
import { quickadd } from "./quickadd.ts";
import { rows } from "./rows.ts";
import { settings } from "./settings.ts";
import { sidebar } from "./sidebar.ts";
import { toasts } from "./toasts.ts";
import { views } from "./views.ts";
import type { Catalogue } from "../language.svelte.ts";

export const es = {
  ...common,
  ...computers,
  ...firstrun,
  ...joining,
  ...keys,
  ...palette,
  ...panel,
  ...problems,
  ...quickadd,
  ...rows,
  ...settings,
  ...sidebar,
  ...toasts,
  ...views,
} as const satisfies Catalogue;
