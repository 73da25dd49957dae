//! Sending ops: live as they are stored, and out of the log for who asks or could not keep up.

use std::collections::VecDeque;

use rota_model::{
    id::{AuthorKey, SpaceId},
    limits::{BATCH_MAX_OPS, BATCHES_UNDER_WAY_MAX_COUNT, READ_BUDGET_BYTES},
    op::Op,
};

use super::Coordinator;
use crate::{
    input::{Change, ReadId},
    message::{HeadsUpdate, Message, OpsBatch},
    output::{DropReason, Output, Reading},
    run,
    session::{Feed, Source, UnderWay},
};

/// The two things that may be sent out of the log at once in one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Feed,
    Repair,
}

impl Coordinator {
    /// Sends ops that were just stored to the members who need them: this computer's own to all, another's to those
    /// whom its sender does not reach.
    pub(super) fn distribute(
        &mut self,
        id: SpaceId,
        ops: &[Op],
        change: &Change,
        from: Option<AuthorKey>,
    ) {
        let reached = from
            .and_then(|sender| Some(self.sessions.get(&sender)?.shared.get(&id)?.links.clone()))
            .unwrap_or_default();
        for peer in self.peers_in(id) {
            if from == Some(peer) {
                continue;
            }
            if reached.contains(&peer) {
                if let Some(shared) = self.shared(peer, id) {
                    ops.iter().for_each(|op| shared.known.assume(op));
                }
                continue;
            }
            self.push_live(peer, id, ops, change);
        }
    }

