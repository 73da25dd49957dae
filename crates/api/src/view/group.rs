//! Lists, spaces, and who is in them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Author, Named};

/// A named sequence of tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct List {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The name of its hue, such as `teal`.
    pub color: String,
    /// The space it is in.
    pub space: Named,
    /// Tasks to be done.
    pub open: u64,
    /// Tasks done.
    pub done: u64,
    /// Whether it was laid away.
    pub archived: bool,
    /// When it was deleted.
    pub deleted_at: Option<String>,
    /// Who deleted it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub deleted_by: Option<Author>,
    /// Tasks that others added before they heard that it was deleted, and that were kept.
    pub recovered: u64,
    /// Whether it is the list that takes what names no list. No person gave it the name "Inbox".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub inbox: bool,
    /// The change that the answer is to, as undo takes it; only where the answer is to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<u64>,
}

/// Whether a space is for one person or for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// The personal space: only one's own computers are in it.
    Mine,
    /// A space for several people.
    Shared,
}

/// What a computer may do in a space. The order is that of the rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and writes.
    Editor,
    /// Reads, writes, and says who is in the space.
    Owner,
}

/// A group of people and their computers that share some lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Space {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Personal or shared.
    pub kind: SpaceKind,
    /// What this computer may do in it.
    pub role: Role,
    /// How many people are in it.
    pub people: u64,
    /// How many computers are in it.
    pub computers: u64,
    /// How many lists it has.
    pub lists: u64,
    /// How many tasks it has that are not in the trash.
    pub tasks: u64,
}

/// A person in a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Member {
    /// The person.
    pub person: Named,
    /// What the person may do.
    pub role: Role,
    /// The person's computers in this space.
    pub computers: Vec<Named>,
    /// When the first of them joined.
    pub joined_at: String,
    /// When the last of them was removed, if none is in the space any more.
    pub removed_at: Option<String>,
}

/// Where a computer stands against this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ComputerState {
    /// Both have the same.
    UpToDate,
    /// It is being sent what it lacks.
    Sending,
    /// It is sending what is lacking here.
    Receiving,
    /// There is no connection.
    Offline,
    /// Its clock is wrong.
    ClockWrong,
    /// Its version and this one do not understand each other.
    Incompatible,
    /// It was removed from every space that both were in.
    Removed,
}

/// One installation: one data folder, one key pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Computer {
    /// The peer id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whose it is.
    pub person: Named,
    /// Whether it is the one that answers.
    pub this: bool,
    /// Whether it is connected.
    pub online: bool,
    /// When it was last connected.
    pub last_seen: Option<String>,
    /// Where it can be or was reached, as multiaddrs.
    pub addresses: Vec<String>,
    /// Where it stands against this one.
    pub state: ComputerState,
    /// Changes it still lacks, as far as is known.
    pub to_send: u64,
    /// Changes lacking here, as far as is known.
    pub to_receive: u64,
}

/// An invitation that was just opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Invitation {
    /// `N-word-word-word`; told by mouth or on paper, never sent by Rota.
    pub code: String,
    /// The space it admits to.
    pub space: Named,
    /// What the newcomer may do.
    pub role: Role,
    /// How many may still use it.
    pub uses: u32,
    /// When it dies.
    pub expires_at: String,
}

/// An invitation that is open, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenInvitation {
    /// The number in front of the code's words.
    pub number: u32,
    /// The space it admits to.
    pub space: Named,
    /// What the newcomer may do.
    pub role: Role,
    /// Whether it is for another computer of one's own.
    pub mine: bool,
    /// How many may still use it.
    pub uses: u32,
    /// When it dies.
    pub expires_at: String,
}

/// What a newcomer has after the first sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JoinResult {
    /// The space that was joined.
    pub space: Named,
    /// How many tasks it has.
    pub tasks: u64,
}
