//! Inputs about tasks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Change;
use crate::view::TaskStatus;

/// Adds a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskAdd {
    /// Quick-add text, or the title as it stands.
    pub text: String,
    /// Whether the text is the title as it stands.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub plain: bool,
    /// The list; without one the text's, else the first list of the space.
    pub list: Option<String>,
    /// The space; without one that of the list, else `Mine`.
    pub space: Option<String>,
    /// The task it becomes a subtask of.
    pub parent: Option<String>,
    /// The task that it comes directly after, in its list.
    pub after: Option<String>,
    /// The task that it comes directly before, in its list.
    pub before: Option<String>,
    /// The language of the words, as a BCP 47 tag; without one that of the settings.
    pub locale: Option<String>,
    /// Parts of the text that are not read as anything.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Span>>")]
    pub literal: Vec<Span>,
    /// Values that are given, whatever the text says.
    #[serde(flatten)]
    pub set: NewFields,
}

/// Values for a new task. One that is given stands, whatever the text says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewFields {
    /// The notes.
    pub notes: Option<String>,
    /// By when it is to be done.
    pub due: Option<String>,
    /// Before when it is not shown as to be done.
    pub start: Option<String>,
    /// The rule by which it comes again.
    pub repeat: Option<String>,
    /// When to remind of it.
    pub reminder: Option<String>,
    /// Tags without the sign, besides those of the text.
    pub tags: Option<Vec<String>>,
    /// 1 is the highest, 3 the lowest, 0 none.
    pub priority: Option<u8>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// The people among whom the next occurrence passes on.
    pub rotation: Option<Vec<String>>,
    /// Open unless said.
    pub status: Option<TaskStatus>,
}

/// A part of a text, in UTF-16 units as windows count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    /// Its first unit.
    pub start: u32,
    /// The unit behind its last.
    pub end: u32,
}

/// Adds one task a line, all or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskAddMany {
    /// The lines as they were given. Deeper indentation makes subtasks, `- [x]` one that is done, blank lines nothing.
    pub lines: Vec<String>,
    /// Whether every line is a title as it stands.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub plain: bool,
    /// The list.
    pub list: Option<String>,
    /// Whether indentation, bullets, numbers and boxes are read though the words of the lines are plain.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub outline: bool,
    /// The space.
    pub space: Option<String>,
    /// The task that those of the top level become subtasks of.
    pub parent: Option<String>,
    /// Where those of the top level go, beside each other; without it to the end.
    pub to: Option<Place>,
    /// Values that every task of the top level gets.
    pub set: Option<NewFields>,
}

/// Asks for one task whole, with its subtasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskShow {
    /// The task.
    pub id: String,
}

/// Completes tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskDone {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Opens tasks again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskReopen {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Changes fields of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskEdit {
    /// The task.
    pub id: String,
    /// What changes.
    #[serde(flatten)]
    pub change: TaskChange,
}

/// Changes fields of many tasks in one go; those that may not be changed are skipped and told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskEditMany {
    /// The tasks.
    pub ids: Vec<String>,
    /// What changes.
    #[serde(flatten)]
    pub change: TaskChange,
}

/// What changes of a task; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskChange {
    /// A new title.
    pub title: Option<String>,
    /// New notes; empty text removes them.
    pub notes: Option<String>,
    /// The title that the caller had read. What stands there instead by now, written on another computer, stays beside
    /// the new one.
    pub title_seen: Option<String>,
    /// The notes that the caller had read, likewise.
    pub notes_seen: Option<String>,
    /// By when it is to be done.
    pub due: Option<Change<String>>,
    /// The day by when it is to be done; its time of day stays.
    pub due_day: Option<String>,
    /// The time of day by when it is to be done; its day stays, one without a day gets today.
    pub due_time: Option<String>,
    /// Before when it is not shown as to be done.
    pub start: Option<Change<String>>,
    /// The day before which it is not shown as to be done; its time of day stays.
    pub start_day: Option<String>,
    /// The time of day before which it is not shown as to be done; its day stays, one without a day gets today.
    pub start_time: Option<String>,
    /// 1 is the highest, 3 the lowest, 0 none.
    pub priority: Option<u8>,
    /// Tags it gets, without the sign.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub add_tags: Vec<String>,
    /// Tags it loses, without the sign.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub remove_tags: Vec<String>,
    /// Who is to do it.
    pub assignee: Option<Change<String>>,
    /// The list it moves to; in another space it becomes a copy there.
    pub list: Option<String>,
    /// The task it becomes a subtask of.
    pub parent: Option<Change<String>>,
    /// The rule by which it comes again.
    pub repeat: Option<Change<String>>,
    /// Open, done or cancelled.
    pub status: Option<TaskStatus>,
    /// When to remind of it: `due`, `before <n>m|h|d`, or a date and time.
    pub reminder: Option<Change<String>>,
    /// The people among whom the next occurrence passes on, in turn.
    pub rotation: Option<Change<Vec<String>>>,
    /// Tasks that have to be done first.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub add_waits_for: Vec<String>,
    /// Tasks that need not be done first any more.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub remove_waits_for: Vec<String>,
}

/// A place in the order of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Directly before this task.
    Before(String),
    /// Directly after this task.
    After(String),
    /// Before all others.
    First,
    /// After all others.
    Last,
}

/// Changes the place of a task within its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskMove {
    /// The task.
    pub id: String,
    /// Its new place.
    pub to: Place,
}

/// Moves tasks together: to another list, below another task, to another place. One action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskArrange {
    /// The tasks; they keep their order among each other.
    pub ids: Vec<String>,
    /// The list they move to; in another space they become copies there.
    pub list: Option<String>,
    /// The task they become subtasks of; `clear` makes them tasks of the top level.
    pub parent: Option<Change<String>>,
    /// Their place: without one they stay in their order, or go to the end of where they move to.
    pub to: Option<Place>,
}

/// Copies tasks with their subtasks; each copy stands behind its original and is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskDuplicate {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Keeps the values that are shown, so that nothing stands beside them any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskKeep {
    /// The tasks.
    pub ids: Vec<String>,
    /// Only of this field.
    pub field: Option<String>,
}

/// Writes another value that a field has or had, anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskUse {
    /// The task.
    pub id: String,
    /// The field.
    pub field: String,
    /// The version with the value.
    pub version: String,
    /// The version that the caller saw as the one shown; `stale` if it is no more.
    pub seen: Option<String>,
    /// Whether to go ahead though it is no more.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub force: bool,
}

/// Puts tasks into the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskDelete {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Takes tasks out of the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskRestore {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Does the same to many tasks in one go; those to which it may not be done are skipped and told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskDoMany {
    /// The tasks.
    pub ids: Vec<String>,
    /// What is done to them.
    pub what: Deed,
    /// As what the caller knows them, by id: their `updated_at`. One that somebody changed since is skipped.
    #[serde(default)]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub seen: BTreeMap<String, String>,
}

/// What can be done to many tasks in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// They are completed.
    Complete,
    /// They are opened again.
    Reopen,
    /// They go to the trash.
    Delete,
    /// They come out of the trash.
    Restore,
    /// They are copied; the answer has the copies.
    Duplicate,
    /// What is shown of them is kept, so that nothing stands beside it any more.
    Keep,
}

/// Asks for every value that a field of the task ever had, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskHistory {
    /// The task.
    pub id: String,
}

/// Takes back this computer's latest change, or an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Undo {
    /// The change that is meant, as the answer to what made it names it; without one the latest.
    pub step: Option<u64>,
}

/// Makes again what undo took back last; nothing new may have been done since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Redo {}
