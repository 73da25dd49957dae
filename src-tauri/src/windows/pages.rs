//! What waits to be shown in each page, until the page takes it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::opening::PageOpening;

/// How long a window waits for its page to take what it is to show: as long as a page takes to load on a busy computer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What waits for each window's page: one thing each, the latest.
#[derive(Default)]
pub(crate) struct Openings {
    waiting: Mutex<HashMap<&'static str, PageOpening>>,
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
        self.taken.notify_waiters();
        opening
    }

    /// Waits until nothing waits for a window's page any more, or until a page should have taken it.
    pub(super) async fn until_taken(&self, window: &str) {
        let taken = async {
            loop {
                let taken = self.taken.notified();
                if !self.lock().contains_key(window) {
                    return;
                }
                taken.await;
            }
        };
        if tokio::time::timeout(PATIENCE, taken).await.is_err() {
            tracing::debug!(window, "the page has not taken what it is to show");
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<&'static str, PageOpening>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
