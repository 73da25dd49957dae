//! From a TCP socket to an authenticated connection: multistream-select, Noise, multistream-select, Yamux.

use std::{error::Error, io};

use libp2p_core::upgrade::{InboundConnectionUpgrade, OutboundConnectionUpgrade};
use multistream_select::{
    Negotiated, NegotiationError, ProtocolError, Version, dialer_select_proto,
    listener_select_proto,
};
use rota_model::limits::{CONNECTION_UNREAD_MAX_BYTES, SUBSTREAMS_MAX_COUNT};
use tokio::net::TcpStream;
use tokio_util::compat::{Compat, TokioAsyncReadCompatExt};

use crate::{
    heard::{Heard, Noted},
    identity::{Identity, PeerKey, key_of},
    policy::Dialler,
};

const NOISE: &str = "/noise";
const YAMUX: &str = "/yamux/1.0.0";

/// The bytes under the multiplexer.
pub(crate) type Channel = Negotiated<libp2p_noise::Output<Negotiated<Noted<Compat<TcpStream>>>>>;

/// A connection whose other end has proved its key.
pub(crate) struct Secured {
    pub(crate) peer: PeerKey,
    pub(crate) connection: yamux::Connection<Channel>,
    pub(crate) heard: Heard,
}

/// Why a socket did not become a connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecureError {
    #[error("the protocols do not agree")]
    Negotiation(#[from] NegotiationError),
    #[error("the handshake failed")]
    Noise(#[from] libp2p_noise::Error),
    #[error("the other end has no Ed25519 key")]
    NoEd25519Key,
    #[error("the other end may not connect")]
    NotAdmitted(PeerKey),
    #[error("the other end hung up when it knew this computer's key")]
    HungUp,
    #[error("the other end hung up before the handshake")]
    NoPlace,
    #[error("the socket broke")]
    Io(#[from] io::Error),
    #[error("no answer in time")]
    TimedOut,
}

impl SecureError {
    pub(crate) fn boxed(self) -> Box<dyn Error + Send + Sync> {
        Box::new(self)
    }
}

/// Makes a socket a connection. `admits` is asked about the proved key before anything else is said.
pub(crate) async fn secure(
    socket: TcpStream,
    dialler: Dialler,
    identity: &Identity,
    admits: impl FnOnce(&PeerKey) -> bool,
) -> Result<Secured, SecureError> {
    socket.set_nodelay(true)?;
    let noise = libp2p_noise::Config::new(&identity.keypair)?;
    let heard = Heard::now();
    // Whoever has no place for another stranger hangs up before a word is said.
    let socket = negotiate(heard.noting(socket.compat()), dialler, NOISE)
        .await
        .map_err(|error| {
            if is_hang_up(&error) {
                SecureError::NoPlace
            } else {
                error.into()
            }
        })?;
    let (peer_id, channel) = match dialler {
        Dialler::Me => noise.upgrade_outbound(socket, NOISE).await?,
        Dialler::Peer => noise.upgrade_inbound(socket, NOISE).await?,
    };
    let peer = key_of(&peer_id).ok_or(SecureError::NoEd25519Key)?;
    if !admits(&peer) {
        return Err(SecureError::NotAdmitted(peer));
    }
    // Whoever does not let this computer in hangs up as soon as it knows the key.
    let channel = negotiate(channel, dialler, YAMUX).await.map_err(|error| {
        if is_hang_up(&error) {
            SecureError::HungUp
        } else {
            error.into()
        }
    })?;
    let mode = match dialler {
        Dialler::Me => yamux::Mode::Client,
        Dialler::Peer => yamux::Mode::Server,
    };
    let connection = yamux::Connection::new(channel, yamux_config(), mode);
    Ok(Secured {
        peer,
        connection,
        heard,
    })
}

/// A socket that is closed in the middle of a negotiation reads as one that failed.
fn is_hang_up(error: &NegotiationError) -> bool {
    matches!(
        error,
        NegotiationError::Failed | NegotiationError::ProtocolError(ProtocolError::IoError(_))
    )
}

async fn negotiate<S>(
    stream: S,
    dialler: Dialler,
    protocol: &'static str,
) -> Result<Negotiated<S>, NegotiationError>
where
    S: futures_util::io::AsyncRead + futures_util::io::AsyncWrite + Unpin,
{
    let (_, stream) = match dialler {
        Dialler::Me => dialer_select_proto(stream, [protocol], Version::V1).await?,
        Dialler::Peer => listener_select_proto(stream, [protocol]).await?,
    };
    Ok(stream)
}

fn yamux_config() -> yamux::Config {
    let mut config = yamux::Config::default();
    config.set_max_num_streams(SUBSTREAMS_MAX_COUNT);
    config.set_max_connection_receive_window(Some(CONNECTION_UNREAD_MAX_BYTES));
    config
}
