//! `rota show`

use clap::Args;
use rota_api::TaskShow;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show one task whole
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The task
    #[arg(value_name = "ID")]
    id: String,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let task = context.ask(&TaskShow { id: words.id }).await?;
    context.output.answer(&task, render::show)
}
