//! What waits to be shown in each page, until the page takes it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::opening::PageOpening;

/// How long a window waits for its page to take what it is to show: as long as a page takes to load on a busy computer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What waits for each window's page: one thing each, the latest.
#[derive(Default)]
pub(crate) struct Openings {
    waiting: Mutex<HashMap<&'static str, PageOpening>>,
    /// Windows whose pages have asked: they show what they have by then.
    asked: Mutex<HashSet<String>>,
    taken: Notify,
}

impl Openings {
    /// Leaves something for a window's page.
    pub(super) fn put(&self, window: &'static str, opening: PageOpening) {
        self.lock().insert(window, opening);
    }

    /// Takes what waits for a window's page.
    pub(crate) fn take(&self, window: &str) -> Option<PageOpening> {
        let opening = self.lock().remove(window);
        lock(&self.asked).insert(window.to_owned());
        self.taken.notify_waiters();
        opening
    }

    /// Waits until a window's page has asked for the first time, or should have.
    pub(crate) async fn until_asked(&self, window: &str) {
        self.until(window, || lock(&self.asked).contains(window))
            .await;
    }

    /// Waits until nothing waits for a window's page any more, or until a page should have taken it.
    pub(super) async fn until_taken(&self, window: &str) {
        self.until(window, || !self.lock().contains_key(window))
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

    fn lock(&self) -> MutexGuard<'_, HashMap<&'static str, PageOpening>> {
        lock(&self.waiting)
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
