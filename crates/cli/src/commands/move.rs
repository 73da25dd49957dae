//! `rota move`

use clap::Args;
use rota_api::{Place, TaskMove};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Change the place of a task within its list
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The task
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    place: PlaceWords,
}

/// The new place; exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct PlaceWords {
    /// Directly before this task
    #[arg(long, value_name = "ID")]
    before: Option<String>,
    /// Directly after this task
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    /// Before all others
    #[arg(long)]
    first: bool,
    /// After all others
    #[arg(long)]
    last: bool,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let PlaceWords {
        before,
        after,
        first,
        ..
    } = words.place;
    let to = match (before, after, first) {
        (Some(id), ..) => Place::Before(id),
        (_, Some(id), _) => Place::After(id),
        (_, _, true) => Place::First,
        _ => Place::Last,
    };
    let task = context.ask(&TaskMove { id: words.id, to }).await?;
    context.output.confirm(&task, |task, look| {
        render::changed("Moved", std::slice::from_ref(task), look)
    })
}
