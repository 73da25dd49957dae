//! Another program on a display: a window that keeps what is typed into it, and may have taken keys for itself.

use std::sync::{Arc, Mutex};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt, CreateWindowAux, EventMask, GrabMode, ModMask, PropMode, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::display::Display;

/// A program with one window.
#[derive(Debug)]
pub struct Program {
    server: Arc<RustConnection>,
    root: Window,
    typed: Arc<Mutex<usize>>,
}

impl Program {
    /// Shows a window with this title, which gets the focus as new windows do.
    #[must_use]
    pub fn show(display: &Display, title: &str) -> Self {
        let (server, screen) = RustConnection::connect(Some(display.number())).unwrap();
        let screen = &server.setup().roots[screen];
        let (root, visual) = (screen.root, screen.root_visual);
        let window = server.generate_id().unwrap();
        let listens = CreateWindowAux::new()
            .background_pixel(screen.white_pixel)
            .event_mask(EventMask::KEY_PRESS);
        server
            .create_window(
                x11rb::COPY_FROM_PARENT as u8,
                window,
                root,
                20,
                400,
                300,
                200,
                0,
                WindowClass::INPUT_OUTPUT,
                visual,
                &listens,
            )
            .unwrap();
        let name = title.as_bytes();
        server
            .change_property8(
                PropMode::REPLACE,
                window,
                AtomEnum::WM_NAME,
                AtomEnum::STRING,
                name,
            )
            .unwrap();
        server.map_window(window).unwrap();
        server.flush().unwrap();
        let program = Self {
            server: Arc::new(server),
            root,
            typed: Arc::default(),
        };
        let (server, typed) = (Arc::clone(&program.server), Arc::clone(&program.typed));
        // It ends with the server.
        std::thread::spawn(move || {
            while let Ok(event) = server.wait_for_event() {
                if let Event::KeyPress(_) = event {
                    *typed.lock().unwrap() += 1;
                }
            }
        });
        display.focus(title);
        program
    }

    /// How many keys were pressed in it.
    #[must_use]
    pub fn typed(&self) -> usize {
        *self.typed.lock().unwrap()
    }

    /// Takes Ctrl+Alt+Space from all other programs.
    pub fn take_ctrl_alt_space(&self) {
        const SPACE: u32 = 0x20;
        let setup = self.server.setup();
        let first = setup.min_keycode;
        let map = self
            .server
            .get_keyboard_mapping(first, setup.max_keycode - first + 1)
            .unwrap()
            .reply()
            .unwrap();
        let mut keys = map.keysyms.chunks(usize::from(map.keysyms_per_keycode));
        let place = keys.position(|signs| signs[0] == SPACE).unwrap();
        let code = first + u8::try_from(place).unwrap();
        let held = ModMask::CONTROL | ModMask::M1;
        let mode = GrabMode::ASYNC;
        self.server
            .grab_key(false, self.root, held, code, mode, mode)
            .unwrap()
            .check()
            .unwrap();
    }
}
