//! Leaving: the node is closed in order before the process ends. Nothing relies on `Drop`.

use std::sync::Arc;

use rota_api::ApiError;
use tauri::{AppHandle, Manager};

use crate::desktop::Desktop;
use crate::node::Node;
use crate::{failure, tray, windows};

/// Has what is being typed kept, closes the node, then ends the app.
pub(crate) fn quit(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        windows::finish(&app).await;
        if let Some(desktop) = app.try_state::<Arc<Desktop>>() {
            desktop.stop().await;
        }
        let closed = app.state::<Arc<Node>>().close().await;
        if let Err(error) = &closed {
            tracing::error!(%error, "Rota was not closed in order");
        }
        app.exit(closed.map_or_else(|error| i32::from(error.code.exit()), |()| 0));
    });
}

/// Quits, unless the tray keeps Rota reachable or the person wants it to go on without one.
pub(crate) fn unless_reachable(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let goes_on = app.state::<Arc<Desktop>>().settings().keep_running;
        if !goes_on && !tray::is_there().await {
            quit(app);
        }
    });
}

/// Closes the node, says why and ends the app. That the folder cannot be used goes before that the window cannot.
pub(crate) fn abandon(app: AppHandle, why: ApiError) {
    tauri::async_runtime::spawn(async move {
        let why = app.state::<Arc<Node>>().opened().await.err().unwrap_or(why);
        if let Err(error) = app.state::<Arc<Node>>().close().await {
            tracing::error!(%error, "Rota was not closed in order");
        }
        failure::exit(&why)
    });
}

/// What ends the app from outside: SIGTERM and SIGINT. Taken before the node starts, so that none comes in its middle.
#[cfg(unix)]
pub(crate) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Takes the signals over.
    pub(crate) fn take() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the first.
    pub(crate) async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// What ends the app from outside: Ctrl+C in its terminal.
#[cfg(not(unix))]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub(crate) fn take() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(crate) async fn wait(self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl+C is not heard");
            std::future::pending::<()>().await;
        }
    }
}
