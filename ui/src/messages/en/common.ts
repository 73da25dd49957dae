/** What is said in every part: status, banner, what is broken. */
export const common = {
  "status.ok": "{n, plural, one {1 computer up to date} other {# computers up to date}}",
  "status.sending":
    "{n, plural, one {Sending 1 change to {computer}} other {Sending # changes to {computer}}}",
  "status.getting":
    "{n, plural, one {Getting 1 change from {computer}} other {Getting # changes from {computer}}}",
  "status.alone": "Alone on this network – changes are saved here",
  "status.older": "{computer} runs another version of Rota",
  "status.clock": "The clock of {computer} is wrong",
  "status.clocks": "A clock is wrong",
  "status.disk": "Not saving: the disk is full",
  "status.readOnly": "Not saving: the data folder cannot be written",
  "status.unreached": "Others cannot reach this computer",
  "status.starting": "Starting",
  "status.open": "{status}. Open Computers",
  "banner.step": "{n} of {total}",
  "banner.next": "Next",
  "broken.title": "This view could not be drawn",
  "broken.again": "Draw it again",
  "lost.title": "Rota does not answer.",
  "lost.hint": "What you see is what was last read. Nothing that was saved is lost.",
  "lost.retry": "Try again",
} as const;
