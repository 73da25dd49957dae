//! Changes, told to whoever watches, with a bound on what waits.

use std::sync::atomic::{AtomicU64, Ordering};

use rota_api::{WatchEvent, WatchKind};
use rota_model::limits::WATCH_WAITING_MAX_EVENTS;
use tokio::sync::broadcast;

/// Tells changes.
#[derive(Debug)]
pub(crate) struct Hub {
    sender: broadcast::Sender<WatchEvent>,
    seq: AtomicU64,
}

/// Hears changes. The first event is `hello`.
#[derive(Debug)]
pub(crate) struct Listener {
    hello: Option<WatchEvent>,
    receiver: broadcast::Receiver<WatchEvent>,
    seq: u64,
}

impl Hub {
    /// Begins at a commit.
    pub(crate) fn new(seq: u64) -> Self {
        Self {
            sender: broadcast::Sender::new(WATCH_WAITING_MAX_EVENTS),
            seq: AtomicU64::new(seq),
        }
    }

    /// The last commit that was told.
    pub(crate) fn seq(&self) -> u64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Tells what a commit changed.
    pub(crate) fn tell_at(&self, seq: u64, kind: WatchKind, ids: Vec<String>) {
        self.seq.fetch_max(seq, Ordering::AcqRel);
        // Nobody listening is nobody to tell.
        let _ = self.sender.send(WatchEvent {
            seq,
            kind,
            ids: Some(ids),
        });
    }

    /// Tells a change that is no commit.
    pub(crate) fn tell(&self, kind: WatchKind, ids: Vec<String>) {
        self.tell_at(self.seq(), kind, ids);
    }

    /// Tells everyone that something was missed.
    pub(crate) fn tell_resync(&self) {
        let _ = self.sender.send(WatchEvent {
            seq: self.seq(),
            kind: WatchKind::Resync,
            ids: None,
        });
    }

    /// Listens from now on.
    pub(crate) fn listen(&self) -> Listener {
        let receiver = self.sender.subscribe();
        let seq = self.seq();
        let hello = Some(WatchEvent {
            seq,
            kind: WatchKind::Hello,
            ids: None,
        });
        Listener {
            hello,
            receiver,
            seq,
        }
    }
}

impl Listener {
    /// The next event; `None` once the node has ended.
    pub(crate) async fn next(&mut self) -> Option<WatchEvent> {
        if let Some(hello) = self.hello.take() {
            return Some(hello);
        }
        match self.receiver.recv().await {
            Ok(event) => {
                self.seq = self.seq.max(event.seq);
                Some(event)
            }
            Err(broadcast::error::RecvError::Lagged(_)) => Some(WatchEvent {
                seq: self.seq,
                kind: WatchKind::Resync,
                ids: None,
            }),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_is_hello_and_a_slow_listener_is_told_to_read_again() {
        let hub = Hub::new(7);
        let mut listener = hub.listen();
        for seq in 0..2_000 {
            hub.tell_at(8 + seq, WatchKind::Task, vec![]);
        }
        let first = listener.next().await.unwrap();
        assert_eq!((first.kind, first.seq), (WatchKind::Hello, 7));
        assert_eq!(listener.next().await.unwrap().kind, WatchKind::Resync);
        let next = listener.next().await.unwrap();
        assert_eq!(next.kind, WatchKind::Task);
        drop(hub);
        while listener.next().await.is_some() {}
    }
}
