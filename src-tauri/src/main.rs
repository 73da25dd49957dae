//! The desktop app: a window on the service, a small window for quick add, and a tray that keeps both at hand.
//!
//! Nothing here knows what a task is. The node is started first, so that the window never waits for it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod autostart;
mod commands;
mod desktop;
mod desktop_entry;
mod failure;
#[cfg(target_os = "linux")]
mod focus;
mod info;
mod instance;
mod link;
mod node;
mod opening;
mod platform;
mod quit;
mod reminders;
mod scheme;
mod shortcut;
mod system_settings;
mod theme;
mod tray;
mod windows;
mod words;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use clap::Parser;
use rota_api::{ApiError, Code};
use tauri::{App, AppHandle, RunEvent};
use tokio::runtime::Runtime;

use crate::args::Args;
use crate::desktop::Desktop;
use crate::instance::{Instance, Start};
use crate::node::Node;
use crate::opening::Opening;
use crate::quit::Signals;

/// What is there before the first window.
struct Ready {
    node: Arc<Node>,
    signals: Signals,
    instance: Instance,
    opening: Opening,
}

fn main() {
    platform::prepare();
    let args = Args::parse();
    args.start_log();
    let runtime = match threads() {
        Ok(runtime) => runtime,
        Err(error) => failure::exit(&error),
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let ready = match runtime.block_on(start(&args)) {
        Ok(Some(ready)) => ready,
        Ok(None) => return,
        Err(error) => failure::exit(&error),
    };
    let node = Arc::clone(&ready.node);
    match build(ready) {
        Ok(app) => app.run(|_, event| {
            // Windows hide, they do not end the app: only Quit does, which passes an exit code.
            if let RunEvent::ExitRequested {
                api, code: None, ..
            } = event
            {
                api.prevent_exit();
            }
        }),
        Err(error) => {
            // That the folder cannot be used goes before that there is no screen.
            node.begin();
            let error = runtime.block_on(node.opened()).err().unwrap_or(error);
            if let Err(error) = runtime.block_on(node.close()) {
                tracing::error!(%error, "Rota was not closed in order");
            }
            failure::exit(&error)
        }
    }
}

fn threads() -> Result<Runtime, ApiError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|source| {
            ApiError::new(
                Code::Internal,
                format!("the app could not start its threads: {source}"),
            )
        })
}

/// Prepares the node, or hands over to the app that runs on the folder already.
async fn start(args: &Args) -> Result<Option<Ready>, ApiError> {
    let signals = Signals::take().map_err(|source| {
        ApiError::new(Code::Internal, format!("signals cannot be heard: {source}"))
    })?;
    let opening = args.opening()?;
    let data_dir = args.data_dir()?;
    let instance = match instance::begin(&data_dir, &opening).await? {
        Start::First(instance) => instance,
        Start::Later => return Ok(None),
    };
    let node = Arc::new(node::prepare(args, data_dir));
    Ok(Some(Ready {
        node,
        signals,
        instance,
        opening,
    }))
}

fn build(ready: Ready) -> Result<App, ApiError> {
    let builder = tauri::Builder::default()
        .manage(Arc::clone(&ready.node))
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::call_together,
            commands::take_opening,
            commands::desktop_info,
            commands::open_link,
            commands::open_settings,
            commands::set_zoom,
            commands::close_window,
            commands::quit,
            commands::finished,
            commands::hide_quick_add,
            commands::resize_quick_add
        ])
        .plugin(tauri_plugin_dialog::init())
        .on_window_event(windows::on_event)
        .setup(move |app| {
            begin(app.handle(), ready);
            Ok(())
        });
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_global_shortcut::Builder::new().build());
    // Where there is no screen the window system panics, and says less about it than the error does.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(
        |panic| tracing::debug!(%panic, "the window system"),
    ));
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| {
        builder.build(tauri::generate_context!())
    }));
    std::panic::set_hook(hook);
    match built {
        Ok(built) => built.map_err(|source| no_window(&source)),
        Err(_) => Err(no_window(&"the window system does not answer")),
    }
}

fn begin(app: &AppHandle, ready: Ready) {
    let Ready {
        node,
        signals,
        instance,
        opening,
    } = ready;
    let main_is_wanted = matches!(opening, Opening::Main | Opening::Task(_) | Opening::View(_));
    let built = windows::build(app, main_is_wanted);
    node.begin();
    if let Err(source) = built {
        quit::abandon(app.clone(), no_window(&source));
        return;
    }
    theme::begin(app);
    let asked = instance.hold(app);
    Desktop::begin(app, asked, main_is_wanted);
    if opening != Opening::Main {
        windows::open(app, opening);
    }
    let leaving = app.clone();
    tauri::async_runtime::spawn(async move {
        signals.wait().await;
        quit::quit(leaving);
    });
    let (opening, waiting) = (Arc::clone(&node), app.clone());
    tauri::async_runtime::spawn(async move {
        if let Err(error) = opening.opened().await {
            quit::abandon(waiting, error);
        }
    });
    tauri::async_runtime::spawn_blocking(move || scheme::claim(node.data_dir()));
}

fn no_window(source: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(
        Code::Failed,
        format!("the window could not be opened: {source}"),
    )
    .with_hint(
        "check that a display is there (DISPLAY or WAYLAND_DISPLAY), or use rota in a terminal",
    )
}
