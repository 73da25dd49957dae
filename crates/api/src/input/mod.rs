//! What each operation is asked with.
//!
//! Tasks, lists, spaces, people and computers are named by the text a person gave: an id, a short handle, a name.
//! Times are the text too; the node reads them with its zone and its clock.

mod computer;
mod filter;
mod group;
mod presence;
mod quick_add;
mod task;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use computer::{
    Backup, ComputersShow, Connect, Doctor, Init, QuickAddOpen, Rekey, RestoreBackup, StatusShow,
};
pub use filter::{
    DateFilter, EarlierTitlesShow, GroupBy, Only, OverviewShow, Sort, TagsShow, TaskFilter,
    TaskGroupsShow, TaskList, TaskPageShow,
};
pub use group::{
    InvitationsShow, Invite, InviteCancel, Join, ListAdd, ListDelete, ListEdit, ListMove,
    ListRename, ListRestore, ListsShow, MemberRemove, MemberRole, MembersShow, SpaceAdd,
    SpaceLeave, SpacesShow,
};
pub(crate) use presence::given;
pub use presence::{
    Handling, PauseLift, PresenceSet, PresenceShow, ReceiptsShow, ReminderHandle, RemindersDue,
};
pub use quick_add::{DraftSet, DraftShow, QuickAddParse};
pub use task::{
    Deed, NewFields, Place, Redo, Span, TaskAdd, TaskAddMany, TaskArrange, TaskChange, TaskDelete,
    TaskDoMany, TaskDone, TaskDuplicate, TaskEdit, TaskEditMany, TaskHistory, TaskKeep, TaskMove,
    TaskReopen, TaskRestore, TaskShow, TaskUse, Undo,
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
