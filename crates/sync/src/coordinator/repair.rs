//! Equal frontiers and other digests: finding out that it is so, and fetching damaged chains again.

use rota_model::{
    id::{AuthorKey, Chain, SpaceId},
    limits::REFETCH_MAX_CHAINS,
};

use super::{Coordinator, space::Refetching};
use crate::{
    message::Message,
    output::Output,
    session::{Feed, Source},
};

impl Coordinator {
    /// Frontier and digest were read in one transaction: now a difference counts.
    pub(super) fn after_reread(&mut self, id: SpaceId, reread: bool) {
        for peer in self.peers_in(id) {
            let Some((mine, theirs)) = self.digests_apart(peer, id) else {
                continue;
            };
            let Some(shared) = self.shared(peer, id) else {
                continue;
            };
            if mine == theirs || shared.diverged == Some((mine, theirs)) {
                continue;
            }
            shared.diverged = Some((mine, theirs));
            let Some(space) = self.spaces.get_mut(&id) else {
                return;
            };
            let after_repair = std::mem::replace(&mut space.repaired, true);
            self.outputs.push_back(Output::Diverged {
                peer,
                space: id,
                after_repair,
            });
        }
        // A state that was not asked for is news, such as the end of a repair here.
        if !reread {
            for peer in self.peers_in(id) {
                self.announce(peer, &[id]);
            }
        }
    }

    pub(super) fn damaged(&mut self, id: SpaceId, chains: Vec<(Chain, u64)>) {
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        let room = REFETCH_MAX_CHAINS.saturating_sub(space.refetch.len());
        space.refetch.extend(chains.into_iter().take(room));
        self.begin_refetch(id);
    }

    /// Damage may be known before anybody is connected who has what is wanted.
    pub(super) fn begin_refetches(&mut self) {
        let waiting: Vec<SpaceId> = self
            .spaces
            .iter()
            .filter(|(_, space)| !space.refetch.is_empty() && space.refetching.is_none())
            .map(|(id, _)| *id)
            .collect();
        waiting.into_iter().for_each(|id| self.begin_refetch(id));
    }

    /// Asks a peer that has it for the next damaged chain.
    pub(super) fn begin_refetch(&mut self, id: SpaceId) {
        let Some(space) = self
            .spaces
            .get(&id)
            .filter(|space| space.refetching.is_none())
        else {
            return;
        };
        let Some(&(chain, from)) = space.refetch.front() else {
            return;
        };
        let source = self.peers_in(id).into_iter().find(|peer| {
            let shared = self
                .sessions
                .get(peer)
                .and_then(|session| session.shared.get(&id));
            shared.is_some_and(|shared| shared.known.top(&chain) >= from)
        });
        let Some(peer) = source else { return };
        let number = self.next_number();
        if let Some(space) = self.spaces.get_mut(&id) {
            space.refetch.pop_front();
            space.refetching = Some(Refetching {
                peer,
                number,
                chain,
                from,
                ended: false,
            });
        }
        self.send(
            peer,
            &Message::Again {
                space: id,
                number,
                chain,
                from,
            },
        );
    }

    pub(super) fn on_again(
        &mut self,
        peer: AuthorKey,
        space: SpaceId,
        number: u64,
        chain: Chain,
        from: u64,
    ) {
        let Some(shared) = self.shared(peer, space) else {
            return;
        };
        if shared.giver {
            self.send(peer, &Message::PullEnd { space, number });
        } else {
            shared.repair = Some(Feed::new(number, Source::Chain { chain, from }));
            self.pump(peer);
        }
    }

    pub(super) fn finish_refetch(&mut self, id: SpaceId) {
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        if let Some(refetching) = space.refetching.filter(|refetching| refetching.ended) {
            if self
                .accepting
                .values()
                .any(|batch| batch.is_of(id, refetching.peer))
            {
                return;
            }
            space.refetching = None;
            self.outputs.push_back(Output::Refetched {
                space: id,
                chain: refetching.chain,
            });
        }
        self.begin_refetch(id);
    }

    /// The peer is gone: another is asked from the beginning.
    pub(super) fn end_refetch_from(&mut self, peer: AuthorKey, id: SpaceId) {
        if let Some(space) = self.spaces.get_mut(&id)
            && let Some(refetching) = space
                .refetching
                .filter(|refetching| refetching.peer == peer)
        {
            space.refetching = None;
            space
                .refetch
                .push_front((refetching.chain, refetching.from));
            self.begin_refetch(id);
        }
    }
}
