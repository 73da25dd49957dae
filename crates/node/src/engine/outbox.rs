//! Frames on their way out, one queue a peer: a slow peer holds nobody else up.

use std::collections::HashMap;

use rota_model::id::AuthorKey;
use rota_model::limits::PEER_OUTBOX_MAX_FRAMES;
use rota_net::NetHandle;
use tokio::sync::mpsc;

/// What one peer gets.
enum Item {
    Frame(Vec<u8>),
    /// The connection ends after what was queued before.
    End,
}

/// The queues.
pub(super) struct Outboxes {
    net: NetHandle,
    queues: HashMap<AuthorKey, mpsc::Sender<Item>>,
}

/// A peer takes its frames more slowly than its session makes them.
#[derive(Debug)]
pub(super) struct Full;

impl Outboxes {
    pub(super) fn new(net: NetHandle) -> Self {
        Self {
            net,
            queues: HashMap::new(),
        }
    }

    /// Begins a queue for a peer that has just connected.
    pub(super) fn open(&mut self, peer: AuthorKey) {
        let (queue, mut items) = mpsc::channel(PEER_OUTBOX_MAX_FRAMES);
        self.queues.insert(peer, queue);
        let net = self.net.clone();
        tokio::spawn(async move {
            while let Some(item) = items.recv().await {
                let sent = match item {
                    Item::Frame(frame) => net.send(&peer.0, frame).await,
                    Item::End => net.disconnect(&peer.0).await,
                };
                if let Err(error) = sent {
                    tracing::debug!(%error, "a frame was not sent");
                    return;
                }
            }
        });
    }

    /// Forgets a peer; what waits for it goes with it.
    pub(super) fn close(&mut self, peer: &AuthorKey) {
        self.queues.remove(peer);
    }

    pub(super) fn send(&self, peer: &AuthorKey, frame: Vec<u8>) -> Result<(), Full> {
        self.put(peer, Item::Frame(frame))
    }

    /// Ends the connection after what was sent before.
    pub(super) fn end(&self, peer: &AuthorKey) {
        if self.put(peer, Item::End).is_err() {
            let (net, peer) = (self.net.clone(), *peer);
            tokio::spawn(async move { net.disconnect(&peer.0).await });
        }
    }

    fn put(&self, peer: &AuthorKey, item: Item) -> Result<(), Full> {
        match self.queues.get(peer).map(|queue| queue.try_send(item)) {
            Some(Err(mpsc::error::TrySendError::Full(_))) => Err(Full),
            // A peer that is gone already gets nothing.
            Some(Ok(()) | Err(mpsc::error::TrySendError::Closed(_))) | None => Ok(()),
        }
    }
}
