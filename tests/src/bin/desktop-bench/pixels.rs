//! What is to be seen of a window: the screen is looked at, so that nothing has to be told by the programs.

use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt, ImageFormat, MapState, Window};
use x11rb::rust_connection::RustConnection;

/// A part of a window: left, top, width, height.
pub type Part = [u16; 4];

/// A screen that is looked at.
pub struct Screen {
    server: RustConnection,
    root: Window,
}

impl Screen {
    /// Looks at a display.
    pub fn open(display: &str) -> Self {
        let (server, screen) = RustConnection::connect(Some(display)).unwrap();
        let root = server.setup().roots[screen].root;
        Self { server, root }
    }

    /// Waits until a part of the window with this title has at least so many lines of pixels with something on them.
    pub fn until_drawn(&self, title: &str, part: Part, lines: usize) {
        let give_up = Instant::now() + Duration::from_secs(60);
        while self.lines(title, part).unwrap_or(0) < lines {
            assert!(Instant::now() < give_up, "{title} draws nothing");
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    fn lines(&self, title: &str, [left, top, width, height]: Part) -> Option<usize> {
        let window = self.window(self.root, title)?;
        let image = self
            .server
            .get_image(
                ImageFormat::Z_PIXMAP,
                window,
                i16::try_from(left).unwrap(),
                i16::try_from(top).unwrap(),
                width,
                height,
                !0,
            )
            .ok()?
            .reply()
            .ok()?;
        let line = image.data.len() / usize::from(height);
        let drawn = image.data.chunks(line).filter(|line| {
            let mut pixels = line.chunks(4);
            let first = pixels.next();
            pixels.any(|pixel| Some(pixel) != first)
        });
        Some(drawn.count())
    }

    /// The window with this title that is to be seen, at any depth: the window manager puts a frame around it.
    fn window(&self, below: Window, title: &str) -> Option<Window> {
        let children = self.server.query_tree(below).ok()?.reply().ok()?.children;
        children.into_iter().find_map(|child| {
            let state = self
                .server
                .get_window_attributes(child)
                .ok()?
                .reply()
                .ok()?;
            if state.map_state != MapState::VIEWABLE {
                return None;
            }
            let name = self
                .server
                .get_property(false, child, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)
                .ok()?
                .reply()
                .ok()?;
            if name.value == title.as_bytes() {
                return Some(child);
            }
            self.window(child, title)
        })
    }
}
