//! Branches: how ops stand to each other when a chain forks.
//!
//! A chain without a fork is one branch. Where a second op follows the same previous one, a new branch begins. Which
//! of the two keeps the older branch depends on what came first; who precedes whom does not.

use std::collections::BTreeMap;

use crate::id::{Chain, OpId};

/// Names a branch of one space on one computer; it means nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub u32);

/// Where an op stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Its branch.
    pub branch: BranchId,
    /// Its counter.
    pub counter: u64,
}

/// A line of ops without a fork in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The chain.
    pub chain: Chain,
    /// The last op that it shares with the branch it left; `None` if it begins the chain.
    pub parent: Option<Position>,
    /// The admission under which its first op writes. For the founding op, that op itself.
    pub admission: OpId,
}

/// All branches of a space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    by_id: BTreeMap<BranchId, Branch>,
}

impl Branches {
    /// A branch.
    #[must_use]
    pub fn get(&self, id: BranchId) -> Option<&Branch> {
        self.by_id.get(&id)
    }

    /// All, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (BranchId, &Branch)> {
        self.by_id.iter().map(|(id, branch)| (*id, branch))
    }

    /// Adds a branch, or replaces the one of this id.
    pub fn insert(&mut self, id: BranchId, branch: Branch) {
        self.by_id.insert(id, branch);
    }

    /// The id that no branch has yet.
    #[must_use]
    pub fn next_id(&self) -> BranchId {
        self.by_id
            .last_key_value()
            .map_or(BranchId(1), |(id, _)| BranchId(id.0.saturating_add(1)))
    }

    /// Whether `op` is `end` or before it in its chain.
    #[must_use]
    pub fn is_up_to(&self, op: Position, end: Position) -> bool {
        self.path(end)
            .any(|at| at.branch == op.branch && op.counter <= at.counter)
    }

    /// The last counter of the ops on the way to `branch`'s tip that are `end` or before it. On a branch that `end`
    /// lies on, that is `end` itself; on one that left the way to `end` earlier, where it left; 0 if they share none.
    #[must_use]
    pub fn last_shared(&self, branch: BranchId, end: Position) -> u64 {
        let to_end: Vec<_> = self.path(end).collect();
        self.path(Position {
            branch,
            counter: u64::MAX,
        })
        .find_map(|own| {
            to_end
                .iter()
                .find(|at| at.branch == own.branch)
                .map(|at| at.counter.min(own.counter))
        })
        .unwrap_or(0)
    }

    /// From a position back to the chain's beginning: on each branch the last position on the way.
    fn path(&self, from: Position) -> impl Iterator<Item = Position> + '_ {
        std::iter::successors(Some(from), |at| {
            let parent = self.get(at.branch)?.parent?;
            Some(parent)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AuthorKey, Incarnation};

    fn at(branch: u32, counter: u64) -> Position {
        Position {
            branch: BranchId(branch),
            counter,
        }
    }

    /// Branch 1 runs on; 2 leaves it after 5; 3 leaves 2 after 7; 4 is a chain of its own.
    fn branches() -> Branches {
        let mut branches = Branches::default();
        let chain = |n| Chain {
            author: AuthorKey([n; 32]),
            incarnation: Incarnation(1),
        };
        for (id, parent, n) in [
            (1, None, 1),
            (2, Some(at(1, 5)), 1),
            (3, Some(at(2, 7)), 1),
            (4, None, 2),
        ] {
            branches.insert(
                BranchId(id),
                Branch {
                    chain: chain(n),
                    parent,
                    admission: OpId([0; 32]),
                },
            );
        }
        branches
    }

    #[test]
    fn precedence_follows_the_way_back_and_nothing_else() {
        let b = branches();
        assert!(
            b.is_up_to(at(1, 5), at(3, 9))
                && b.is_up_to(at(2, 7), at(3, 9))
                && b.is_up_to(at(3, 9), at(3, 9))
        );
        assert!(
            !b.is_up_to(at(1, 6), at(3, 9))
                && !b.is_up_to(at(2, 8), at(3, 9))
                && !b.is_up_to(at(4, 1), at(3, 9))
        );
    }

    #[test]
    fn what_is_shared_ends_where_the_ways_part() {
        let b = branches();
        assert_eq!(b.last_shared(BranchId(1), at(3, 9)), 5);
        assert_eq!(b.last_shared(BranchId(2), at(3, 9)), 7);
        assert_eq!(b.last_shared(BranchId(3), at(3, 9)), 9);
        assert_eq!(b.last_shared(BranchId(3), at(1, 9)), 5);
        assert_eq!(b.last_shared(BranchId(3), at(1, 3)), 3);
        assert_eq!(b.last_shared(BranchId(4), at(3, 9)), 0);
    }
}
