//! Sockets that become connections: those that are dialled and those that are accepted.

use std::net::SocketAddr;

use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};

use super::Manager;
use crate::{
    address::DialAddress,
    connection::{Link, OpenJoin},
    dial::dial,
    error::NetError,
    handle::{JoinTarget, Reply},
    identity::PeerKey,
    mux::Mux,
    policy::{Dialler, Pass},
    transport::{SecureError, Secured, secure},
};

/// What a dial was for.
pub(super) enum Purpose {
    Member(PeerKey),
    Connect(Reply<Result<PeerKey, NetError>>),
    Join(OpenJoin),
}

pub(super) type Dialled = (Purpose, Result<(Secured, SocketAddr), NetError>);

/// A socket that was accepted, after its handshake.
pub(super) struct Accepted {
    result: Result<Secured, SecureError>,
    address: SocketAddr,
    pass: Pass,
    since: Instant,
}

impl Manager {
    pub(super) fn connect(
        &mut self,
        address: DialAddress,
        reply: Reply<Result<PeerKey, NetError>>,
    ) {
        match self.connected_at(&address) {
            // Whoever asked and went away needs no answer.
            Some(peer) => drop(reply.send(Ok(peer))),
            None => self.dial_by_hand(address, Purpose::Connect(reply)),
        }
    }

    /// Who is connected already at an address: dialling again would replace a connection that stands.
    fn connected_at(&self, address: &DialAddress) -> Option<PeerKey> {
        let named = address.peer().copied().filter(|peer| self.links.has(peer));
        named.or_else(|| self.links.dialled_at(address.socket()?))
    }

    fn dial_by_hand(&mut self, address: DialAddress, purpose: Purpose) {
        let shared = self.shared.clone();
        self.dials.spawn(async move {
            let result = match address.resolve().await {
                Ok(addresses) => dial(addresses, address.peer().copied(), &shared).await,
                Err(error) => Err(error),
            };
            (purpose, result)
        });
    }

    pub(super) fn open_join(&mut self, target: JoinTarget, reply: OpenJoin) {
        let shared = self.shared.clone();
        match target {
            JoinTarget::Address(address) => match self.connected_at(&address) {
                Some(peer) => self.links.open_join(&peer, reply),
                None => self.dial_by_hand(address, Purpose::Join(reply)),
            },
            JoinTarget::Peer(peer) if self.links.has(&peer) => self.links.open_join(&peer, reply),
            JoinTarget::Peer(peer) => {
                let addresses = self.peers.addresses(&peer);
                self.dials.spawn(async move {
                    (
                        Purpose::Join(reply),
                        dial(addresses, Some(peer), &shared).await,
                    )
                });
            }
            JoinTarget::Invitation(number) => {
                let inviters = self.peers.inviters(number);
                if let Some(connected) = inviters.iter().find(|peer| self.links.has(peer)) {
                    return self.links.open_join(connected, reply);
                }
                let candidates: Vec<_> = inviters
                    .into_iter()
                    .map(|peer| (peer, self.peers.addresses(&peer)))
                    .collect();
                self.dials.spawn(async move {
                    let mut result = Err(NetError::NoSuchInvitation(number));
                    for (peer, addresses) in candidates {
                        result = dial(addresses, Some(peer), &shared).await;
                        if result.is_ok() {
                            break;
                        }
                    }
                    (Purpose::Join(reply), result)
                });
            }
        }
    }

    /// Lets a socket as far as the handshake, if there is a place for it; closes it otherwise.
    pub(super) fn accept(&mut self, socket: TcpStream, address: SocketAddr) {
        let from_member = self.peers.is_member_address(address.ip());
        let Some(pass) = self.gate.admit(address.ip(), from_member) else {
            tracing::debug!(%address, "too many connections that have not shown who they are");
            return;
        };
        let (shared, since) = (self.shared.clone(), Instant::now());
        self.handshakes.spawn(async move {
            let own = shared.identity.key;
            let admits = |peer: &PeerKey| *peer != own && shared.roster().admits(peer);
            let secured = secure(socket, Dialler::Peer, &shared.identity, admits);
            let result = timeout(shared.timings.handshake, secured)
                .await
                .unwrap_or(Err(SecureError::TimedOut));
            Accepted {
                result,
                address,
                pass,
                since,
            }
        });
    }

