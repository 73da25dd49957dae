//! What the network reports.

use std::net::SocketAddr;

use crate::{discovery::Hint, identity::PeerKey, join::JoinStream};

/// What the network reports. Of one computer, `Connected`, its `Frame`s and `Disconnected` come in this order.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetEvent {
    /// The addresses at which this computer can be reached are these now.
    Listening {
        /// Routable ones first, loopback last.
        addresses: Vec<SocketAddr>,
    },
    /// A member is connected and counts this computer too.
    Connected {
        /// Its key.
        peer: PeerKey,
        /// The other end's address.
        address: SocketAddr,
        /// Whether this computer dialled.
        outbound: bool,
    },
    /// The connection that was reported is gone.
    Disconnected {
        /// Its key.
        peer: PeerKey,
        /// Why.
        reason: DisconnectReason,
    },
    /// A member sent a frame.
    Frame {
        /// Its key.
        peer: PeerKey,
        /// What it sent.
        bytes: Vec<u8>,
    },
    /// Somebody wants to join.
    JoinRequest {
        /// The conversation with it.
        stream: JoinStream,
        /// Its key, proved.
        remote: PeerKey,
        /// Its address.
        address: SocketAddr,
    },
    /// A computer announces itself, or announces something else than before.
    HintSeen(Hint),
    /// A computer announces itself no more.
    HintGone {
        /// The key that it announced.
        peer: PeerKey,
    },
    /// A member was reached at this address: worth remembering.
    AddressWorked {
        /// Its key.
        peer: PeerKey,
        /// Where it was reached.
        address: SocketAddr,
    },
    /// Another computer announces itself with this computer's key.
    TwinSeen {
        /// The other's boot number.
        boot: u64,
    },
    /// Something stands in the way, or no longer does.
    Condition {
        /// What.
        code: ConditionCode,
        /// Whether it stands in the way now.
        active: bool,
        /// For people.
        message: String,
    },
}

/// What can stand in the way of the network as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConditionCode {
    /// Another program has the port.
    PortInUse,
    /// The system refuses the port for another reason.
    CannotListen,
    /// No network interface is up.
    NoNetwork,
    /// Announcing or looking for others does not work.
    DiscoveryFailed,
}

impl ConditionCode {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PortInUse => "port_in_use",
            Self::CannotListen => "cannot_listen",
            Self::NoNetwork => "no_network",
            Self::DiscoveryFailed => "discovery_failed",
        }
    }
}

/// Why a connection ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisconnectReason {
    /// The other end closed it.
    #[error("the other computer closed the connection")]
    ClosedByPeer,
    /// The network broke it.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// The other end does not answer.
    #[error("the other computer does not answer")]
    Unanswered,
    /// The other end sent what no computer of Rota sends.
    #[error("the other computer sent garbage: {0}")]
    Garbage(String),
    /// Another connection with the same computer took its place.
    #[error("another connection took its place")]
    Replaced,
    /// It is no member any more.
    #[error("the other computer is no member any more")]
    NotMember,
    /// The two did not open what members open; the other end does not count this computer.
    #[error("the other computer does not let this one in")]
    Refused,
    /// It was asked for.
    #[error("disconnected on request")]
    Requested,
    /// The network is shut down.
    #[error("the network is shut down")]
    ShutDown,
}

impl DisconnectReason {
    /// What a failed read or write says of the connection; one that the other end closed reads as no failure of it.
    pub(crate) fn of_io(error: &std::io::Error) -> Self {
        match error.kind() {
            // Yamux says the first of a substream whose connection is closed.
            std::io::ErrorKind::WriteZero | std::io::ErrorKind::UnexpectedEof => Self::ClosedByPeer,
            _ => Self::Broken(error.to_string()),
        }
    }
}
