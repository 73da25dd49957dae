//! From whom a space is pulled: from one peer at a time, while that peer has a head that is not here.

use rota_model::{
    frontier::Head,
    id::{AuthorKey, OpId, SpaceId},
    limits::MESSAGE_MAX_HEADS,
};

use super::{Coordinator, space::Pulling, timing::STALL_MS};
use crate::{
    message::{HeadsUpdate, Message},
    output::Output,
    session::{Goal, Lack},
};

impl Coordinator {
    /// Notes which of a peer's heads are not here. Where the frontier does not tell, the log is asked.
    pub(super) fn note_lacking(
        &mut self,
        peer: AuthorKey,
        id: SpaceId,
        heads: &[Head],
        for_goal: bool,
    ) {
        let me = self.me.key;
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let Some(shared) = self
            .sessions
            .get_mut(&peer)
            .and_then(|session| session.shared.get_mut(&id))
        else {
            return;
        };
        let mut unclear = Vec::new();
        for head in heads {
            let known = space.frontier.contains(head) || shared.lacking.contains_key(&head.op);
            if known || (shared.known.is_assumed(head) && !space.landing.contains(&head.op)) {
                continue;
            }
            if space
                .top(&head.chain)
                .is_some_and(|top| top >= head.counter)
            {
                unclear.push(*head);
                continue;
            }
            shared.lacking.insert(
                head.op,
                Lack {
                    head: *head,
                    asked: None,
                },
            );
            if head.chain.author == me {
                self.outputs.push_back(Output::OwnHeadElsewhere {
                    space: id,
                    peer,
                    head: *head,
                });
            }
            if let (true, Goal::Waiting(missing)) = (for_goal, &mut shared.goal) {
                missing.insert(head.op);
            }
        }
        for heads in unclear.chunks(MESSAGE_MAX_HEADS) {
            shared.checks += 1;
            self.outputs.push_back(Output::Check {
                peer,
                space: id,
                heads: heads.to_vec(),
            });
        }
    }

    pub(super) fn checked(&mut self, peer: AuthorKey, id: SpaceId, missing: &[Head]) {
        let me = self.me.key;
        let Some(shared) = self.shared(peer, id) else {
            return;
        };
        shared.checks = shared.checks.saturating_sub(1);
        let mut own = Vec::new();
        for head in missing {
            let new = shared
                .lacking
                .insert(
                    head.op,
                    Lack {
                        head: *head,
                        asked: None,
                    },
                )
                .is_none();
            if let Goal::Waiting(waiting) = &mut shared.goal {
                waiting.insert(head.op);
            }
            if new && head.chain.author == me {
                own.push(*head);
            }
        }
        for head in own {
            self.outputs.push_back(Output::OwnHeadElsewhere {
                space: id,
                peer,
                head,
            });
        }
        self.drop_landed(id);
        self.check_goal(peer, id);
        self.choose_pull(id);
    }

    /// These ops are durable here: nobody needs to be asked for them.
    pub(super) fn stored(&mut self, id: SpaceId, ops: impl Iterator<Item = OpId> + Clone) {
        let mut reached = Vec::new();
        for (peer, session) in &mut self.sessions {
            let Some(shared) = session.shared.get_mut(&id) else {
                continue;
            };
            for op in ops.clone() {
                shared.lacking.remove(&op);
                if let Goal::Waiting(missing) = &mut shared.goal {
                    missing.remove(&op);
                }
            }
            if shared.goal_is_met() {
                reached.push(*peer);
            }
        }
        for peer in reached {
            self.check_goal(peer, id);
        }
    }

