//! Hello, announcements and frontiers: telling how spaces stand, and hearing it.

use rota_model::{
    digest::Digest,
    frontier::{Frontier, Head},
    id::{AuthorKey, SpaceId},
    limits::{CLOCK_APART_MAX_MS, MESSAGE_MAX_HEADS, MESSAGE_MAX_SPACES},
};

use super::{Coordinator, timing::ANNOUNCE_MS};
use crate::{
    message::{HeadsUpdate, Hello, Message, PartOfFrontier, SpaceSummary},
    output::{DropReason, Output},
    session::{Goal, Open, Session, Shared},
};

impl Coordinator {
    pub(super) fn connected(&mut self, peer: AuthorKey) {
        self.end_session(peer);
        let mut session = Session::new(self.next_number(), self.now.at);
        let mut spaces = Vec::new();
        for (id, space) in &mut self.spaces {
            if space.audience.includes(&peer) {
                let mut shared = Shared::with(space.audience.only_gives(&peer));
                if spaces.len() < MESSAGE_MAX_SPACES {
                    let summary = space.summary(*id, &peer);
                    shared.named = true;
                    spaces.push(summary);
                }
                session.shared.insert(*id, shared);
            }
        }
        self.sessions.insert(peer, session);
        let hello = Hello {
            versions: self.versions,
            rules: self.me.rules,
            boot: self.me.boot,
            wall_ms: self.now.wall_ms,
            name: self.me.name.clone(),
            spaces,
        };
        self.send(peer, &Message::Hello(hello));
    }

    pub(super) fn on_hello(&mut self, peer: AuthorKey, hello: Hello) {
        if self.versions.common(hello.versions).is_none() {
            self.outputs.push_back(Output::Incompatible {
                peer,
                versions: hello.versions,
            });
            self.drop_peer(peer, DropReason::Incompatible);
            return;
        }
        let difference_ms = difference(hello.wall_ms, self.now.wall_ms);
        if difference_ms.unsigned_abs() > CLOCK_APART_MAX_MS {
            self.outputs.push_back(Output::ClockApart {
                peer,
                difference_ms,
            });
        }
        let announce_at = self.now.at.after(ANNOUNCE_MS);
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        session.announce_at = announce_at;
        session.open = Some(Open {
            rules: hello.rules,
            clock_difference_ms: difference_ms,
        });
        let unnamed: Vec<_> = session
            .shared
            .iter()
            .filter(|(_, shared)| !shared.named)
            .map(|(id, _)| *id)
            .collect();
        self.announce(peer, &unnamed);
        self.tell_removed(peer);
        self.on_announce(peer, hello.spaces);
    }

    /// Announces every common space to a peer.
    pub(super) fn announce_all(&mut self, peer: AuthorKey) {
        let announce_at = self.now.at.after(ANNOUNCE_MS);
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        session.announce_at = announce_at;
        let spaces: Vec<_> = session.shared.keys().copied().collect();
        self.announce(peer, &spaces);
    }

    pub(super) fn announce(&mut self, peer: AuthorKey, spaces: &[SpaceId]) {
        let mut summaries = Vec::new();
        for id in spaces {
            let Some(space) = self.spaces.get_mut(id) else {
                continue;
            };
            let summary = space.summary(*id, &peer);
            if let Some(shared) = self.shared(peer, *id) {
                shared.named = true;
                summaries.push(summary);
            }
        }
        for part in summaries.chunks(MESSAGE_MAX_SPACES) {
            self.send(peer, &Message::Announce(part.to_vec()));
        }
    }

    pub(super) fn on_announce(&mut self, peer: AuthorKey, summaries: Vec<SpaceSummary>) {
        for summary in summaries {
            self.on_summary(peer, summary);
        }
    }

    pub(super) fn on_summary(&mut self, peer: AuthorKey, summary: SpaceSummary) {
        let id = summary.space;
        let here = self.spaces.contains_key(&id);
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        let Some(shared) = session.shared.get_mut(&id) else {
            let room = session.heard.len() < MESSAGE_MAX_SPACES;
            let new = !session.heard.contains_key(&id);
            if room || !new {
                session.heard.insert(id, summary);
            }
            if room && new && !here {
                self.outputs
                    .push_back(Output::SpaceOffered { peer, space: id });
            }
            return;
        };
        let newly_mutual = !shared.is_mutual();
        shared.announced = Some(summary);
        if newly_mutual {
            self.links_changed(id, false);
            self.presence_wanted(peer, id);
        }
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        if space.hash() == summary.frontier {
            self.frontiers_are_equal(peer, id);
            self.compare_digests(peer, id);
        } else {
            self.send_frontier(peer, id);
        }
    }

