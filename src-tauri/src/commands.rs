//! What the pages may ask of the app: a thin adapter to the service.

use std::sync::Arc;

use rota_api::{ApiError, Code, Operation, Progress};
use serde_json::Value;
use tauri::ipc::JavaScriptChannelId;
use tauri::{AppHandle, State, Webview};

use crate::node::Node;
use crate::windows;

/// Calls an operation of the service by name. Progress goes to the channel, where there is one.
#[tauri::command]
pub(crate) async fn call(
    node: State<'_, Arc<Node>>,
    webview: Webview,
    operation: String,
    input: Value,
    progress: Option<JavaScriptChannelId>,
) -> Result<Value, ApiError> {
    let operation = Operation::from_name(&operation).ok_or_else(|| {
        ApiError::new(
            Code::UnknownOperation,
            format!("there is no operation {operation}"),
        )
    })?;
    let channel = progress.map(|id| id.channel_on::<_, Progress>(webview));
    let report = move |progress: Progress| {
        // A page that went needs no progress.
        if let Some(channel) = &channel
            && let Err(error) = channel.send(progress)
        {
            tracing::debug!(%error, "progress was not sent");
        }
    };
    node.call(operation, input, &report).await
}

/// Tells the page every change from now on.
#[tauri::command]
pub(crate) async fn subscribe(
    app: AppHandle,
    webview: Webview,
    node: State<'_, Arc<Node>>,
) -> Result<(), ApiError> {
    node.subscribe(app, webview.label().to_owned()).await
}

/// Hides the small window.
#[tauri::command]
pub(crate) fn hide_quick_add(app: AppHandle) {
    windows::hide(&app, windows::QUICK_ADD);
}
