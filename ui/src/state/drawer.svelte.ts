import { createContext } from "svelte";

/** In narrow windows the sidebar is a drawer. */
export class Drawer {
  open = $state(false);
}

export const [getDrawer, setDrawer] = createContext<Drawer>();
