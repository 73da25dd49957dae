//! `rota watch`

use clap::Args;
use rota_api::{WatchEvent, WatchKind};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Tell changes as they are committed
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let client = context.open().await?;
    let mut events = client.watch().await?;
    let told = loop {
        match events.next().await {
            Ok(Some(event)) => {
                if let Err(failure) = context.output.answer(&event, |event, _| line(event)) {
                    break Err(failure);
                }
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error.into()),
        }
    };
    client.close().await?;
    told
}

fn line(event: &WatchEvent) -> String {
    let what = match event.kind {
        WatchKind::Hello => "watching",
        WatchKind::Task => "task",
        WatchKind::List => "list",
        WatchKind::Space => "space",
        WatchKind::Computer => "computer",
        WatchKind::Run => "run",
        WatchKind::Health => "health",
        WatchKind::Settings => "settings",
        WatchKind::Presence => "presence",
        WatchKind::Reminder => "reminder",
        WatchKind::Resync => "missed some changes",
    };
    let ids = event.ids.as_deref().unwrap_or_default().join(" ");
    format!("{}  {what}  {}\n", event.seq, render::text::one_line(&ids))
}
