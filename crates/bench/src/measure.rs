//! Times of many calls.

use std::time::{Duration, Instant};

/// Durations of calls, to be asked for percentiles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Takes one call.
    pub(crate) fn call<T>(&mut self, call: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let value = call();
        self.0.push(begin.elapsed());
        value
    }

    /// Takes a duration that was measured elsewhere.
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The value below which `percent` of the calls lie, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted
            .get(index)
            .map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }

    /// The middle one, in milliseconds.
    pub(crate) fn median_ms(&self) -> f64 {
        self.percentile_ms(50)
    }
}

/// Seconds that something takes.
pub(crate) fn seconds(what: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    what();
    begin.elapsed().as_secs_f64()
}

/// The middle of several.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
