//! Light or dark: as the system is, unless the person has set it.

#[cfg(target_os = "linux")]
mod portal;

use std::sync::{Mutex, MutexGuard, PoisonError};

use rota_api::Theme as Wanted;
use tauri::{AppHandle, Manager, Theme};

use crate::windows;

/// What the system is, and what the person wants.
pub(crate) struct Themes(Mutex<State>);

#[derive(Clone, Copy)]
struct State {
    /// None where only the windows' own toolkit knows.
    system: Option<Theme>,
    wanted: Wanted,
}

/// Takes note of what the system is at the start, and follows it. The windows have to be there.
pub(crate) fn begin(app: &AppHandle) {
    let system = app
        .get_webview_window(windows::MAIN)
        .filter(|_| !cfg!(target_os = "linux"))
        .and_then(|window| window.theme().ok());
    app.manage(Themes(Mutex::new(State {
        system,
        wanted: Wanted::System,
    })));
    #[cfg(target_os = "linux")]
    tauri::async_runtime::spawn(portal::follow(app.clone()));
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
    app.set_theme(state.set());
}

/// Shows a window that was built since what the others show.
pub(crate) fn show_again(app: &AppHandle) {
    if let Some(themes) = app.try_state::<Themes>() {
        let state = *lock(&themes);
        show(app, state);
    }
}

/// The windows have changed: by the setting, or because the system did. On Linux they do not hear of that.
pub(crate) fn changed(app: &AppHandle, now: Theme) {
    if cfg!(target_os = "linux") {
        return;
    }
    let Some(themes) = app.try_state::<Themes>() else {
        return;
    };
    let state = {
        let mut state = lock(&themes);
        if state.shown() == Some(now) {
            return;
        }
        state.system = Some(now);
        *state
    };
    if state.shown() != Some(now) {
        app.set_theme(state.set());
    }
}

/// The system says what it is by now.
#[cfg(target_os = "linux")]
fn system_is(app: &AppHandle, now: Theme) {
    let state = {
        let themes = app.state::<Themes>();
        let mut state = lock(&themes);
        state.system = Some(now);
        *state
    };
    show(app, state);
}

fn show(app: &AppHandle, state: State) {
    #[cfg(target_os = "linux")]
    if let Some(system) = state.system {
        tell_pages(app, system);
    }
    if let Some(theme) = state.set() {
        app.set_theme(Some(theme));
    }
}

/// Tells the pages what the system is: a web view that draws without a graphics processor does not say it.
#[cfg(target_os = "linux")]
fn tell_pages(app: &AppHandle, system: Theme) {
    for (label, window) in app.webview_windows() {
        let told = window.eval(format!(
            "globalThis.rotaShade = '{system}'; dispatchEvent(new Event('rota-shade'))"
        ));
        if let Err(error) = told {
            tracing::debug!(%error, label, "a page was not told whether the system is dark");
        }
    }
}

impl State {
    fn shown(self) -> Option<Theme> {
        match self.wanted {
            Wanted::System => self.system,
            Wanted::Light => Some(Theme::Light),
            Wanted::Dark => Some(Theme::Dark),
        }
    }

    /// What the windows are told; none where they follow the system by themselves. On Linux they would then be light,
    /// whatever the system says.
    fn set(self) -> Option<Theme> {
        let follow = self.wanted == Wanted::System && !cfg!(target_os = "linux");
        self.shown().filter(|_| !follow)
    }
}

fn lock(themes: &Themes) -> MutexGuard<'_, State> {
    themes.0.lock().unwrap_or_else(PoisonError::into_inner)
}
