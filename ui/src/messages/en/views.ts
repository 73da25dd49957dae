/** The views: groups, headings, what stands where nothing is. */
export const views = {
  "today.overdue": "Overdue",
  "today.timed": "At a time",
  "today.any": "Any time",
  "empty.list": "{list} is empty",
  "empty.listHint": "Type a task and press Enter. Paste several lines to add several tasks.",
  "empty.today": "Nothing left for today",
  "empty.todayHint": "Tasks that are due today or earlier appear here, from every list.",
  "empty.alone": "Alone on this network",
  "empty.aloneHint": "Changes are saved here and go out when another computer appears.",
  "empty.names": "Others will see",
  "empty.changeNames": "Change names",
} as const;
