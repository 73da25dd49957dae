//! `rota join`

use clap::Args;
use rota_api::Join;

use crate::arguments::seconds;
use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Join a space with a code from one of its computers
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The code, as in 7-amber-river-stone
    #[arg(value_name = "CODE")]
    code: String,
    /// Where the inviting computer is, if discovery cannot find it: host:port or a multiaddr
    #[arg(long, value_name = "ADDR")]
    address: Option<String>,
    /// How long to try
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = seconds)]
    timeout: u64,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let input = Join {
        code: words.code,
        address: words.address,
        timeout_seconds: Some(words.timeout),
    };
    let meter = context.output.progress("Received");
    let joined = context.ask_with_progress(&input, &meter).await?;
    context
        .output
        .confirm(&joined, |joined, _| render::joined(joined))
}
