//! `rota connect`

use clap::Args;
use rota_api::Connect;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Dial an address by hand, where discovery cannot reach
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// host:port or a multiaddr
    #[arg(value_name = "ADDR")]
    address: String,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let computer = context
        .ask(&Connect {
            address: words.address,
        })
        .await?;
    context.output.confirm(&computer, |computer, _| {
        render::computer("Connected to", computer)
    })
}
