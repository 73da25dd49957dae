//! The rules that a simulated group goes by, with bugs that can be planted to prove that the checks find them.

use rota_model::id::SpaceId;
use rota_model::members::Membership;
use rota_model::payload::{Payload, Role};
use rota_model::register::{self, Rank};
use rota_model::stamp::{Stamp, Time};

use crate::log::Log;

/// A mistake that the simulator must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Of two equal stamps the one that came first stands.
    TieWithoutOpId,
    /// A batch is acknowledged before it is committed.
    AckBeforeCommit,
    /// After a crash the next op takes a counter from memory, not from the log.
    ReusedCounter,
    /// A write counts if its author could write when it arrived.
    RightOnArrival,
    /// A stamp is the clock's time alone.
    StampFromClock,
    /// Whatever a rule writes has the same stamp.
    OneStampOfRules,
    /// The id of the next occurrence follows from its date.
    NextByDate,
}

/// The rules in force, or those with one bug.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    /// The bug, if one is planted.
    pub planted: Option<Planted>,
}

impl Rules {
    /// The rules with a bug.
    #[must_use]
    pub const fn with(planted: Planted) -> Self {
        Self {
            planted: Some(planted),
        }
    }

    /// Whether this bug is planted.
    #[must_use]
    pub fn has(&self, planted: Planted) -> bool {
        self.planted == Some(planted)
    }

    /// Which of two writes of a cell stands; `standing` came first.
    #[must_use]
    pub fn merge(&self, standing: Rank, new: Rank) -> Rank {
        if self.has(Planted::TieWithoutOpId) && standing.stamp == new.stamp {
            return standing;
        }
        register::merge(standing, new)
    }

    /// The stamp of a person's write.
    #[must_use]
    pub fn stamp(&self, right: Stamp, time: Time) -> Stamp {
        if self.has(Planted::StampFromClock) {
            Stamp(time.0)
        } else {
            right
        }
    }

    /// The stamp of a rule's write.
    #[must_use]
    pub fn stamp_of_rule(&self, right: Stamp) -> Stamp {
        if self.has(Planted::OneStampOfRules) {
            Stamp::RULE
        } else {
            right
        }
    }

    /// Changes what counts to what a judgement on arrival would have made of it.
    pub(crate) fn judge(&self, log: &Log, space: SpaceId, membership: &mut Membership) {
        if !self.has(Planted::RightOnArrival) {
            return;
        }
        let mut counted = membership.counted_to.clone();
        counted.clear();
        let honest = Self::default();
        let mut so_far = Log::default();
        for entry in log.entries() {
            so_far.offer(entry.clone());
            if matches!(entry.payload, Payload::Membership(_) | Payload::Unreadable) {
                continue;
            }
            let then = so_far.membership(space, &honest);
            let may = then.standing().any(|a| {
                a.admit.key == entry.op.header.chain.author && a.admit.role >= Role::Editor
            });
            if let (true, Some(at)) = (may, log.position(&entry.op.id)) {
                let last = counted.entry(at.branch).or_default();
                *last = (*last).max(at.counter);
            }
        }
        membership.counted_to = counted;
    }
}
