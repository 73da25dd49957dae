//! `rota lists`

use clap::{Args, Subcommand};
use rota_api::{ListAdd, ListDelete, ListRename, ListsShow};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show, add, rename or delete lists
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add a list
    Add {
        /// Its name
        name: String,
        /// The space [default: Mine]
        #[arg(long, value_name = "S")]
        space: Option<String>,
    },
    /// Give a list another name
    Rename {
        /// The list
        #[arg(value_name = "L")]
        list: String,
        /// Its new name
        name: String,
    },
    /// Put a list into the trash, with its tasks
    Delete {
        /// The list
        #[arg(value_name = "L")]
        list: String,
    },
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let (done, list) = match words.verb {
        None => {
            let lists = context.ask(&ListsShow::default()).await?;
            return context
                .output
                .answer(&lists, |lists, look| render::lists(lists, look));
        }
        Some(Verb::Add { name, space }) => ("Added", context.ask(&ListAdd { name, space }).await?),
        Some(Verb::Rename { list, name }) => {
            ("Renamed", context.ask(&ListRename { list, name }).await?)
        }
        Some(Verb::Delete { list }) => ("Deleted", context.ask(&ListDelete { list }).await?),
    };
    context
        .output
        .confirm(&list, |list, _| render::list_changed(done, list))
}
