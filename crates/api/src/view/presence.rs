//! Who is here, what reached whom, and reminders.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Named, Task};

/// What a person looks at on a computer, at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Presence {
    /// The person.
    pub person: Named,
    /// The computer.
    pub computer: Named,
    /// Whether it is the one that answers.
    pub this: bool,
    /// The id of the list that is open.
    pub list: Option<String>,
    /// The id of the task that is open.
    pub task: Option<String>,
    /// Whether something is being typed into it.
    pub typing: bool,
    /// The ids of the tasks that the person is on.
    pub on_it: Vec<String>,
    /// Since when it is so.
    pub since: String,
}

/// Which computers have the latest of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// The task.
    pub id: String,
    /// How many computers there are, this one included.
    pub total: u64,
    /// The computers that have it, this one included.
    pub on: Vec<Named>,
    /// Those that lack it.
    pub missing: Vec<MissingComputer>,
}

/// A computer that lacks the latest of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingComputer {
    /// The computer.
    pub computer: Named,
    /// When it last got changes.
    pub last_had: Option<String>,
    /// Whether it is connected.
    pub online: bool,
}

/// A reminder that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DueReminder {
    /// The task.
    pub task: Task,
    /// When it became due.
    pub at: String,
}
