//! What the desktop can do here, for the settings to say.

use serde::Serialize;
use std::sync::Arc;
use tauri::{AppHandle, Manager};

use crate::desktop::Desktop;
use crate::node::Node;
use crate::shortcut::Shortcut;
use crate::{args, autostart, platform, tray};

/// What the desktop can do here.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DesktopInfo {
    platform: &'static str,
    wayland: bool,
    tray: bool,
    autostart: Option<bool>,
    shortcut: Shortcut,
    notifications: bool,
    quick_add_command: String,
    data_folder: String,
    documents_folder: Option<String>,
}

impl DesktopInfo {
    /// Looks.
    pub(crate) async fn look(app: &AppHandle) -> Self {
        let desktop = Arc::clone(&app.state::<Arc<Desktop>>());
        let node = Arc::clone(&app.state::<Arc<Node>>());
        let folder = node.data_dir();
        Self {
            platform: platform::NAME,
            wayland: platform::is_wayland(),
            tray: tray::is_there().await,
            autostart: autostart::is_on(folder),
            shortcut: desktop.shortcuts.now(),
            notifications: desktop.notifications(),
            quick_add_command: if args::is_usual(folder) {
                "rota quick-add".to_owned()
            } else {
                format!("rota --data-dir '{}' quick-add", folder.display())
            },
            data_folder: folder.display().to_string(),
            documents_folder: documents(app),
        }
    }
}

/// Where people keep what they write; a system without such a folder has a home.
fn documents(app: &AppHandle) -> Option<String> {
    let folder = app.path().document_dir().or_else(|_| app.path().home_dir());
    folder.ok().map(|folder| folder.display().to_string())
}
