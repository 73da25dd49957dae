//! The tray icon. Its menu does everything: many desktops never report a click on the icon itself.

mod content;
mod menu;
#[cfg(target_os = "linux")]
mod panel;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Zoned;
use jiff::civil::Date;
use tauri::image::Image;
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager};

use self::content::{Content, Entry};
use self::menu::{Chosen, TrayMenu};
use crate::desktop::Desktop;
use crate::node::Node;
use crate::windows;

/// Changes that come together are shown together.
const TOGETHER: Duration = Duration::from_millis(200);
/// How late the menu may learn that it is another day.
const LOOK: Duration = Duration::from_secs(30);

struct Tray {
    menu: Mutex<TrayMenu>,
    /// Which tasks the menu has. Apart, because the event loop asks for it when an entry is chosen, and changing the menu
    /// waits for the event loop.
    tasks: Mutex<Vec<Entry>>,
}

/// Puts the icon into the tray. Where there is no tray the window works without it.
fn build(app: &AppHandle) {
    // The library behind the icon is looked for when it is needed, and panics where it is not installed.
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| try_build(app)));
    match built {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "there is no tray icon"),
        Err(_) => tracing::warn!("there is no tray icon: libayatana-appindicator3 is missing"),
    }
}

/// Puts the icon into the tray, once nothing is in the way of the window, and keeps the menu in step with the tasks, the
/// other computers and the language.
pub(crate) async fn keep(app: AppHandle, desktop: Arc<Desktop>, main_is_wanted: bool) {
    if main_is_wanted {
        windows::until_main_shows(&app).await;
    }
    let built = app.clone();
    if let Err(error) = app.run_on_main_thread(move || build(&built)) {
        tracing::warn!(%error, "there is no tray icon");
    }
    let mut day = today();
    loop {
        tokio::select! {
            () = desktop.tray_may_differ() => tokio::time::sleep(TOGETHER).await,
            () = until_another_day(day, today) => {}
        }
        day = today();
        let settings = desktop.settings();
        let node = Arc::clone(&app.state::<Arc<Node>>());
        let content = match Content::read(&node, &settings).await {
            Ok(content) => content,
            Err(error) => {
                tracing::warn!(%error, "the tray's menu shows no tasks");
                Content::bare(&settings)
            }
        };
        let app = app.clone();
        // The menu belongs to the event loop, which is waited for.
        let shown = tauri::async_runtime::spawn_blocking(move || match app.try_state::<Tray>() {
            Some(tray) => {
                *lock(&tray.tasks) = content.tasks.clone();
                lock(&tray.menu).show(&app, content)
            }
            None => Ok(()),
        });
        if let Ok(Err(error)) = shown.await {
            tracing::warn!(%error, "the tray's menu was not changed");
        }
    }
}

/// The day on this computer's clock, whatever zone it is in by now.
#[expect(clippy::disallowed_methods, reason = "the menu is for now and here")]
fn today() -> Date {
    Zoned::now().date()
}

/// Waits until another day has begun. The clock is looked at now and then: it may have been set, or the computer slept.
async fn until_another_day(day: Date, today: impl Fn() -> Date) {
    while today() == day {
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether somebody shows the icon.
#[cfg(target_os = "linux")]
pub(crate) async fn is_there() -> bool {
    panel::is_there().await
}

/// Whether somebody shows the icon: here the system does.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn is_there() -> bool {
    std::future::ready(true).await
}

fn try_build(app: &AppHandle) -> tauri::Result<()> {
    let menu = TrayMenu::build(app, Content::bare(&app.state::<Arc<Desktop>>().settings()))?;
    TrayIconBuilder::with_id("rota")
        .icon(Image::from_bytes(include_bytes!("../icons/tray.png"))?)
        .tooltip("Rota")
        .menu(menu.menu())
        .on_menu_event(|app, event| {
            let chosen = Chosen::of(event.id().as_ref(), &lock(&app.state::<Tray>().tasks));
            if let Some(chosen) = chosen {
                chosen.act(app);
            }
        })
        .build(app)?;
    app.manage(Tray {
        menu: Mutex::new(menu),
        tasks: Mutex::default(),
    });
    Ok(())
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI8, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn another_day_is_noticed_when_the_clock_says_so_however_long_that_takes() {
        let day = AtomicI8::new(30);
        let today = || jiff::civil::date(2026, 11, day.load(Ordering::Relaxed));
        let waits = until_another_day(today(), today);
        tokio::pin!(waits);
        let hours = Duration::from_hours(8);
        assert!(tokio::time::timeout(hours, &mut waits).await.is_err());
        day.store(29, Ordering::Relaxed);
        assert!(tokio::time::timeout(LOOK, &mut waits).await.is_ok());
    }
}
