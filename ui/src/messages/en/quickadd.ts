/** Quick add. */
export const quickadd = {
  "quick.title": "Quick add",
  "quick.label": "New task",
  "quick.hint": "Buy paint tomorrow 17:00 #home !2",
  "quick.add": "Add",
  "quick.more": "Add, stay open",
  "quick.close": "Close",
  "quick.added": "Added: {title}",
} as const;
