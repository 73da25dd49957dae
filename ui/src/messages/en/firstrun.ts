/** Names, and the first start. */
export const firstrun = {
  "names.title": "Names",
  "names.person": "Your name",
  "names.computer": "This computer’s name",
  "names.seen": "Others will see",
  "names.save": "Save names",
  "names.keep": "Keep them as they are",
  "names.empty": "A name is needed, others would not know who it is.",

  "first.title": "Rota",
  "first.lead": "A task list your whole network shares.",
  "first.start": "Start",
  "first.join": "I use Rota on another computer",
  "first.back": "Back to the names",
  "first.privacy": "No account. Your tasks stay on this computer until you connect another one.",
} as const;
