//! Waiting for a condition, with a deadline.

use std::fmt::Debug;
use std::time::{Duration, Instant};

/// Waits until `check` holds; panics with `what` when `seconds` have passed.
pub fn until(what: &str, seconds: u64, mut check: impl FnMut() -> bool) {
    until_some(what, seconds, || check().then_some(()));
}

/// Waits until what `look` sees is `expected`; panics with `what` and what it saw last when `seconds` have passed.
pub fn until_is<T: PartialEq + Debug>(
    what: &str,
    seconds: u64,
    expected: &T,
    mut look: impl FnMut() -> T,
) {
    let mut last = None;
    let is_it = || {
        let seen = look();
        let is_it = seen == *expected;
        last = Some(seen);
        is_it.then_some(())
    };
    assert!(
        within(seconds, is_it).is_some(),
        "not within {seconds} s: {what}, but {last:?}"
    );
}

/// Waits until `look` finds something; panics with `what` when `seconds` have passed.
pub fn until_some<T>(what: &str, seconds: u64, look: impl FnMut() -> Option<T>) -> T {
    within(seconds, look).unwrap_or_else(|| panic!("not within {seconds} s: {what}"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a deadline is a deadline of the real world"
)]
pub(crate) fn within<T>(seconds: u64, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        let found = look();
        if found.is_some() || Instant::now() >= deadline {
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
