export type DialogName = "names" | "keys";

/** At most one dialog is open. */
export class Dialogs {
  current = $state<DialogName | null>(null);

  open(name: DialogName): void {
    this.current = name;
  }

  close(): void {
    this.current = null;
  }
}
