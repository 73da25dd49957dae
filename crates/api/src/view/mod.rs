//! What a reader gets.

mod change;
mod group;
mod presence;
mod quick_add;
mod status;
mod task;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use change::{Changed, Redone, Undone, Verb};
pub use group::{
    Computer, ComputerState, Invitation, JoinResult, List, Member, OpenInvitation, Role, Space,
    SpaceKind,
};
pub use presence::{DueReminder, MissingComputer, Presence, Receipt};
pub use quick_add::{
    Completion, CompletionKind, Draft, Ignored, IgnoredReason, ParsedTag, QuickAddParsed, Token,
    TokenSlot,
};
pub use status::{
    BackupResult, DoctorCheck, Empty, HealthCondition, NodeEvent, Remedy, RemedyKind, Safe,
    Severity, Status, WatchEvent, WatchKind,
};
pub use task::{
    AddedLine, Assignee, AssigneeKind, Author, EarlierTitle, HistoryEntry, ManyChanged,
    MergedField, Overview, Skipped, TagCount, Task, TaskGroup, TaskGroups, TaskPage, TaskStatus,
    Version, WaitedFor,
};

/// Something with an id and a name that a person gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Named {
    /// The id, the same on every computer.
    pub id: String,
    /// The name as a person wrote it.
    pub name: String,
}
