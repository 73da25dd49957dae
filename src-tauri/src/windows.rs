//! The two windows. Both are built at the start and hidden rather than closed.

use std::sync::{Mutex, PoisonError};

use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, LogicalPosition, LogicalSize, Manager, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};

/// The window with the lists.
pub(crate) const MAIN: &str = "main";
/// The small window that takes one task.
pub(crate) const QUICK_ADD: &str = "quick-add";

const QUICK_ADD_SIZE: LogicalSize<f64> = LogicalSize {
    width: 720.0,
    height: 180.0,
};

/// How far the page of quick add is. A window whose page does not listen yet would lose the keys that are typed into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Loading,
    /// It was asked for while it was loading.
    Wanted,
    Loaded,
}

struct QuickAddPage(Mutex<Page>);

/// Builds both windows. With `hidden` the main one waits in the tray.
pub(crate) fn build(app: &AppHandle, hidden: bool) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Rota")
        .inner_size(1200.0, 800.0)
        .min_inner_size(360.0, 480.0)
        .visible(!hidden)
        .build()?;
    app.manage(QuickAddPage(Mutex::new(Page::Loading)));
    WebviewWindowBuilder::new(app, QUICK_ADD, WebviewUrl::App("quick-add.html".into()))
        .title("Rota: quick add")
        .inner_size(QUICK_ADD_SIZE.width, QUICK_ADD_SIZE.height)
        .resizable(false)
        .decorations(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .visible(false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished
                && set_page(window.app_handle(), Page::Loaded) == Page::Wanted
            {
                // The event loop, which calls this, has to be free to answer while a window is shown.
                let app = window.app_handle().clone();
                tauri::async_runtime::spawn(async move { show(&app, QUICK_ADD) });
            }
        })
        .build()?;
    Ok(())
}

/// Shows a window and gives it the focus, quick add as soon as it can take keys.
pub(crate) fn show(app: &AppHandle, label: &str) {
    if label == QUICK_ADD && set_page(app, Page::Wanted) != Page::Loaded {
        return;
    }
    let Some(window) = app.get_webview_window(label) else {
        return;
    };
    let shown = place(&window)
        .and_then(|()| window.show())
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    #[cfg(target_os = "linux")]
    crate::focus::give(&window);
    if let Err(error) = shown {
        tracing::warn!(%error, label, "a window could not be shown");
    }
}

/// Hides a window.
pub(crate) fn hide(app: &AppHandle, label: &str) {
    if let Some(window) = app.get_webview_window(label)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, label, "a window could not be hidden");
    }
}

/// Closing a window keeps Rota in the tray.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event {
        api.prevent_close();
        hide(window.app_handle(), window.label());
    }
}

/// Moves the page on, never back from loaded, and gives where it was.
fn set_page(app: &AppHandle, to: Page) -> Page {
    let state = app.state::<QuickAddPage>();
    let mut page = state.0.lock().unwrap_or_else(PoisonError::into_inner);
    let was = *page;
    if was != Page::Loaded {
        *page = to;
    }
    was
}

/// Quick add stands at a quarter of the height of the monitor that has the pointer.
fn place(window: &WebviewWindow) -> tauri::Result<()> {
    if window.label() != QUICK_ADD {
        return Ok(());
    }
    let pointer = window.cursor_position()?;
    let Some(monitor) = window
        .monitor_from_point(pointer.x, pointer.y)?
        .or(window.primary_monitor()?)
    else {
        return window.center();
    };
    // The window's own size is not known before it was shown once.
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    let at = monitor.position().to_logical::<f64>(monitor.scale_factor());
    let x = at.x + (screen.width - QUICK_ADD_SIZE.width) / 2.0;
    window.set_position(LogicalPosition::new(
        x.max(at.x),
        at.y + screen.height / 4.0,
    ))
}
