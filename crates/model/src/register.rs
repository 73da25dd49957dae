//! The one function that merges, and what stands beside its outcome.

use std::collections::{HashMap, HashSet};

use crate::id::OpId;
use crate::payload::Base;
use crate::stamp::Stamp;
use crate::value::Value;

/// What decides between two writes of one cell: the greater (stamp, op id) wins. Op ids are unlike, so there is always
/// one winner and it is the same whatever came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// Compared first.
    pub stamp: Stamp,
    /// Breaks ties.
    pub op: OpId,
}

/// Merges two writes of one cell: tells which stands.
#[must_use]
pub fn merge(a: Rank, b: Rank) -> Rank {
    a.max(b)
}

/// One write of a cell's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Decides who wins.
    pub rank: Rank,
    /// What its writer saw in the cell.
    pub bases: Vec<Base>,
    /// What was written.
    pub value: Value,
}

/// The winner among the counted writes of one cell, as an index.
#[must_use]
pub fn winner(writes: &[Written]) -> Option<usize> {
    let best = writes.iter().map(|write| write.rank).reduce(merge)?;
    writes.iter().position(|write| write.rank == best)
}

/// The values that were written without knowledge of the winner and that nobody replaced knowingly: what is shown as
/// "also written". Indices in falling rank. Values of rules and values equal to the winner's are left out: nobody
/// loses a word by them.
#[must_use]
pub fn also_written(writes: &[Written]) -> Vec<usize> {
    let Some(winner) = winner(writes) else {
        return Vec::new();
    };
    let mut beside = standing(writes);
    beside.retain(|&index| {
        let write = &writes[index];
        index != winner && !write.rank.stamp.is_of_rule() && write.value != writes[winner].value
    });
    let mut shown = HashSet::new();
    beside.retain(|&index| shown.insert(&writes[index].value));
    beside
}

/// The writes that nobody replaced knowingly, whatever their values: what whoever looks at the cell sees there. Indices in
/// falling rank.
#[must_use]
pub fn standing(writes: &[Written]) -> Vec<usize> {
    let by_base: HashMap<Base, usize> = writes
        .iter()
        .enumerate()
        .map(|(index, write)| (Base::from(write.rank.op), index))
        .collect();
    let mut replaced = HashSet::new();
    let mut open: Vec<usize> = (0..writes.len()).collect();
    while let Some(index) = open.pop() {
        for base in &writes[index].bases {
            if let Some(&seen) = by_base.get(base)
                && seen != index
                && replaced.insert(seen)
            {
                open.push(seen);
            }
        }
    }
    let mut standing: Vec<usize> = (0..writes.len())
        .filter(|index| !replaced.contains(index))
        .collect();
    standing.sort_unstable_by_key(|&index| std::cmp::Reverse(writes[index].rank));
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(op: u8, ms: u64, bases: &[u8], value: &str) -> Written {
        Written {
            rank: Rank {
                stamp: Stamp(crate::stamp::Time::new(ms, 0).0),
                op: OpId([op; 32]),
            },
            bases: bases.iter().map(|op| Base([*op; 8])).collect(),
            value: Value::text(value),
        }
    }

    #[test]
    fn two_edits_made_apart_leave_the_loser_beside_the_winner() {
        let writes = [
            written(1, 10, &[], "Rent"),
            written(2, 20, &[1], "950"),
            written(3, 30, &[1], "900"),
        ];
        assert_eq!(winner(&writes), Some(2));
        assert_eq!(also_written(&writes), vec![1]);
    }

    #[test]
    fn keep_settles_it_and_an_edit_in_sequence_never_raises_it() {
        let mut writes = vec![
            written(1, 10, &[], "Rent"),
            written(2, 20, &[1], "950"),
            written(3, 30, &[1], "900"),
        ];
        writes.push(written(4, 40, &[3, 2], "900"));
        assert_eq!(also_written(&writes), Vec::<usize>::new());
        writes.push(written(5, 50, &[4], "1000"));
        assert_eq!(also_written(&writes), Vec::<usize>::new());
    }

    #[test]
    fn what_its_own_writer_replaced_is_not_shown() {
        let writes = [
            written(1, 10, &[], "a"),
            written(2, 20, &[1], "b"),
            written(3, 21, &[2], "c"),
            written(4, 30, &[1], "d"),
        ];
        assert_eq!(also_written(&writes), vec![2]);
    }

    #[test]
    fn rules_and_equal_values_are_not_shown() {
        let writes = [
            written(1, 0, &[], "rule"),
            written(2, 10, &[], "same"),
            written(3, 11, &[], "same"),
            Written {
                rank: Rank {
                    stamp: Stamp::of_rule(Some(Stamp::RULE)),
                    op: OpId([4; 32]),
                },
                ..written(4, 0, &[1], "rule once more")
            },
        ];
        assert_eq!(also_written(&writes), Vec::<usize>::new());
    }

    fn rank() -> impl Strategy<Value = Rank> {
        (0u64..4, 0u8..4).prop_map(|(stamp, op)| Rank {
            stamp: Stamp(stamp),
            op: OpId([op; 32]),
        })
    }

    proptest! {
        #[test]
        fn merge_is_commutative_associative_and_idempotent(a in rank(), b in rank(), c in rank()) {
            prop_assert_eq!(merge(a, b), merge(b, a));
            prop_assert_eq!(merge(a, merge(b, c)), merge(merge(a, b), c));
            prop_assert_eq!(merge(a, a), a);
        }

        #[test]
        fn a_write_beats_what_it_replaces(time in any::<u64>(), replaced in 0..u64::MAX) {
            let stamp = Stamp::of_write(crate::stamp::Time(time), Some(Stamp(replaced)));
            prop_assert!(stamp > Stamp(replaced));
        }

        #[test]
        fn nothing_is_both_winner_and_beside(stamps in prop::collection::vec(0u64..5, 1..8)) {
            let writes: Vec<_> = stamps.iter().enumerate()
                .map(|(n, stamp)| written(n as u8 + 1, *stamp, &[], &n.to_string())).collect();
            let beside = also_written(&writes);
            prop_assert!(!beside.contains(&winner(&writes).unwrap()));
        }
    }
}
