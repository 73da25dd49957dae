//! The sans-I/O sync session and the joining handshake.
//!
//! Nothing here opens a socket, reads a clock or draws a random number. Tell a [`Coordinator`] what happened with
//! [`Coordinator::handle`], then drain [`Coordinator::poll`] and do what it says. One coordinator serves one computer:
//! it holds a session for each connected peer and decides from whom a space is pulled.
//!
//! [`join`] is the conversation by which a newcomer gets in.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod cbor;
pub mod clock_check;
mod coordinator;
mod input;
pub mod join;
pub mod message;
mod output;
pub mod run;
mod session;
pub mod version;

pub use cbor::WireError;
pub use coordinator::{Coordinator, Identity, Progress};
pub use input::{
    AcceptId, Accepted, Audience, Change, Doing, Input, Millis, Now, ReadId, SpaceState,
};
pub use output::{DropReason, Output, Reading};
