//! What the coordinator asks for.

use std::time::Duration;

use rota_api::WatchKind;
use rota_model::id::{AuthorKey, SpaceId};
use rota_model::stamp::Time;
use rota_net::peer_id_text;
use rota_store::{Store, StoreError};
use rota_sync::{Input, Output};
use tokio::sync::mpsc;

use super::reads::stood;
use super::{Asked, Batch, Done, Surroundings, Task, Unread};
use crate::engine::{audience, jobs};

/// Batches of one peer that wait for being stored; the coordinator drops a peer that sends more.
const ACCEPTS_MAX_COUNT: usize = 64;
/// Wait before a commit is tried again that found the writer's queue full.
const BUSY_WAIT: Duration = Duration::from_millis(50);
/// Tries of such a commit.
const BUSY_MAX_TRIES: u32 = 100;

impl Task {
    pub(super) fn drain(&mut self) {
        while let Some(output) = self.coordinator.poll() {
            self.do_output(output);
        }
    }

    pub(super) fn do_output(&mut self, output: Output) {
        match output {
            Output::Send { peer, frame } => {
                if self.outboxes.send(&peer, frame).is_err() {
                    tracing::warn!(peer = peer_id_text(&peer.0), "takes its frames too slowly");
                    self.outboxes.close(&peer);
                    self.outboxes.end(&peer);
                    self.input(Input::Disconnected(peer));
                }
            }
            Output::Drop { peer, reason } => {
                tracing::warn!(peer = peer_id_text(&peer.0), %reason, "dropped");
                self.outboxes.end(&peer);
            }
            Output::Accept {
                id,
                peer,
                space,
                ops,
                repair,
            } => self.accept(
                peer,
                Batch {
                    id,
                    space,
                    ops,
                    repair,
                },
            ),
            Output::Read {
                id,
                space,
                peer,
                reading,
                budget_bytes,
                ..
            } => {
                let store = self.with.store.clone();
                self.job(move || {
                    let input = match jobs::read(&store, space, &peer, &reading, budget_bytes) {
                        Ok((ops, next)) => Input::OpsRead { id, ops, next },
                        Err(error) => {
                            tracing::warn!(%error, "ops were not read");
                            Input::ReadFailed(id)
                        }
                    };
                    vec![Done::Input(input)]
                });
            }
            Output::Check { peer, space, heads } => {
                let store = self.with.store.clone();
                self.job(move || match jobs::missing(&store, space, &heads) {
                    Ok(missing) => vec![Done::Input(Input::Checked {
                        peer,
                        space,
                        missing,
                    })],
                    Err(error) => vec![Done::CheckFailed(peer, error)],
                });
            }
            Output::Reread { space } => self.reread(space),
            Output::OwnHeadElsewhere { space, .. } => {
                self.health.copied(space);
                let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
                self.job(move || {
                    if let Err(error) = store.renew_incarnation(space, now) {
                        tracing::warn!(%error, "no new incarnation");
                    }
                    vec![Done::Nothing]
                });
            }
            Output::Synced { peer, space } => {
                tracing::debug!(peer = peer_id_text(&peer.0), %space, "synced");
                let progress = self.coordinator.progress(&peer);
                self.change_peer(peer, |known| known.progress = progress);
            }
            Output::Incomplete { peer, space, heads } => {
                tracing::warn!(peer = peer_id_text(&peer.0), %space, heads, "some ops did not come");
            }
            Output::Diverged {
                peer,
                space,
                after_repair,
            } => self.diverged(peer, space, after_repair),
            Output::Refetched { space, .. } => self.rebuild(space),
            Output::SpaceOffered { peer, space } => {
                let store = self.with.store.clone();
                self.job(
                    move || match store.read(|reader| audience::is_in_mine(reader, &peer)) {
                        Ok(true) => vec![Done::Own(space, peer)],
                        Ok(false) => vec![Done::Nothing],
                        Err(error) => vec![Done::ReadFailed(error)],
                    },
                );
            }
            Output::RemovedHere { peer, space } => self.removed_here(peer, space),
            Output::Presence {
                peer,
                space,
                presence,
            } => {
                let now = self.with.clock.moment();
                self.with.presences.heard(peer, space, presence, now);
                self.tell_presence([peer]);
            }
            Output::ClockApart {
                peer,
                difference_ms,
            } => {
                self.change_peer(peer, |known| known.clock_apart_ms = Some(difference_ms));
                self.health.clocks(&self.coordinator.clocks());
            }
            Output::Incompatible { peer, .. } => {
                self.change_peer(peer, |known| known.incompatible = true);
                self.health.incompatible(&peer);
            }
        }
    }

