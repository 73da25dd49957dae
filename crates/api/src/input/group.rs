//! Inputs about lists, spaces and who is in them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Change, Place};
use crate::view::Role;

/// Asks for the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ListsShow {
    /// Only those of this space.
    pub space: Option<String>,
    /// Deleted ones too.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub trash: bool,
}

/// Adds a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ListAdd {
    /// Its name.
    pub name: String,
    /// The space; `Mine` without one.
    pub space: Option<String>,
}

/// Gives a list another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListRename {
    /// The list.
    pub list: String,
    /// Its new name.
    pub name: String,
}

/// Puts a list into the trash, with its tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListDelete {
    /// The list.
    pub list: String,
}

/// Changes a list; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ListEdit {
    /// The list.
    pub list: String,
    /// A new name.
    pub name: Option<String>,
    /// The name of its hue; `clear` for the one that follows from its id.
    pub color: Option<Change<String>>,
    /// Whether it is laid away.
    pub archived: Option<bool>,
}

/// Changes the place of a list among the lists of its space, or moves it to another space with its tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ListMove {
    /// The list.
    pub list: String,
    /// Its new place, beside another list.
    pub to: Place,
    /// The space it moves to.
    pub space: Option<String>,
}

/// Takes a list out of the trash, with its tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListRestore {
    /// The list.
    pub list: String,
}

/// Asks for the spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpacesShow {}

/// Adds a shared space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceAdd {
    /// Its name.
    pub name: String,
}

/// Leaves a shared space with all of one's own computers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceLeave {
    /// The space.
    pub space: String,
}

/// Asks who is in a space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct MembersShow {
    /// The space; without one the only shared space, else `Mine`.
    pub space: Option<String>,
}

/// Removes a person or a computer from a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct MemberRemove {
    /// The person or computer.
    pub who: String,
    /// The space; without one the only shared space, else `Mine`.
    pub space: Option<String>,
}

/// Changes what a person may do in a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct MemberRole {
    /// The person.
    pub who: String,
    /// The new role.
    pub role: Role,
    /// The space; without one the only shared space, else `Mine`.
    pub space: Option<String>,
}

/// Opens an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Invite {
    /// The space to admit to; without one the only shared space, with `mine` always `Mine`.
    pub space: Option<String>,
    /// Whether it is for another computer of one's own.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub mine: bool,
    /// What the newcomer may do; an editor unless said.
    pub role: Option<Role>,
    /// How many may use it; 1 unless said.
    pub uses: Option<u32>,
    /// How long it is open; 10 minutes unless said.
    pub valid_for_seconds: Option<u64>,
}

/// Closes an open invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteCancel {
    /// The number in front of its words.
    pub number: u32,
}

/// Asks for the open invitations of this computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationsShow {}

/// Joins a space with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Join {
    /// `N-word-word-word`, as a person typed it.
    pub code: String,
    /// Where the inviting computer is, if discovery cannot find it: `host:port` or a multiaddr.
    pub address: Option<String>,
    /// How long to try; 30 seconds unless said.
    pub timeout_seconds: Option<u64>,
}
