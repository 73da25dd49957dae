//! Inputs about tasks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Change;

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
    /// The space.
    pub space: Option<String>,
}

/// Which days a task has to be due on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateFilter {
    /// Due today or before.
    Today,
    /// Due on this day.
    On(String),
    /// Due on one of these days, both ends included.
    Between {
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
}

/// Which tasks are wanted: open ones that fulfil every condition given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskFilter {
    /// Only those of this list.
    pub list: Option<String>,
    /// Only those of this space.
    pub space: Option<String>,
    /// Done and cancelled ones too.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub done: bool,
    /// Those in the trash too.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub trash: bool,
    /// Only those due on these days.
    pub due: Option<DateFilter>,
    /// Only those with all of these tags.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub tags: Vec<String>,
    /// Only those given to this person or computer.
    pub assigned: Option<String>,
    /// Only those with these words in title, notes or tags.
    pub search: Option<String>,
}

/// Asks for tasks in display order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskList {
    /// Which ones.
    #[serde(flatten)]
    pub filter: TaskFilter,
    /// How many to leave out at the beginning.
    #[serde(default)]
    #[ts(optional, as = "Option<u64>")]
    pub offset: u64,
    /// At most so many; without it all.
    pub limit: Option<u64>,
}

/// Asks for a part of the tasks together with the moment and their number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskPageShow {
    /// Which ones.
    #[serde(flatten)]
    pub filter: TaskFilter,
    /// How many to leave out at the beginning.
    #[serde(default)]
    #[ts(optional, as = "Option<u64>")]
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
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

/// Changes fields of a task; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TaskEdit {
    /// The task.
    pub id: String,
    /// A new title.
    pub title: Option<String>,
    /// New notes; empty text removes them.
    pub notes: Option<String>,
    /// By when it is to be done.
    pub due: Option<Change<String>>,
    /// Before when it is not shown as to be done.
    pub start: Option<Change<String>>,
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

/// Asks for every value that a field of the task ever had, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskHistory {
    /// The task.
    pub id: String,
}

/// Takes back this computer's latest change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Undo {}
