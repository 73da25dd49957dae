//! `rota list`

use clap::Args;
use rota_api::{DateFilter, TaskFilter, TaskList};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show tasks in their order
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The list [default: every list]
    #[arg(value_name = "LIST")]
    list: Option<String>,
    /// Only those of this space
    #[arg(long, value_name = "S")]
    space: Option<String>,
    /// Done ones too
    #[arg(long)]
    done: bool,
    /// Done ones and those in the trash too
    #[arg(long)]
    all: bool,
    /// Those in the trash too
    #[arg(long)]
    trash: bool,
    /// Only those due today or before
    #[arg(long, conflicts_with_all = ["on", "from", "to"])]
    today: bool,
    /// Only those due on this day
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    on: Option<String>,
    /// Only those due on this day or later
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<String>,
    /// Only those due on this day or before
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<String>,
    /// Only those with this tag; may be given again
    #[arg(long = "tag", value_name = "T")]
    tags: Vec<String>,
    /// Only those given to this person or computer
    #[arg(long, value_name = "WHO")]
    assigned: Option<String>,
    /// Only those with these words
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    limit: Option<u64>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let due = match (words.today, words.on, words.from, words.to) {
        (true, ..) => Some(DateFilter::Today),
        (_, Some(day), ..) => Some(DateFilter::On(day)),
        (_, _, Some(from), Some(to)) => Some(DateFilter::Between { from, to }),
        _ => None,
    };
    let filter = TaskFilter {
        list: words.list,
        space: words.space,
        done: words.done || words.all,
        trash: words.trash || words.all,
        due,
        tags: words.tags,
        assigned: words.assigned,
        search: words.search,
        ..TaskFilter::default()
    };
    let tasks = context
        .ask(&TaskList {
            filter,
            offset: 0,
            limit: words.limit,
        })
        .await?;
    context
        .output
        .answer(&tasks, |tasks, look| render::tasks(tasks, look))
}