    pub(super) fn accepted(&mut self, accepted: Accepted) {
        let Accepted {
            result,
            address,
            pass,
            since,
        } = accepted;
        match result {
            // Whether it may connect can have changed during the handshake.
            Ok(secured) if self.shared.roster().admits(&secured.peer) => {
                let link = self.link(secured, Dialler::Peer, address, Some(pass), since);
                self.links.adopt(link, &self.peers.keys());
            }
            Ok(_) => {}
            Err(error) => {
                tracing::debug!(%address, error = &error as &dyn std::error::Error, "not connected")
            }
        }
    }

    pub(super) fn dialled(&mut self, (purpose, result): Dialled) {
        let now = Instant::now();
        let members = self.peers.keys();
        match (purpose, result) {
            (Purpose::Member(peer), result) => {
                self.dialling.remove(&peer);
                match result {
                    Ok((secured, address)) if members.contains(&peer) => {
                        self.peers.worked(&peer, address);
                        let link = self.link(secured, Dialler::Me, address, None, now);
                        self.links.adopt(link, &members);
                    }
                    Ok(_) => {}
                    Err(error) => {
                        let peer_text = crate::peer_id_text(&peer);
                        tracing::debug!(
                            peer = peer_text,
                            error = &error as &dyn std::error::Error,
                            "not connected"
                        );
                        self.peers.failed(&peer, chain(&error), now);
                    }
                }
            }
            (Purpose::Connect(reply), Ok((secured, address))) => {
                let peer = secured.peer;
                self.peers.worked(&peer, address);
                if members.contains(&peer) {
                    let link = self.link(secured, Dialler::Me, address, None, now);
                    self.links.adopt(link, &members);
                }
                // Whoever asked and went away needs no answer.
                drop(reply.send(Ok(peer)));
            }
            (Purpose::Join(reply), Ok((secured, address))) => {
                let peer = secured.peer;
                self.peers.worked(&peer, address);
                let link = self.link(secured, Dialler::Me, address, None, now);
                self.links.adopt(link, &members);
                self.links.open_join(&peer, reply);
            }
            (Purpose::Connect(reply), Err(error)) => drop(reply.send(Err(error))),
            (Purpose::Join(reply), Err(error)) => drop(reply.send(Err(error))),
        }
    }

    fn link(
        &mut self,
        secured: Secured,
        dialler: Dialler,
        address: SocketAddr,
        pass: Option<Pass>,
        since: Instant,
    ) -> Link {
        let Secured {
            peer,
            connection,
            heard,
        } = secured;
        Link {
            id: self.links.next_id(),
            peer,
            dialler,
            address,
            mux: Mux::start(connection),
            heard,
            pass,
            since,
        }
    }

    pub(super) fn next_dial(&self) -> Option<Instant> {
        self.peers
            .next_dial(|peer| self.dialling.contains(peer) || self.links.has(peer))
    }

    pub(super) fn dial_due(&mut self) {
        let Self {
            peers,
            dialling,
            links,
            ..
        } = self;
        let due = peers.due(Instant::now(), |peer| {
            dialling.contains(peer) || links.has(peer)
        });
        for (peer, addresses) in due {
            self.dialling.insert(peer);
            let shared = self.shared.clone();
            self.dials.spawn(async move {
                (
                    Purpose::Member(peer),
                    dial(addresses, Some(peer), &shared).await,
                )
            });
        }
    }
}

/// An error with its causes, for people.
fn chain(error: &NetError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
