//! `rota lists`

use clap::{Args, Subcommand};
use rota_api::{
    Change, ListAdd, ListDelete, ListEdit, ListMove, ListRename, ListRestore, ListsShow, Place,
};

use crate::arguments::change;
use crate::context::Context;
use crate::failure::{Failure, usage};
use crate::render;

/// Show lists, and add, rename, move or delete one
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
    /// Take a list out of the trash, with its tasks
    Restore {
        /// The list
        #[arg(value_name = "L")]
        list: String,
    },
    /// Lay a list away, or take it out again
    Archive {
        /// The list
        #[arg(value_name = "L")]
        list: String,
        /// Take it out again
        #[arg(long)]
        off: bool,
    },
    /// Give a list another hue
    Color {
        /// The list
        #[arg(value_name = "L")]
        list: String,
        /// tomato, orange, ochre, olive, green, teal, blue, indigo, violet or rose; none for its own
        #[arg(value_name = "HUE", value_parser = change)]
        hue: Change<String>,
    },
    /// Change a list's place, or move it to another space with its tasks
    Move {
        /// The list
        #[arg(value_name = "L")]
        list: String,
        #[command(flatten)]
        to: To,
        /// The space it moves to
        #[arg(long, value_name = "S")]
        space: Option<String>,
    },
}

/// Where to; the end if only a space is named.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct To {
    /// Directly before this list
    #[arg(long, value_name = "L")]
    before: Option<String>,
    /// Directly after this list
    #[arg(long, value_name = "L")]
    after: Option<String>,
    /// Before all others
    #[arg(long)]
    first: bool,
    /// After all others
    #[arg(long)]
    last: bool,
}

impl To {
    fn place(self) -> Option<Place> {
        self.before
            .map(Place::Before)
            .or(self.after.map(Place::After))
            .or(self.first.then_some(Place::First))
            .or(self.last.then_some(Place::Last))
    }
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
        Some(Verb::Restore { list }) => ("Restored", context.ask(&ListRestore { list }).await?),
        Some(Verb::Archive { list, off }) => {
            let edit = ListEdit {
                list,
                archived: Some(!off),
                ..ListEdit::default()
            };
            (
                if off { "Taken out" } else { "Archived" },
                context.ask(&edit).await?,
            )
        }
        Some(Verb::Color { list, hue }) => {
            let edit = ListEdit {
                list,
                color: Some(hue),
                ..ListEdit::default()
            };
            ("Changed", context.ask(&edit).await?)
        }
        Some(Verb::Move { list, to, space }) => {
            let to = match (to.place(), &space) {
                (Some(place), _) => place,
                (None, Some(_)) => Place::Last,
                (None, None) => {
                    return Err(usage(
                        "no place to move to",
                        "name one: --before L, --after L, --first, --last or --space S",
                    ));
                }
            };
            ("Moved", context.ask(&ListMove { list, to, space }).await?)
        }
    };
    context
        .output
        .confirm(&list, |list, _| render::list_changed(done, list))
}
