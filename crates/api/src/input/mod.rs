//! What each operation is asked with.
//!
//! Tasks, lists, spaces, people and computers are named by the text a person gave: an id, a short handle, a name.
//! Times are the text too; the node reads them with its zone and its clock.

mod computer;
mod group;
mod task;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use computer::{
    Backup, ComputersShow, Connect, Doctor, Init, QuickAddOpen, Rekey, RestoreBackup, StatusShow,
};
pub use group::{
    InvitationsShow, Invite, InviteCancel, Join, ListAdd, ListDelete, ListRename, ListsShow,
    MemberRemove, MemberRole, MembersShow, SpaceAdd, SpaceLeave, SpacesShow,
};
pub use task::{
    DateFilter, Place, TaskAdd, TaskAddMany, TaskDelete, TaskDone, TaskEdit, TaskFilter,
    TaskHistory, TaskList, TaskMove, TaskPageShow, TaskReopen, TaskRestore, TaskShow, Undo,
};

/// A change of a field that may be empty: a new value, or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change<T> {
    /// The field gets this value.
    Set(T),
    /// The field becomes empty.
    Clear,
}
