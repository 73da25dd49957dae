//! The one place that reads the clocks. Everything else is given the moment.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rota_model::stamp::Time;
use rota_sync::Millis;

use crate::presence::Moment;

/// The clocks of this computer.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    last: AtomicU64,
}

impl Clock {
    /// Begins to count the milliseconds of [`Clock::elapsed_ms`].
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clocks"
    )]
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            last: AtomicU64::new(0),
        }
    }

    /// Wall time in Unix milliseconds; 0 before 1970.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clocks"
    )]
    pub(crate) fn wall_ms(&self) -> u64 {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    /// Milliseconds since the start, on a clock that never goes back.
    pub(crate) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// This moment on both clocks.
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            at: Millis(self.elapsed_ms()),
            wall_ms: self.wall_ms(),
        }
    }

    /// The time of a new op: unlike that of every op of the same millisecond, and it may go back with the wall clock.
    pub(crate) fn op_time(&self) -> Time {
        let first = Time::new(self.wall_ms(), 0);
        let next = |last: u64| {
            let same_millisecond = Time(last).ms() == first.ms();
            if same_millisecond {
                Time(last).next().0
            } else {
                first.0
            }
        };
        let last = self
            .last
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(next(last)));
        // The update always applies, so both arms hold the value that was replaced.
        let (Ok(last) | Err(last)) = last;
        Time(next(last))
    }

    /// The moment and the zone of this computer.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clocks"
    )]
    pub(crate) fn zoned(&self) -> jiff::Zoned {
        jiff::Zoned::now()
    }
}

/// Unix milliseconds as RFC 3339 in UTC.
pub(crate) fn rfc3339(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(ms)
        .unwrap_or(jiff::Timestamp::MAX)
        .to_string()
}

/// How long to wait before a try, after so many failures in a row.
pub(crate) fn backoff(failures: u32, first: Duration, longest: Duration) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    first.saturating_mul(1 << doublings).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_of_one_millisecond_have_unlike_times() {
        let clock = Clock::start();
        let times: std::collections::BTreeSet<_> = (0..2_000).map(|_| clock.op_time()).collect();
        assert_eq!(times.len(), 2_000);
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let (first, longest) = (Duration::from_millis(500), Duration::from_secs(30));
        let waits: Vec<u128> = [1, 2, 3, 40]
            .map(|failures| backoff(failures, first, longest).as_millis())
            .to_vec();
        assert_eq!(waits, [500, 1_000, 2_000, 30_000]);
    }

    #[test]
    fn moments_are_told_in_utc() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert!(rfc3339(u64::MAX).starts_with("9999"));
    }
}
