//! Agreeing on what one substream is for.

use std::{io, net::SocketAddr, time::Duration};

use multistream_select::{
    Negotiated, NegotiationError, ProtocolError, Version, dialer_select_proto,
    listener_select_proto,
};
use tokio::time::timeout;

use crate::{error::NetError, event::DisconnectReason, mux::Opener, ping::PingFailure};

pub(crate) type Substream = Negotiated<yamux::Stream>;

/// What an inbound substream came to.
pub(crate) enum Answered {
    Agreed {
        protocol: &'static str,
        stream: Substream,
    },
    NotAgreed,
    Garbage(String),
}

/// Why a substream could not be opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The other end does not offer the protocol now.
    Refused,
    TimedOut,
    Garbage(String),
    Io(io::Error),
}

impl OpenError {
    pub(crate) fn into_reason(self) -> DisconnectReason {
        match self {
            Self::Refused => DisconnectReason::Refused,
            Self::TimedOut => DisconnectReason::Unanswered,
            Self::Garbage(what) => DisconnectReason::Garbage(what),
            Self::Io(error) => DisconnectReason::of_io(&error),
        }
    }

    pub(crate) fn into_net_error(self, address: SocketAddr) -> NetError {
        match self {
            Self::Refused => NetError::Refused,
            Self::TimedOut => NetError::TimedOut {
                address: address.to_string(),
            },
            Self::Garbage(what) => NetError::Handshake {
                address: address.to_string(),
                source: io::Error::other(what).into(),
            },
            // Whoever does not let strangers in ends the connection rather than answer.
            Self::Io(error) => match error.kind() {
                io::ErrorKind::NotConnected | io::ErrorKind::UnexpectedEof => NetError::Refused,
                _ => NetError::Broken(error),
            },
        }
    }

    /// Of a substream of a connection that stands.
    pub(crate) fn into_broken(self) -> NetError {
        match self {
            Self::Refused => NetError::Refused,
            Self::TimedOut => NetError::NotConnected,
            Self::Garbage(what) => NetError::Broken(io::Error::other(what)),
            Self::Io(error) => NetError::Broken(error),
        }
    }

    pub(crate) fn into_ping_failure(self) -> PingFailure {
        match self {
            Self::TimedOut => PingFailure::Unanswered,
            Self::Refused => PingFailure::Io(io::ErrorKind::Unsupported.into()),
            Self::Garbage(what) => {
                PingFailure::Io(io::Error::new(io::ErrorKind::InvalidData, what))
            }
            Self::Io(error) => PingFailure::Io(error),
        }
    }
}

/// Answers a substream that the other end opened with one of the protocols `offered`.
pub(crate) async fn answer(
    stream: yamux::Stream,
    offered: Vec<&'static str>,
    limit: Duration,
) -> Answered {
    match timeout(limit, listener_select_proto(stream, offered)).await {
        Ok(Ok((protocol, stream))) => Answered::Agreed { protocol, stream },
        Ok(Err(NegotiationError::ProtocolError(error))) => match error {
            ProtocolError::IoError(_) => Answered::NotAgreed,
            other => Answered::Garbage(other.to_string()),
        },
        Ok(Err(NegotiationError::Failed)) | Err(_) => Answered::NotAgreed,
    }
}

/// Opens a substream for `protocol`.
pub(crate) async fn open(
    opener: &Opener,
    protocol: &'static str,
    limit: Duration,
) -> Result<Substream, OpenError> {
    let agree = async {
        let stream = opener.open().await.map_err(OpenError::Io)?;
        match dialer_select_proto(stream, [protocol], Version::V1).await {
            Ok((_, stream)) => Ok(stream),
            Err(NegotiationError::Failed) => Err(OpenError::Refused),
            Err(NegotiationError::ProtocolError(ProtocolError::IoError(error))) => {
                Err(OpenError::Io(error))
            }
            Err(NegotiationError::ProtocolError(error)) => {
                Err(OpenError::Garbage(error.to_string()))
            }
        }
    };
    timeout(limit, agree)
        .await
        .unwrap_or(Err(OpenError::TimedOut))
}
