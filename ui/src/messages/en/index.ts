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

/** Every sentence of the interface, in ICU form. A language is another folder with the same keys. */
export const en = {
  ...common,
  ...sidebar,
  ...rows,
  ...views,
  ...toasts,
  ...computers,
  ...joining,
  ...firstrun,
  ...keys,
  ...problems,
  ...quickadd,
  ...panel,
  ...settings,
  ...palette,
} as const;
