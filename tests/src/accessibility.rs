//! What a screen reader is told: the accessibility tree of the programs on a desktop, read over AT-SPI.

use std::collections::HashMap;
use std::process::Command;

use zbus::proxy::{self, CacheProperties};
use zbus::wire::OwnedObjectPath;
use zbus::{Connection, Proxy, block_on, connection};

use crate::display::Display;
use crate::process::Process;
use crate::skip::Need;
use crate::wait::until_some;

const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";

/// What reading the tree needs besides a desktop.
pub const NEED: Need = Need::File(LAUNCHER);

/// Bits of an object's state, by the numbers of the AT-SPI protocol.
const CHECKED: u32 = 4;
const EXPANDABLE: u32 = 9;
const EXPANDED: u32 = 10;
const FOCUSED: u32 = 12;
const SELECTED: u32 = 23;
/// Trees of a window are not deeper than this.
const DEEPEST: usize = 60;

/// The accessibility bus of a desktop.
#[derive(Debug)]
pub struct Accessibility {
    connection: Connection,
    _launcher: Process,
}

/// One object, as a screen reader finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// What it is, such as `treeitem`; empty for what is not of a page.
    pub role: String,
    /// What it is called.
    pub name: String,
    /// What is said about it besides.
    pub description: String,
    /// Its attributes, such as `level`.
    pub attributes: HashMap<String, String>,
    states: u64,
}

type Place = (String, OwnedObjectPath);

impl Accessibility {
    /// Starts it on the session bus of a desktop.
    #[must_use]
    pub fn start(display: &Display) -> Self {
        let mut command = Command::new(LAUNCHER);
        command.args(["--launch-immediately", "--a11y=1", "--screen-reader=1"]);
        display.place(&mut command);
        let launcher = Process::start(command);
        let session = block_on(session(display)).unwrap();
        let address = until_some("the accessibility bus is ready", 20, || {
            block_on(address(&session)).ok()
        });
        let connection =
            block_on(async { connection::Builder::address(address.as_str()).build().await })
                .unwrap();
        Self {
            connection,
            _launcher: launcher,
        }
    }

    /// Lets a program that is placed on the desktop tell its tree.
    pub fn listen_to(&self, command: &mut Command) {
        command
            .env_remove("NO_AT_BRIDGE")
            .env("GTK_A11Y", "atspi")
            .env("GNOME_ACCESSIBILITY", "1");
    }

    /// Waits until there is an object of this role whose name has this in it.
    pub fn wait(&self, role: &str, name: &str) -> Spoken {
        self.wait_for(&format!("a {role} is called {name:?}"), |one| {
            one.role == role && one.name.contains(name)
        })
    }

    /// Waits until there is an object like this.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&Spoken) -> bool) -> Spoken {
        until_some(what, 60, || self.all().into_iter().find(|one| wanted(one)))
    }

    /// Every object of every program, depth first.
    #[must_use]
    pub fn all(&self) -> Vec<Spoken> {
        let mut found = Vec::new();
        let root = (
            "org.a11y.atspi.Registry".to_owned(),
            OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").unwrap(),
        );
        block_on(self.walk(root, &mut found));
        found
    }

    async fn walk(&self, root: Place, found: &mut Vec<Spoken>) {
        let mut open = vec![(root, 0)];
        while let Some(((name, path), depth)) = open.pop() {
            // What went while it was read is not there.
            let Ok((spoken, children)) = self.read(&name, &path).await else {
                continue;
            };
            found.push(spoken);
            if depth < DEEPEST {
                open.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
            }
        }
    }

    async fn read(&self, name: &str, path: &OwnedObjectPath) -> zbus::Result<(Spoken, Vec<Place>)> {
        // Not every program tells all properties of an object at once.
        let object: Proxy<'_> = proxy::Builder::new(&self.connection)
            .destination(name)
            .path(path)
            .interface("org.a11y.atspi.Accessible")
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        // A web view does not list its children, it only gives one after the other.
        let count: i32 = object.get_property("ChildCount").await?;
        let mut children = Vec::new();
        for index in 0..count {
            children.push(object.call("GetChildAtIndex", &(index,)).await?);
        }
        let states: Vec<u32> = object.call("GetState", &()).await?;
        let attributes: HashMap<String, String> =
            object.call("GetAttributes", &()).await.unwrap_or_default();
        let spoken = Spoken {
            role: attributes.get("computed-role").cloned().unwrap_or_default(),
            name: object.get_property("Name").await?,
            description: object.get_property("Description").await?,
            attributes,
            states: states
                .iter()
                .rev()
                .fold(0, |bits, word| bits << 32 | u64::from(*word)),
        };
        Ok((spoken, children))
    }
}

impl Spoken {
    /// Whether it is ticked.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.has(CHECKED)
    }

    /// Whether it can be unfolded.
    #[must_use]
    pub fn is_expandable(&self) -> bool {
        self.has(EXPANDABLE)
    }

    /// Whether it is unfolded.
    #[must_use]
    pub fn is_expanded(&self) -> bool {
        self.has(EXPANDED)
    }

    /// Whether keys go to it.
    #[must_use]
    pub fn is_focused(&self) -> bool {
        self.has(FOCUSED)
    }

    /// Whether it is selected.
    #[must_use]
    pub fn is_selected(&self) -> bool {
        self.has(SELECTED)
    }

    fn has(&self, state: u32) -> bool {
        self.states >> state & 1 == 1
    }
}

async fn session(display: &Display) -> zbus::Result<Connection> {
    connection::Builder::address(display.bus().address())
        .build()
        .await
}

async fn address(session: &Connection) -> zbus::Result<String> {
    let bus = Proxy::new(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").await?;
    bus.call("GetAddress", &()).await
}
