//! `rota invite`

use clap::Args;
use rota_api::{Invite, Role};

use crate::arguments::{role, seconds};
use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Open an invitation and show its code
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The space to admit to
    #[arg(value_name = "SPACE")]
    space: Option<String>,
    /// For another computer of one's own
    #[arg(long)]
    mine: bool,
    /// What the newcomer may do [default: editor]
    #[arg(long, value_parser = role())]
    role: Option<Role>,
    /// How many may use it [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    uses: Option<u32>,
    /// How long it is open [default: 10m]
    #[arg(long = "for", value_name = "TIME", value_parser = seconds)]
    valid_for: Option<u64>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let input = Invite {
        space: words.space,
        mine: words.mine,
        role: words.role,
        uses: words.uses,
        valid_for_seconds: words.valid_for,
    };
    let invitation = context.ask(&input).await?;
    context.output.answer(&invitation, render::invitation)
}
