//! What can go wrong when the network is asked for something.

use std::io;

use crate::{address::AddressError, identity::peer_id_text};

/// Why a call of [`NetHandle`](crate::NetHandle) or [`JoinStream`](crate::JoinStream) failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The seed gives no key pair.
    #[error("the computer's key cannot be used")]
    Key(#[source] libp2p_identity::DecodingError),
    /// The text is no address.
    #[error("{text:?} is no address")]
    Address {
        /// What was given.
        text: String,
        /// What is wrong with it.
        #[source]
        source: AddressError,
    },
    /// A host name has no address.
    #[error("the name {host:?} cannot be resolved")]
    Resolve {
        /// The host name.
        host: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// No connection could be made.
    #[error("no connection with {address}")]
    Dial {
        /// The last address that was tried.
        address: String,
        /// What happened there.
        #[source]
        source: io::Error,
    },
    /// Somebody answers at the address but does not speak this protocol.
    #[error("{address} does not answer as a computer of Rota")]
    Handshake {
        /// The address.
        address: String,
        /// What the handshake said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The other end did not answer in time.
    #[error("{address} did not answer in time")]
    TimedOut {
        /// The address.
        address: String,
    },
    /// Another computer answers at the address.
    #[error("{address} is another computer than expected: {}", peer_id_text(found))]
    OtherComputer {
        /// The address.
        address: String,
        /// The key that answered.
        found: crate::PeerKey,
    },
    /// The address leads to this computer, or to one with a copy of its key.
    #[error("{address} is this computer itself, or one with a copy of its key")]
    OwnKey {
        /// The address.
        address: String,
    },
    /// No address of the computer is known.
    #[error("no address of the computer is known")]
    NoAddress,
    /// Nobody announces the invitation.
    #[error("nobody announces invitation {0}")]
    NoSuchInvitation(u32),
    /// There is no connection with the computer.
    #[error("not connected")]
    NotConnected,
    /// The other end answers, but knows this computer for no member and has no invitation open.
    #[error("the other computer does not let this one in")]
    Refused,
    /// The other end hung up before the handshake: it has no place for another stranger now, or is no computer of Rota.
    #[error("{address} hung up at once")]
    NoPlace {
        /// The address.
        address: String,
    },
    /// A frame is longer than frames may be.
    #[error("a frame of {length_bytes} bytes is too long")]
    FrameTooLong {
        /// Its length.
        length_bytes: u64,
    },
    /// The connection broke.
    #[error("the connection broke")]
    Broken(#[source] io::Error),
    /// The network was shut down.
    #[error("the network is shut down")]
    ShutDown,
}
