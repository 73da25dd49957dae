//! Discovery over mDNS: a hint where to dial, never a proof of who is there.

mod advertise;
mod browse;
mod interfaces;
mod lookout;
mod txt;

use std::net::SocketAddr;

pub(crate) use self::{
    interfaces::{Network, is_tunnel, is_wanted, slept, watch as watch_interfaces},
    lookout::run,
};
use crate::identity::PeerKey;

/// The service that computers announce themselves under.
pub(crate) const SERVICE: &str = "_rota._tcp.local.";

/// What a computer announces. Anyone on the network can announce anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key that it claims.
    pub peer: PeerKey,
    /// Random number of its start.
    pub boot: u64,
    /// Its name, free of control characters.
    pub name: String,
    /// The protocol version that it speaks.
    pub version: u32,
    /// Where it can be dialled, best first.
    pub addresses: Vec<SocketAddr>,
    /// The numbers of its open invitations.
    pub invites: Vec<u32>,
}

/// What discovery tells.
#[derive(Debug)]
pub(crate) enum Sighting {
    Seen { name: String, hint: Hint },
    Gone { name: String },
    Failed { message: String },
    Works,
}

/// What this computer announces now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) name: String,
    /// `None` while no port is open: then nothing is announced.
    pub(crate) port: Option<u16>,
    pub(crate) invites: Vec<u32>,
}

/// Who announces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announcer {
    pub(crate) key: PeerKey,
    pub(crate) boot: u64,
}
