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
use super::Heard;

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
    key: Mutex<Key>,
}

/// What is wanted, and which key it is on this keyboard: a layout may have no such sign, and the next one has it again.
#[derive(Clone, Copy, Default)]
struct Key {
    wanted: Option<Combination>,
    taken: Option<Taken>,
}

#[derive(Clone, Copy)]
struct Taken {
    combination: Combination,
    code: Keycode,
}

impl Keys {
    /// Begins to listen, or nothing where there is no X server. Takes no key yet.
    pub(crate) fn listen(_: &AppHandle, heard: impl Fn(Heard) + Send + 'static) -> Option<Self> {
        let begun = Server::connect().and_then(|server| {
            let server = Arc::new(server);
            let listening = Arc::clone(&server);
            std::thread::Builder::new()
                .name("shortcut".to_owned())
                .spawn(move || {
                    if let Err(error) = listening.hear(heard) {
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
            key: Mutex::default(),
        })
    }

    fn take(&self, combination: Option<Combination>) -> Outcome<()> {
        let mut key = self.key();
        key.wanted = combination;
        if let Some(before) = key.taken.take() {
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
            key.taken = Some(now);
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

    fn hear(&self, heard: impl Fn(Heard)) -> Outcome<()> {
        loop {
            match self.connection.wait_for_event()? {
                Event::KeyPress(key) => {
                    let modifiers = u16::from(key.state) & names::MODIFIERS;
                    let ours = self.key().taken.is_some_and(|taken| {
                        taken.code == key.detail && taken.combination.modifiers == modifiers
                    });
                    if ours {
                        heard(Heard::Pressed);
                    }
                }
                // Another keyboard, or another layout: the sign may be on another key now.
                Event::MappingNotify(change) if change.request == Mapping::KEYBOARD => {
                    let wanted = self.key().wanted;
                    let again = self.take(wanted);
                    if let Err(error) = &again {
                        tracing::info!(%error, "this keyboard has no key for quick add");
                    }
                    if wanted.is_some() {
                        heard(Heard::Works(again.is_ok()));
                    }
                }
                _ => {}
            }
        }
    }

    fn key(&self) -> MutexGuard<'_, Key> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
