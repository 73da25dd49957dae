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
title: string, };

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
retryable: boolean, };

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
 * What kind of failure an error is. The snake_case names are stable.
 */
export type Code = "internal" | "failed" | "nothing_to_undo" | "busy" | "incompatible" | "usage" | "invalid_input" | "too_large" | "ambiguous" | "unknown_operation" | "not_found" | "not_allowed" | "removed" | "wrong_code" | "dead_code" | "in_use" | "disk_full" | "read_only" | "no_access" | "damaged" | "newer_version" | "unreachable" | "timeout" | "not_running";

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
export type DateFilter = "today" | { "on": string } | { "between": { 
/**
 * The first day.
 */
from: string, 
/**
 * The last day.
 */
to: string, } };

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
fix: string | null, };

/**
 * An answer that says only that it was done.
 */
export type Empty = Record<symbol, never>;

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
hint: string | null, };

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
counts: boolean, };

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
archived: boolean, };

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
 * Asks for the lists.
 */
export type ListsShow = { 
/**
 * Only those of this space.
 */
space?: string, };

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
 * A place in the order of a list.
 */
export type Place = { "before": string } | { "after": string } | "first" | "last";

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
 * Gives this folder a new key.
 */
export type Rekey = Record<symbol, never>;

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
 * How much a standing condition matters.
 */
export type Severity = "info" | "warning" | "error";

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
health: Array<HealthCondition>, };

/**
 * Asks how this computer is.
 */
export type StatusShow = Record<symbol, never>;

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
 * Its subtasks in display order; only where one task is shown whole.
 */
subtasks?: Array<Task>, };

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
parent?: string, };

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
 * The space.
 */
space?: string, };

/**
 * Puts tasks into the trash.
 */
export type TaskDelete = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Completes tasks.
 */
export type TaskDone = { 
/**
 * The tasks.
 */
ids: Array<string>, };

/**
 * Changes fields of a task; what is absent stays.
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
 * By when it is to be done.
 */
due?: Change<string>, 
/**
 * Before when it is not shown as to be done.
 */
start?: Change<string>, 
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
repeat?: Change<string>, };

/**
 * Asks for every value that a field of the task ever had, newest first.
 */
export type TaskHistory = { 
/**
 * The task.
 */
id: string, };

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
 * Only those with these words in title, notes or tags.
 */
search?: string, };

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
 * Only those with these words in title, notes or tags.
 */
search?: string, };

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
 * Takes back this computer's latest change.
 */
export type Undo = Record<symbol, never>;

/**
 * What an undo took back.
 */
export type Undone = { 
/**
 * The change in words.
 */
undone: string, };

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
export type WatchKind = "hello" | "task" | "list" | "space" | "computer" | "run" | "health" | "resync";

/** Every operation of the service, by name. */
export interface Operations {
  init: { input: Init; output: Status };
  status: { input: StatusShow; output: Status };
  task_add: { input: TaskAdd; output: Task };
  task_add_many: { input: TaskAddMany; output: Array<AddedLine> };
  task_list: { input: TaskList; output: Array<Task> };
  task_page: { input: TaskPageShow; output: TaskPage };
  task_show: { input: TaskShow; output: Task };
  task_done: { input: TaskDone; output: Array<Task> };
  task_reopen: { input: TaskReopen; output: Array<Task> };
  task_edit: { input: TaskEdit; output: Task };
  task_move: { input: TaskMove; output: Task };
  task_delete: { input: TaskDelete; output: Array<Task> };
  task_restore: { input: TaskRestore; output: Array<Task> };
  task_history: { input: TaskHistory; output: Array<HistoryEntry> };
  undo: { input: Undo; output: Undone };
  lists_show: { input: ListsShow; output: Array<List> };
  list_add: { input: ListAdd; output: List };
  list_rename: { input: ListRename; output: List };
  list_delete: { input: ListDelete; output: List };
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
  quick_add_open: { input: QuickAddOpen; output: Empty };
}
