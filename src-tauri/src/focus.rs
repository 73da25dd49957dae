//! Focus for a window that a person has just asked for.
//!
//! The toolkit asks with the time of the last key or click in its own windows. A click in the tray or a command is none of
//! these, so a window manager that guards the focus would leave it where it is. It is told that a person asks.

use std::time::Duration;

use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use tauri::WebviewWindow;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState};

/// Who asks, in the words of the window manager's protocol: the person, through a panel.
const SOURCE_PERSON: u32 = 2;
const TRIES: u16 = 100;
const TRY_AGAIN: Duration = Duration::from_millis(20);

/// Gives the focus to a window that was just shown. Where there is no X server the toolkit's own way has to do.
pub(crate) fn give(window: &WebviewWindow) {
    let Ok(handle) = window.window_handle() else {
        return;
    };
    let RawWindowHandle::Xlib(handle) = handle.as_raw() else {
        return;
    };
    let Ok(id) = u32::try_from(handle.window) else {
        return;
    };
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = activate(id) {
            tracing::debug!(%error, "the focus was not asked for");
        }
    });
}

fn activate(window: u32) -> Result<(), Box<dyn std::error::Error>> {
    let (server, screen) = x11rb::connect(None)?;
    let root = server
        .setup()
        .roots
        .get(screen)
        .ok_or("no such screen")?
        .root;
    let active = server
        .intern_atom(false, b"_NET_ACTIVE_WINDOW")?
        .reply()?
        .atom;
    // What the window manager does not show yet it does not activate, and the toolkit may speak in between.
    for _ in 0..TRIES {
        let shown = server.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
        let focused = server
            .get_property(false, root, active, AtomEnum::WINDOW, 0, 1)?
            .reply()?;
        if shown && focused.value32().and_then(|mut ids| ids.next()) == Some(window) {
            return Ok(());
        }
        if shown {
            let event = ClientMessageEvent::new(32, window, active, [SOURCE_PERSON, 0, 0, 0, 0]);
            let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
            server.send_event(false, root, to, event)?.check()?;
        }
        std::thread::sleep(TRY_AGAIN);
    }
    Err("the window manager did not give it".into())
}
