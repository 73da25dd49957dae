//! Programs with a quick-add window that work beside the owner of the folder.

use std::sync::{Mutex, PoisonError};

use tokio::sync::mpsc;

/// The windows; the one that joined last is opened.
#[derive(Debug, Default)]
pub(crate) struct Windows {
    all: Mutex<Vec<mpsc::Sender<()>>>,
}

impl Windows {
    /// A program has a window, until it drops what it gets. It gets one item each time that the window is asked for.
    pub(crate) fn join(&self) -> mpsc::Receiver<()> {
        let (ask, asked) = mpsc::channel(1);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| !other.is_closed());
        all.push(ask);
        asked
    }

    /// Asks for a window; false if there is none.
    pub(crate) fn open(&self) -> bool {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(last) = all.last() {
            match last.try_send(()) {
                // One that was asked a moment ago is opening.
                Ok(()) | Err(mpsc::error::TrySendError::Full(())) => return true,
                Err(mpsc::error::TrySendError::Closed(())) => all.pop(),
            };
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_one_that_is_still_there_is_asked() {
        let windows = Windows::default();
        assert!(!windows.open());
        let mut first = windows.join();
        let second = windows.join();
        assert!(windows.open());
        drop(second);
        assert!(windows.open() && windows.open());
        assert_eq!(first.recv().await, Some(()));
        assert!(first.try_recv().is_err());
        drop(first);
        assert!(!windows.open());
    }
}
