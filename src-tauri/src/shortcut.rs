//! The key that opens quick add from every program.

#[cfg_attr(target_os = "linux", path = "shortcut/x11.rs")]
#[cfg_attr(not(target_os = "linux"), path = "shortcut/plugin.rs")]
mod keys;

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tauri::AppHandle;

use crate::opening::Opening;
use crate::{desktop, platform, windows};

/// The key, and whether it works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Shortcut {
    state: State,
    key: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It opens quick add.
    On,
    /// None is wanted.
    Off,
    /// Another program has it, or there is no such key.
    Taken,
    /// The desktop lets no program take keys.
    Unavailable,
}

/// What a listening thread tells.
enum Heard {
    /// The key was pressed.
    Pressed,
    /// The keyboard is another one now, and has the key or has it not.
    #[cfg(target_os = "linux")]
    Works(bool),
}

/// Who listens to the key.
pub(crate) struct Shortcuts {
    keys: Mutex<Option<keys::Keys>>,
    now: Arc<Mutex<Shortcut>>,
}

impl Default for Shortcuts {
    fn default() -> Self {
        Self {
            keys: Mutex::default(),
            now: Arc::new(Mutex::new(Shortcut {
                state: State::Off,
                key: None,
            })),
        }
    }
}

impl Shortcuts {
    /// The key now.
    pub(crate) fn now(&self) -> Shortcut {
        self.now
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Listens to this key, or to none. Says whether anything changed. May wait for the window system.
    pub(crate) fn follow(&self, app: &AppHandle, key: Option<&str>) -> bool {
        let before = self.now();
        if before.state != State::Off
            && before.state != State::Taken
            && before.key.as_deref() == key
        {
            return false;
        }
        let state = self.take(app, key);
        let now = Shortcut {
            state,
            key: key.map(str::to_owned),
        };
        let changed = now != before;
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
        changed
    }

    fn take(&self, app: &AppHandle, key: Option<&str>) -> State {
        // An X key is not pressed in Wayland's windows, though the server would give it away.
        if platform::is_wayland() {
            return State::Unavailable;
        }
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.is_none() {
            let (app_, now) = (app.clone(), Arc::clone(&self.now));
            *keys = keys::Keys::listen(app, move |heard| match heard {
                Heard::Pressed => windows::open(&app_, Opening::QuickAdd(None)),
                #[cfg(target_os = "linux")]
                Heard::Works(works) => {
                    let mut now = now.lock().unwrap_or_else(PoisonError::into_inner);
                    now.state = if works { State::On } else { State::Taken };
                    drop(now);
                    desktop::tell_pages(&app_);
                }
            });
        }
        let Some(keys) = keys.as_ref() else {
            return State::Unavailable;
        };
        match (keys.take(key), key) {
            (Ok(()), Some(_)) => State::On,
            (Ok(()), None) => State::Off,
            (Err(error), _) => {
                tracing::info!(%error, ?key, "the key for quick add cannot be had");
                State::Taken
            }
        }
    }
}
