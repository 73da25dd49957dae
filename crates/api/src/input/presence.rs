//! Inputs about who is here, what reached whom, and reminders.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// Says what this person looks at; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct PresenceSet {
    /// The list that is open; null for none.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[ts(optional)]
    pub list: Option<Option<String>>,
    /// The task that is open; null for none.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[ts(optional)]
    pub task: Option<Option<String>>,
    /// Whether something is being typed into it.
    pub typing: Option<bool>,
    /// A task that this person is on from now.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[ts(optional)]
    pub on_it: Option<Option<String>>,
    /// A task that this person is on no longer.
    pub off_it: Option<String>,
}

/// Asks who is here and what they look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PresenceShow {}

/// Asks which computers have the latest of these tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptsShow {
    /// The tasks.
    pub ids: Vec<String>,
}

/// Asks for the reminders that are due and not handled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemindersDue {}

/// What becomes of a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// The task is done.
    Done,
    /// It comes again in 10 minutes.
    Later,
    /// It comes again tomorrow.
    Tomorrow,
    /// It was seen.
    Dismiss,
}

/// Handles a reminder, on all of the person's computers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReminderHandle {
    /// The task.
    pub id: String,
    /// How.
    pub how: Handling,
}

/// Lifts the pause of chains that wrote more than their quota.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct PauseLift {
    /// Only those of this space.
    pub space: Option<String>,
    /// Only those of this computer.
    pub author: Option<String>,
}

/// Reads a value that is there; what is absent is the default.
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}
