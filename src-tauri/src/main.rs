//! The desktop app: a window on the service, a small window for quick add, and a tray that keeps both at hand.
//!
//! Nothing here knows what a task is. The node is started first, so that the window never waits for it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod commands;
mod failure;
#[cfg(target_os = "linux")]
mod focus;
mod node;
mod quit;
mod tray;
mod windows;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use clap::Parser;
use rota_api::{ApiError, Code};
use tauri::{App, AppHandle, Manager, RunEvent};

use crate::args::Args;
use crate::node::Node;
use crate::quit::Signals;

fn main() {
    let args = Args::parse();
    args.start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(source) => failure::exit(&ApiError::new(
            Code::Internal,
            format!("the app could not start its threads: {source}"),
        )),
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let (node, signals) = match runtime.block_on(start(&args)) {
        Ok(started) => started,
        Err(error) => failure::exit(&error),
    };
    let node = Arc::new(node);
    let built = build(Arc::clone(&node), args.hidden, signals);
    match built {
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
            if let Err(error) = runtime.block_on(node.close()) {
                tracing::error!(%error, "Rota was not closed in order");
            }
            failure::exit(&error)
        }
    }
}

fn build(node: Arc<Node>, hidden: bool, signals: Signals) -> Result<App, ApiError> {
    let builder = tauri::Builder::default()
        .manage(node)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::subscribe,
            commands::hide_quick_add
        ])
        .on_window_event(windows::on_event)
        .setup(move |app| {
            if let Err(source) = windows::build(app.handle(), hidden) {
                quit::abandon(app.handle().clone(), no_window(&source));
                return Ok(());
            }
            tray::build(app.handle());
            listen(app.handle(), signals);
            Ok(())
        });
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

async fn start(args: &Args) -> Result<(Node, Signals), ApiError> {
    let signals = Signals::take().map_err(|source| {
        ApiError::new(Code::Internal, format!("signals cannot be heard: {source}"))
    })?;
    Ok((node::start(args).await?, signals))
}

/// Hears what comes from outside: signals, and other programs that ask for quick add.
fn listen(app: &AppHandle, signals: Signals) {
    let leaving = app.clone();
    tauri::async_runtime::spawn(async move {
        signals.wait().await;
        quit::quit(leaving);
    });
    let asked = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            asked.state::<Arc<Node>>().quick_add_asked().await;
            windows::show(&asked, windows::QUICK_ADD);
        }
    });
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
