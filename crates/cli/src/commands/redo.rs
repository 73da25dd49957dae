//! `rota redo`

use clap::Args;
use rota_api::Redo;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Make again what undo took back last
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let redone = context.ask(&Redo {}).await?;
    context.output.confirm(&redone, |redone, _| {
        render::taken_back("Redone", &redone.redone, &redone.change)
    })
}
