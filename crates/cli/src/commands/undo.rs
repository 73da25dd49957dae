//! `rota undo`

use clap::Args;
use rota_api::Undo;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Take back this computer's latest change
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let undone = context.ask(&Undo::default()).await?;
    context.output.confirm(&undone, |undone, _| {
        render::taken_back("Undone", &undone.undone, &undone.change)
    })
}
