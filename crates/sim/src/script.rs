//! What happens in a run: people's edits, and everything that goes wrong.

use crate::dice::Dice;

/// One thing that happens at one computer, or between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Somebody adds a task.
    Add,
    /// Somebody writes a field of a task.
    Edit,
    /// Somebody sets or clears a tag.
    Tag,
    /// Somebody completes a task: if it repeats, its next occurrence is written by a rule, for whoever's turn it is.
    Complete,
    /// Somebody opens a done task again.
    Reopen,
    /// Somebody deletes or restores a task.
    Delete,
    /// A newer version writes what this one cannot read.
    NewerWrite,
    /// A connection breaks; what was under way in it is lost.
    Break,
    /// A computer is cut off for a while.
    Isolate,
    /// A computer stops at once and starts later.
    Crash,
    /// A wall clock jumps.
    ClockJump,
    /// A copy of the disk is kept.
    Snapshot,
    /// The kept copy takes the disk's place.
    Rollback,
    /// The kept copy runs beside the original.
    Clone,
    /// An owner lets a computer in.
    Admit,
    /// An owner puts a computer out.
    Remove,
    /// An owner changes a role.
    ChangeRole,
    /// A computer leaves.
    Leave,
}

impl Happening {
    /// What happens next: edits mostly, faults often enough to meet each other.
    pub fn draw(dice: &mut Dice) -> Self {
        const WEIGHTS: &[(Happening, u64)] = &[
            (Happening::Add, 18),
            (Happening::Edit, 26),
            (Happening::Tag, 10),
            (Happening::Complete, 14),
            (Happening::Reopen, 4),
            (Happening::Delete, 6),
            (Happening::NewerWrite, 3),
            (Happening::Break, 12),
            (Happening::Isolate, 8),
            (Happening::Crash, 8),
            (Happening::ClockJump, 5),
            (Happening::Snapshot, 7),
            (Happening::Rollback, 6),
            (Happening::Clone, 2),
            (Happening::Admit, 3),
            (Happening::Remove, 2),
            (Happening::ChangeRole, 3),
            (Happening::Leave, 1),
        ];
        let mut at = dice.below(WEIGHTS.iter().map(|(_, weight)| weight).sum());
        for (happening, weight) in WEIGHTS {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return *happening,
            }
        }
        Self::Edit
    }
}
