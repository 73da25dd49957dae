//! What the desktop's portal says: whether the desktop is dark, and when that changes.
//!
//! The toolkit hears it too, but has one switch for it and for what the person wants: what the desktop becomes meanwhile
//! would be lost.

use futures_util::StreamExt;
use tauri::{AppHandle, Theme};
use zbus::wire::{OwnedVariant, Variant};

use super::system_is;

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";
/// The portal's number for a desktop that likes dark pages.
const DARK: u32 = 1;

#[zbus::proxy(
    interface = "org.freedesktop.portal.Settings",
    default_service = "org.freedesktop.portal.Desktop",
    default_path = "/org/freedesktop/portal/desktop"
)]
trait Portal {
    fn read(&self, namespace: &str, key: &str) -> zbus::Result<OwnedVariant>;

    #[zbus(signal)]
    fn setting_changed(&self, namespace: &str, key: &str, value: OwnedVariant) -> zbus::Result<()>;
}

/// Follows the portal as long as there is a bus. Where there is no portal the toolkit's own settings hold.
pub(super) async fn follow(app: AppHandle) {
    if let Err(error) = listen(&app).await {
        tracing::debug!(%error, "the desktop does not say whether it is dark");
    }
}

async fn listen(app: &AppHandle) -> zbus::Result<()> {
    let bus = zbus::Connection::session().await?;
    let portal = PortalProxy::new(&bus).await?;
    let mut changes = portal.receive_setting_changed().await?;
    match portal.read(NAMESPACE, KEY).await {
        Ok(value) => hear(app, &value),
        // It may come later, and then say it.
        Err(error) => tracing::debug!(%error, "there is no portal yet"),
    }
    while let Some(change) = changes.next().await {
        let change = change.args()?;
        if (change.namespace, change.key) == (NAMESPACE, KEY) {
            hear(app, &change.value);
        }
    }
    Ok(())
}

fn hear(app: &AppHandle, value: &Variant<'_>) {
    if let Some(number) = number(value) {
        let dark = number == DARK;
        system_is(app, if dark { Theme::Dark } else { Theme::Light });
    }
}

/// A value that was asked for stands in a variant of its own.
fn number(value: &Variant<'_>) -> Option<u32> {
    match value {
        Variant::U32(found) => Some(*found),
        Variant::Variant(inner) => number(inner),
        _ => None,
    }
}
