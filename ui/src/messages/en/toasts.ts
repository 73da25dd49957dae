/** What a toast says was done. */
export const toasts = {
  "toast.deleted": "{n, plural, one {{title} is in the trash} other {# tasks are in the trash}}",
  "toast.added": "{n, plural, one {1 task added} other {# tasks added}}",
  "toast.addedTo": "Added to {list}",
  "toast.listDeleted": "The list {list} is in the trash",
  "toast.undone": "Undone: {what}",
  "toast.undo": "Undo",
  "toast.dismiss": "Close",
  "toast.copied": "Code copied",
  "toast.joined": "{n, plural, one {Joined {space}: 1 task} other {Joined {space}: # tasks}}",
  "toast.connected": "Connected to {computer}",
} as const;
