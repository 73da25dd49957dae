//! What every task of one network shares.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use tokio::sync::{mpsc, watch};

use crate::{
    config::Timings,
    event::NetEvent,
    identity::{Identity, PeerKey},
    mux::Opener,
};

/// What every task of one network shares.
pub(crate) struct Shared {
    pub(crate) identity: Identity,
    pub(crate) timings: Timings,
    pub(crate) events: mpsc::Sender<NetEvent>,
    /// Changes when every connection shall show that it still stands.
    pub(crate) probe: watch::Sender<u64>,
    roster: RwLock<Roster>,
    /// The queues of the connections that were reported.
    pub(crate) queues: SendQueues,
}

/// The queues of the connections that were reported, with what else is asked of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct SendQueues(Arc<Mutex<HashMap<PeerKey, Connected>>>);

type SendQueue = mpsc::Sender<Vec<u8>>;

#[derive(Debug)]
struct Connected {
    connection: u64,
    queue: SendQueue,
    opener: Opener,
}

impl SendQueues {
    pub(crate) fn insert(&self, peer: PeerKey, connection: u64, queue: SendQueue, opener: Opener) {
        let connected = Connected {
            connection,
            queue,
            opener,
        };
        self.lock().insert(peer, connected);
    }

    /// Takes out the queue of this connection; that of a later one with the same computer stays.
    pub(crate) fn remove(&self, peer: &PeerKey, connection: u64) {
        let mut queues = self.lock();
        if queues
            .get(peer)
            .is_some_and(|connected| connected.connection == connection)
        {
            queues.remove(peer);
        }
    }

    pub(crate) fn get(&self, peer: &PeerKey) -> Option<SendQueue> {
        self.lock()
            .get(peer)
            .map(|connected| connected.queue.clone())
    }

    /// What opens substreams of the connection.
    pub(crate) fn opener(&self, peer: &PeerKey) -> Option<Opener> {
        self.lock()
            .get(peer)
            .map(|connected| connected.opener.clone())
    }

    pub(crate) fn peers(&self) -> Vec<PeerKey> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PeerKey, Connected>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who may connect.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) members: HashSet<PeerKey>,
    pub(crate) invitations_open: bool,
}

impl Roster {
    pub(crate) fn admits(&self, peer: &PeerKey) -> bool {
        self.invitations_open || self.members.contains(peer)
    }
}

impl Shared {
    pub(crate) fn new(
        identity: Identity,
        timings: Timings,
        events: mpsc::Sender<NetEvent>,
    ) -> Self {
        Self {
            identity,
            timings,
            events,
            probe: watch::Sender::new(0),
            roster: RwLock::default(),
            queues: SendQueues::default(),
        }
    }

    pub(crate) fn roster(&self) -> RwLockReadGuard<'_, Roster> {
        self.roster.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn roster_mut(&self) -> RwLockWriteGuard<'_, Roster> {
        self.roster.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn probe_all(&self) {
        self.probe.send_modify(|count| *count += 1);
    }
}
