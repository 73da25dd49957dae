/** The commands and the sheet of keys. */
export const keys = {
  "keys.title": "Keys",
  "keys.close": "Close",
  "keys.anywhere": "Anywhere",
  "keys.inList": "In a list",
  "keys.new": "New task",
  "keys.newList": "New list",
  "keys.undo": "Undo",
  "keys.nth": "Nth entry of the sidebar",
  "keys.parts": "Next part: sidebar, list, status",
  "keys.sheet": "This sheet",
  "keys.out": "One step out",
  "keys.move": "Next, previous",
  "keys.done": "Done, not done",
  "keys.rename": "Rename in place",
  "keys.trash": "To the trash",
  "keys.ends": "First, last",
} as const;
