//! The connections that stand: at most one a computer.

use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    sync::Arc,
};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::Instant,
};

use crate::{
    connection::{Ended, Link, OpenJoin, Will, live},
    error::NetError,
    event::DisconnectReason,
    identity::PeerKey,
    policy::{Dialler, Stays, which_stays},
    shared::Shared,
};

/// Requests for conversations about joining that wait for one connection.
const JOINS_WAITING_MAX_COUNT: usize = 4;

pub(super) struct Links {
    shared: Arc<Shared>,
    standing: HashMap<PeerKey, Standing>,
    lives: JoinSet<Ended>,
    last_id: u64,
}

struct Standing {
    id: u64,
    dialler: Dialler,
    address: SocketAddr,
    established: Instant,
    will: watch::Sender<Will>,
    joins_wanted: mpsc::Sender<OpenJoin>,
    /// Takes its place as soon as it has ended: of two connections the later is never reported before the end of the
    /// earlier.
    next: Option<Next>,
}

struct Next {
    link: Link,
    joins_wanted: Vec<OpenJoin>,
}

impl Links {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            standing: HashMap::new(),
            lives: JoinSet::new(),
            last_id: 0,
        }
    }

    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn has(&self, peer: &PeerKey) -> bool {
        self.standing.contains_key(peer)
    }

    /// Who is connected at an address that was dialled.
    pub(super) fn dialled_at(&self, address: SocketAddr) -> Option<PeerKey> {
        let at =
            |standing: &Standing| standing.dialler == Dialler::Me && standing.address == address;
        self.standing
            .iter()
            .find(|(_, standing)| at(standing))
            .map(|(peer, _)| *peer)
    }

    /// Takes in a connection, unless another with the same computer stays in its place.
    pub(super) fn adopt(&mut self, link: Link, members: &HashSet<PeerKey>) {
        let Some(standing) = self.standing.get_mut(&link.peer) else {
            return self.begin(link, members);
        };
        let age = standing.established.elapsed();
        match which_stays(
            &self.shared.identity.key,
            &link.peer,
            standing.dialler,
            age,
            link.dialler,
        ) {
            // Dropping it closes it.
            Stays::Old => {}
            Stays::New => {
                standing
                    .will
                    .send_replace(Will::Close(DisconnectReason::Replaced));
                let joins_wanted = standing
                    .next
                    .take()
                    .map(|next| next.joins_wanted)
                    .unwrap_or_default();
                standing.next = Some(Next { link, joins_wanted });
            }
        }
    }

    /// Asks for a conversation about joining over the connection that stands.
    pub(super) fn open_join(&mut self, peer: &PeerKey, reply: OpenJoin) {
        let Some(standing) = self.standing.get_mut(peer) else {
            // Whoever asked and went away needs no answer.
            return drop(reply.send(Err(NetError::NotConnected)));
        };
        match &mut standing.next {
            Some(next) if next.joins_wanted.len() < JOINS_WAITING_MAX_COUNT => {
                next.joins_wanted.push(reply)
            }
            Some(_) => drop(reply.send(Err(NetError::NotConnected))),
            None => {
                if let Err(refused) = standing.joins_wanted.try_send(reply) {
                    drop(refused.into_inner().send(Err(NetError::NotConnected)));
                }
            }
        }
    }

    pub(super) fn close(&mut self, peer: &PeerKey, reason: DisconnectReason) {
        if let Some(standing) = self.standing.get_mut(peer) {
            standing.next = None;
            standing.will.send_replace(Will::Close(reason));
        }
    }

    /// Connections of new members become members' connections; those of computers that are none any more end.
    pub(super) fn members_are(&mut self, members: &HashSet<PeerKey>) {
        for (peer, standing) in &mut self.standing {
            let is_member = members.contains(peer);
            standing.will.send_if_modified(|will| {
                let wanted = match will {
                    Will::Stranger if is_member => Will::Member,
                    Will::Member if !is_member => Will::Close(DisconnectReason::NotMember),
                    _ => return false,
                };
                *will = wanted;
                true
            });
        }
    }

    /// The next connection that has ended; `None` while none stands.
    pub(super) async fn next_ended(&mut self) -> Option<Ended> {
        loop {
            match self.lives.join_next().await? {
                Ok(ended) => return Some(ended),
                Err(failure) => tracing::error!(%failure, "a connection's task failed"),
            }
        }
    }

    /// Forgets a connection that has ended and begins the one that takes its place. Gives when it was established, if
    /// the computer is without a connection now.
    pub(super) fn ended(&mut self, ended: &Ended, members: &HashSet<PeerKey>) -> Option<Instant> {
        let standing = match self.standing.get(&ended.peer) {
            Some(standing) if standing.id == ended.id => self.standing.remove(&ended.peer)?,
            _ => return None,
        };
        let Some(Next { link, joins_wanted }) = standing.next else {
            return Some(standing.established);
        };
        let peer = link.peer;
        self.begin(link, members);
        for reply in joins_wanted {
            self.open_join(&peer, reply);
        }
        None
    }

    /// Ends all connections and waits for that.
    pub(super) async fn shut_down(mut self) {
        for standing in self.standing.values_mut() {
            standing.next = None;
            standing
                .will
                .send_replace(Will::Close(DisconnectReason::ShutDown));
        }
        while self.lives.join_next().await.is_some() {}
    }

    fn begin(&mut self, link: Link, members: &HashSet<PeerKey>) {
        let will = watch::Sender::new(if members.contains(&link.peer) {
            Will::Member
        } else {
            Will::Stranger
        });
        let (joins_wanted, joins_asked) = mpsc::channel(JOINS_WAITING_MAX_COUNT);
        let standing = Standing {
            id: link.id,
            dialler: link.dialler,
            address: link.address,
            established: Instant::now(),
            will: will.clone(),
            joins_wanted,
            next: None,
        };
        self.standing.insert(link.peer, standing);
        self.lives.spawn(live(
            link,
            self.shared.clone(),
            will.subscribe(),
            joins_asked,
        ));
    }
}
