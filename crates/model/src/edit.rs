//! From a wish to a write: what a local change puts into a cell, given what its writer sees there.

use crate::cell::Cell;
use crate::limits::BASES_MAX_COUNT;
use crate::payload::{Base, Write};
use crate::register::{Written, also_written, standing, winner};
use crate::stamp::{Stamp, Time};
use crate::value::Value;

/// A value for a cell, not yet stamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where.
    pub cell: Cell,
    /// What.
    pub value: Value,
}

/// Who wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A person: it beats what the cell holds.
    Person,
    /// A rule, such as a copy or a next occurrence: every person's write beats it, and so does its own next one.
    Rule,
}

impl Draft {
    /// Makes the write at `time`, when `seen` are the counted writes that the cell has here.
    #[must_use]
    pub fn into_write(self, by: By, time: Time, seen: &[Written]) -> Write {
        let replaced = winner(seen);
        // What is shown goes first, should there be too many. Of those who wrote the same each was seen: one that is not
        // named would stand beside the next value.
        let mut bases = Vec::new();
        let named = replaced.into_iter().chain(also_written(seen));
        for index in named.chain(standing(seen)) {
            let base = Base::from(seen[index].rank.op);
            if !bases.contains(&base) && bases.len() < BASES_MAX_COUNT {
                bases.push(base);
            }
        }
        let replaced = replaced.map(|index| seen[index].rank.stamp);
        let stamp = match by {
            By::Person => Stamp::of_write(time, replaced),
            By::Rule => Stamp::of_rule(replaced),
        };
        Write {
            cell: self.cell,
            stamp,
            bases,
            value: self.value,
        }
    }
}

/// Takes back one write of one's own, if it still stands: the value before, stamped so that it beats nobody's later
/// edit. `stamp` and `op` are those of the write, `now` is the cell's winner. `None` if something else stands by now.
#[must_use]
pub fn undo(
    cell: &Cell,
    written: crate::register::Rank,
    now: crate::register::Rank,
    before: Option<&Value>,
) -> Option<Write> {
    (written == now).then(|| Write {
        cell: cell.clone(),
        stamp: written.stamp.undo(),
        bases: vec![Base::from(written.op)],
        value: before.cloned().unwrap_or_else(Value::null),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Kind, task};
    use crate::id::{EntityId, OpId};
    use crate::register::Rank;

    fn cell() -> Cell {
        Cell::of(Kind::TASK, EntityId([1; 16]), task::TITLE)
    }

    fn seen(op: u8, stamp: u64, value: &str) -> Written {
        Written {
            rank: Rank {
                stamp: Stamp(stamp),
                op: OpId([op; 32]),
            },
            bases: vec![],
            value: Value::text(value),
        }
    }

    #[test]
    fn a_person_names_and_beats_all_that_they_saw() {
        let seen = [seen(1, 90_000, "950"), seen(2, 80_000, "900")];
        let draft = Draft {
            cell: cell(),
            value: Value::text("Keep"),
        };
        let write = draft.into_write(By::Person, Time(5), &seen);
        assert_eq!(write.stamp, Stamp(90_001));
        assert_eq!(write.bases, vec![Base([1; 8]), Base([2; 8])]);
    }

    /// Tom and Mia both write 950 apart, Ben and Ada both 900: whoever goes on from there has seen all four.
    #[test]
    fn those_who_wrote_the_same_are_named_each() {
        let before = [
            seen(1, 94_000, "950"),
            seen(2, 93_000, "950"),
            seen(3, 92_000, "900"),
            seen(4, 91_000, "900"),
        ];
        let draft = Draft {
            cell: cell(),
            value: Value::text("1000"),
        };
        let write = draft.into_write(By::Person, Time(5), &before);
        assert_eq!(write.bases, [1, 3, 2, 4].map(|op| Base([op; 8])));
        let now = Written {
            rank: Rank {
                stamp: write.stamp,
                op: OpId([5; 32]),
            },
            bases: write.bases,
            value: write.value,
        };
        let all: Vec<_> = before.into_iter().chain([now]).collect();
        assert_eq!(also_written(&all), Vec::<usize>::new());
    }

    #[test]
    fn a_rule_beats_nobody() {
        let draft = Draft {
            cell: cell(),
            value: Value::text("copy"),
        };
        let rule = |seen: &[Written]| draft.clone().into_write(By::Rule, Time(5), seen);
        assert_eq!(rule(&[]).stamp, Stamp::RULE);
        let of_person = seen(1, 90_000, "chosen");
        assert!(rule(std::slice::from_ref(&of_person)).stamp < of_person.rank.stamp);
    }

    #[test]
    fn a_rule_that_runs_again_beats_what_it_wrote_before() {
        let draft = Draft {
            cell: cell(),
            value: Value::text("after the change"),
        };
        let before = seen(0xff, 0, "before the change");
        let again = draft.into_write(By::Rule, Time(5), std::slice::from_ref(&before));
        assert!(again.stamp > before.rank.stamp && again.stamp.is_of_rule());
    }

    /// Tom renames at 10:00, Mia at 10:01, Tom undoes at 10:02 without having hers: hers stands.
    #[test]
    fn an_undo_does_not_beat_a_later_edit_of_another() {
        let toms = Rank {
            stamp: Stamp(Time::new(10_000, 0).0),
            op: OpId([1; 32]),
        };
        let mias = Stamp(Time::new(10_001, 0).0);
        let undo = undo(&cell(), toms, toms, Some(&Value::text("old"))).unwrap();
        assert!(undo.stamp > toms.stamp && undo.stamp < mias);
    }

    #[test]
    fn an_undo_leaves_alone_what_stands_in_its_place() {
        let own = Rank {
            stamp: Stamp(3),
            op: OpId([1; 32]),
        };
        let other = Rank {
            stamp: Stamp(4),
            op: OpId([2; 32]),
        };
        assert_eq!(undo(&cell(), own, other, None), None);
    }
}
