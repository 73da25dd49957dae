// Generated from crates/api by `cargo run -p rota-api --bin generate-types`. Do not edit.

/**
 * The acknowledgement of one task out of many that were added in one go.
 */
export type AddedLine = { 
/**
 * The full UUID.
 */
id: string, 
/**
 * The short handle.
 */
short: string, 
/**
 * The title that was stored.
 */
title: string, 
/**
 * The change that the answer is to, as undo takes it; only where the answer is to one.
 */
step?: number, };

/**
 * An error as every face shows it.
 */
export type ApiError = { 
/**
 * What kind of failure it is; stable.
 */
code: Code, 
/**
 * One sentence for a person, without a full stop.
 */
message: string, 
/**
 * What to do about it, where there is something to do.
 */
hint: string | null, 
/**
 * The input field at fault, in the names of the operation's input.
 */
field?: string, 
/**
 * Whether the same call may succeed later with nothing changed.
 */
retryable: boolean, 
/**
 * How many more tries there are, where they are counted and that is known.
 */
tries_left?: number, };

/**
 * Who is to do a task.
 */
export type Assignee = { 
/**
 * Person or computer.
 */
kind: AssigneeKind, 
/**
 * The id of the person or computer.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

/**
 * Whether a task is given to a person or to a computer.
 */
export type AssigneeKind = "person" | "computer";

/**
 * Who wrote something, and where.
 */
export type Author = { 
/**
 * The person.
 */
person: Named, 
/**
 * The computer it was written on.
 */
computer: Named, };

/**
 * Writes a copy that holds every task and no identity.
 */
export type Backup = { 
/**
 * The file to write, as an absolute path.
 */
file: string, };

/**
 * A backup that was written or brought back.
 */
export type BackupResult = { 
/**
 * The file.
 */
file: string, 
/**
 * How many tasks are in it.
 */
tasks: number, };

/**
 * A change of a field that may be empty: a new value, or none.
 */
export type Change<T> = { "set": T } | "clear";

/**
 * A change that was taken back or made again.
 */
export type Changed = { 
/**
 * What kind of change it was.
 */
verb: Verb, 
/**
 * How many tasks or lists it was about.
 */
count: number, 
/**
 * The title or name of what it was about, where it was one, or the list that tasks were moved to.
 */
name: string | null, 
/**
 * How many of its values were left alone, because somebody changed them since.
 */
left: number, 
/**
 * Who changed them, where it was one person.
 */
by: Named | null, };

/**
 * What kind of failure an error is. The snake_case names are stable.
 */
export type Code = "internal" | "failed" | "nothing_to_undo" | "nothing_to_redo" | "stale" | "busy" | "incompatible" | "usage" | "invalid_input" | "too_large" | "ambiguous" | "unknown_operation" | "not_found" | "not_allowed" | "removed" | "wrong_code" | "dead_code" | "in_use" | "disk_full" | "read_only" | "no_access" | "damaged" | "newer_version" | "unreachable" | "timeout" | "not_running";

/**
 * What could stand at the caret.
 */
export type Completion = { 
/**
 * The first unit of what it replaces.
 */
start: number, 
/**
 * The unit behind the last.
 */
end: number, 
/**
 * What is put there.
 */
insert: string, 
/**
 * What is shown.
 */
label: string, 
/**
 * What it is.
 */
kind: CompletionKind, };

/**
 * What a completion is.
 */
export type CompletionKind = "tag" | "list" | "person" | "computer" | "word";

/**
 * One installation: one data folder, one key pair.
 */
export type Computer = { 
/**
 * The peer id.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * Whose it is.
 */
person: Named, 
/**
 * Whether it is the one that answers.
 */
this: boolean, 
/**
 * Whether it is connected.
 */
online: boolean, 
/**
 * When it was last connected.
 */
last_seen: string | null, 
/**
 * Where it can be or was reached, as multiaddrs.
 */
addresses: Array<string>, 
/**
 * Where it stands against this one.
 */
state: ComputerState, 
/**
 * Changes it still lacks, as far as is known.
 */
to_send: number, 
/**
 * Changes lacking here, as far as is known.
 */
to_receive: number, };

/**
 * Where a computer stands against this one.
 */
export type ComputerState = "up_to_date" | "sending" | "receiving" | "offline" | "clock_wrong" | "incompatible" | "removed";

/**
 * Asks for the computers of one's spaces.
 */
export type ComputersShow = Record<symbol, never>;

/**
 * Dials an address by hand.
 */
export type Connect = { 
/**
 * `host:port` or a multiaddr.
 */
address: string, };

/**
 * Which days a task has to be due on.
 */
export type DateFilter = "today" | { "on": string } | { "from": string } | { "between": { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day.
 */
to: string, } };

/**
 * The order of day, month and year in a date of numbers.
 */
export type DateOrder = "dmy" | "mdy" | "ymd";

/**
 * What can be done to many tasks in one go.
 */
export type Deed = "complete" | "reopen" | "delete" | "restore" | "duplicate" | "keep";

/**
 * How close rows stand.
 */
export type Density = "comfortable" | "compact";

/**
 * Asks why computers do or do not see each other.
 */
export type Doctor = Record<symbol, never>;

/**
 * One thing that the doctor looked at.
 */
export type DoctorCheck = { 
/**
 * Stable snake_case name of the check.
 */
check: string, 
/**
 * Whether it is as it should be.
 */
ok: boolean, 
/**
 * What was found, one sentence.
 */
message: string, 
/**
 * What to do about it.
 */
fix: string | null, 
/**
 * What can be done about it by a click.
 */
remedy: Remedy | null, 
/**
 * The code of the standing condition that is what is wrong, where it is one.
 */
condition?: string, 
/**
 * The computer that it is about, by its name.
 */
computer?: string, 
/**
 * The port that it is about.
 */
port?: number, };

/**
 * A text that was being typed.
 */
export type Draft = { 
/**
 * The text; null if there is none.
 */
text: string | null, 
/**
 * When it was kept.
 */
at: string | null, };

/**
 * Keeps a text that is being typed, on this computer alone.
 */
export type DraftSet = { 
/**
 * What it is for.
 */
key: string, 
/**
 * The text; null forgets it.
 */
text: string | null, };

/**
 * Asks for a text that was being typed.
 */
export type DraftShow = { 
/**
 * What it is for, such as `quick_add` or `notes/` and a task's id.
 */
key: string, };

/**
 * A reminder that is due.
 */
export type DueReminder = { 
/**
 * The task.
 */
task: Task, 
/**
 * When it became due.
 */
at: string, };

/**
 * A task by what it was called before.
 */
export type EarlierTitle = { 
/**
 * The title that it had.
 */
title: string, 
/**
 * The task as it is.
 */
task: Task, };

/**
 * Asks for tasks, done ones too, by what they were called before.
 */
export type EarlierTitlesShow = { 
/**
 * The words; all of them have to be in one title.
 */
search: string, 
/**
 * At most so many tasks.
 */
limit: number, };

/**
 * An answer that says only that it was done.
 */
export type Empty = Record<symbol, never>;

/**
 * The day on which a week begins.
 */
export type FirstWeekday = "monday" | "saturday" | "sunday";

/**
 * By what tasks are put into groups.
 */
export type GroupBy = "due_day" | "completed_day" | "deleted_day" | "list";

/**
 * What becomes of a reminder.
 */
export type Handling = "done" | "later" | "tomorrow" | "dismiss";

/**
 * Something that is wrong until its cause goes.
 */
export type HealthCondition = { 
/**
 * Stable snake_case name of the condition.
 */
code: string, 
/**
 * How much it matters.
 */
severity: Severity, 
/**
 * What is the matter, one sentence.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string | null, 
/**
 * What can be done about it by a click.
 */
remedy: Remedy | null, };

/**
 * One value that a field of a task had.
 */
export type HistoryEntry = { 
/**
 * The field's name, as in [`Task`].
 */
field: string, 
/**
 * The value: a tag with whether the task has it, a list or parent by its id, all else in the form of [`Task`].
 */
value: unknown, 
/**
 * When it was written, by the writer's clock.
 */
at: string, 
/**
 * Who wrote it.
 */
person: Named, 
/**
 * On which computer.
 */
computer: Named, 
/**
 * Whether it is the value that is shown.
 */
current: boolean, 
/**
 * Whether it stands beside the value that is shown.
 */
also_written: boolean, 
/**
 * Whether its writer had the right to write it.
 */
counts: boolean, 
/**
 * What names this version.
 */
version: string, 
/**
 * The name of what the value stands for: of a list, a task, a person or a computer.
 */
shown: string | null, };

/**
 * How hours are counted.
 */
export type HourCycle = "h12" | "h23";

/**
 * A part of a quick-add text that looks as if it meant something and stays text.
 */
export type Ignored = { 
/**
 * Its first unit.
 */
start: number, 
/**
 * The unit behind its last.
 */
end: number, 
/**
 * Why.
 */
reason: IgnoredReason, 
/**
 * More of it.
 */
detail?: string, };

/**
 * Why a part of a quick-add text stays text.
 */
export type IgnoredReason = "unknown_list" | "unknown_who" | "ambiguous" | "bad_priority" | "taken" | "unknown_action" | "bad_tag" | "no_due" | "bad_date";

/**
 * Names this person and computer; what is absent stays, or is the login name and the host name.
 */
export type Init = { 
/**
 * The person's name.
 */
person?: string, 
/**
 * The computer's name.
 */
computer?: string, };

/**
 * An invitation that was just opened.
 */
export type Invitation = { 
/**
 * `N-word-word-word`; told by mouth or on paper, never sent by Rota.
 */
code: string, 
/**
 * The space it admits to.
 */
space: Named, 
/**
 * What the newcomer may do.
 */
role: Role, 
/**
 * How many may still use it.
 */
uses: number, 
/**
 * When it dies.
 */
expires_at: string, };

/**
 * Asks for the open invitations of this computer.
 */
export type InvitationsShow = Record<symbol, never>;

/**
 * Opens an invitation.
 */
export type Invite = { 
/**
 * The space to admit to; without one the only shared space, with `mine` always `Mine`.
 */
space?: string, 
/**
 * Whether it is for another computer of one's own.
 */
mine?: boolean, 
/**
 * What the newcomer may do; an editor unless said.
 */
role?: Role, 
/**
 * How many may use it; 1 unless said.
 */
uses?: number, 
/**
 * How long it is open; 10 minutes unless said.
 */
valid_for_seconds?: number, };

/**
 * Closes an open invitation.
 */
export type InviteCancel = { 
/**
 * The number in front of its words.
 */
number: number, };

/**
 * Joins a space with a code.
 */
export type Join = { 
/**
 * `N-word-word-word`, as a person typed it.
 */
code: string, 
/**
 * Where the inviting computer is, if discovery cannot find it: `host:port` or a multiaddr.
 */
address?: string, 
/**
 * How long to try; 30 seconds unless said.
 */
timeout_seconds?: number, };

/**
 * What a newcomer has after the first sync.
 */
export type JoinResult = { 
/**
 * The space that was joined.
 */
space: Named, 
/**
 * How many tasks it has.
 */
tasks: number, };

/**
 * The language of the interface and of quick add.
 */
export type Language = "en" | "de" | "es" | "ar";

/**
 * A named sequence of tasks.
 */
export type List = { 
/**
 * The id.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * The name of its hue, such as `teal`.
 */
color: string, 
/**
 * The space it is in.
 */
space: Named, 
/**
 * Tasks to be done.
 */
open: number, 
/**
 * Tasks done.
 */
done: number, 
/**
 * Whether it was laid away.
 */
archived: boolean, 
/**
 * When it was deleted.
 */
deleted_at: string | null, 
/**
 * Who deleted it, where that is known.
 */
deleted_by?: Author, 
/**
 * Tasks that others added before they heard that it was deleted, and that were kept.
 */
recovered: number, 
/**
 * Whether it is the list that takes what names no list. No person gave it the name "Inbox".
 */
inbox?: boolean, 
/**
 * The change that the answer is to, as undo takes it; only where the answer is to one.
 */
step?: number, };

/**
 * Adds a list.
 */
export type ListAdd = { 
/**
 * Its name.
 */
name: string, 
/**
 * The space; `Mine` without one.
 */
space?: string, };

/**
 * Puts a list into the trash, with its tasks.
 */
export type ListDelete = { 
/**
 * The list.
 */
list: string, };

/**
 * Changes a list; what is absent stays.
 */
export type ListEdit = { 
/**
 * The list.
 */
list: string, 
/**
 * A new name.
 */
name?: string, 
/**
 * The name of its hue; `clear` for the one that follows from its id.
 */
color?: Change<string>, 
/**
 * Whether it is laid away.
 */
archived?: boolean, };

/**
 * Changes the place of a list among the lists of its space, or moves it to another space with its tasks.
 */
export type ListMove = { 
/**
 * The list.
 */
list: string, 
/**
 * Its new place, beside another list.
 */
to: Place, 
/**
 * The space it moves to.
 */
space?: string, };

/**
 * Gives a list another name.
 */
export type ListRename = { 
/**
 * The list.
 */
list: string, 
/**
 * Its new name.
 */
name: string, };

/**
 * Takes a list out of the trash, with its tasks.
 */
export type ListRestore = { 
/**
 * The list.
 */
list: string, };

/**
 * Asks for the lists.
 */
export type ListsShow = { 
/**
 * Only those of this space.
 */
space?: string, 
/**
 * Deleted ones too.
 */
trash?: boolean, };

/**
 * What was done to many tasks.
 */
export type ManyChanged = { 
/**
 * The tasks that were changed, as they are now.
 */
tasks: Array<Task>, 
/**
 * Those that stayed as they were.
 */
skipped: Array<Skipped>, 
/**
 * The change that the answer is to, as undo takes it; only where the answer is to one.
 */
step?: number, };

/**
 * A person in a space.
 */
export type Member = { 
/**
 * The person.
 */
person: Named, 
/**
 * What the person may do.
 */
role: Role, 
/**
 * The person's computers in this space.
 */
computers: Array<Named>, 
/**
 * When the first of them joined.
 */
joined_at: string, 
/**
 * When the last of them was removed, if none is in the space any more.
 */
removed_at: string | null, };

/**
 * Removes a person or a computer from a space.
 */
export type MemberRemove = { 
/**
 * The person or computer.
 */
who: string, 
/**
 * The space; without one the only shared space, else `Mine`.
 */
space?: string, };

/**
 * Changes what a person may do in a space.
 */
export type MemberRole = { 
/**
 * The person.
 */
who: string, 
/**
 * The new role.
 */
role: Role, 
/**
 * The space; without one the only shared space, else `Mine`.
 */
space?: string, };

/**
 * Asks who is in a space.
 */
export type MembersShow = { 
/**
 * The space; without one the only shared space, else `Mine`.
 */
space?: string, };

/**
 * A field that two people changed apart.
 */
export type MergedField = { 
/**
 * The field's name, as in [`Task`].
 */
field: string, 
/**
 * What is shown.
 */
kept: Version, 
/**
 * What was also written.
 */
also: Array<Version>, };

/**
 * A computer that lacks the latest of a task.
 */
export type MissingComputer = { 
/**
 * The computer.
 */
computer: Named, 
/**
 * When it last got changes.
 */
last_had: string | null, 
/**
 * Whether it is connected.
 */
online: boolean, };

/**
 * How much moves.
 */
export type Motion = "system" | "less" | "full";

/**
 * Something with an id and a name that a person gave it.
 */
export type Named = { 
/**
 * The id, the same on every computer.
 */
id: string, 
/**
 * The name as a person wrote it.
 */
name: string, };

/**
 * Values for a new task. One that is given stands, whatever the text says.
 */
export type NewFields = { 
/**
 * The notes.
 */
notes?: string, 
/**
 * By when it is to be done.
 */
due?: string, 
/**
 * Before when it is not shown as to be done.
 */
start?: string, 
/**
 * The rule by which it comes again.
 */
repeat?: string, 
/**
 * When to remind of it.
 */
reminder?: string, 
/**
 * Tags without the sign, besides those of the text.
 */
tags?: Array<string>, 
/**
 * 1 is the highest, 3 the lowest, 0 none.
 */
priority?: number, 
/**
 * Who is to do it.
 */
assignee?: string, 
/**
 * The people among whom the next occurrence passes on.
 */
rotation?: Array<string>, 
/**
 * Open unless said.
 */
status?: TaskStatus, };

/**
 * One kind of tasks.
 */
export type Only = "open" | "done" | "trash" | "recovered";

/**
 * An invitation that is open, without its words.
 */
export type OpenInvitation = { 
/**
 * The number in front of the code's words.
 */
number: number, 
/**
 * The space it admits to.
 */
space: Named, 
/**
 * What the newcomer may do.
 */
role: Role, 
/**
 * Whether it is for another computer of one's own.
 */
mine: boolean, 
/**
 * How many may still use it.
 */
uses: number, 
/**
 * When it dies.
 */
expires_at: string, };

/**
 * The numbers beside the views: open tasks, and what is in the trash.
 */
export type Overview = { 
/**
 * The last commit that was seen.
 */
seq: number, 
/**
 * Due today or before.
 */
today: number, 
/**
 * Due before today.
 */
overdue: number, 
/**
 * Due after today.
 */
upcoming: number, 
/**
 * Given to this person.
 */
for_me: number, 
/**
 * Kept out of deleted lists.
 */
recovered: number, 
/**
 * In the trash.
 */
trash: number, };

/**
 * Asks for the numbers beside the views.
 */
export type OverviewShow = Record<symbol, never>;

/**
 * A tag of a quick-add text.
 */
export type ParsedTag = { 
/**
 * The tag without the sign.
 */
name: string, 
/**
 * Whether no task has it.
 */
new: boolean, };

/**
 * Lifts the pause of chains that wrote more than their quota.
 */
export type PauseLift = { 
/**
 * Only those of this space.
 */
space?: string, 
/**
 * Only those of this computer.
 */
author?: string, };

/**
 * A place in the order of a list.
 */
export type Place = { "before": string } | { "after": string } | "first" | "last";

/**
 * What a person looks at on a computer, at this moment.
 */
export type Presence = { 
/**
 * The person.
 */
person: Named, 
/**
 * The computer.
 */
computer: Named, 
/**
 * Whether it is the one that answers.
 */
this: boolean, 
/**
 * The id of the list that is open.
 */
list: string | null, 
/**
 * The id of the task that is open.
 */
task: string | null, 
/**
 * Whether something is being typed into it.
 */
typing: boolean, 
/**
 * The ids of the tasks that the person is on.
 */
on_it: Array<string>, 
/**
 * Since when it is so.
 */
since: string, };

/**
 * Says what this person looks at; what is absent stays.
 */
export type PresenceSet = { 
/**
 * The list that is open; null for none.
 */
list?: string | null, 
/**
 * The task that is open; null for none.
 */
task?: string | null, 
/**
 * Whether something is being typed into it.
 */
typing?: boolean, 
/**
 * A task that this person is on from now.
 */
on_it?: string | null, 
/**
 * A task that this person is on no longer.
 */
off_it?: string, };

/**
 * Asks who is here and what they look at.
 */
export type PresenceShow = Record<symbol, never>;

/**
 * How far a long operation has come, in its own units: lines, tasks.
 */
export type Progress = { 
/**
 * Units that are done.
 */
done: number, 
/**
 * Units in all, where that is known.
 */
total: number | null, };

/**
 * Opens the quick-add window of the running desktop app.
 */
export type QuickAddOpen = Record<symbol, never>;

/**
 * Asks what a quick-add text means.
 */
export type QuickAddParse = { 
/**
 * The text.
 */
text: string, 
/**
 * Where the caret stands, in UTF-16 units; completions are for there.
 */
caret?: number, 
/**
 * The language of the words, as a BCP 47 tag; without one that of the settings.
 */
locale?: string, 
/**
 * Parts of the text that are not read as anything.
 */
literal?: Array<Span>, 
/**
 * The list it would go to.
 */
list?: string, 
/**
 * The space it would go to.
 */
space?: string, };

/**
 * What a quick-add text means. Places in it are UTF-16 units.
 */
export type QuickAddParsed = { 
/**
 * The title that would be stored.
 */
title: string, 
/**
 * The parts that mean something, by place.
 */
tokens: Array<Token>, 
/**
 * By when, in the form of a task's.
 */
due: string | null, 
/**
 * Before when it is not shown as to be done, in the form of a task's.
 */
start: string | null, 
/**
 * The rule by which it comes again.
 */
repeat: string | null, 
/**
 * The rule in words.
 */
repeat_words: string | null, 
/**
 * When to remind of it, in the form of a task's.
 */
reminder: string | null, 
/**
 * Its tags.
 */
tags: Array<ParsedTag>, 
/**
 * 1 to 3.
 */
priority: number | null, 
/**
 * The list that the text names.
 */
list: Named | null, 
/**
 * Who is to do it.
 */
assignee: Assignee | null, 
/**
 * The space it would go to.
 */
space: Named, 
/**
 * The parts that look as if they meant something and stay text.
 */
ignored: Array<Ignored>, 
/**
 * What could stand at the caret.
 */
completions: Array<Completion>, 
/**
 * The other people who would see the task.
 */
seen_by: Array<Named>, };

/**
 * Which computers have the latest of a task.
 */
export type Receipt = { 
/**
 * The task.
 */
id: string, 
/**
 * How many computers there are, this one included.
 */
total: number, 
/**
 * The computers that have it, this one included.
 */
on: Array<Named>, 
/**
 * Those that lack it.
 */
missing: Array<MissingComputer>, };

/**
 * Asks which computers have the latest of these tasks.
 */
export type ReceiptsShow = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Makes again what undo took back last; nothing new may have been done since.
 */
export type Redo = Record<symbol, never>;

/**
 * What a redo made again.
 */
export type Redone = { 
/**
 * The change in words.
 */
redone: string, 
/**
 * The change.
 */
change: Changed, 
/**
 * The change that the answer is to, as undo takes it; only where the answer is to one.
 */
step?: number, };

/**
 * Gives this folder a new key.
 */
export type Rekey = Record<symbol, never>;

/**
 * What can be done about a condition by a click.
 */
export type Remedy = { 
/**
 * What kind.
 */
kind: RemedyKind, 
/**
 * The text to copy, or the name of the page.
 */
text: string | null, 
/**
 * The input of the operation.
 */
input: unknown, };

/**
 * What kind of remedy it is.
 */
export type RemedyKind = "rekey" | "lift_pause" | "try_again" | "copy" | "open_settings" | "keep";

/**
 * Handles a reminder, on all of the person's computers.
 */
export type ReminderHandle = { 
/**
 * The task.
 */
id: string, 
/**
 * How.
 */
how: Handling, };

/**
 * Asks for the reminders that are due and not handled.
 */
export type RemindersDue = Record<symbol, never>;

/**
 * Brings a backup back into this folder, as a new computer.
 */
export type RestoreBackup = { 
/**
 * The file to read, as an absolute path.
 */
file: string, };

/**
 * What a computer may do in a space. The order is that of the rights.
 */
export type Role = "viewer" | "editor" | "owner";

/**
 * How far everything is safe on a computer that can save nothing now.
 */
export type Safe = { 
/**
 * When the latest change was saved here: everything up to then is safe.
 */
until: string, 
/**
 * How many other computers have shown to have all of it too.
 */
computers: number, };

/**
 * The settings of this computer. Those that are null follow the system.
 */
export type Settings = { 
/**
 * The language.
 */
language: Language | null, 
/**
 * The day on which a week begins.
 */
first_weekday: FirstWeekday | null, 
/**
 * The first day of a weekend.
 */
weekend: WeekendStart | null, 
/**
 * How hours are counted.
 */
hour_cycle: HourCycle | null, 
/**
 * The order of day, month and year in a date of numbers.
 */
date_order: DateOrder | null, 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * How close rows stand.
 */
density: Density, 
/**
 * How much moves.
 */
motion: Motion, 
/**
 * The size of all, in percent: 90 to 200.
 */
zoom: number, 
/**
 * Whether single letters are commands in a list.
 */
letter_keys: boolean, 
/**
 * Other keys for commands, by the command's name; an empty key leaves the command without one.
 */
keys: { [key in string]: string }, 
/**
 * Which signs quick add reads.
 */
signs: SignStyle, 
/**
 * What time "morning" is, as `HH:MM`.
 */
morning: string, 
/**
 * What time "afternoon" is, as `HH:MM`.
 */
afternoon: string, 
/**
 * What time "evening" and "tonight" are, as `HH:MM`.
 */
evening: string, 
/**
 * Whether Rota starts with the desktop.
 */
autostart: boolean, 
/**
 * Whether closing the window leaves Rota in the background.
 */
keep_running: boolean, 
/**
 * The key that opens quick add from everywhere; empty text turns it off, which is then null.
 */
global_shortcut: string | null, 
/**
 * Whether reminders are shown as notifications.
 */
notifications: boolean, 
/**
 * Whether toasts stay until they are closed.
 */
toasts_stay: boolean, 
/**
 * Whether the first run was gone through.
 */
first_run_done: boolean, 
/**
 * Whether lists show what is done.
 */
show_done: boolean, 
/**
 * The sidebar's width in pixels at 100 %.
 */
sidebar_width: number | null, };

/**
 * Changes settings; what is absent stays, null brings the default back.
 */
export type SettingsChange = { 
/**
 * The language.
 */
language?: Language | null, 
/**
 * The day on which a week begins.
 */
first_weekday?: FirstWeekday | null, 
/**
 * The first day of a weekend.
 */
weekend?: WeekendStart | null, 
/**
 * How hours are counted.
 */
hour_cycle?: HourCycle | null, 
/**
 * The order of day, month and year in a date of numbers.
 */
date_order?: DateOrder | null, 
/**
 * Light or dark.
 */
theme?: Theme | null, 
/**
 * How close rows stand.
 */
density?: Density | null, 
/**
 * How much moves.
 */
motion?: Motion | null, 
/**
 * The size of all, in percent: 90 to 200.
 */
zoom?: number | null, 
/**
 * Whether single letters are commands in a list.
 */
letter_keys?: boolean | null, 
/**
 * Other keys for commands, by the command's name; an empty key leaves the command without one.
 */
keys?: { [key in string]: string } | null, 
/**
 * Which signs quick add reads.
 */
signs?: SignStyle | null, 
/**
 * What time "morning" is, as `HH:MM`.
 */
morning?: string | null, 
/**
 * What time "afternoon" is, as `HH:MM`.
 */
afternoon?: string | null, 
/**
 * What time "evening" and "tonight" are, as `HH:MM`.
 */
evening?: string | null, 
/**
 * Whether Rota starts with the desktop.
 */
autostart?: boolean | null, 
/**
 * Whether closing the window leaves Rota in the background.
 */
keep_running?: boolean | null, 
/**
 * The key that opens quick add from everywhere; empty text turns it off, which is then null.
 */
global_shortcut?: string | null, 
/**
 * Whether reminders are shown as notifications.
 */
notifications?: boolean | null, 
/**
 * Whether toasts stay until they are closed.
 */
toasts_stay?: boolean | null, 
/**
 * Whether the first run was gone through.
 */
first_run_done?: boolean | null, 
/**
 * Whether lists show what is done.
 */
show_done?: boolean | null, 
/**
 * The sidebar's width in pixels at 100 %.
 */
sidebar_width?: number | null, };

/**
 * Asks for the settings of this computer.
 */
export type SettingsShow = Record<symbol, never>;

/**
 * How much a standing condition matters.
 */
export type Severity = "info" | "warning" | "error";

/**
 * Which signs quick add reads.
 */
export type SignStyle = "rota" | "todoist" | "vikunja";

/**
 * A task that stayed as it was.
 */
export type Skipped = { 
/**
 * The task, as it was named.
 */
id: string, 
/**
 * Why.
 */
reason: ApiError, };

/**
 * An order of tasks.
 */
export type Sort = "place" | "due" | "completed" | "deleted" | "updated";

/**
 * A group of people and their computers that share some lists.
 */
export type Space = { 
/**
 * The id.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * Personal or shared.
 */
kind: SpaceKind, 
/**
 * What this computer may do in it.
 */
role: Role, 
/**
 * How many people are in it.
 */
people: number, 
/**
 * How many computers are in it.
 */
computers: number, 
/**
 * How many lists it has.
 */
lists: number, 
/**
 * How many tasks it has that are not in the trash.
 */
tasks: number, };

/**
 * Adds a shared space.
 */
export type SpaceAdd = { 
/**
 * Its name.
 */
name: string, };

/**
 * Whether a space is for one person or for several.
 */
export type SpaceKind = "mine" | "shared";

/**
 * Leaves a shared space with all of one's own computers.
 */
export type SpaceLeave = { 
/**
 * The space.
 */
space: string, };

/**
 * Asks for the spaces.
 */
export type SpacesShow = Record<symbol, never>;

/**
 * A part of a text, in UTF-16 units as windows count them.
 */
export type Span = { 
/**
 * Its first unit.
 */
start: number, 
/**
 * The unit behind its last.
 */
end: number, };

/**
 * This computer, its person, its spaces, and its standing conditions.
 */
export type Status = { 
/**
 * The version of Rota that answers.
 */
version: string, 
/**
 * This computer.
 */
computer: Named, 
/**
 * This person.
 */
person: Named, 
/**
 * Whether a node or the desktop app runs on the folder.
 */
running: boolean, 
/**
 * The spaces it is in.
 */
spaces: Array<Space>, 
/**
 * The standing conditions, the most severe first.
 */
health: Array<HealthCondition>, 
/**
 * What is safe while nothing can be saved; `null` while everything is.
 */
safe: Safe | null, };

/**
 * Asks how this computer is.
 */
export type StatusShow = Record<symbol, never>;

/**
 * A tag, and how many tasks have it that are not in the trash.
 */
export type TagCount = { 
/**
 * The tag without the sign.
 */
name: string, 
/**
 * How many open or done tasks have it.
 */
tasks: number, };

/**
 * Asks for the tags that tasks have.
 */
export type TagsShow = { 
/**
 * Only those of this space.
 */
space?: string, };

/**
 * One thing to do. Times are RFC 3339 in UTC, dates `YYYY-MM-DD`.
 */
export type Task = { 
/**
 * The full UUID.
 */
id: string, 
/**
 * The short handle: 8 characters, the same on every computer.
 */
short: string, 
/**
 * The title as a person wrote it.
 */
title: string, 
/**
 * The notes, empty if there are none.
 */
notes: string, 
/**
 * Open, done or cancelled.
 */
status: TaskStatus, 
/**
 * The list it is in.
 */
list: Named, 
/**
 * The space of that list.
 */
space: Named, 
/**
 * The id of the task this is a subtask of.
 */
parent: string | null, 
/**
 * Tags without the sign, sorted.
 */
tags: Array<string>, 
/**
 * 1 is the highest, 3 the lowest, 0 none.
 */
priority: number, 
/**
 * Date or date-time before which it is not shown as to be done.
 */
start: string | null, 
/**
 * Date or date-time by which it is to be done.
 */
due: string | null, 
/**
 * RFC 5545 rule by which it comes again.
 */
repeat: string | null, 
/**
 * For each field the values that were written apart from the one shown and stand beside it.
 */
also_written: Record<string, Array<unknown>>, 
/**
 * Who is to do it.
 */
assignee: Assignee | null, 
/**
 * The order key; compares byte by byte within a list.
 */
order: string, 
/**
 * When it was made.
 */
created_at: string, 
/**
 * Who made it.
 */
created_by: Author, 
/**
 * When anything of it was last written.
 */
updated_at: string, 
/**
 * When it was completed.
 */
completed_at: string | null, 
/**
 * Who completed it.
 */
completed_by: Author | null, 
/**
 * When it was put into the trash.
 */
deleted_at: string | null, 
/**
 * Who put it into the trash.
 */
deleted_by: Author | null, 
/**
 * When to remind of it: `due`, `before <n>m|h|d`, or a date and time.
 */
reminder: string | null, 
/**
 * The people among whom the next occurrence passes on, in turn.
 */
rotation: Array<Named>, 
/**
 * The tasks that have to be done first.
 */
waits_for: Array<WaitedFor>, 
/**
 * The id of the task whose next occurrence it is.
 */
predecessor: string | null, 
/**
 * How many tasks it is below.
 */
depth: number, 
/**
 * How many tasks are directly below it, without those in the trash.
 */
subtasks_total: number, 
/**
 * How many of them are done or cancelled.
 */
subtasks_done: number, 
/**
 * Whether a task that has to be done first is still open.
 */
blocked: boolean, 
/**
 * Whether it was added to a list that somebody had deleted meanwhile, and kept.
 */
recovered: boolean, 
/**
 * Where two people changed a field apart: what is kept, and what was also written; only where one task is shown whole.
 */
merged?: Array<MergedField>, 
/**
 * Its subtasks in display order; only where one task is shown whole.
 */
subtasks?: Array<Task>, 
/**
 * The change that the answer is to, as undo takes it; only where the answer is to one.
 */
step?: number, };

/**
 * Adds a task.
 */
export type TaskAdd = { 
/**
 * Quick-add text, or the title as it stands.
 */
text: string, 
/**
 * Whether the text is the title as it stands.
 */
plain?: boolean, 
/**
 * The list; without one the text's, else the first list of the space.
 */
list?: string, 
/**
 * The space; without one that of the list, else `Mine`.
 */
space?: string, 
/**
 * The task it becomes a subtask of.
 */
parent?: string, 
/**
 * The task that it comes directly after, in its list.
 */
after?: string, 
/**
 * The task that it comes directly before, in its list.
 */
before?: string, 
/**
 * The language of the words, as a BCP 47 tag; without one that of the settings.
 */
locale?: string, 
/**
 * Parts of the text that are not read as anything.
 */
literal?: Array<Span>, 
/**
 * The notes.
 */
notes?: string, 
/**
 * By when it is to be done.
 */
due?: string, 
/**
 * Before when it is not shown as to be done.
 */
start?: string, 
/**
 * The rule by which it comes again.
 */
repeat?: string, 
/**
 * When to remind of it.
 */
reminder?: string, 
/**
 * Tags without the sign, besides those of the text.
 */
tags?: Array<string>, 
/**
 * 1 is the highest, 3 the lowest, 0 none.
 */
priority?: number, 
/**
 * Who is to do it.
 */
assignee?: string, 
/**
 * The people among whom the next occurrence passes on.
 */
rotation?: Array<string>, 
/**
 * Open unless said.
 */
status?: TaskStatus, };

/**
 * Adds one task a line, all or none.
 */
export type TaskAddMany = { 
/**
 * The lines as they were given. Deeper indentation makes subtasks, `- [x]` one that is done, blank lines nothing.
 */
lines: Array<string>, 
/**
 * Whether every line is a title as it stands.
 */
plain?: boolean, 
/**
 * The list.
 */
list?: string, 
/**
 * Whether indentation, bullets, numbers and boxes are read though the words of the lines are plain.
 */
outline?: boolean, 
/**
 * The space.
 */
space?: string, 
/**
 * The task that those of the top level become subtasks of.
 */
parent?: string, 
/**
 * Where those of the top level go, beside each other; without it to the end.
 */
to?: Place, 
/**
 * Values that every task of the top level gets.
 */
set?: NewFields, };

/**
 * Moves tasks together: to another list, below another task, to another place. One action.
 */
export type TaskArrange = { 
/**
 * The tasks; they keep their order among each other.
 */
ids: Array<string>, 
/**
 * The list they move to; in another space they become copies there.
 */
list?: string, 
/**
 * The task they become subtasks of; `clear` makes them tasks of the top level.
 */
parent?: Change<string>, 
/**
 * Their place: without one they stay in their order, or go to the end of where they move to.
 */
to?: Place, };

/**
 * Puts tasks into the trash.
 */
export type TaskDelete = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Does the same to many tasks in one go; those to which it may not be done are skipped and told.
 */
export type TaskDoMany = { 
/**
 * The tasks.
 */
ids: Array<string>, 
/**
 * What is done to them.
 */
what: Deed, 
/**
 * As what the caller knows them, by id: their `updated_at`. One that somebody changed since is skipped.
 */
seen?: { [key in string]: string }, };

/**
 * Completes tasks.
 */
export type TaskDone = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Copies tasks with their subtasks; each copy stands behind its original and is open.
 */
export type TaskDuplicate = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Changes fields of a task.
 */
export type TaskEdit = { 
/**
 * The task.
 */
id: string, 
/**
 * A new title.
 */
title?: string, 
/**
 * New notes; empty text removes them.
 */
notes?: string, 
/**
 * The title that the caller had read. What stands there instead by now, written on another computer, stays beside
 * the new one.
 */
title_seen?: string, 
/**
 * The notes that the caller had read, likewise.
 */
notes_seen?: string, 
/**
 * By when it is to be done.
 */
due?: Change<string>, 
/**
 * The day by when it is to be done; its time of day stays.
 */
due_day?: string, 
/**
 * The time of day by when it is to be done; its day stays, one without a day gets today.
 */
due_time?: string, 
/**
 * Before when it is not shown as to be done.
 */
start?: Change<string>, 
/**
 * The day before which it is not shown as to be done; its time of day stays.
 */
start_day?: string, 
/**
 * The time of day before which it is not shown as to be done; its day stays, one without a day gets today.
 */
start_time?: string, 
/**
 * 1 is the highest, 3 the lowest, 0 none.
 */
priority?: number, 
/**
 * Tags it gets, without the sign.
 */
add_tags?: Array<string>, 
/**
 * Tags it loses, without the sign.
 */
remove_tags?: Array<string>, 
/**
 * Who is to do it.
 */
assignee?: Change<string>, 
/**
 * The list it moves to; in another space it becomes a copy there.
 */
list?: string, 
/**
 * The task it becomes a subtask of.
 */
parent?: Change<string>, 
/**
 * The rule by which it comes again.
 */
repeat?: Change<string>, 
/**
 * Open, done or cancelled.
 */
status?: TaskStatus, 
/**
 * When to remind of it: `due`, `before <n>m|h|d`, or a date and time.
 */
reminder?: Change<string>, 
/**
 * The people among whom the next occurrence passes on, in turn.
 */
rotation?: Change<Array<string>>, 
/**
 * Tasks that have to be done first.
 */
add_waits_for?: Array<string>, 
/**
 * Tasks that need not be done first any more.
 */
remove_waits_for?: Array<string>, };

/**
 * Changes fields of many tasks in one go; those that may not be changed are skipped and told.
 */
export type TaskEditMany = { 
/**
 * The tasks.
 */
ids: Array<string>, 
/**
 * A new title.
 */
title?: string, 
/**
 * New notes; empty text removes them.
 */
notes?: string, 
/**
 * The title that the caller had read. What stands there instead by now, written on another computer, stays beside
 * the new one.
 */
title_seen?: string, 
/**
 * The notes that the caller had read, likewise.
 */
notes_seen?: string, 
/**
 * By when it is to be done.
 */
due?: Change<string>, 
/**
 * The day by when it is to be done; its time of day stays.
 */
due_day?: string, 
/**
 * The time of day by when it is to be done; its day stays, one without a day gets today.
 */
due_time?: string, 
/**
 * Before when it is not shown as to be done.
 */
start?: Change<string>, 
/**
 * The day before which it is not shown as to be done; its time of day stays.
 */
start_day?: string, 
/**
 * The time of day before which it is not shown as to be done; its day stays, one without a day gets today.
 */
start_time?: string, 
/**
 * 1 is the highest, 3 the lowest, 0 none.
 */
priority?: number, 
/**
 * Tags it gets, without the sign.
 */
add_tags?: Array<string>, 
/**
 * Tags it loses, without the sign.
 */
remove_tags?: Array<string>, 
/**
 * Who is to do it.
 */
assignee?: Change<string>, 
/**
 * The list it moves to; in another space it becomes a copy there.
 */
list?: string, 
/**
 * The task it becomes a subtask of.
 */
parent?: Change<string>, 
/**
 * The rule by which it comes again.
 */
repeat?: Change<string>, 
/**
 * Open, done or cancelled.
 */
status?: TaskStatus, 
/**
 * When to remind of it: `due`, `before <n>m|h|d`, or a date and time.
 */
reminder?: Change<string>, 
/**
 * The people among whom the next occurrence passes on, in turn.
 */
rotation?: Change<Array<string>>, 
/**
 * Tasks that have to be done first.
 */
add_waits_for?: Array<string>, 
/**
 * Tasks that need not be done first any more.
 */
remove_waits_for?: Array<string>, };

/**
 * A group of tasks.
 */
export type TaskGroup = { 
/**
 * The day, or the list's id; null for tasks without one.
 */
key: string | null, 
/**
 * The list's name.
 */
name: string | null, 
/**
 * How many tasks.
 */
count: number, };

/**
 * Groups of tasks at one moment.
 */
export type TaskGroups = { 
/**
 * The last commit that was seen.
 */
seq: number, 
/**
 * The groups, in order.
 */
groups: Array<TaskGroup>, };

/**
 * Asks for the groups of tasks, in the order in which a page of the fitting sort has them.
 */
export type TaskGroupsShow = { 
/**
 * By what.
 */
by: GroupBy, 
/**
 * Only those of this list.
 */
list?: string, 
/**
 * Only those of this space.
 */
space?: string, 
/**
 * Done and cancelled ones too.
 */
done?: boolean, 
/**
 * Those in the trash too.
 */
trash?: boolean, 
/**
 * Only those due on these days.
 */
due?: DateFilter, 
/**
 * Only those with all of these tags.
 */
tags?: Array<string>, 
/**
 * Only those given to this person or computer.
 */
assigned?: string, 
/**
 * Only those with these words in title, notes or tags; the best matches first, unless `sort` says otherwise.
 */
search?: string, 
/**
 * Only those of this kind; `done` and `trash` say nothing then.
 */
only?: Only, 
/**
 * The order.
 */
sort?: Sort, };

/**
 * Asks for every value that a field of the task ever had, newest first.
 */
export type TaskHistory = { 
/**
 * The task.
 */
id: string, };

/**
 * Keeps the values that are shown, so that nothing stands beside them any more.
 */
export type TaskKeep = { 
/**
 * The tasks.
 */
ids: Array<string>, 
/**
 * Only of this field.
 */
field?: string, };

/**
 * Asks for tasks in display order.
 */
export type TaskList = { 
/**
 * How many to leave out at the beginning.
 */
offset?: number, 
/**
 * At most so many; without it all.
 */
limit?: number, 
/**
 * Only those of this list.
 */
list?: string, 
/**
 * Only those of this space.
 */
space?: string, 
/**
 * Done and cancelled ones too.
 */
done?: boolean, 
/**
 * Those in the trash too.
 */
trash?: boolean, 
/**
 * Only those due on these days.
 */
due?: DateFilter, 
/**
 * Only those with all of these tags.
 */
tags?: Array<string>, 
/**
 * Only those given to this person or computer.
 */
assigned?: string, 
/**
 * Only those with these words in title, notes or tags; the best matches first, unless `sort` says otherwise.
 */
search?: string, 
/**
 * Only those of this kind; `done` and `trash` say nothing then.
 */
only?: Only, 
/**
 * The order.
 */
sort?: Sort, };

/**
 * Changes the place of a task within its list.
 */
export type TaskMove = { 
/**
 * The task.
 */
id: string, 
/**
 * Its new place.
 */
to: Place, };

/**
 * A window's view of a list at one moment.
 */
export type TaskPage = { 
/**
 * The last commit that this page has seen; events with a greater number come on top of it.
 */
seq: number, 
/**
 * How many tasks the filter lets through in all.
 */
total: number, 
/**
 * The asked-for part of them.
 */
tasks: Array<Task>, };

/**
 * Asks for a part of the tasks together with the moment and their number.
 */
export type TaskPageShow = { 
/**
 * How many to leave out at the beginning.
 */
offset?: number, 
/**
 * At most so many.
 */
limit: number, 
/**
 * Only those of this list.
 */
list?: string, 
/**
 * Only those of this space.
 */
space?: string, 
/**
 * Done and cancelled ones too.
 */
done?: boolean, 
/**
 * Those in the trash too.
 */
trash?: boolean, 
/**
 * Only those due on these days.
 */
due?: DateFilter, 
/**
 * Only those with all of these tags.
 */
tags?: Array<string>, 
/**
 * Only those given to this person or computer.
 */
assigned?: string, 
/**
 * Only those with these words in title, notes or tags; the best matches first, unless `sort` says otherwise.
 */
search?: string, 
/**
 * Only those of this kind; `done` and `trash` say nothing then.
 */
only?: Only, 
/**
 * The order.
 */
sort?: Sort, };

/**
 * Opens tasks again.
 */
export type TaskReopen = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Takes tasks out of the trash.
 */
export type TaskRestore = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Asks for one task whole, with its subtasks.
 */
export type TaskShow = { 
/**
 * The task.
 */
id: string, };

/**
 * Whether there is still something to do.
 */
export type TaskStatus = "open" | "done" | "cancelled";

/**
 * Writes another value that a field has or had, anew.
 */
export type TaskUse = { 
/**
 * The task.
 */
id: string, 
/**
 * The field.
 */
field: string, 
/**
 * The version with the value.
 */
version: string, 
/**
 * The version that the caller saw as the one shown; `stale` if it is no more.
 */
seen?: string, 
/**
 * Whether to go ahead though it is no more.
 */
force?: boolean, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * A part of a quick-add text that means something.
 */
export type Token = { 
/**
 * Its first unit.
 */
start: number, 
/**
 * The unit behind its last.
 */
end: number, 
/**
 * What it is for.
 */
slot: TokenSlot, 
/**
 * What it means: a date or rule as a task has it, or a name.
 */
value: string, 
/**
 * Whether it makes something new: a tag that no task has.
 */
new?: boolean, };

/**
 * What a part of a quick-add text is for.
 */
export type TokenSlot = "due" | "repeat" | "reminder" | "start" | "tag" | "priority" | "list" | "who";

/**
 * Takes back this computer's latest change, or an earlier one.
 */
export type Undo = { 
/**
 * The change that is meant, as the answer to what made it names it; without one the latest.
 */
step?: number, };

/**
 * What an undo took back.
 */
export type Undone = { 
/**
 * The change in words.
 */
undone: string, 
/**
 * The change.
 */
change: Changed, };

/**
 * What kind of change it was.
 */
export type Verb = "change" | "add" | "edit" | "rename" | "notes" | "complete" | "reopen" | "cancel" | "delete" | "restore" | "move" | "arrange" | "tag" | "schedule" | "unschedule" | "start" | "repeat" | "remind" | "prioritize" | "assign" | "unassign" | "rotate" | "duplicate" | "keep" | "use" | "list_add" | "list_rename" | "list_edit" | "list_move" | "list_delete" | "list_restore";

/**
 * A value of a field, by whom and when.
 */
export type Version = { 
/**
 * What names this version.
 */
version: string, 
/**
 * The value, as in [`HistoryEntry`].
 */
value: unknown, 
/**
 * The name of what the value stands for: of a list, a task, a person or a computer.
 */
shown: string | null, 
/**
 * When it was written, by the writer's clock.
 */
at: string, 
/**
 * Who wrote it.
 */
person: Named, 
/**
 * On which computer.
 */
computer: Named, };

/**
 * A task that has to be done first.
 */
export type WaitedFor = { 
/**
 * The full UUID.
 */
id: string, 
/**
 * The short handle.
 */
short: string, 
/**
 * The title.
 */
title: string, 
/**
 * Open, done or cancelled.
 */
status: TaskStatus, };

/**
 * A change, told as it is committed.
 */
export type WatchEvent = { 
/**
 * The commit. Never falls.
 */
seq: number, 
/**
 * What kind of thing changed.
 */
kind: WatchKind, 
/**
 * Which ones; absent in `hello` and `resync`.
 */
ids?: Array<string>, };

/**
 * What kind of thing an event is about.
 */
export type WatchKind = "hello" | "task" | "list" | "space" | "computer" | "run" | "health" | "settings" | "presence" | "reminder" | "resync";

/**
 * The first day of a weekend.
 */
export type WeekendStart = "friday" | "saturday" | "sunday";

/** Every operation of the service, by name. */
export interface Operations {
  init: { input: Init; output: Status };
  status: { input: StatusShow; output: Status };
  task_add: { input: TaskAdd; output: Task };
  task_add_many: { input: TaskAddMany; output: Array<AddedLine> };
  task_list: { input: TaskList; output: Array<Task> };
  task_page: { input: TaskPageShow; output: TaskPage };
  task_groups: { input: TaskGroupsShow; output: TaskGroups };
  overview: { input: OverviewShow; output: Overview };
  tags_show: { input: TagsShow; output: Array<TagCount> };
  earlier_titles: { input: EarlierTitlesShow; output: Array<EarlierTitle> };
  task_show: { input: TaskShow; output: Task };
  task_done: { input: TaskDone; output: Array<Task> };
  task_reopen: { input: TaskReopen; output: Array<Task> };
  task_edit: { input: TaskEdit; output: Task };
  task_edit_many: { input: TaskEditMany; output: ManyChanged };
  task_arrange: { input: TaskArrange; output: ManyChanged };
  task_duplicate: { input: TaskDuplicate; output: Array<Task> };
  task_keep: { input: TaskKeep; output: Array<Task> };
  task_use: { input: TaskUse; output: Task };
  task_move: { input: TaskMove; output: Task };
  task_delete: { input: TaskDelete; output: Array<Task> };
  task_restore: { input: TaskRestore; output: Array<Task> };
  task_do_many: { input: TaskDoMany; output: ManyChanged };
  task_history: { input: TaskHistory; output: Array<HistoryEntry> };
  undo: { input: Undo; output: Undone };
  redo: { input: Redo; output: Redone };
  quick_add_parse: { input: QuickAddParse; output: QuickAddParsed };
  draft_show: { input: DraftShow; output: Draft };
  draft_set: { input: DraftSet; output: Empty };
  lists_show: { input: ListsShow; output: Array<List> };
  list_add: { input: ListAdd; output: List };
  list_rename: { input: ListRename; output: List };
  list_delete: { input: ListDelete; output: List };
  list_edit: { input: ListEdit; output: List };
  list_move: { input: ListMove; output: List };
  list_restore: { input: ListRestore; output: List };
  spaces_show: { input: SpacesShow; output: Array<Space> };
  space_add: { input: SpaceAdd; output: Space };
  space_leave: { input: SpaceLeave; output: Space };
  members_show: { input: MembersShow; output: Array<Member> };
  member_remove: { input: MemberRemove; output: Array<Member> };
  member_role: { input: MemberRole; output: Array<Member> };
  invite: { input: Invite; output: Invitation };
  invite_cancel: { input: InviteCancel; output: Array<OpenInvitation> };
  invitations_show: { input: InvitationsShow; output: Array<OpenInvitation> };
  join: { input: Join; output: JoinResult };
  computers_show: { input: ComputersShow; output: Array<Computer> };
  connect: { input: Connect; output: Computer };
  rekey: { input: Rekey; output: Status };
  doctor: { input: Doctor; output: Array<DoctorCheck> };
  backup: { input: Backup; output: BackupResult };
  restore_backup: { input: RestoreBackup; output: BackupResult };
  settings_show: { input: SettingsShow; output: Settings };
  settings_change: { input: SettingsChange; output: Settings };
  presence_set: { input: PresenceSet; output: Empty };
  presence_show: { input: PresenceShow; output: Array<Presence> };
  receipts_show: { input: ReceiptsShow; output: Array<Receipt> };
  reminders_due: { input: RemindersDue; output: Array<DueReminder> };
  reminder_handle: { input: ReminderHandle; output: Task };
  pause_lift: { input: PauseLift; output: Status };
  quick_add_open: { input: QuickAddOpen; output: Empty };
}
