//! Keys of an X server. The thread that hears them sleeps until one is pressed.

#[path = "x11/names.rs"]
mod names;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tauri::AppHandle;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{ConnectionExt, GrabMode, Keycode, Mapping, ModMask, Window};
use x11rb::rust_connection::RustConnection;

use self::names::Combination;

/// Locks count as modifiers: the key is taken with each of them on and off.
const LOCKS: [u16; 4] = [0, CAPS_LOCK, NUM_LOCK, CAPS_LOCK | NUM_LOCK];
const CAPS_LOCK: u16 = 1 << 1;
const NUM_LOCK: u16 = 1 << 4;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A connection that takes one key from all other programs.
pub(crate) struct Keys(Arc<Server>);

struct Server {
    connection: RustConnection,
    root: Window,
    taken: Mutex<Option<Taken>>,
}

#[derive(Clone, Copy)]
struct Taken {
    combination: Combination,
    code: Keycode,
}

impl Keys {
    /// Begins to listen, or nothing where there is no X server. Takes no key yet.
    pub(crate) fn listen(_: &AppHandle, pressed: impl Fn() + Send + 'static) -> Option<Self> {
        let begun = Server::connect().and_then(|server| {
            let server = Arc::new(server);
            let listening = Arc::clone(&server);
            std::thread::Builder::new()
                .name("shortcut".to_owned())
                .spawn(move || {
                    if let Err(error) = listening.hear(pressed) {
                        tracing::warn!(%error, "the key for quick add is heard no more");
                    }
                })?;
            Ok(server)
        });
        begun
            .inspect_err(|error| tracing::info!(%error, "no keys can be taken"))
            .ok()
            .map(Self)
    }

    /// Takes this key instead of the one before, or none.
    pub(crate) fn take(&self, key: Option<&str>) -> Outcome<()> {
        let combination = key.map(str::parse).transpose()?;
        self.0.take(combination)
    }
}

impl Server {
    fn connect() -> Outcome<Self> {
        let (connection, screen) = x11rb::connect(None)?;
        let roots = &connection.setup().roots;
        let root = roots.get(screen).ok_or("no such screen")?.root;
        Ok(Self {
            connection,
            root,
            taken: Mutex::default(),
        })
    }

    fn take(&self, combination: Option<Combination>) -> Outcome<()> {
        let mut taken = self.taken();
        if let Some(before) = taken.take() {
            self.let_go(before)?;
        }
        if let Some(combination) = combination {
            let now = Taken {
                combination,
                code: self.code_of(combination)?,
            };
            if let Err(error) = self.grab(now) {
                self.let_go(now)?;
                return Err(error);
            }
            *taken = Some(now);
        }
        Ok(())
    }

    fn grab(&self, Taken { combination, code }: Taken) -> Outcome<()> {
        for locks in LOCKS {
            let modifiers = ModMask::from(combination.modifiers | locks);
            let mode = GrabMode::ASYNC;
            self.connection
                .grab_key(false, self.root, modifiers, code, mode, mode)?
                .check()?;
        }
        Ok(())
    }

    fn let_go(&self, Taken { combination, code }: Taken) -> Outcome<()> {
        for locks in LOCKS {
            let modifiers = ModMask::from(combination.modifiers | locks);
            self.connection
                .ungrab_key(code, self.root, modifiers)?
                .check()?;
        }
        Ok(())
    }

    /// The key that gives this sign on the person's keyboard.
    fn code_of(&self, combination: Combination) -> Outcome<Keycode> {
        let setup = self.connection.setup();
        let first = setup.min_keycode;
        let count = setup.max_keycode.saturating_sub(first).saturating_add(1);
        let map = self
            .connection
            .get_keyboard_mapping(first, count)?
            .reply()?;
        let each = usize::from(map.keysyms_per_keycode).max(1);
        let codes = || (first..=setup.max_keycode).zip(map.keysyms.chunks(each));
        // Without Shift before with it: what a key gives alone is its name.
        (0..each)
            .find_map(|column| {
                codes().find(|(_, signs)| signs.get(column) == Some(&combination.sign))
            })
            .map(|(code, _)| code)
            .ok_or_else(|| "the keyboard has no such key".into())
    }

    fn hear(&self, pressed: impl Fn()) -> Outcome<()> {
        loop {
            match self.connection.wait_for_event()? {
                Event::KeyPress(key) => {
                    let modifiers = u16::from(key.state) & names::MODIFIERS;
                    let ours = self.taken().is_some_and(|taken| {
                        taken.code == key.detail && taken.combination.modifiers == modifiers
                    });
                    if ours {
                        pressed();
                    }
                }
                // Another keyboard, or another layout: the sign may be on another key now.
                Event::MappingNotify(change) if change.request == Mapping::KEYBOARD => {
                    let combination = self.taken().map(|taken| taken.combination);
                    if let Err(error) = self.take(combination) {
                        tracing::warn!(%error, "the key for quick add was lost");
                    }
                }
                _ => {}
            }
        }
    }

    fn taken(&self) -> MutexGuard<'_, Option<Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
