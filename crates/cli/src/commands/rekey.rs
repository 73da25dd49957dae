//! `rota rekey`

use clap::Args;
use rota_api::Rekey;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Give this folder a new key, where it was copied
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let status = context.ask(&Rekey {}).await?;
    context.output.confirm(&status, render::status)
}