    /// Forgets as lacking what the frontier shows to be here.
    pub(super) fn drop_landed(&mut self, id: SpaceId) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let heads: Vec<OpId> = space.frontier.heads().map(|head| head.op).collect();
        self.stored(id, heads.into_iter());
    }

    pub(super) fn check_goal(&mut self, peer: AuthorKey, id: SpaceId) {
        if let Some(shared) = self.shared(peer, id)
            && shared.goal_is_met()
        {
            shared.goal = Goal::Reached;
            self.outputs.push_back(Output::Synced { peer, space: id });
        }
    }

    /// Begins a pull, if none is under way and a peer has what is neither here nor arriving.
    pub(super) fn choose_pull(&mut self, id: SpaceId) {
        let me = self.me.key;
        let Some(space) = self.spaces.get(&id).filter(|space| space.pulling.is_none()) else {
            return;
        };
        let best = self
            .sessions
            .iter()
            .filter(|(_, session)| session.open.is_some())
            .filter_map(|(peer, session)| {
                let shared = session.shared.get(&id)?;
                let wanted = shared
                    .lacking
                    .keys()
                    .filter(|op| !space.landing.contains(*op))
                    .count();
                (wanted > 0).then_some((
                    shared.stalled,
                    std::cmp::Reverse(wanted),
                    distance(me, *peer),
                    *peer,
                ))
            })
            .min();
        if let Some((.., peer)) = best {
            self.begin_pull(peer, id);
        }
    }

    fn begin_pull(&mut self, peer: AuthorKey, id: SpaceId) {
        let number = self.next_number();
        let progress_at = self.now.at;
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        space.pulling = Some(Pulling {
            peer,
            number,
            progress_at,
            ended: false,
        });
        let told = self
            .sessions
            .get(&peer)
            .and_then(|session| session.shared.get(&id)?.told.as_ref());
        let changed = if space.audience.only_gives(&peer) {
            Some(Vec::new())
        } else {
            told.and_then(|told| space.changed_since(told))
                .filter(|heads| heads.len() <= MESSAGE_MAX_HEADS)
        };
        let heads = match changed {
            Some(heads) => heads,
            None => {
                self.send_frontier(peer, id);
                Vec::new()
            }
        };
        self.note_told(peer, id, &heads);
        let Some(shared) = self.shared(peer, id) else {
            return;
        };
        shared
            .lacking
            .values_mut()
            .for_each(|lack| lack.asked = Some(number));
        self.send(
            peer,
            &Message::Pull {
                number,
                changed: HeadsUpdate { space: id, heads },
            },
        );
    }

    pub(super) fn on_pull_end(&mut self, peer: AuthorKey, id: SpaceId, number: u64) {
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        if let Some(pulling) = &mut space.pulling
            && (pulling.peer, pulling.number) == (peer, number)
        {
            pulling.ended = true;
        }
        if let Some(refetching) = &mut space.refetching
            && (refetching.peer, refetching.number) == (peer, number)
        {
            refetching.ended = true;
        }
        self.finish_pull(id);
        self.finish_refetch(id);
    }

    /// Ends the pull once all was sent and all that was sent is stored.
    pub(super) fn finish_pull(&mut self, id: SpaceId) {
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        let Some(pulling) = space.pulling.filter(|pulling| pulling.ended) else {
            return;
        };
        if self
            .accepting
            .values()
            .any(|batch| batch.is_of(id, pulling.peer))
        {
            return;
        }
        space.pulling = None;
        if let Some(shared) = self.shared(pulling.peer, id) {
            shared.stalled = false;
            // What did not come will not come by asking the same again; a later announcement names it anew.
            let before = shared.lacking.len();
            shared
                .lacking
                .retain(|_, lack| lack.asked != Some(pulling.number));
            let heads = before - shared.lacking.len();
            if heads > 0 {
                self.outputs.push_back(Output::Incomplete {
                    peer: pulling.peer,
                    space: id,
                    heads,
                });
            }
        }
        self.choose_pull(id);
    }

    /// The peer is gone, or the space is common no more.
    pub(super) fn end_pull_from(&mut self, peer: AuthorKey, id: SpaceId) {
        if let Some(space) = self.spaces.get_mut(&id)
            && space.pulling.is_some_and(|pulling| pulling.peer == peer)
        {
            space.pulling = None;
            self.choose_pull(id);
        }
    }

    /// Notes that a pull moves on.
    pub(super) fn pull_moves(&mut self, peer: AuthorKey, id: SpaceId) {
        let now = self.now.at;
        if let Some(pulling) = self
            .spaces
            .get_mut(&id)
            .and_then(|space| space.pulling.as_mut())
            && pulling.peer == peer
        {
            pulling.progress_at = now;
        }
    }

    /// Asks another peer when the one that is asked stands still.
    pub(super) fn check_stall(&mut self, id: SpaceId) {
        let now = self.now.at;
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        let Some(pulling) = space
            .pulling
            .filter(|pulling| now >= pulling.progress_at.after(STALL_MS))
        else {
            return;
        };
        // It is this computer that is slow, not the peer.
        if self
            .accepting
            .values()
            .any(|batch| batch.is_of(id, pulling.peer))
        {
            self.pull_moves(pulling.peer, id);
            return;
        }
        space.pulling = None;
        if let Some(shared) = self.shared(pulling.peer, id) {
            shared.stalled = true;
        }
        self.send(
            pulling.peer,
            &Message::PullStop {
                space: id,
                number: pulling.number,
            },
        );
        self.choose_pull(id);
    }
}

/// Spreads pulls over peers that offer the same.
fn distance(a: AuthorKey, b: AuthorKey) -> [u8; 32] {
    std::array::from_fn(|i| a.0[i] ^ b.0[i])
}
