/** Names, and the first start. */
export const firstrun = {
  "names.title": "Names",
  "names.person": "Your name",
  "names.computer": "This computer’s name",
  "names.seen": "Others will see",
  "names.save": "Save names",
  "names.keep": "Keep them as they are",
  "names.empty": "A name is needed, others would not know who it is.",
} as const;
