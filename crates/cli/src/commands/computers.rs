//! `rota computers`

use clap::Args;
use rota_api::ComputersShow;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show the computers of one's spaces
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let computers = context.ask(&ComputersShow {}).await?;
    context.output.answer(&computers, |computers, look| {
        render::computers(computers, look)
    })
}
