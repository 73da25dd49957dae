//! Light or dark: as the system is, unless the person has set it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rota_api::Theme as Wanted;
use tauri::{AppHandle, Manager, Theme};

use crate::windows;

/// What the system is, and what the person wants.
pub(crate) struct Themes(Mutex<State>);

#[derive(Clone, Copy)]
struct State {
    system: Theme,
    wanted: Wanted,
}

/// Takes note of what the system is at the start. The windows have to be there.
pub(crate) fn begin(app: &AppHandle) {
    let window = app.get_webview_window(windows::MAIN);
    let system = window.and_then(|window| window.theme().ok());
    app.manage(Themes(Mutex::new(State {
        system: system.unwrap_or(Theme::Light),
        wanted: Wanted::System,
    })));
}

/// Follows the setting.
pub(crate) fn follow(app: &AppHandle, wanted: Wanted) {
    let state = {
        let themes = app.state::<Themes>();
        let mut state = lock(&themes);
        if state.wanted == wanted {
            return;
        }
        state.wanted = wanted;
        *state
    };
    show(app, state);
}

/// Shows a window that was built since what the others show.
pub(crate) fn show_again(app: &AppHandle) {
    if let Some(themes) = app.try_state::<Themes>() {
        let state = *lock(&themes);
        show(app, state);
    }
}

/// The windows have changed: by the setting, or because the system did.
pub(crate) fn changed(app: &AppHandle, now: Theme) {
    let Some(themes) = app.try_state::<Themes>() else {
        return;
    };
    let state = {
        let mut state = lock(&themes);
        if state.shown() == now {
            return;
        }
        state.system = now;
        *state
    };
    if state.shown() != now {
        show(app, state);
    }
}

fn show(app: &AppHandle, state: State) {
    // On Linux "none" would be light, whatever the system is.
    let by_system = state.wanted == Wanted::System && !cfg!(target_os = "linux");
    app.set_theme((!by_system).then(|| state.shown()));
}

impl State {
    fn shown(self) -> Theme {
        match self.wanted {
            Wanted::System => self.system,
            Wanted::Light => Theme::Light,
            Wanted::Dark => Theme::Dark,
        }
    }
}

fn lock(themes: &Themes) -> MutexGuard<'_, State> {
    themes.0.lock().unwrap_or_else(PoisonError::into_inner)
}
