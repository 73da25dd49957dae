//! Focus for a window that a person has just asked for, and back to the program before.
//!
//! The toolkit asks with the time of the last key or click in its own windows. A click in the tray or a command is none of
//! these, so a window manager that guards the focus would leave it where it is. It is told that a person asks.
//!
//! On Wayland no program may say who gets the focus; there the desktop gives it back by itself when a window goes.

use std::time::Duration;

use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use tauri::WebviewWindow;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

/// Who asks, in the words of the window manager's protocol: the person, through a panel.
const SOURCE_PERSON: u32 = 2;
const TRIES: u16 = 100;
const TRY_AGAIN: Duration = Duration::from_millis(20);

/// A window of another program, or another one of ours, that had the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Before(Window);

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Gives the focus to a window that was just shown. Where there is no X server the toolkit's own way has to do.
pub(crate) fn give(window: &WebviewWindow) {
    let Some(id) = x11_id(window) else {
        return;
    };
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = Server::connect().and_then(|server| server.activate(id)) {
            tracing::debug!(%error, "the focus was not asked for");
        }
    });
}

/// Who has the focus now, unless it is this window.
pub(crate) fn before(window: &WebviewWindow) -> Option<Before> {
    let id = x11_id(window)?;
    let active = Server::connect().and_then(|server| server.active());
    match active {
        Ok(active) => active.filter(|active| *active != id).map(Before),
        Err(error) => {
            tracing::debug!(%error, "who has the focus is not known");
            None
        }
    }
}

/// Gives the focus back once the window is gone, unless the person has given it to somebody else since.
pub(crate) fn give_back(window: &WebviewWindow, before: Before) {
    let Some(id) = x11_id(window) else {
        return;
    };
    tauri::async_runtime::spawn_blocking(move || {
        let given = Server::connect().and_then(|server| {
            let active = server.active()?;
            if active.is_none_or(|active| active == id) {
                server.ask_for(before.0)?;
            }
            Ok(())
        });
        if let Err(error) = given {
            tracing::debug!(%error, "the focus was not given back");
        }
    });
}

fn x11_id(window: &WebviewWindow) -> Option<Window> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok(),
        _ => None,
    }
}

struct Server {
    connection: RustConnection,
    root: Window,
    active: Atom,
}

impl Server {
    fn connect() -> Outcome<Self> {
        let (connection, screen) = x11rb::connect(None)?;
        let roots = &connection.setup().roots;
        let root = roots.get(screen).ok_or("no such screen")?.root;
        let active = connection
            .intern_atom(false, b"_NET_ACTIVE_WINDOW")?
            .reply()?
            .atom;
        Ok(Self {
            connection,
            root,
            active,
        })
    }

    fn active(&self) -> Outcome<Option<Window>> {
        let property = self
            .connection
            .get_property(false, self.root, self.active, AtomEnum::WINDOW, 0, 1)?
            .reply()?;
        let first = property.value32().and_then(|mut ids| ids.next());
        Ok(first.filter(|id| *id != x11rb::NONE))
    }

    fn ask_for(&self, window: Window) -> Outcome<()> {
        let event = ClientMessageEvent::new(32, window, self.active, [SOURCE_PERSON, 0, 0, 0, 0]);
        let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection
            .send_event(false, self.root, to, event)?
            .check()?;
        Ok(())
    }

    fn activate(&self, window: Window) -> Outcome<()> {
        // What the window manager does not show yet it does not activate, and the toolkit may speak in between.
        for _ in 0..TRIES {
            let attributes = self.connection.get_window_attributes(window)?.reply()?;
            let shown = attributes.map_state == MapState::VIEWABLE;
            if shown && self.active()? == Some(window) {
                return Ok(());
            }
            if shown {
                self.ask_for(window)?;
            }
            std::thread::sleep(TRY_AGAIN);
        }
        Err("the window manager did not give it".into())
    }
}