    fn push_live(&mut self, peer: AuthorKey, id: SpaceId, ops: &[Op], change: &Change) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        let room = BATCHES_UNDER_WAY_MAX_COUNT.saturating_sub(session.under_way.len());
        let Some(shared) = session
            .shared
            .get_mut(&id)
            .filter(|shared| shared.is_mutual() && !shared.giver)
        else {
            return;
        };
        if let Some(feed) = &mut shared.feed {
            feed.more_from(change.first_op_seq);
            return;
        }
        if !shared.known.is_told() {
            return;
        }
        let mut sendable = Vec::new();
        let mut behind = false;
        for op in ops {
            let chain = &op.header.chain;
            if shared.known.has(op, space.is_forked(chain)) || chain.author == peer {
                continue;
            }
            if shared.known.can_take(op) {
                shared.known.assume(op);
                sendable.push(op.clone());
            } else {
                behind = true;
            }
        }
        let mut batches: VecDeque<Vec<Op>> = run::batches(sendable).into();
        let later = batches.split_off(room.min(batches.len()));
        if !later.is_empty() {
            shared.feed = Some(Feed::of_queue(later));
        }
        for batch in batches {
            self.send_batch(peer, id, 0, batch);
        }
        if behind {
            self.send_heads(peer, id, &change.heads);
        }
    }

    fn send_batch(&mut self, peer: AuthorKey, space: SpaceId, pull: u64, ops: Vec<Op>) {
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        session.last_batch += 1;
        let batch = session.last_batch;
        session.under_way.insert(
            batch,
            UnderWay {
                space,
                ops: ops.iter().map(|op| op.id).collect(),
            },
        );
        self.send(
            peer,
            &Message::Ops(OpsBatch {
                space,
                batch,
                pull,
                ops,
            }),
        );
    }

    pub(super) fn on_pull(&mut self, peer: AuthorKey, number: u64, changed: &HeadsUpdate) {
        let Some(shared) = self.shared(peer, changed.space) else {
            return;
        };
        if shared.giver {
            return self.send(
                peer,
                &Message::PullEnd {
                    space: changed.space,
                    number,
                },
            );
        }
        shared.known.forget_assumed();
        shared.known.set_chains(&changed.heads);
        shared.feed = Some(Feed::new(number, Source::After { from_seq: 0 }));
        self.note_lacking(peer, changed.space, &changed.heads, false);
        self.pump(peer);
        self.choose_pull(changed.space);
    }

    pub(super) fn on_pull_stop(&mut self, peer: AuthorKey, space: SpaceId, number: u64) {
        let Some(shared) = self.shared(peer, space) else {
            return;
        };
        if shared.feed.as_ref().is_some_and(|feed| feed.pull == number) {
            shared.feed = None;
            // Live ops of the meantime went nowhere: let it compare.
            self.announce(peer, &[space]);
        }
    }

    /// Sends what is read while there is room, and reads on.
    pub(super) fn pump(&mut self, peer: AuthorKey) {
        let Some(session) = self.sessions.get(&peer) else {
            return;
        };
        let spaces: Vec<SpaceId> = session.shared.keys().copied().collect();
        for space in spaces {
            for lane in [Lane::Repair, Lane::Feed] {
                self.pump_lane(peer, space, lane);
            }
        }
    }

    fn pump_lane(&mut self, peer: AuthorKey, space: SpaceId, lane: Lane) {
        while self.has_room(peer) {
            let Some(feed) = self.lane(peer, space, lane) else {
                return;
            };
            let Some(batch) = feed.queue.pop_front() else {
                break;
            };
            let pull = feed.pull;
            self.send_batch(peer, space, pull, batch);
        }
        let room = self.has_room(peer);
        let Some(feed) = self.lane(peer, space, lane) else {
            return;
        };
        if feed.is_done() && !feed.resume() {
            let pull = feed.pull;
            self.end_lane(peer, space, lane);
            if pull != 0 {
                self.send(
                    peer,
                    &Message::PullEnd {
                        space,
                        number: pull,
                    },
                );
            }
            return;
        }
        if room && feed.wants_read() {
            self.read(peer, space, lane);
        }
    }

    fn read(&mut self, peer: AuthorKey, space: SpaceId, lane: Lane) {
        let id = ReadId(self.next_number());
        let Some(shared) = self.shared(peer, space) else {
            return;
        };
        let known = shared.known.all();
        let Some(feed) = (match lane {
            Lane::Feed => shared.feed.as_mut(),
            Lane::Repair => shared.repair.as_mut(),
        }) else {
            return;
        };
        feed.reading = Some(id);
        let reading = match &feed.source {
            Source::After { from_seq } => Reading::After {
                known,
                from_seq: *from_seq,
            },
            Source::Chain { chain, from } => Reading::Chain {
                chain: *chain,
                from: *from,
            },
        };
        self.reads.insert(id, (peer, space));
        let (budget_bytes, budget_ops) = (READ_BUDGET_BYTES, BATCH_MAX_OPS);
        self.outputs.push_back(Output::Read {
            id,
            peer,
            space,
            reading,
            budget_bytes,
            budget_ops,
        });
    }

    pub(super) fn ops_read(&mut self, id: ReadId, ops: Vec<Op>, next: Option<u64>) {
        let Some((peer, space)) = self.reads.remove(&id) else {
            return;
        };
        if let Some(shared) = self.shared(peer, space) {
            let asked = |feed: &&mut Feed| feed.reading == Some(id);
            if let Some(feed) = shared.feed.as_mut().filter(asked) {
                ops.iter().for_each(|op| shared.known.assume(op));
                feed.take(run::batches(ops), next);
            } else if let Some(feed) = shared.repair.as_mut().filter(asked) {
                feed.take(run::batches(ops), next);
            }
        }
        self.pump(peer);
    }

    pub(super) fn read_failed(&mut self, id: ReadId) {
        if let Some((peer, _)) = self.reads.remove(&id) {
            self.drop_peer(peer, DropReason::CannotStore);
        }
    }

    /// The peer stored a batch and tells its heads.
    pub(super) fn on_ack(&mut self, peer: AuthorKey, batch: u64, update: &HeadsUpdate) {
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        let Some(under_way) = session
            .under_way
            .remove(&batch)
            .filter(|sent| sent.space == update.space)
        else {
            self.drop_peer(peer, DropReason::UnknownAck);
            return;
        };
        if let Some(shared) = session.shared.get_mut(&update.space) {
            if update.heads.is_empty() {
                shared.known.forget_assumed();
            } else if shared.known.is_told() {
                shared.known.set_chains(&update.heads);
            }
            let other: Vec<_> = update
                .heads
                .iter()
                .filter(|head| !under_way.ops.contains(&head.op))
                .copied()
                .collect();
            self.note_lacking(peer, update.space, &other, false);
            self.choose_pull(update.space);
        }
        self.pump(peer);
    }

    fn has_room(&self, peer: AuthorKey) -> bool {
        self.sessions
            .get(&peer)
            .is_some_and(|session| session.under_way.len() < BATCHES_UNDER_WAY_MAX_COUNT)
    }

    fn lane(&mut self, peer: AuthorKey, space: SpaceId, lane: Lane) -> Option<&mut Feed> {
        let shared = self.shared(peer, space)?;
        match lane {
            Lane::Feed => shared.feed.as_mut(),
            Lane::Repair => shared.repair.as_mut(),
        }
    }

    fn end_lane(&mut self, peer: AuthorKey, space: SpaceId, lane: Lane) {
        if let Some(shared) = self.shared(peer, space) {
            match lane {
                Lane::Feed => shared.feed = None,
                Lane::Repair => shared.repair = None,
            }
        }
    }
}
