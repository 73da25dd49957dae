//! What a reader gets.

mod group;
mod status;
mod task;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use group::{
    Computer, ComputerState, Invitation, JoinResult, List, Member, OpenInvitation, Role, Space,
    SpaceKind,
};
pub use status::{
    BackupResult, DoctorCheck, Empty, HealthCondition, NodeEvent, Severity, Status, WatchEvent,
    WatchKind,
};
pub use task::{
    AddedLine, Assignee, AssigneeKind, Author, HistoryEntry, Task, TaskPage, TaskStatus, Undone,
};

/// Something with an id and a name that a person gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Named {
    /// The id, the same on every computer.
    pub id: String,
    /// The name as a person wrote it.
    pub name: String,
}
