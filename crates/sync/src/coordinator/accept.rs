//! Batches on their way into the store, and what follows when they are durable.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::{
    frontier::Head,
    id::{AuthorKey, Chain, OpId, SpaceId},
    limits::MESSAGE_MAX_HEADS,
    op::Op,
};

use super::Coordinator;
use crate::{
    input::{AcceptId, Accepted},
    message::{HeadsUpdate, Message, OpsBatch},
    output::{DropReason, Output},
    session::{Lack, head_of},
};

/// A batch that is being stored.
#[derive(Debug)]
pub(super) struct Accepting {
    peer: AuthorKey,
    /// The session it came in: an answer is not for a later connection with the same peer.
    generation: u64,
    space: SpaceId,
    batch: u64,
    pull: u64,
    ops: Vec<Op>,
}

impl Accepting {
    pub(super) fn is_of(&self, space: SpaceId, peer: AuthorKey) -> bool {
        (self.space, self.peer) == (space, peer)
    }
}

impl Coordinator {
    pub(super) fn accept(&mut self, id: AcceptId, peer: AuthorKey, batch: OpsBatch) {
        let Some(generation) = self.sessions.get(&peer).map(|session| session.generation) else {
            return;
        };
        let Some(space) = self.spaces.get_mut(&batch.space) else {
            return;
        };
        space.landing.extend(batch.ops.iter().map(|op| op.id));
        let repair = space.refetching.is_some_and(|refetching| {
            (refetching.peer, refetching.number) == (peer, batch.pull) && batch.pull != 0
        });
        self.outputs.push_back(Output::Accept {
            id,
            peer,
            space: batch.space,
            ops: batch.ops.clone(),
            repair,
        });
        let OpsBatch {
            space,
            batch,
            pull,
            ops,
        } = batch;
        self.accepting.insert(
            id,
            Accepting {
                peer,
                generation,
                space,
                batch,
                pull,
                ops,
            },
        );
    }

    pub(super) fn accepted(&mut self, id: AcceptId, result: &Accepted) {
        let Some(done) = self.take_accepting(id) else {
            return;
        };
        let (peer, space) = (done.peer, done.space);
        if let Some(space) = self.spaces.get_mut(&space) {
            space.apply(&result.change);
        }
        let dropped: BTreeSet<OpId> = result
            .gaps
            .iter()
            .chain(&result.paused)
            .chain(&result.refused)
            .copied()
            .collect();
        let stored: Vec<Op> = done
            .ops
            .iter()
            .filter(|op| !dropped.contains(&op.id))
            .cloned()
            .collect();
        self.stored(space, stored.iter().map(|op| op.id));
        if self.is_same_session(peer, done.generation) {
            if result.refused.is_empty() {
                self.acknowledge(&done, result);
            } else {
                self.drop_peer(peer, DropReason::BadOp);
            }
        }
        if !stored.is_empty() {
            self.distribute(space, &stored, &result.change, Some(peer));
        }
        self.pull_moves(peer, space);
        self.finish_pull(space);
        self.finish_refetch(space);
        self.choose_pull(space);
    }

    pub(super) fn accept_failed(&mut self, id: AcceptId) {
        let Some(failed) = self.take_accepting(id) else {
            return;
        };
        if self.is_same_session(failed.peer, failed.generation) {
            self.drop_peer(failed.peer, DropReason::CannotStore);
        }
        self.choose_pull(failed.space);
    }

    fn take_accepting(&mut self, id: AcceptId) -> Option<Accepting> {
        let done = self.accepting.remove(&id)?;
        let others: BTreeSet<OpId> = self
            .accepting
            .values()
            .filter(|other| other.space == done.space)
            .flat_map(|other| other.ops.iter().map(|op| op.id))
            .collect();
        if let Some(space) = self.spaces.get_mut(&done.space) {
            space.landing = others;
        }
        Some(done)
    }

    fn acknowledge(&mut self, done: &Accepting, result: &Accepted) {
        let (peer, space) = (done.peer, done.space);
        if let Some(session) = self.sessions.get_mut(&peer) {
            session.accepting = session.accepting.saturating_sub(1);
        }
        let giver = self.shared(peer, space).is_some_and(|shared| shared.giver);
        let known = if giver {
            last_heads(done, result)
        } else {
            result.change.heads.clone()
        };
        let heads: Vec<_> = known.into_iter().take(MESSAGE_MAX_HEADS).collect();
        self.note_told(peer, space, &heads);
        let ack = Message::Ack {
            batch: done.batch,
            heads: HeadsUpdate { space, heads },
        };
        self.send(peer, &ack);
        if result.gaps.is_empty() || done.pull != 0 {
            return;
        }
        // The peer has what is missing, and it thought that it was here.
        if let Some(shared) = self.shared(peer, space) {
            for op in done.ops.iter().filter(|op| result.gaps.contains(&op.id)) {
                shared.lacking.insert(
                    op.id,
                    Lack {
                        head: head_of(op),
                        asked: None,
                    },
                );
            }
        }
        self.send_frontier(peer, space);
    }

    fn is_same_session(&self, peer: AuthorKey, generation: u64) -> bool {
        self.sessions
            .get(&peer)
            .is_some_and(|session| session.generation == generation)
    }
}

/// The last stored op of each chain in a batch: what its sender knows to be here without being told anything else.
fn last_heads(done: &Accepting, result: &Accepted) -> Vec<Head> {
    let stored = done
        .ops
        .iter()
        .filter(|op| !result.gaps.contains(&op.id) && !result.paused.contains(&op.id));
    let last: BTreeMap<Chain, Head> = stored.map(|op| (op.header.chain, head_of(op))).collect();
    last.into_values().collect()
}
