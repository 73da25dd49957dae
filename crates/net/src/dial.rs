//! Dials one computer at several addresses: sockets race, handshakes do not.

use std::{io, net::SocketAddr, time::Duration};

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    error::NetError,
    identity::PeerKey,
    policy::Dialler,
    shared::Shared,
    transport::{SecureError, Secured, secure},
};

/// Before the next address is tried beside one that does not answer.
const STAGGER: Duration = Duration::from_millis(250);

/// Dials until one address leads to the `expected` computer, or to any where none is expected.
pub(crate) async fn dial(
    addresses: Vec<SocketAddr>,
    expected: Option<PeerKey>,
    shared: &Shared,
) -> Result<(Secured, SocketAddr), NetError> {
    let limit = shared.timings.handshake;
    let mut waiting = addresses.into_iter();
    let mut connecting = FuturesUnordered::new();
    let mut failure = NetError::NoAddress;
    loop {
        if connecting.is_empty() {
            match waiting.next() {
                Some(address) => connecting.push(connect(address, limit)),
                None => return Err(failure),
            }
        }
        tokio::select! {
            Some((address, connected)) = connecting.next() => {
                // A handshake at a time: the other end takes a second one for a sign that the first is lost.
                failure = match connected {
                    Ok(socket) => match authenticate(socket, address, expected, shared).await {
                        Ok(secured) => return Ok((secured, address)),
                        Err(error) => error,
                    },
                    Err(source) => NetError::Dial { address: address.to_string(), source },
                };
                connecting.extend(waiting.next().map(|address| connect(address, limit)));
            }
            () = sleep(STAGGER), if waiting.len() > 0 => {
                connecting.extend(waiting.next().map(|address| connect(address, limit)));
            }
        }
    }
}

async fn connect(address: SocketAddr, limit: Duration) -> (SocketAddr, io::Result<TcpStream>) {
    let connected = timeout(limit, TcpStream::connect(address)).await;
    (
        address,
        connected.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())),
    )
}

async fn authenticate(
    socket: TcpStream,
    address: SocketAddr,
    expected: Option<PeerKey>,
    shared: &Shared,
) -> Result<Secured, NetError> {
    let own = shared.identity.key;
    let admits =
        |found: &PeerKey| *found != own && expected.is_none_or(|expected| expected == *found);
    let secured = timeout(
        shared.timings.handshake,
        secure(socket, Dialler::Me, &shared.identity, admits),
    )
    .await;
    let address = address.to_string();
    secured
        .unwrap_or(Err(SecureError::TimedOut))
        .map_err(|error| match error {
            SecureError::TimedOut => NetError::TimedOut { address },
            SecureError::NotAdmitted(found) if found == own => NetError::OwnKey { address },
            SecureError::HungUp => NetError::Refused,
            SecureError::NoPlace => NetError::NoPlace { address },
            SecureError::NotAdmitted(found) => NetError::OtherComputer { address, found },
            other => NetError::Handshake {
                address,
                source: other.boxed(),
            },
        })
}
