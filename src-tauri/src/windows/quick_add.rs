//! The small window: where it stands, how high it is, and who had the focus before it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, LogicalPosition, LogicalSize, LogicalUnit, Manager, PixelUnit, WebviewWindow,
    WebviewWindowBuilder, WindowSizeConstraints, Wry,
};

use super::{MAIN, Openings, QUICK_ADD, give_focus, open, page};
use crate::opening::Opening;
use crate::theme;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 180.0;
/// What a page may ask for, in logical pixels.
const HEIGHTS: std::ops::RangeInclusive<f64> = 60.0..=640.0;

/// How far the page is. A window whose page does not listen yet would lose the keys that are typed into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Loading,
    /// It was asked for while it was loading.
    Wanted,
    Loaded,
}

struct QuickAdd(Mutex<State>);

struct State {
    page: Page,
    /// In the page's own pixels.
    height: f64,
    /// How large the page's pixels are.
    zoom: f64,
    #[cfg(target_os = "linux")]
    before: Option<crate::focus::Before>,
}

/// From now on it may be asked for; it is shown once it is built.
pub(super) fn prepare(app: &AppHandle) {
    app.manage(QuickAdd(Mutex::new(State {
        page: Page::Loading,
        height: HEIGHT,
        zoom: 1.0,
        #[cfg(target_os = "linux")]
        before: None,
    })));
}

/// Builds it, hidden.
pub(super) fn build(app: &AppHandle) -> tauri::Result<()> {
    let window = build_beside_main(app)?;
    theme::show_again(app);
    let (height, zoom) = {
        let state = state(app);
        (state.height, state.zoom)
    };
    fix_size(&window, height, zoom)
}

/// One process shows both pages. One of its own for a small page that is seldom seen would take a third of all memory.
#[cfg(target_os = "linux")]
fn build_beside_main(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let Some(main) = app.get_webview_window(MAIN) else {
        return builder(app).build();
    };
    // The web view itself may not leave the event loop, which is where windows are built: this is done at once.
    let (tell, built) = std::sync::mpsc::channel();
    let owned = app.clone();
    main.with_webview(move |main| {
        let window = builder(&owned).with_related_view(main.inner()).build();
        // The receiver waits below.
        let _ = tell.send(window);
    })?;
    built
        .recv()
        .map_err(|_| tauri::Error::FailedToReceiveMessage)?
}

#[cfg(not(target_os = "linux"))]
fn build_beside_main(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    builder(app).build()
}

fn builder(app: &AppHandle) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    page(app, QUICK_ADD, "quick-add.html")
        .title("Rota: quick add")
        .inner_size(WIDTH, HEIGHT)
        .decorations(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .visible(false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                let was = std::mem::replace(&mut state(window.app_handle()).page, Page::Loaded);
                if was == Page::Wanted {
                    open(window.app_handle(), Opening::QuickAdd(None));
                }
            }
        })
}

/// Shows it as soon as it can take keys, with what it is to show in its field: who sees it presses Enter.
pub(super) async fn show(app: &AppHandle) {
    {
        let mut state = state(app);
        if state.page != Page::Loaded {
            state.page = Page::Wanted;
            return;
        }
    }
    app.state::<Openings>().until_taken(QUICK_ADD).await;
    let Some(window) = app.get_webview_window(QUICK_ADD) else {
        return;
    };
    if !window.is_visible().unwrap_or(false) {
        #[cfg(target_os = "linux")]
        {
            state(app).before = crate::focus::before(&window);
        }
        if let Err(error) = place(&window) {
            tracing::warn!(%error, "quick add stands where the desktop puts it");
        }
    }
    give_focus(&window, window.show());
}

/// Hides it and gives the focus back.
pub(super) fn hide(window: &WebviewWindow) -> tauri::Result<()> {
    window.hide()?;
    #[cfg(target_os = "linux")]
    if let Some(before) = state(window.app_handle()).before.take() {
        crate::focus::give_back(window, before);
    }
    Ok(())
}

/// Makes it as high as what its page shows, in the page's own pixels.
pub(crate) fn resize(app: &AppHandle, height: f64) -> tauri::Result<()> {
    // Not a number becomes the least.
    let height = height.max(*HEIGHTS.start()).min(*HEIGHTS.end());
    change_size(app, |state| state.height = height)
}

/// Follows the size of the page's pixels.
pub(super) fn zoom(app: &AppHandle, factor: f64) -> tauri::Result<()> {
    change_size(app, |state| state.zoom = factor)
}

fn change_size(app: &AppHandle, change: impl FnOnce(&mut State)) -> tauri::Result<()> {
    let (height, zoom) = {
        let mut state = state(app);
        change(&mut state);
        (state.height, state.zoom)
    };
    let Some(window) = app.get_webview_window(QUICK_ADD) else {
        return Ok(());
    };
    fix_size(&window, height, zoom)
}

/// A window that cannot be resized gets the size of its content from GTK, which is never less than 200 pixels high.
/// One with equal bounds is as fixed, and as high as it is told.
fn fix_size(window: &WebviewWindow, height: f64, zoom: f64) -> tauri::Result<()> {
    let (width, height) = (WIDTH * zoom, height * zoom);
    let pixels = |n: f64| Some(PixelUnit::Logical(LogicalUnit::new(n)));
    window.set_size_constraints(WindowSizeConstraints {
        min_width: pixels(width),
        max_width: pixels(width),
        min_height: pixels(height),
        max_height: pixels(height),
    })?;
    window.set_size(LogicalSize::new(width, height))
}

/// It stands at a quarter of the height of the monitor that has the pointer.
fn place(window: &WebviewWindow) -> tauri::Result<()> {
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
    let width = WIDTH * state(window.app_handle()).zoom;
    let x = at.x + (screen.width - width) / 2.0;
    window.set_position(LogicalPosition::new(
        x.max(at.x),
        at.y + screen.height / 4.0,
    ))
}

fn state(app: &AppHandle) -> MutexGuard<'_, State> {
    let state = app.state::<QuickAdd>();
    state
        .inner()
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}
