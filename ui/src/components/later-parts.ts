/** What the window shows only when it is asked for. */
export { default as AddView } from "./AddView.svelte";
export { default as AroundDesktop } from "./AroundDesktop.svelte";
export { default as BulkBar } from "./BulkBar.svelte";
export { default as CommandMenu } from "./CommandMenu.svelte";
export { default as ComputersView } from "./ComputersView.svelte";
export { default as FirstRun } from "./firstrun/FirstRun.svelte";
export { default as KeySheet } from "./KeySheet.svelte";
export { default as NamesDialog } from "./NamesDialog.svelte";
export { default as Palette } from "./Palette.svelte";
