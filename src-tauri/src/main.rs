//! The desktop app: a window on the service, a small window for quick add, and a tray that keeps both at hand.
//!
//! Nothing here knows what a task is. The node is started first, so that the window never waits for it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod commands;
mod failure;
mod node;
mod quit;
mod tray;
mod windows;

use clap::Parser;
use rota_api::{ApiError, Code};
use tauri::{AppHandle, Manager, RunEvent};

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
    let app = tauri::Builder::default()
        .manage(node)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::subscribe,
            commands::hide_quick_add
        ])
        .on_window_event(windows::on_event)
        .setup(move |app| {
            windows::build(app.handle(), args.hidden)?;
            tray::build(app.handle());
            listen(app.handle(), signals);
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|_, event| {
            // Windows hide, they do not end the app: only Quit does, which passes an exit code.
            if let RunEvent::ExitRequested {
                api, code: None, ..
            } = event
            {
                api.prevent_exit();
            }
        }),
        Err(source) => failure::exit(&no_window(&source)),
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
            asked.state::<Node>().quick_add_asked().await;
            windows::show(&asked, windows::QUICK_ADD);
        }
    });
}

fn no_window(source: &tauri::Error) -> ApiError {
    ApiError::new(
        Code::Failed,
        format!("the window could not be opened: {source}"),
    )
    .with_hint(
        "check that a display is there (DISPLAY or WAYLAND_DISPLAY), or use rota in a terminal",
    )
}
