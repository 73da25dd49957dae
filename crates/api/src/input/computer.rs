//! Inputs about this computer and the others.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names this person and computer; what is absent stays, or is the login name and the host name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Init {
    /// The person's name.
    pub person: Option<String>,
    /// The computer's name.
    pub computer: Option<String>,
}

/// Asks how this computer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatusShow {}

/// Asks for the computers of one's spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComputersShow {}

/// Dials an address by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Connect {
    /// `host:port` or a multiaddr.
    pub address: String,
}

/// Gives this folder a new key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rekey {}

/// Asks why computers do or do not see each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Doctor {}

/// Writes a copy that holds every task and no identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Backup {
    /// The file to write, as an absolute path.
    pub file: String,
}

/// Brings a backup back into this folder, as a new computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestoreBackup {
    /// The file to read, as an absolute path.
    pub file: String,
}

/// Opens the quick-add window of the running desktop app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuickAddOpen {}
