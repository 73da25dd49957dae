//! What a person's change was, for undo and redo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// Declares the kinds of change once: each with its stable name.
macro_rules! verbs {
    ($($(#[doc = $doc:literal])* $verb:ident, $name:literal;)*) => {
        /// What kind of change it was.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        pub enum Verb {
            $($(#[doc = $doc])* #[serde(rename = $name)] $verb,)*
        }

        impl Verb {
            /// The stable snake_case name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$verb => $name,)* }
            }

            /// The verb of this name; what an older or newer version called otherwise is a change.
            pub fn from_name(name: &str) -> Self {
                match name { $($name => Self::$verb,)* _ => Self::Change }
            }
        }
    };
}

verbs! {
    /// Something that has no name of its own.
    Change, "change";
    /// Tasks were added.
    Add, "add";
    /// Several fields were changed, or one without a verb of its own.
    Edit, "edit";
    /// A task got another title.
    Rename, "rename";
    /// Notes were written.
    Notes, "notes";
    /// Tasks were completed.
    Complete, "complete";
    /// Tasks were opened again.
    Reopen, "reopen";
    /// Tasks were dropped.
    Cancel, "cancel";
    /// Tasks were put into the trash.
    Delete, "delete";
    /// Tasks were taken out of the trash.
    Restore, "restore";
    /// Tasks were moved to another list.
    Move, "move";
    /// Tasks got another place or another parent.
    Arrange, "arrange";
    /// Tasks got or lost tags.
    Tag, "tag";
    /// Tasks got another date.
    Schedule, "schedule";
    /// Tasks have no date any more.
    Unschedule, "unschedule";
    /// Tasks start at another time.
    Start, "start";
    /// Tasks come again by another rule, or not any more.
    Repeat, "repeat";
    /// Tasks are reminded of at another time, or not any more.
    Remind, "remind";
    /// Tasks got another priority.
    Prioritize, "prioritize";
    /// Tasks were given to somebody.
    Assign, "assign";
    /// Tasks are nobody's any more.
    Unassign, "unassign";
    /// Tasks pass on among other people, or not any more.
    Rotate, "rotate";
    /// Tasks were copied.
    Duplicate, "duplicate";
    /// The value that is shown was kept.
    Keep, "keep";
    /// Another value was put back.
    Use, "use";
    /// A list was added.
    ListAdd, "list_add";
    /// A list got another name.
    ListRename, "list_rename";
    /// A list was changed otherwise.
    ListEdit, "list_edit";
    /// A list got another place or space.
    ListMove, "list_move";
    /// A list was put into the trash.
    ListDelete, "list_delete";
    /// A list was taken out of the trash.
    ListRestore, "list_restore";
}

/// A change that was taken back or made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// What kind of change it was.
    pub verb: Verb,
    /// How many tasks or lists it was about.
    pub count: u64,
    /// The title or name of what it was about, where it was one, or the list that tasks were moved to.
    pub name: Option<String>,
    /// How many of its values were left alone, because somebody changed them since.
    pub left: u64,
    /// Who changed them, where it was one person.
    pub by: Option<Named>,
}

/// What an undo took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Undone {
    /// The change in words.
    pub undone: String,
    /// The change.
    pub change: Changed,
}

/// What a redo made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Redone {
    /// The change in words.
    pub redone: String,
    /// The change.
    pub change: Changed,
    /// The change that the answer is to, as undo takes it; only where the answer is to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u64>,
}
