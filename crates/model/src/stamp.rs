//! Time of an op and stamp of a write.

/// Wall time of an op: 48 bits of Unix milliseconds, then a 16-bit tick that tells ops of one millisecond apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// Greatest millisecond that fits.
    pub const MAX_MS: u64 = (1 << 48) - 1;

    /// Makes it of Unix milliseconds (the greatest that fits, if more) and a tick.
    #[must_use]
    pub const fn new(ms: u64, tick: u16) -> Self {
        let ms = if ms > Self::MAX_MS { Self::MAX_MS } else { ms };
        Self(ms << 16 | tick as u64)
    }

    /// Unix milliseconds.
    #[must_use]
    pub const fn ms(self) -> u64 {
        self.0 >> 16
    }

    /// The time just after this one; the last one stays.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What decides between two writes of one cell, before the op id: a time, or one more than what the write replaces.
/// Kept per cell, so no clock ever has to be merged, clamped or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub u64);

impl Stamp {
    /// The stamp of a value that a rule wrote where nothing was, and no person: any person's write beats it.
    pub const RULE: Self = Self(0);
    /// The greatest stamp of a rule. All of them lie in the first millisecond of the clock.
    const LAST_OF_RULE: Self = Self(u16::MAX as u64);

    /// Whether a rule wrote it.
    #[must_use]
    pub const fn is_of_rule(self) -> bool {
        self.0 <= Self::LAST_OF_RULE.0
    }

    /// The stamp of a rule's write over a value stamped `replaced`: it beats a rule's, as one that knows better, and no
    /// person's.
    #[must_use]
    pub fn of_rule(replaced: Option<Self>) -> Self {
        match replaced {
            Some(replaced) if replaced < Self::LAST_OF_RULE => Self(replaced.0 + 1),
            Some(Self::LAST_OF_RULE) => Self::LAST_OF_RULE,
            _ => Self::RULE,
        }
    }

    /// The stamp of a person's write at `time` over a value stamped `replaced`. It beats what it replaces, whatever
    /// the clock says.
    #[must_use]
    pub fn of_write(time: Time, replaced: Option<Self>) -> Self {
        let own = time.0.max(Self::LAST_OF_RULE.0 + 1);
        Self(replaced.map_or(own, |replaced| own.max(replaced.0.saturating_add(1))))
    }

    /// The stamp of an undo of a write stamped `self`: above it, and above nothing later.
    #[must_use]
    pub const fn undo(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_beats_what_it_replaces_even_with_a_clock_in_1970() {
        let wrong = Stamp::of_write(Time::new(4_000_000_000_000, 0), None);
        let knowing = Stamp::of_write(Time::new(0, 0), Some(wrong));
        assert!(knowing > wrong);
    }

    #[test]
    fn a_person_beats_a_rule_at_the_first_millisecond() {
        let person = Stamp::of_write(Time::new(0, 0), None);
        let mut rule = Stamp::of_rule(None);
        assert_eq!(rule, Stamp::RULE);
        for _ in 0..70_000 {
            assert!(rule.is_of_rule() && person > rule);
            rule = Stamp::of_rule(Some(rule));
        }
        assert!(!person.is_of_rule());
    }

    #[test]
    fn a_rule_beats_the_rule_that_it_replaces_and_no_person() {
        let first = Stamp::of_rule(None);
        let second = Stamp::of_rule(Some(first));
        assert!(second > first && Stamp::of_rule(Some(second)) > second);
        for ms in [0, 1, 1_790_000_000_000] {
            let person = Stamp::of_write(Time::new(ms, 0), Some(second));
            assert!(Stamp::of_rule(Some(person)) < person);
        }
    }

    #[test]
    fn ticks_order_within_a_millisecond() {
        assert!(Time::new(5, 1) > Time::new(5, 0) && Time::new(6, 0) > Time::new(5, u16::MAX));
        assert_eq!(Time::new(u64::MAX, 0).ms(), Time::MAX_MS);
    }
}
