//! The tray icon. Its menu does everything: many desktops never report a click on the icon itself.

use tauri::AppHandle;
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;

use crate::{quit, windows};

const QUICK_ADD: &str = "quick-add";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Puts the icon into the tray. Where there is no tray the window works without it.
pub(crate) fn build(app: &AppHandle) {
    // The library behind the icon is looked for when it is needed, and panics where it is not installed.
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| try_build(app)));
    match built {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "there is no tray icon"),
        Err(_) => tracing::warn!("there is no tray icon: libayatana-appindicator3 is missing"),
    }
}

fn try_build(app: &AppHandle) -> tauri::Result<()> {
    let menu = Menu::with_items(
        app,
        &[
            &MenuItem::with_id(app, QUICK_ADD, "Quick add", true, None::<&str>)?,
            &MenuItem::with_id(app, OPEN, "Open Rota", true, None::<&str>)?,
            &PredefinedMenuItem::separator(app)?,
            &MenuItem::with_id(app, QUIT, "Quit", true, None::<&str>)?,
        ],
    )?;
    TrayIconBuilder::with_id("rota")
        .icon(Image::from_bytes(include_bytes!("../icons/tray.png"))?)
        .tooltip("Rota")
        .menu(&menu)
        .on_menu_event(|app, event| match event.id().as_ref() {
            QUICK_ADD => show(app, windows::QUICK_ADD),
            OPEN => show(app, windows::MAIN),
            QUIT => quit::quit(app.clone()),
            _ => {}
        })
        .build(app)?;
    Ok(())
}

/// The event loop, which calls the menu, has to be free to answer while a window is shown.
fn show(app: &AppHandle, label: &'static str) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move { windows::show(&app, label) });
}
