//! The frontier of a space: its heads. A head says that its op and all before it in the chain are durable here.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{Chain, OpId};

/// The last op of one branch of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Head {
    /// The chain.
    pub chain: Chain,
    /// Its counter.
    pub counter: u64,
    /// Its id: two frontiers that agree in ids agree in every op.
    pub op: OpId,
}

/// All heads of a space. A chain has one head, or several after a fork.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    heads: BTreeMap<Chain, BTreeSet<(u64, OpId)>>,
}

impl Frontier {
    /// The heads in order.
    pub fn heads(&self) -> impl Iterator<Item = Head> + '_ {
        self.heads.iter().flat_map(|(chain, heads)| {
            heads.iter().map(|&(counter, op)| Head {
                chain: *chain,
                counter,
                op,
            })
        })
    }

    /// The heads of one chain, in rising counter.
    pub fn of_chain(&self, chain: &Chain) -> impl Iterator<Item = Head> + '_ {
        let chain = *chain;
        self.heads
            .get(&chain)
            .into_iter()
            .flatten()
            .map(move |&(counter, op)| Head { chain, counter, op })
    }

    /// How many heads there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.values().map(BTreeSet::len).sum()
    }

    /// Whether there is no head.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Whether exactly this head is one of them.
    #[must_use]
    pub fn contains(&self, head: &Head) -> bool {
        self.heads
            .get(&head.chain)
            .is_some_and(|heads| heads.contains(&(head.counter, head.op)))
    }

    /// Adds a head.
    pub fn insert(&mut self, head: Head) {
        self.heads
            .entry(head.chain)
            .or_default()
            .insert((head.counter, head.op));
    }

    /// Moves on by one op that is stored: its previous, if a head, is one no longer.
    pub fn advance(&mut self, head: Head, previous: OpId) {
        let heads = self.heads.entry(head.chain).or_default();
        heads.remove(&(head.counter.wrapping_sub(1), previous));
        heads.insert((head.counter, head.op));
    }

    /// Replaces all heads of one chain; with none, the chain is no longer in it.
    pub fn set_chain(&mut self, chain: Chain, heads: impl IntoIterator<Item = (u64, OpId)>) {
        let heads: BTreeSet<_> = heads.into_iter().collect();
        if heads.is_empty() {
            self.heads.remove(&chain);
        } else {
            self.heads.insert(chain, heads);
        }
    }

    /// BLAKE3 of all heads in order: equal hashes are equal op sets.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("rota frontier 1");
        for head in self.heads() {
            hasher.update(&head.chain.author.0);
            hasher.update(&head.chain.incarnation.0.to_be_bytes());
            hasher.update(&head.counter.to_be_bytes());
            hasher.update(&head.op.0);
        }
        *hasher.finalize().as_bytes()
    }
}

impl FromIterator<Head> for Frontier {
    fn from_iter<I: IntoIterator<Item = Head>>(heads: I) -> Self {
        let mut frontier = Self::default();
        heads.into_iter().for_each(|head| frontier.insert(head));
        frontier
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AuthorKey, Incarnation};

    fn head(counter: u64, op: u8) -> Head {
        let chain = Chain {
            author: AuthorKey([1; 32]),
            incarnation: Incarnation(1),
        };
        Head {
            chain,
            counter,
            op: OpId([op; 32]),
        }
    }

    #[test]
    fn a_chain_moves_on_and_a_fork_keeps_both_heads() {
        let mut frontier = Frontier::default();
        frontier.advance(head(1, 1), OpId([9; 32]));
        frontier.advance(head(2, 2), OpId([1; 32]));
        assert_eq!(frontier.heads().collect::<Vec<_>>(), vec![head(2, 2)]);
        frontier.advance(head(2, 3), OpId([1; 32]));
        assert_eq!(frontier.len(), 2);
        frontier.advance(head(3, 4), OpId([3; 32]));
        assert_eq!(
            frontier.heads().collect::<Vec<_>>(),
            vec![head(2, 2), head(3, 4)]
        );
    }

    #[test]
    fn counters_alone_do_not_make_frontiers_equal() {
        let a: Frontier = [head(20, 1)].into_iter().collect();
        let b: Frontier = [head(20, 2)].into_iter().collect();
        assert_ne!(a.hash(), b.hash());
        let again: Frontier = [head(20, 1)].into_iter().collect();
        assert_eq!(a.hash(), again.hash());
    }
}
