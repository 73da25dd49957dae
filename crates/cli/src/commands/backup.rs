//! `rota backup`

use std::path::PathBuf;

use clap::Args;
use rota_api::Backup;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Write a copy that holds every task and no identity
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let input = Backup {
        file: context.absolute(&words.file)?,
    };
    let meter = context.output.progress("Saved");
    let result = context.ask_with_progress(&input, &meter).await?;
    context.output.confirm(&result, |result, _| {
        let file = render::text::one_line(&result.file);
        format!(
            "{} {}: {file}\n",
            render::styled("Saved", render::STRONG),
            render::count(result.tasks, "task", "tasks")
        )
    })
}
