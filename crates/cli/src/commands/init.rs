//! `rota init`

use clap::Args;
use rota_api::{Init, SettingsChange};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Name this person and this computer
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The person's name [default: the login name]
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// The computer's name [default: the host name]
    #[arg(long, value_name = "NAME")]
    computer: Option<String>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let named = words.person.is_some();
    let status = context
        .ask(&Init {
            person: words.person,
            computer: words.computer,
        })
        .await?;
    if named {
        // The window has nothing left to ask.
        context
            .ask(&SettingsChange {
                first_run_done: Some(Some(true)),
                ..SettingsChange::default()
            })
            .await?;
    }
    context.output.confirm(&status, render::status)
}
