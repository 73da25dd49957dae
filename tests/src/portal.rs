//! The part of a desktop's portal that says whether the desktop is light or dark.

use std::sync::{Arc, Mutex};

use zbus::wire::{OwnedVariant, Variant};
use zbus::{Connection, block_on, fdo, interface};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.Settings";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// What the desktop likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Dark pages.
    Dark,
    /// Light pages.
    Light,
}

/// The portal of a bus.
#[derive(Debug)]
pub struct Portal {
    connection: Connection,
    shade: Arc<Mutex<Shade>>,
}

impl Portal {
    /// Begins to answer on the bus of this connection.
    pub(crate) fn start(connection: &Connection, shade: Shade) -> Self {
        let shade = Arc::new(Mutex::new(shade));
        let settings = Settings {
            shade: Arc::clone(&shade),
        };
        block_on(async {
            let server = connection.object_server();
            server.at(PATH, settings).await.unwrap();
            connection.request_name(NAME).await.unwrap();
        });
        Self {
            connection: connection.clone(),
            shade,
        }
    }

    /// Makes the desktop light or dark, and says so.
    pub fn change(&self, shade: Shade) {
        *self.shade.lock().unwrap() = shade;
        let said = (NAMESPACE, KEY, Variant::from(shade.number()));
        let sent =
            self.connection
                .emit_signal(None::<&str>, PATH, INTERFACE, "SettingChanged", &said);
        block_on(sent).unwrap();
    }
}

impl Shade {
    /// By the portal's numbers, where 0 is no wish.
    const fn number(self) -> u32 {
        match self {
            Self::Dark => 1,
            Self::Light => 2,
        }
    }
}

struct Settings {
    shade: Arc<Mutex<Shade>>,
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    /// The value in a variant in a variant: so it was made once, and so programs read it.
    fn read(&self, namespace: &str, key: &str) -> fdo::Result<OwnedVariant> {
        let value = Variant::new(Variant::from(self.number(namespace, key)?));
        Ok(value.try_to_owned().unwrap())
    }

    fn read_one(&self, namespace: &str, key: &str) -> fdo::Result<OwnedVariant> {
        let value = Variant::from(self.number(namespace, key)?);
        Ok(value.try_to_owned().unwrap())
    }
}

impl Settings {
    fn number(&self, namespace: &str, key: &str) -> fdo::Result<u32> {
        if (namespace, key) == (NAMESPACE, KEY) {
            return Ok(self.shade.lock().unwrap().number());
        }
        Err(fdo::Error::Failed(format!("there is no {namespace} {key}")))
    }
}
