//! `rota history`

use clap::Args;
use rota_api::TaskHistory;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show every value that a field of the task ever had, newest first
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The task
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let entries = context.ask(&TaskHistory { id: words.id }).await?;
    context
        .output
        .answer(&entries, |entries, look| render::history(entries, look))
}
