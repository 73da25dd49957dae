//! A task as it is shown, and its history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;
use crate::ApiError;

/// Whether there is still something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Given up.
    Cancelled,
}

/// Who wrote something, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Author {
    /// The person.
    pub person: Named,
    /// The computer it was written on.
    pub computer: Named,
}

/// Whether a task is given to a person or to a computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AssigneeKind {
    /// A person.
    Person,
    /// A computer.
    Computer,
}

/// Who is to do a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assignee {
    /// Person or computer.
    pub kind: AssigneeKind,
    /// The id of the person or computer.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One thing to do. Times are RFC 3339 in UTC, dates `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Task {
    /// The full UUID.
    pub id: String,
    /// The short handle: 8 characters, the same on every computer.
    pub short: String,
    /// The title as a person wrote it.
    pub title: String,
    /// The notes, empty if there are none.
    pub notes: String,
    /// Open, done or cancelled.
    pub status: TaskStatus,
    /// The list it is in.
    pub list: Named,
    /// The space of that list.
    pub space: Named,
    /// The id of the task this is a subtask of.
    pub parent: Option<String>,
    /// Tags without the sign, sorted.
    pub tags: Vec<String>,
    /// 1 is the highest, 3 the lowest, 0 none.
    pub priority: u8,
    /// Date or date-time before which it is not shown as to be done.
    pub start: Option<String>,
    /// Date or date-time by which it is to be done.
    pub due: Option<String>,
    /// RFC 5545 rule by which it comes again.
    pub repeat: Option<String>,
    /// For each field the values that were written apart from the one shown and stand beside it.
    #[ts(type = "Record<string, Array<unknown>>")]
    pub also_written: BTreeMap<String, Vec<serde_json::Value>>,
    /// Who is to do it.
    pub assignee: Option<Assignee>,
    /// The order key; compares byte by byte within a list.
    pub order: String,
    /// When it was made.
    pub created_at: String,
    /// Who made it.
    pub created_by: Author,
    /// When anything of it was last written.
    pub updated_at: String,
    /// When it was completed.
    pub completed_at: Option<String>,
    /// Who completed it.
    pub completed_by: Option<Author>,
    /// When it was put into the trash.
    pub deleted_at: Option<String>,
    /// Who put it into the trash.
    pub deleted_by: Option<Author>,
    /// When to remind of it: `due`, `before <n>m|h|d`, or a date and time.
    pub reminder: Option<String>,
    /// The people among whom the next occurrence passes on, in turn.
    pub rotation: Vec<Named>,
    /// The tasks that have to be done first.
    pub waits_for: Vec<WaitedFor>,
    /// The id of the task whose next occurrence it is.
    pub predecessor: Option<String>,
    /// How many tasks it is below.
    pub depth: u32,
    /// How many tasks are directly below it, without those in the trash.
    pub subtasks_total: u64,
    /// How many of them are done or cancelled.
    pub subtasks_done: u64,
    /// Whether a task that has to be done first is still open.
    pub blocked: bool,
    /// Whether it was added to a list that somebody had deleted meanwhile, and kept.
    pub recovered: bool,
    /// Where two people changed a field apart: what is kept, and what was also written; only where one task is shown whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub merged: Option<Vec<MergedField>>,
    /// Its subtasks in display order; only where one task is shown whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subtasks: Option<Vec<Task>>,
    /// The change that the answer is to, as undo takes it; only where the answer is to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u64>,
}

/// A task that has to be done first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WaitedFor {
    /// The full UUID.
    pub id: String,
    /// The short handle.
    pub short: String,
    /// The title.
    pub title: String,
    /// Open, done or cancelled.
    pub status: TaskStatus,
}

/// A field that two people changed apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MergedField {
    /// The field's name, as in [`Task`].
    pub field: String,
    /// What is shown.
    pub kept: Version,
    /// What was also written.
    pub also: Vec<Version>,
}

/// A value of a field, by whom and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Version {
    /// What names this version.
    pub version: String,
    /// The value, as in [`HistoryEntry`].
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// The name of what the value stands for: of a list, a task, a person or a computer.
    pub shown: Option<String>,
    /// When it was written, by the writer's clock.
    pub at: String,
    /// Who wrote it.
    pub person: Named,
    /// On which computer.
    pub computer: Named,
}

/// A window's view of a list at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TaskPage {
    /// The last commit that this page has seen; events with a greater number come on top of it.
    pub seq: u64,
    /// How many tasks the filter lets through in all.
    pub total: u64,
    /// The asked-for part of them.
    pub tasks: Vec<Task>,
}

/// The acknowledgement of one task out of many that were added in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddedLine {
    /// The full UUID.
    pub id: String,
    /// The short handle.
    pub short: String,
    /// The title that was stored.
    pub title: String,
    /// The change that the answer is to, as undo takes it; only where the answer is to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u64>,
}

/// One value that a field of a task had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HistoryEntry {
    /// The field's name, as in [`Task`].
    pub field: String,
    /// The value: a tag with whether the task has it, a list or parent by its id, all else in the form of [`Task`].
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// When it was written, by the writer's clock.
    pub at: String,
    /// Who wrote it.
    pub person: Named,
    /// On which computer.
    pub computer: Named,
    /// Whether it is the value that is shown.
    pub current: bool,
    /// Whether it stands beside the value that is shown.
    pub also_written: bool,
    /// Whether its writer had the right to write it.
    pub counts: bool,
    /// What names this version.
    pub version: String,
    /// The name of what the value stands for: of a list, a task, a person or a computer.
    pub shown: Option<String>,
}

/// What was done to many tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ManyChanged {
    /// The tasks that were changed, as they are now.
    pub tasks: Vec<Task>,
    /// Those that stayed as they were.
    pub skipped: Vec<Skipped>,
    /// The change that the answer is to, as undo takes it; only where the answer is to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u64>,
}

/// A task that stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Skipped {
    /// The task, as it was named.
    pub id: String,
    /// Why.
    pub reason: ApiError,
}

/// Groups of tasks at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskGroups {
    /// The last commit that was seen.
    pub seq: u64,
    /// The groups, in order.
    pub groups: Vec<TaskGroup>,
}

/// A group of tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskGroup {
    /// The day, or the list's id; null for tasks without one.
    pub key: Option<String>,
    /// The list's name.
    pub name: Option<String>,
    /// How many tasks.
    pub count: u64,
}

/// The numbers beside the views: open tasks, and what is in the trash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Overview {
    /// The last commit that was seen.
    pub seq: u64,
    /// Due today or before.
    pub today: u64,
    /// Due before today.
    pub overdue: u64,
    /// Due after today.
    pub upcoming: u64,
    /// Given to this person.
    pub for_me: u64,
    /// Kept out of deleted lists.
    pub recovered: u64,
    /// In the trash.
    pub trash: u64,
}

/// A task by what it was called before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EarlierTitle {
    /// The title that it had.
    pub title: String,
    /// The task as it is.
    pub task: Task,
}

/// A tag, and how many tasks have it that are not in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagCount {
    /// The tag without the sign.
    pub name: String,
    /// How many open or done tasks have it.
    pub tasks: u64,
}
