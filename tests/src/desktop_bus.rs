//! A D-Bus session of its own, with the part of a panel that holds tray icons and clicks in their menus.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use zbus::message::Header;
use zbus::wire::{OwnedVariant, Variant};
use zbus::{Connection, Proxy, block_on, connection, interface};

use crate::notifications::Notifications;
use crate::portal::{Portal, Shade};
use crate::process::Process;
use crate::wait::{until, until_some};

/// A bus on which nothing is started by itself.
const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A session bus with a panel.
#[derive(Debug)]
pub struct Bus {
    address: String,
    icons: Icons,
    connection: Connection,
    _daemon: Process,
    _folder: TempDir,
}

/// The menu of a tray icon.
#[derive(Debug)]
pub struct Tray {
    menu: Proxy<'static>,
}

/// Bus name and object path of each icon.
type Icons = Arc<Mutex<Vec<(String, String)>>>;
type Item = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

impl Bus {
    /// Starts it.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("rota-bus-")
            .tempdir()
            .unwrap();
        let config = folder.path().join("session.conf");
        std::fs::write(
            &config,
            CONFIG.replace("FOLDER", &folder.path().to_string_lossy()),
        )
        .unwrap();
        let mut command = std::process::Command::new("dbus-daemon");
        command
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()));
        let mut daemon = Process::start(command);
        let address = daemon.line("the session bus is ready", 20, |line| {
            line.starts_with("unix:")
        });
        let icons = Icons::default();
        let watcher = Watcher {
            icons: Arc::clone(&icons),
        };
        let panel = connection::Builder::address(address.as_str())
            .serve_at("/StatusNotifierWatcher", watcher)
            .name("org.kde.StatusNotifierWatcher");
        Self {
            connection: block_on(panel.build()).unwrap(),
            address,
            icons,
            _daemon: daemon,
            _folder: folder,
        }
    }

    /// Its address, for `DBUS_SESSION_BUS_ADDRESS`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Begins to show notifications.
    #[must_use]
    pub fn show_notifications(&self) -> Notifications {
        Notifications::start(&self.connection)
    }

    /// Begins to say that the desktop is light or dark.
    #[must_use]
    pub fn show_shade(&self, shade: Shade) -> Portal {
        Portal::start(&self.connection, shade)
    }

    /// Takes the panel away: what registers an icon from now on is heard by nobody.
    pub fn remove_panel(&self) {
        let released = self
            .connection
            .release_name("org.kde.StatusNotifierWatcher");
        assert!(block_on(released).unwrap());
    }

    /// Waits for the icon of the only program on this bus, and gives its menu.
    #[must_use]
    pub fn tray(&self) -> Tray {
        until_some("an icon with a menu is in the tray", 40, || {
            let (name, path) = self.icons.lock().unwrap().first().cloned()?;
            let menu = block_on(menu_of(&self.connection, name, path)).ok()?;
            let tray = Tray { menu };
            (!tray.labels().is_empty()).then_some(tray)
        })
    }
}

impl Tray {
    /// What stands in the menu, without lines between.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.items().into_iter().map(|(_, label)| label).collect()
    }

    /// Waits until the menu has exactly these entries.
    pub fn wait(&self, labels: &[&str]) {
        until(&format!("the menu has {labels:?}"), 30, || {
            self.labels() == labels
        });
    }

    /// Waits until the menu has this entry.
    pub fn wait_for(&self, label: &str) {
        until(&format!("the menu has {label:?}"), 30, || {
            self.labels().iter().any(|found| found == label)
        });
    }

    /// Whether an entry can be chosen.
    #[must_use]
    pub fn is_enabled(&self, label: &str) -> bool {
        let id = self.id(label);
        let names: (Vec<i32>, Vec<&str>) = (vec![id], vec!["enabled"]);
        let groups: Vec<(i32, HashMap<String, OwnedVariant>)> =
            block_on(self.menu.call("GetGroupProperties", &names)).unwrap();
        // What is not said is true.
        let said = groups
            .into_iter()
            .find_map(|(_, mut p)| p.remove("enabled"));
        said.is_none_or(|enabled| bool::try_from(enabled).unwrap())
    }

    /// Clicks an entry.
    pub fn click(&self, label: &str) {
        let event = (self.id(label), "clicked", Variant::from(0_i32), 0_u32);
        block_on(self.menu.call_method("Event", &event)).unwrap();
    }

    fn id(&self, label: &str) -> i32 {
        let items = self.items();
        let found = items.iter().find(|(_, found)| found == label);
        found
            .unwrap_or_else(|| panic!("no {label:?} in {items:?}"))
            .0
    }

    fn items(&self) -> Vec<(i32, String)> {
        let all: (i32, i32, Vec<&str>) = (0, -1, Vec::new());
        let layout: zbus::Result<(u32, Item)> = block_on(self.menu.call("GetLayout", &all));
        let mut items = Vec::new();
        if let Ok((_, root)) = layout {
            collect(root, &mut items);
        }
        items
    }
}

fn collect((id, mut properties, children): Item, items: &mut Vec<(i32, String)>) {
    let label = properties
        .remove("label")
        .and_then(|label| String::try_from(label).ok());
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        // A line marks a letter; two of them are one.
        let label = label
            .replace("__", "\0")
            .replace('_', "")
            .replace('\0', "_");
        items.push((id, label));
    }
    for child in children {
        collect(Item::try_from(child).unwrap(), items);
    }
}

async fn menu_of(
    connection: &Connection,
    name: String,
    path: String,
) -> zbus::Result<Proxy<'static>> {
    let icon = Proxy::new(connection, name.clone(), path, "org.kde.StatusNotifierItem").await?;
    let menu: zbus::wire::OwnedObjectPath = icon.get_property("Menu").await?;
    Proxy::new(connection, name, menu, "com.canonical.dbusmenu").await
}

struct Watcher {
    icons: Icons,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // A program names its object, or a bus name whose object has the usual path.
        let icon = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.icons.lock().unwrap().push(icon);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let icons = self.icons.lock().unwrap();
        icons
            .iter()
            .map(|(name, path)| format!("{name}{path}"))
            .collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}
