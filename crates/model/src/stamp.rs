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
    /// The stamp of a value that a rule wrote and no person: any person's write beats it.
    pub const RULE: Self = Self(0);

    /// The stamp of a person's write at `time` over a value stamped `replaced`. It beats what it replaces, whatever
    /// the clock says.
    #[must_use]
    pub fn of_write(time: Time, replaced: Option<Self>) -> Self {
        let own = time.0.max(1);
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
        assert!(Stamp::of_write(Time::new(0, 0), None) > Stamp::RULE);
    }

    #[test]
    fn ticks_order_within_a_millisecond() {
        assert!(Time::new(5, 1) > Time::new(5, 0) && Time::new(6, 0) > Time::new(5, u16::MAX));
        assert_eq!(Time::new(u64::MAX, 0).ms(), Time::MAX_MS);
    }
}
