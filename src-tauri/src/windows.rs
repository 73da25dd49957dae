//! The two windows. Both are hidden rather than closed, so that they are there at once. At the start nothing stands in the
//! way of the one that was asked for: the other is built behind it.

mod finishing;
mod first;
mod pages;
mod quick_add;

use std::sync::Arc;

use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Emitter, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window,
    WindowEvent, Wry,
};

use crate::node::Node;
use crate::opening::Opening;
use crate::{link, quit, theme};

use first::FirstShow;

pub(crate) use finishing::{Finishing, finish};
pub(crate) use pages::Openings;
pub(crate) use quick_add::resize as resize_quick_add;

/// The window with the lists.
pub(crate) const MAIN: &str = "main";
/// The small window that takes one task.
pub(crate) const QUICK_ADD: &str = "quick-add";

/// Says to a page that something waits to be shown there.
const OPEN: &str = "rota://open";

/// Builds the main window, which is shown unless the app starts for something else, and sees to the other one.
pub(crate) fn build(app: &AppHandle, shown: bool) -> tauri::Result<()> {
    app.manage(Openings::default());
    app.manage(Finishing::default());
    app.manage(FirstShow::new(shown));
    page(app, MAIN, "index.html")
        .title("Rota")
        .inner_size(1200.0, 800.0)
        .min_inner_size(360.0, 480.0)
        .visible(false)
        .build()?;
    first::show_later(app.clone());
    quick_add::prepare(app);
    if !shown {
        return quick_add::build(app);
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        until_main_shows(&app).await;
        let built = tauri::async_runtime::spawn_blocking(move || quick_add::build(&app)).await;
        if let Ok(Err(error)) = built {
            tracing::warn!(%error, "there is no window for quick add");
        }
    });
    Ok(())
}

/// A window's page begins to work.
pub(crate) fn page_begins(app: &AppHandle, label: &str) {
    if label == MAIN {
        first::show(app);
    }
}

/// Waits until the page of the main window shows what it has.
pub(crate) async fn until_main_shows(app: &AppHandle) {
    app.state::<Openings>().until_asked(MAIN).await;
}

/// Shows what was asked for. The event loop, which may call this, has to be free to answer meanwhile.
pub(crate) fn open(app: &AppHandle, opening: Opening) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let label = match opening {
            Opening::Nothing => return,
            Opening::QuickAdd(_) => QUICK_ADD,
            Opening::Main | Opening::Task(_) | Opening::View(_) => MAIN,
        };
        if let Some(opening) = opening.for_page() {
            app.state::<Openings>().put(label, opening);
            if let Err(error) = app.emit_to(label, OPEN, ()) {
                tracing::warn!(%error, label, "a page was not told what to show");
            }
        }
        if label == QUICK_ADD {
            quick_add::show(&app).await;
        } else if let Some(window) = app.get_webview_window(MAIN) {
            app.state::<FirstShow>().end();
            give_focus(&window, window.show());
        }
    });
}

/// Hides a window.
pub(crate) fn hide(app: &AppHandle, label: &str) {
    let hidden = match app.get_webview_window(label) {
        Some(window) if label == QUICK_ADD => quick_add::hide(&window),
        Some(window) => {
            app.state::<FirstShow>().end();
            window.hide()
        }
        None => Ok(()),
    };
    if let Err(error) = hidden {
        tracing::warn!(%error, label, "a window could not be hidden");
    }
}

/// Asks the main window to close, as its own button does.
pub(crate) fn close(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(MAIN)
        .map_or(Ok(()), |window| window.close())
}

/// Sets the size of everything in both windows.
pub(crate) fn zoom(app: &AppHandle, factor: f64) -> tauri::Result<()> {
    for window in app.webview_windows().into_values() {
        window.set_zoom(factor)?;
    }
    quick_add::zoom(app, factor)
}

/// Closing the main window keeps Rota in the tray; where there is none, it quits unless it is to go on.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            hide(window.app_handle(), window.label());
            if window.label() == MAIN {
                quit::unless_reachable(window.app_handle().clone());
            }
        }
        WindowEvent::ThemeChanged(now) => theme::changed(window.app_handle(), *now),
        _ => {}
    }
}

fn give_focus(window: &WebviewWindow, shown: tauri::Result<()>) {
    let shown = shown
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    #[cfg(target_os = "linux")]
    crate::focus::give(window);
    if let Err(error) = shown {
        tracing::warn!(%error, label = window.label(), "a window could not be shown");
    }
}

/// A page stays what it is: it goes nowhere else and opens no window; links are opened outside. What the web view
/// keeps lies in the data folder with the rest, so that two folders share nothing.
fn page<'a>(
    app: &'a AppHandle,
    label: &str,
    file: &str,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App(file.into()));
    #[cfg(target_os = "linux")]
    let builder = reach_nobody(builder);
    builder
        .data_directory(app.state::<Arc<Node>>().data_dir().join("webview"))
        .on_navigation(is_own_page)
        .on_new_window(|url, _| {
            if let Err(error) = link::open(url.as_str()) {
                tracing::debug!(%error, "a page wanted a window");
            }
            NewWindowResponse::Deny
        })
        .disable_drag_drop_handler()
}

/// WebKitGTK connects to where a page wants to go before it asks whether that may be. So whatever a page reaches for goes
/// through a proxy that cannot be there; the app's own pages and messages take no way over the network.
#[cfg(target_os = "linux")]
fn reach_nobody<'a>(
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    const NOBODY: &str = "socks5://127.0.0.1:0";
    match Url::parse(NOBODY) {
        Ok(nobody) => builder.proxy_url(nobody),
        Err(_) => builder,
    }
}

/// Whether an address is one of the app's own pages, under the scheme that this platform gives them.
fn is_own_page(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    if !own {
        tracing::warn!(%url, "a page wanted to go elsewhere");
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_inside() {
        for (url, own) in [
            ("tauri://localhost/index.html", true),
            ("tauri://localhost/quick-add.html#x", true),
            ("tauri://elsewhere/index.html", false),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_own_page(&url.parse().unwrap()), own, "{url}");
        }
    }
}
