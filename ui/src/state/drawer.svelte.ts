/** In narrow windows the sidebar is a drawer, in wide ones it can be put away. */
export class Sidebar {
  /** The drawer of a narrow window is open. */
  open = $state(false);
  /** In a wide window it is put away. */
  away = $state(false);
}
