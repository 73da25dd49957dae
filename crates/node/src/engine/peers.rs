//! How the other computers are, as the rest of the node sees it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rota_model::id::AuthorKey;
use rota_sync::Progress;
use tokio::sync::watch;

/// How one other computer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Whether it is connected.
    pub(crate) online: bool,
    /// How far it and this one are apart; `None` before both have said hello.
    pub(crate) progress: Option<Progress>,
    /// Where it was last reached or announced itself.
    pub(crate) addresses: Vec<SocketAddr>,
    /// When it was last connected, in Unix milliseconds.
    pub(crate) last_seen_ms: Option<u64>,
    /// Its clock minus this one's in milliseconds, where that is too much.
    pub(crate) clock_apart_ms: Option<i64>,
    /// Whether the two speak no common version.
    pub(crate) incompatible: bool,
}

/// How all other computers are.
#[derive(Debug)]
pub(crate) struct Peers {
    all: Mutex<BTreeMap<AuthorKey, Peer>>,
    changed: watch::Sender<u64>,
    joining: AtomicBool,
}

impl Default for Peers {
    fn default() -> Self {
        Self {
            all: Mutex::default(),
            changed: watch::Sender::new(0),
            joining: AtomicBool::new(false),
        }
    }
}

impl Peers {
    pub(crate) fn get(&self, key: &AuthorKey) -> Option<Peer> {
        self.lock().get(key).cloned()
    }

    pub(crate) fn all(&self) -> BTreeMap<AuthorKey, Peer> {
        self.lock().clone()
    }

    /// Changes what is known of one, and says whether that made a difference.
    pub(crate) fn change(&self, key: AuthorKey, change: impl FnOnce(&mut Peer)) -> bool {
        let mut all = self.lock();
        let peer = all.entry(key).or_default();
        let before = peer.clone();
        change(peer);
        let different = *peer != before;
        drop(all);
        if different {
            self.changed
                .send_modify(|number| *number = number.wrapping_add(1));
        }
        different
    }

    /// Says whether this computer is just joining somewhere: connections stay meanwhile, for the conversation may go
    /// over one with a computer that is no member any more.
    pub(crate) fn set_joining(&self, joining: bool) {
        self.joining.store(joining, Ordering::Release);
    }

    pub(crate) fn is_joining(&self) -> bool {
        self.joining.load(Ordering::Acquire)
    }

    /// Tells each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<AuthorKey, Peer>> {
        // A holder only moves values, so what a panic left behind is whole.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
