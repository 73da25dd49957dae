//! Inputs that ask for tasks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which days a task has to be due on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateFilter {
    /// Due today or before.
    Today,
    /// Due on this day.
    On(String),
    /// Due on this day or later.
    From(String),
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
    /// Only those with these words in title, notes or tags; the best matches first, unless `sort` says otherwise.
    pub search: Option<String>,
    /// Only those of this kind; `done` and `trash` say nothing then.
    pub only: Option<Only>,
    /// The order.
    pub sort: Option<Sort>,
}

/// One kind of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// To be done.
    Open,
    /// Done and cancelled.
    Done,
    /// In the trash.
    Trash,
    /// Added by somebody to a list that was deleted meanwhile.
    Recovered,
}

/// An order of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// As in their lists.
    Place,
    /// By when they are due, the first first; those without a date last.
    Due,
    /// By when they were completed, the latest first.
    Completed,
    /// By when they were put into the trash, the latest first.
    Deleted,
    /// By when they were last changed, the latest first.
    Updated,
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

/// Asks for tasks, done ones too, by what they were called before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EarlierTitlesShow {
    /// The words; all of them have to be in one title.
    pub search: String,
    /// At most so many tasks.
    pub limit: u64,
}

/// By what tasks are put into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// The day they are due.
    DueDay,
    /// The day they were completed.
    CompletedDay,
    /// The day they were put into the trash.
    DeletedDay,
    /// Their list.
    List,
}

/// Asks for the groups of tasks, in the order in which a page of the fitting sort has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskGroupsShow {
    /// Which tasks.
    #[serde(flatten)]
    pub filter: TaskFilter,
    /// By what.
    pub by: GroupBy,
}

/// Asks for the numbers beside the views.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverviewShow {}

/// Asks for the tags that tasks have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct TagsShow {
    /// Only those of this space.
    pub space: Option<String>,
}
