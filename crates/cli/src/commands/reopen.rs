//! `rota reopen`

use clap::Args;
use rota_api::TaskReopen;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Open tasks again
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The tasks
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let tasks = context.ask(&TaskReopen { ids: words.ids }).await?;
    context.output.confirm(&tasks, |tasks, look| {
        render::changed("Reopened", tasks, look)
    })
}
