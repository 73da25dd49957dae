/** The sidebar: places, spaces, lists. */
export const sidebar = {
  "side.label": "Sidebar",
  "side.open": "All lists",
  "side.computers": "Computers",
  "side.today": "Today",
  "side.newList": "New list",
  "side.newListIn": "New list in {space}",
  "side.firstList": "Inbox",
  "side.listName": "Name of the new list",
  "side.rename": "Name of the list",
  "side.online": "{person} is here",
  "side.openTasks": "{n, plural, one {1 open task} other {# open tasks}}",
} as const;
