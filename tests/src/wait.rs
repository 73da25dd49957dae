//! Waiting for a condition, with a deadline.

use std::time::{Duration, Instant};

/// Waits until `check` holds; panics with `what` when `seconds` have passed.
pub fn until(what: &str, seconds: u64, mut check: impl FnMut() -> bool) {
    until_some(what, seconds, || check().then_some(()));
}

/// Waits until `look` finds something; panics with `what` when `seconds` have passed.
#[expect(
    clippy::disallowed_methods,
    reason = "a deadline is a deadline of the real world"
)]
pub fn until_some<T>(what: &str, seconds: u64, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "not within {seconds} s: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
