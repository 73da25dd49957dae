//! Notices that the machine slept or the program was stopped: then connections may be dead and announcements old.

use std::time::{Duration, SystemTime};

use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};

/// A gap that load alone does not make.
const SLEPT: Duration = Duration::from_secs(4);

/// Reports each sleep until nobody listens.
pub(crate) async fn watch(interval: Duration, woke: mpsc::Sender<()>) {
    loop {
        let (started, wall) = (Instant::now(), wall_clock());
        sleep(interval).await;
        // Depending on the system the steady clock stands still in sleep or runs on; stopping the process stops neither.
        // A clock that is set forward looks the same, and looking after the connections then costs nothing.
        let by_wall = wall_clock().duration_since(wall).unwrap_or_default();
        if is_gap(started.elapsed().max(by_wall), interval) && woke.send(()).await.is_err() {
            return;
        }
        if woke.is_closed() {
            return;
        }
    }
}

fn is_gap(elapsed: Duration, interval: Duration) -> bool {
    elapsed > interval + SLEPT
}

#[expect(
    clippy::disallowed_methods,
    reason = "only the length of a sleep is read off it, never a time of day"
)]
fn wall_clock() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_gap_is_a_sleep() {
        let interval = Duration::from_secs(1);
        assert!(!is_gap(interval, interval));
        assert!(!is_gap(Duration::from_secs(3), interval));
        assert!(is_gap(Duration::from_secs(6), interval));
    }
}
