//! Which clock is wrong. Clocks decide nothing about data; a wrong one is named so that a person can set it.

use rota_model::{id::AuthorKey, limits::CLOCK_APART_MAX_MS};

/// What the clocks of a group of computers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockVerdict {
    /// No two that are too far apart.
    Agree,
    /// Two computers differ, or there is no majority: both sides are named.
    Unclear {
        /// The peers whose clocks differ too much from this computer's.
        apart: Vec<AuthorKey>,
    },
    /// This computer's clock is the odd one.
    Mine {
        /// What to add to it, in milliseconds.
        off_by_ms: i64,
    },
    /// These peers' clocks are the odd ones, with their difference from the majority in milliseconds.
    Others(Vec<(AuthorKey, i64)>),
}

/// Judges clocks by `differences`, a peer's clock minus this computer's. With three or more computers a strict majority
/// that agrees tells the odd ones.
#[must_use]
pub fn judge(differences: &[(AuthorKey, i64)]) -> ClockVerdict {
    let apart = |a: i64, b: i64| a.abs_diff(b) > CLOCK_APART_MAX_MS;
    let from_mine: Vec<_> = differences
        .iter()
        .filter(|(_, difference)| apart(*difference, 0))
        .map(|(peer, _)| *peer)
        .collect();
    let all: Vec<i64> = differences
        .iter()
        .map(|(_, difference)| *difference)
        .chain([0])
        .collect();
    if !all.iter().any(|a| all.iter().any(|b| apart(*a, *b))) {
        return ClockVerdict::Agree;
    }
    // The clock that most others agree with stands for the majority.
    let agreeing = |a: i64| all.iter().filter(|b| !apart(a, **b)).count();
    let centre = all
        .iter()
        .copied()
        .max_by_key(|a| agreeing(*a))
        .unwrap_or(0);
    if all.len() < 3 || agreeing(centre) * 2 <= all.len() {
        return ClockVerdict::Unclear { apart: from_mine };
    }
    if apart(centre, 0) {
        return ClockVerdict::Mine { off_by_ms: centre };
    }
    ClockVerdict::Others(
        differences
            .iter()
            .filter(|(_, difference)| apart(*difference, centre))
            .map(|(peer, difference)| (*peer, difference.saturating_sub(centre)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn of(differences: &[i64]) -> Vec<(AuthorKey, i64)> {
        differences
            .iter()
            .enumerate()
            .map(|(n, d)| (AuthorKey([n as u8; 32]), *d))
            .collect()
    }

    #[test]
    fn two_computers_cannot_tell_which_is_wrong() {
        let peer = AuthorKey([0; 32]);
        assert_eq!(
            judge(&of(&[HOUR])),
            ClockVerdict::Unclear { apart: vec![peer] }
        );
        assert_eq!(judge(&of(&[1000])), ClockVerdict::Agree);
        assert_eq!(judge(&[]), ClockVerdict::Agree);
    }

    #[test]
    fn of_three_the_odd_one_is_named() {
        assert_eq!(
            judge(&of(&[500, HOUR])),
            ClockVerdict::Others(vec![(AuthorKey([1; 32]), HOUR)])
        );
        assert!(
            matches!(judge(&of(&[-HOUR, -HOUR - 300])), ClockVerdict::Mine { off_by_ms } if off_by_ms < -HOUR + 1)
        );
    }

    #[test]
    fn three_that_all_differ_name_no_one_alone() {
        assert!(
            matches!(judge(&of(&[HOUR, -HOUR])), ClockVerdict::Unclear { apart } if apart.len() == 2)
        );
        assert!(matches!(
            judge(&of(&[i64::MAX, i64::MIN])),
            ClockVerdict::Unclear { .. }
        ));
    }

    #[test]
    fn a_peer_just_within_the_limit_of_mine_is_no_odd_one() {
        let limit = CLOCK_APART_MAX_MS as i64;
        assert_eq!(judge(&of(&[limit])), ClockVerdict::Agree);
        assert!(matches!(
            judge(&of(&[limit + 1])),
            ClockVerdict::Unclear { .. }
        ));
    }
}
