//! A space as this computer has it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rota_model::{
    digest::Digest,
    frontier::{Frontier, Head},
    id::{AuthorKey, Chain, OpId, SpaceId},
};

use super::Progress;
use crate::{
    input::{Audience, Change, Millis, SpaceState},
    message::SpaceSummary,
    session::{Goal, Shared, by_chain},
};

#[derive(Debug)]
pub(super) struct Space {
    pub(super) frontier: Frontier,
    pub(super) digest: Digest,
    /// The greatest change number that was taken in.
    pub(super) seq: u64,
    /// The change number of each chain's heads: reports may come out of order.
    chain_seq: BTreeMap<Chain, u64>,
    hash: Option<[u8; 32]>,
    pub(super) audience: Audience,
    /// Ops that are being stored.
    pub(super) landing: BTreeSet<OpId>,
    pub(super) pulling: Option<Pulling>,
    pub(super) links_due: Option<Millis>,
    /// Whether frontier and digest were asked for anew.
    pub(super) rereading: bool,
    /// Whether a repair was tried since the last agreement.
    pub(super) repaired: bool,
    pub(super) refetch: VecDeque<(Chain, u64)>,
    pub(super) refetching: Option<Refetching>,
}

/// The one pull of a space that is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pulling {
    pub(super) peer: AuthorKey,
    pub(super) number: u64,
    pub(super) progress_at: Millis,
    /// Whether the peer said that it sent all.
    pub(super) ended: bool,
}

/// A damaged chain that was asked for again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refetching {
    pub(super) peer: AuthorKey,
    pub(super) number: u64,
    pub(super) chain: Chain,
    pub(super) from: u64,
    pub(super) ended: bool,
}

impl Space {
    pub(super) fn new(state: SpaceState) -> Self {
        Self {
            frontier: state.frontier,
            digest: state.digest,
            seq: state.seq,
            chain_seq: BTreeMap::new(),
            hash: None,
            audience: state.audience,
            landing: BTreeSet::new(),
            pulling: None,
            links_due: None,
            rereading: false,
            repaired: false,
            refetch: VecDeque::new(),
            refetching: None,
        }
    }

    /// Takes in a state read anew. False if something later was taken in already.
    pub(super) fn replace(&mut self, state: SpaceState) -> bool {
        if state.seq < self.seq {
            return false;
        }
        self.frontier = state.frontier;
        self.digest = state.digest;
        self.seq = state.seq;
        self.chain_seq.clear();
        self.hash = None;
        self.audience = state.audience;
        true
    }

    /// Takes in what a commit changed. Reports of commits may come out of order; for each chain the latest stands.
    pub(super) fn apply(&mut self, change: &Change) {
        let floor = self.seq;
        for (chain, heads) in by_chain(&change.heads) {
            let seen = self.chain_seq.get(&chain).copied();
            if seen.is_none_or(|seen| seen <= change.seq) {
                self.frontier.set_chain(chain, heads);
                self.chain_seq.insert(chain, change.seq);
                self.hash = None;
            }
        }
        if change.seq >= floor {
            self.digest = change.digest;
            self.seq = change.seq;
        }
    }

    pub(super) fn hash(&mut self) -> [u8; 32] {
        *self.hash.get_or_insert_with(|| self.frontier.hash())
    }

    /// How it stands, as a peer may know it.
    pub(super) fn summary(&mut self, space: SpaceId, peer: &AuthorKey) -> SpaceSummary {
        if self.audience.only_gives(peer) {
            return SpaceSummary {
                space,
                frontier: Frontier::default().hash(),
                digest: Digest::default(),
            };
        }
        SpaceSummary {
            space,
            frontier: self.hash(),
            digest: self.digest,
        }
    }

    /// Its heads, as a peer may know them.
    pub(super) fn frontier_for(&self, peer: &AuthorKey) -> Frontier {
        if self.audience.only_gives(peer) {
            return Frontier::default();
        }
        self.frontier.clone()
    }

    /// The greatest counter of a chain here.
    pub(super) fn top(&self, chain: &Chain) -> Option<u64> {
        self.frontier.of_chain(chain).map(|head| head.counter).max()
    }

    pub(super) fn is_forked(&self, chain: &Chain) -> bool {
        self.frontier.of_chain(chain).count() > 1
    }

    /// Heads of the chains that differ from what was told; `None` if a whole frontier is needed to say it.
    pub(super) fn changed_since(&self, told: &Frontier) -> Option<Vec<Head>> {
        if told
            .heads()
            .any(|head| self.frontier.of_chain(&head.chain).next().is_none())
        {
            return None;
        }
        let heads = self.frontier.heads().filter(|head| {
            !self
                .frontier
                .of_chain(&head.chain)
                .eq(told.of_chain(&head.chain))
        });
        Some(heads.collect())
    }

    pub(super) fn add_progress(&self, shared: &Shared, progress: &mut Progress) {
        let mut tops: BTreeMap<Chain, u64> = BTreeMap::new();
        for lack in shared.lacking.values() {
            let top = tops.entry(lack.head.chain).or_default();
            *top = (*top).max(lack.head.counter);
        }
        for (chain, top) in tops {
            let own = self.top(&chain).unwrap_or(0);
            // A head that lies below mine is on another branch; how long that is, nobody knows yet.
            progress.to_receive += top.saturating_sub(own).max(1);
        }
        let mut last = None;
        for head in self.frontier.heads().filter(|_| shared.known.is_told()) {
            let chain = head.chain;
            if last.replace(chain) != Some(chain) {
                let own = self.top(&chain).unwrap_or(0);
                progress.to_send += own.saturating_sub(shared.known.top(&chain));
            }
        }
        progress.synced &= matches!(shared.goal, Goal::Reached);
    }
}
