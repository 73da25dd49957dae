//! Who shows tray icons: a host on the session bus, or the tray of an X11 panel.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::ConnectionExt;
use zbus::names::BusName;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Whether somebody shows icons now.
pub(super) async fn is_there() -> bool {
    let on_bus = watcher_is_there().await.unwrap_or(false);
    on_bus
        || tauri::async_runtime::spawn_blocking(|| x11_tray_is_there().unwrap_or(false))
            .await
            .unwrap_or(false)
}

async fn watcher_is_there() -> zbus::Result<bool> {
    let bus = zbus::Connection::session().await?;
    let names = zbus::fdo::DBusProxy::new(&bus).await?;
    let watcher = BusName::try_from(WATCHER)?;
    Ok(names.name_has_owner(watcher).await?)
}

fn x11_tray_is_there() -> Result<bool, Box<dyn std::error::Error>> {
    let (server, screen) = x11rb::connect(None)?;
    let name = format!("_NET_SYSTEM_TRAY_S{screen}");
    let atom = server.intern_atom(false, name.as_bytes())?.reply()?.atom;
    let owner = server.get_selection_owner(atom)?.reply()?.owner;
    server.flush()?;
    Ok(owner != x11rb::NONE)
}
