//! What waits to be shown in each page, until the page takes it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::opening::PageOpening;

/// What waits for each window's page: one thing each, the latest.
#[derive(Default)]
pub(crate) struct Openings(Mutex<HashMap<&'static str, PageOpening>>);

impl Openings {
    /// Leaves something for a window's page.
    pub(super) fn put(&self, window: &'static str, opening: PageOpening) {
        self.lock().insert(window, opening);
    }

    /// Takes what waits for a window's page.
    pub(crate) fn take(&self, window: &str) -> Option<PageOpening> {
        self.lock().remove(window)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<&'static str, PageOpening>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
