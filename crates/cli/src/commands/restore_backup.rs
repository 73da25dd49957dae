//! `rota restore-backup`

use std::path::PathBuf;

use clap::Args;
use rota_api::RestoreBackup;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Bring a backup back, as a new computer
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file to read
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let input = RestoreBackup {
        file: context.absolute(&words.file)?,
    };
    let meter = context.output.progress("Restored");
    let result = context.ask_with_progress(&input, &meter).await?;
    context.output.confirm(&result, |result, _| {
        let file = render::text::one_line(&result.file);
        format!(
            "{} {}: {file}\n",
            render::styled("Restored", render::STRONG),
            render::count(result.tasks, "task", "tasks")
        )
    })
}
