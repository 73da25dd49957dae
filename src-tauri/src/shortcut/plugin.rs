//! Keys where the system gives them to programs: Windows and macOS.

use tauri::AppHandle;
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

use super::Heard;

/// The system's keys, one of which is taken.
pub(crate) struct Keys {
    app: AppHandle,
    heard: std::sync::Arc<dyn Fn(Heard) + Send + Sync>,
}

impl Keys {
    /// Begins to listen. Takes no key yet.
    pub(crate) fn listen(
        app: &AppHandle,
        heard: impl Fn(Heard) + Send + Sync + 'static,
    ) -> Option<Self> {
        Some(Self {
            app: app.clone(),
            heard: std::sync::Arc::new(heard),
        })
    }

    /// Takes this key instead of the one before, or none.
    pub(crate) fn take(
        &self,
        key: Option<&str>,
    ) -> Result<(), tauri_plugin_global_shortcut::Error> {
        let shortcuts = self.app.global_shortcut();
        shortcuts.unregister_all()?;
        let Some(key) = key else {
            return Ok(());
        };
        let heard = std::sync::Arc::clone(&self.heard);
        shortcuts.on_shortcut(key, move |_, _, event| {
            if event.state == ShortcutState::Pressed {
                heard(Heard::Pressed);
            }
        })
    }
}
