//! Before the app ends each page keeps what is being typed in it, and says that it has.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::Notify;

use super::Openings;

/// Says to a page that the app is about to end.
const FINISH: &str = "rota://finish";
/// How long a page may take. One that hangs keeps nobody.
const PATIENCE: Duration = Duration::from_secs(2);

/// Which pages have not yet kept what was typed.
#[derive(Default)]
pub(crate) struct Finishing {
    asked: Mutex<HashSet<String>>,
    finished: Notify,
}

impl Finishing {
    /// A page has kept what was typed in it.
    pub(crate) fn note(&self, window: &str) {
        self.lock().remove(window);
        self.finished.notify_waiters();
    }

    async fn until_all(&self) {
        loop {
            let finished = self.finished.notified();
            tokio::pin!(finished);
            // What happens between the look and the wait is heard of too.
            finished.as_mut().enable();
            if self.lock().is_empty() {
                return;
            }
            finished.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has the pages that are there keep what is being typed, and waits for that.
pub(crate) async fn finish(app: &AppHandle) {
    let Some(finishing) = app.try_state::<Finishing>() else {
        return;
    };
    for label in app.webview_windows().into_keys() {
        if !app.state::<Openings>().has_asked(&label) {
            continue;
        }
        finishing.lock().insert(label.clone());
        if let Err(error) = app.emit_to(&*label, FINISH, ()) {
            tracing::warn!(%error, label, "a page was not told that the app ends");
            finishing.note(&label);
        }
    }
    if tokio::time::timeout(PATIENCE, finishing.until_all())
        .await
        .is_err()
    {
        tracing::warn!("a page did not say that what was typed is kept");
    }
}
