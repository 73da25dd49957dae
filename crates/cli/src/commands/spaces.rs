//! `rota spaces`

use clap::{Args, Subcommand};
use rota_api::{SpaceAdd, SpaceLeave, SpacesShow};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show, add or leave spaces
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add a shared space
    Add {
        /// Its name
        name: String,
    },
    /// Leave a shared space
    Leave {
        /// The space
        #[arg(value_name = "S")]
        space: String,
    },
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let (done, space) = match words.verb {
        None => {
            let spaces = context.ask(&SpacesShow {}).await?;
            return context
                .output
                .answer(&spaces, |spaces, look| render::spaces(spaces, look));
        }
        Some(Verb::Add { name }) => ("Added", context.ask(&SpaceAdd { name }).await?),
        Some(Verb::Leave { space }) => ("Left", context.ask(&SpaceLeave { space }).await?),
    };
    context
        .output
        .confirm(&space, |space, _| render::space_changed(done, space))
}
