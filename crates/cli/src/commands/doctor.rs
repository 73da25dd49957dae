//! `rota doctor`

use clap::Args;
use rota_api::Doctor;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Find out why computers do or do not see each other
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command.
pub(crate) async fn run(_words: Arguments, context: &Context) -> Result<(), Failure> {
    let checks = context.ask(&Doctor {}).await?;
    context
        .output
        .answer(&checks, |checks, _| render::doctor(checks))
}
