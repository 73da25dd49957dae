//! The main window is shown when its page begins to work, not before: its process would draw a window without anything in
//! it first, which takes as long as to draw its tasks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Manager};

use super::MAIN;

/// A window whose page does not begin is shown all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the main window waits to be shown for the first time.
pub(super) struct FirstShow(AtomicBool);

impl FirstShow {
    pub(super) fn new(wanted: bool) -> Self {
        Self(AtomicBool::new(wanted))
    }

    /// It waits no more: it was shown, or put away before it was.
    pub(super) fn end(&self) -> bool {
        self.0.swap(false, Ordering::AcqRel)
    }
}

/// Shows the window if it still waits for that.
pub(super) fn show(app: &AppHandle) {
    if !app.state::<FirstShow>().end() {
        return;
    }
    let shown = app.get_webview_window(MAIN).map(|window| window.show());
    if let Some(Err(error)) = shown {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// Shows the window when its page should have begun.
pub(super) fn show_later(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        show(&app);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_shown_once_and_only_where_it_was_wanted() {
        let wanted = FirstShow::new(true);
        assert_eq!([wanted.end(), wanted.end()], [true, false]);
        assert!(!FirstShow::new(false).end());
    }
}