    /// Stores batches of one peer one after the other: the ops of a chain follow each other.
    fn accept(&mut self, peer: AuthorKey, batch: Batch) {
        let id = batch.id;
        let queue = self.accepts.entry(peer).or_insert_with(|| {
            let (queue, batches) = mpsc::channel(ACCEPTS_MAX_COUNT);
            tokio::spawn(store_batches(self.with.clone(), batches, self.done.clone()));
            queue
        });
        if queue.try_send(batch).is_err() {
            self.input(Input::AcceptFailed(id));
        }
    }

    fn diverged(&mut self, peer: AuthorKey, space: SpaceId, after_repair: bool) {
        tracing::error!(peer = peer_id_text(&peer.0), %space, after_repair, "diverged");
        if after_repair {
            self.health.diverged(&peer, space);
        } else {
            self.repair(space);
        }
    }

    /// Asks for damaged ops again if there are any; else what follows from the log is at fault.
    fn repair(&mut self, space: SpaceId) {
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        let asked = self.ask();
        self.job(move || match store.read(|reader| reader.damaged(&space)) {
            Ok(chains) if chains.is_empty() => rebuilt(&store, space, now, asked),
            Ok(chains) => vec![Done::Damaged(space, chains)],
            Err(error) => vec![Done::ReadFailed(error)],
        });
    }

    /// Builds what follows from the log anew.
    fn rebuild(&mut self, space: SpaceId) {
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        let asked = self.ask();
        self.job(move || rebuilt(&store, space, now, asked));
    }

    /// A member says that this computer is out: that stays so through a restart, although the op that says it may
    /// never come here.
    fn removed_here(&mut self, peer: AuthorKey, space: SpaceId) {
        tracing::info!(peer = peer_id_text(&peer.0), %space, "this computer was removed");
        if self.peers.is_joining() {
            // It may be coming back just now; else the next connection says so again.
            return;
        }
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        let (me, asked) = (self.me, self.ask());
        let hub = std::sync::Arc::clone(&self.with.hub);
        self.job(move || {
            if let Err(error) = audience::note_removed(&store, space, me, now) {
                tracing::warn!(%error, "the removal was not noted");
            }
            // Told once it is noted: whoever reads again at once must not find the old role.
            hub.tell(WatchKind::Space, vec![space.to_string()]);
            vec![stood(space, jobs::state(&store, space), asked)]
        });
        self.set_members();
    }
}

fn rebuilt(store: &Store, space: SpaceId, now: Time, asked: Asked) -> Vec<Done> {
    let rebuilt = store.rebuild_cells(now);
    match rebuilt.and_then(|()| jobs::state(store, space)) {
        Ok(standing) => vec![Done::Reread(asked, standing)],
        Err(error) => vec![Done::Unread(Unread::Reread(space), error)],
    }
}

async fn store_batches(
    with: Surroundings,
    mut batches: mpsc::Receiver<Batch>,
    done: mpsc::Sender<Done>,
) {
    while let Some(Batch {
        id,
        space,
        ops,
        repair,
    }) = batches.recv().await
    {
        let mut tries = 0;
        let result = loop {
            let (store, now, ops) = (with.store.clone(), with.clock.op_time(), ops.clone());
            let stored = tokio::task::spawn_blocking(move || {
                if repair {
                    store.repair(space, ops.clone(), now)?;
                }
                jobs::accept(&store, space, ops, now)
            })
            .await;
            match stored {
                Ok(Err(StoreError::Busy)) if tries < BUSY_MAX_TRIES => {
                    tries += 1;
                    tokio::time::sleep(BUSY_WAIT).await;
                }
                Ok(Ok((stored, result))) => {
                    break Done::Stored(space, Box::new(stored), Input::Accepted { id, result });
                }
                Ok(Err(error)) => break Done::StoreFailed(id, error),
                Err(_) => break Done::StoreFailed(id, StoreError::Closed),
            }
        };
        if done.send(result).await.is_err() {
            return;
        }
    }
}
