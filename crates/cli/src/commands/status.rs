//! `rota status`

use clap::Args;
use rota_api::StatusShow;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show this computer, its person, spaces and standing conditions
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let status = context.ask(&StatusShow {}).await?;
    context.output.answer(&status, render::status)
}
