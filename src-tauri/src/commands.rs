//! What the pages may ask of the app: a thin adapter to the service, and to the desktop around the pages.

use std::sync::Arc;

use futures_util::future::join_all;
use rota_api::{ApiError, Code, Operation, Progress};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::ipc::JavaScriptChannelId;
use tauri::{AppHandle, Manager, State, Webview};

use crate::info::DesktopInfo;
use crate::link;
use crate::node::Node;
use crate::opening::PageOpening;
use crate::system_settings::{self, Page};
use crate::windows::{self, Finishing, Openings};

/// The small window takes a task and says what it understood of it. What it cannot ask for it cannot be made to do.
const QUICK_ADD_NEEDS: &[Operation] = &[
    Operation::TaskAdd,
    Operation::TaskAddMany,
    Operation::QuickAddParse,
    Operation::DraftShow,
    Operation::DraftSet,
    Operation::SettingsShow,
    Operation::StatusShow,
    Operation::ListsShow,
    Operation::SpacesShow,
    Operation::MembersShow,
    Operation::TagsShow,
];

/// Calls an operation of the service by name. Progress goes to the channel, where there is one.
#[tauri::command]
pub(crate) async fn call(
    node: State<'_, Arc<Node>>,
    webview: Webview,
    operation: String,
    input: Value,
    progress: Option<JavaScriptChannelId>,
) -> Result<Value, ApiError> {
    let operation = allowed(&operation, &webview)?;
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

/// One of several calls.
#[derive(Deserialize)]
pub(crate) struct Asked {
    operation: String,
    input: Value,
}

/// What became of one of several calls.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Done(Value),
    Failed(ApiError),
}

/// Tells the page every change from now on, where it gives a channel, and then makes several calls: one message for what
/// a page asks at its start. The answers come in the order of the calls, when the last of them is there.
#[tauri::command]
pub(crate) async fn call_together(
    node: State<'_, Arc<Node>>,
    webview: Webview,
    events: Option<JavaScriptChannelId>,
    calls: Vec<Asked>,
) -> Result<Vec<Answer>, ApiError> {
    windows::page_begins(webview.app_handle(), webview.label());
    if let Some(events) = events {
        let label = webview.label().to_owned();
        node.subscribe(label, events.channel_on(webview.clone()))
            .await?;
    }
    let one = async |asked: Asked| {
        let operation = allowed(&asked.operation, &webview)?;
        node.call(operation, asked.input, &()).await
    };
    let answers = join_all(calls.into_iter().map(one)).await;
    Ok(answers
        .into_iter()
        .map(|answer| answer.map_or_else(Answer::Failed, Answer::Done))
        .collect())
}

/// The operation of this name, if the page may ask for it.
fn allowed(name: &str, webview: &Webview) -> Result<Operation, ApiError> {
    let operation = Operation::from_name(name).ok_or_else(|| {
        ApiError::new(
            Code::UnknownOperation,
            format!("there is no operation {name}"),
        )
    })?;
    if webview.label() == windows::QUICK_ADD && !QUICK_ADD_NEEDS.contains(&operation) {
        return Err(ApiError::new(
            Code::NotAllowed,
            format!("quick add does not ask for {}", operation.name()),
        ));
    }
    Ok(operation)
}

/// Gives the page what it is to show, once.
#[tauri::command]
pub(crate) fn take_opening(webview: Webview, openings: State<'_, Openings>) -> Option<PageOpening> {
    openings.take(webview.label())
}

/// Says what the desktop can do here.
#[tauri::command]
pub(crate) async fn desktop_info(app: AppHandle) -> Result<DesktopInfo, ApiError> {
    Ok(DesktopInfo::look(&app).await)
}

/// Opens a link outside.
#[tauri::command]
pub(crate) async fn open_link(url: String) -> Result<(), ApiError> {
    let opened = tauri::async_runtime::spawn_blocking(move || link::open(&url)).await;
    opened.map_err(|source| failed("the link was not opened", &source))?
}

/// Opens a page of the system's settings.
#[tauri::command]
pub(crate) async fn open_settings(page: Page) -> Result<(), ApiError> {
    let opened = tauri::async_runtime::spawn_blocking(move || system_settings::open(page)).await;
    opened.map_err(|source| failed("the settings were not opened", &source))?
}

/// Sets the size of everything in both windows, in percent.
#[tauri::command]
pub(crate) async fn set_zoom(app: AppHandle, percent: f64) -> Result<(), ApiError> {
    const PERCENT: std::ops::RangeInclusive<f64> = 90.0..=200.0;
    if !PERCENT.contains(&percent) {
        return Err(
            ApiError::new(Code::InvalidInput, "the size is 90 to 200 percent")
                .with_field("percent"),
        );
    }
    windows::zoom(&app, percent / 100.0).map_err(|source| failed("the size was not set", &source))
}

/// Closes the main window, as its own button does.
#[tauri::command]
pub(crate) async fn close_window(app: AppHandle) -> Result<(), ApiError> {
    windows::close(&app).map_err(|source| failed("the window stays open", &source))
}

/// Ends the app.
#[tauri::command]
pub(crate) async fn quit(app: AppHandle) -> Result<(), ApiError> {
    crate::quit::quit(app);
    Ok(())
}

/// Says that the page has kept what was typed in it.
#[tauri::command]
pub(crate) fn finished(webview: Webview, finishing: State<'_, Finishing>) {
    finishing.note(webview.label());
}

/// Hides the small window.
#[tauri::command]
pub(crate) async fn hide_quick_add(app: AppHandle) -> Result<(), ApiError> {
    windows::hide(&app, windows::QUICK_ADD);
    Ok(())
}

/// Makes the small window as high as what it shows.
#[tauri::command]
pub(crate) async fn resize_quick_add(app: AppHandle, height: f64) -> Result<(), ApiError> {
    windows::resize_quick_add(&app, height)
        .map_err(|source| failed("the window keeps its height", &source))
}

fn failed(what: &str, source: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(Code::Failed, format!("{what}: {source}"))
}
