//! `rota quick-add`

use clap::Args;
use rota_api::{QuickAddOpen, TaskAdd};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Open the quick-add window of the running desktop app, or with TEXT add at once
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What to do
    #[arg(value_name = "TEXT", allow_negative_numbers = true)]
    text: Vec<String>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    if words.text.is_empty() {
        let answer = context.ask(&QuickAddOpen {}).await?;
        return context.output.confirm(&answer, |_, _| String::new());
    }
    let task = context
        .ask(&TaskAdd {
            text: words.text.join(" "),
            ..TaskAdd::default()
        })
        .await?;
    context.output.confirm(&task, |task, look| {
        render::changed("Added", std::slice::from_ref(task), look)
    })
}
