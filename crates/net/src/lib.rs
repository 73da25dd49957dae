//! Finds peers over mDNS and moves opaque frames between computers over libp2p's TCP, Noise and Yamux.
//!
//! A computer is its Ed25519 public key, nothing else. This crate knows no task, op or space: it is told which keys are
//! members and which invitations are open, and keeps exactly one authenticated connection with each member that can be
//! reached.
//!
//! The handshakes are libp2p's (multistream-select, Noise, Yamux), so the wire is that of libp2p; its `Swarm` and its
//! `Transport` are not used, because the policy is about things that they hide: what may be accepted before a
//! handshake, the scope of an IPv6 address, how much unread data one connection may hold.
//!
//! [`Net::start`] gives a [`NetHandle`] and the events. Read the events without pause: what is not taken off the
//! channel is not read off the network, which is the flow control, so whoever sends in the task that reads can stall.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod address;
mod config;
mod connection;
mod dial;
mod discovery;
mod error;
mod event;
mod frame;
mod guests;
mod handle;
mod heard;
mod identity;
mod join;
mod knock;
mod listener;
mod manager;
mod mux;
mod peers;
mod ping;
mod policy;
mod reach;
mod shared;
mod transport;
mod tunnel;
mod wake;

pub use address::{DialAddress, listen_text};
pub use config::{NetConfig, Timings};
pub use discovery::Hint;
pub use error::NetError;
pub use event::{ConditionCode, DisconnectReason, NetEvent};
pub use guests::only_the_router_answers;
pub use handle::{JoinTarget, MemberAddresses, Net, NetHandle};
pub use identity::{PeerKey, peer_id_text, peer_key_from_text, public_key};
pub use join::JoinStream;
pub use knock::{Knock, knock_all};
pub use reach::Reach;
pub use tunnel::tunnel_in_the_way;
