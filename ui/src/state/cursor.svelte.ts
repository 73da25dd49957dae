/** Which row the keys act on, and which one is being renamed. */
export class Cursor {
  id = $state<string | null>(null);
  editing = $state<string | null>(null);
}
