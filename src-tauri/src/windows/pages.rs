//! What waits to be shown in each page, until the page takes it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::opening::PageOpening;

/// How long a window waits for its page to take what it is to show: as long as a page takes to load on a busy computer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Anybody may write links: of more than these the oldest go.
const WAITING_MAX_COUNT: usize = 32;

/// What waits for each window's page, in the order in which it was asked for.
#[derive(Default)]
pub(crate) struct Openings {
    waiting: Mutex<HashMap<&'static str, VecDeque<PageOpening>>>,
    /// Windows whose pages have asked: they show what they have by then.
    asked: Mutex<HashSet<String>>,
    taken: Notify,
}

impl Openings {
    /// Leaves something for a window's page.
    pub(super) fn put(&self, window: &'static str, opening: PageOpening) {
        let mut waiting = self.lock();
        let waiting = waiting.entry(window).or_default();
        if waiting.len() == WAITING_MAX_COUNT {
            waiting.pop_front();
        }
        waiting.push_back(opening);
    }

    /// Takes the first of what waits for a window's page.
    pub(crate) fn take(&self, window: &str) -> Option<PageOpening> {
        let opening = self.lock().get_mut(window).and_then(VecDeque::pop_front);
        lock(&self.asked).insert(window.to_owned());
        self.taken.notify_waiters();
        opening
    }

    /// Whether a window's page has asked yet.
    pub(super) fn has_asked(&self, window: &str) -> bool {
        lock(&self.asked).contains(window)
    }

    /// Waits until a window's page has asked for the first time, or should have.
    pub(crate) async fn until_asked(&self, window: &str) {
        self.until(window, || self.has_asked(window)).await;
    }

    /// Waits until nothing waits for a window's page any more, or until a page should have taken it.
    pub(super) async fn until_taken(&self, window: &str) {
        self.until(window, || {
            self.lock().get(window).is_none_or(VecDeque::is_empty)
        })
        .await;
    }

    async fn until(&self, window: &str, is_so: impl Fn() -> bool) {
        let so = async {
            loop {
                let taken = self.taken.notified();
                tokio::pin!(taken);
                // What happens between the look and the wait is heard of too.
                taken.as_mut().enable();
                if is_so() {
                    return;
                }
                taken.await;
            }
        };
        if tokio::time::timeout(PATIENCE, so).await.is_err() {
            tracing::debug!(window, "the page has not taken what it is to show");
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<&'static str, VecDeque<PageOpening>>> {
        lock(&self.waiting)
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opening::Opening;

    fn text(text: &str) -> PageOpening {
        Opening::quick_add(text).unwrap().for_page().unwrap()
    }

    #[test]
    fn a_page_that_comes_late_finds_all_that_was_asked_for_in_order() {
        let openings = Openings::default();
        openings.put("quick-add", text("Milk"));
        openings.put("quick-add", text("Bread"));
        assert_eq!(openings.take("main"), None);
        assert_eq!(openings.take("quick-add"), Some(text("Milk")));
        assert_eq!(openings.take("quick-add"), Some(text("Bread")));
        assert_eq!(openings.take("quick-add"), None);
    }

    #[test]
    fn of_a_flood_the_latest_stay() {
        let openings = Openings::default();
        for n in 0..100 {
            openings.put("quick-add", text(&n.to_string()));
        }
        let kept = std::iter::from_fn(|| openings.take("quick-add")).count();
        assert_eq!(kept, WAITING_MAX_COUNT);
    }
}
