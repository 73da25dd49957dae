//! A task as it is shown, and its history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

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
    /// Its subtasks in display order; only where one task is shown whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subtasks: Option<Vec<Task>>,
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
}

/// What an undo took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Undone {
    /// The change in words.
    pub undone: String,
}