    fn frontiers_are_equal(&mut self, peer: AuthorKey, id: SpaceId) {
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        let frontier = space.frontier.clone();
        let Some(shared) = self.shared(peer, id) else {
            return;
        };
        shared.known.set(frontier);
        shared.lacking.clear();
        if !matches!(shared.goal, Goal::Reached) {
            shared.goal = Goal::Reached;
            self.outputs.push_back(Output::Synced { peer, space: id });
        }
    }

    pub(super) fn send_frontier(&mut self, peer: AuthorKey, id: SpaceId) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let frontier = space.frontier_for(&peer);
        let heads: Vec<Head> = frontier.heads().collect();
        let parts = heads.len().div_ceil(MESSAGE_MAX_HEADS).max(1);
        for n in 0..parts {
            let part = heads
                .iter()
                .skip(n * MESSAGE_MAX_HEADS)
                .take(MESSAGE_MAX_HEADS)
                .copied()
                .collect();
            let part = PartOfFrontier {
                space: id,
                first: n == 0,
                last: n + 1 == parts,
                heads: part,
            };
            self.send(peer, &Message::Frontier(part));
        }
        if let Some(shared) = self.shared(peer, id) {
            shared.told = Some(frontier);
        }
    }

    /// Tells all heads here of some chains.
    pub(super) fn send_heads(&mut self, peer: AuthorKey, space: SpaceId, heads: &[Head]) {
        for part in heads.chunks(MESSAGE_MAX_HEADS) {
            self.send(
                peer,
                &Message::Heads(HeadsUpdate {
                    space,
                    heads: part.to_vec(),
                }),
            );
        }
        self.note_told(peer, space, heads);
    }

    pub(super) fn note_told(&mut self, peer: AuthorKey, space: SpaceId, heads: &[Head]) {
        if let Some(told) = self
            .shared(peer, space)
            .filter(|shared| !shared.giver)
            .and_then(|shared| shared.told.as_mut())
        {
            for (chain, heads) in crate::session::by_chain(heads) {
                told.set_chain(chain, heads);
            }
        }
    }

    /// The peer told its whole frontier.
    pub(super) fn on_frontier(&mut self, peer: AuthorKey, id: SpaceId, theirs: Frontier) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        if space.frontier == theirs {
            self.frontiers_are_equal(peer, id);
            return;
        }
        let heads: Vec<Head> = theirs.heads().collect();
        let mine = space.frontier_for(&peer);
        let Some(shared) = self.shared(peer, id) else {
            return;
        };
        let newly_mutual = !shared.is_mutual();
        shared.known.set(theirs);
        let behind = shared.told.as_ref() != Some(&mine);
        let first = matches!(shared.goal, Goal::Unknown);
        if first {
            shared.goal = Goal::Waiting(Default::default());
        }
        if newly_mutual {
            self.links_changed(id, false);
            self.presence_wanted(peer, id);
        }
        if behind {
            self.send_frontier(peer, id);
        }
        self.note_lacking(peer, id, &heads, first);
        self.check_goal(peer, id);
        self.choose_pull(id);
    }

    /// Equal frontiers must mean equal digests, under equal rules.
    pub(super) fn compare_digests(&mut self, peer: AuthorKey, id: SpaceId) {
        let Some((mine, theirs)) = self.digests_apart(peer, id) else {
            return;
        };
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        match (mine == theirs, space.rereading) {
            (true, _) => space.repaired = false,
            // Reports of commits may have come out of order: only a pair read in one transaction accuses.
            (false, false) => {
                space.rereading = true;
                self.outputs.push_back(Output::Reread { space: id });
            }
            (false, true) => {}
        }
    }

    /// My digest and the peer's, if frontiers and rules are equal.
    pub(super) fn digests_apart(
        &mut self,
        peer: AuthorKey,
        id: SpaceId,
    ) -> Option<(Digest, Digest)> {
        let rules = self.me.rules;
        let session = self.sessions.get(&peer)?;
        let announced = session.shared.get(&id)?.announced?;
        let same_rules = session.open.as_ref()?.rules == rules;
        let space = self.spaces.get_mut(&id)?;
        (same_rules && space.hash() == announced.frontier)
            .then_some((space.digest, announced.digest))
    }
}

fn difference(theirs_ms: u64, mine_ms: u64) -> i64 {
    let wide = i128::from(theirs_ms) - i128::from(mine_ms);
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}
