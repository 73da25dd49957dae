//! `rota join`

use std::io::{self, IsTerminal};

use clap::Args;
use rota_api::{ApiError, Code, Join};

use crate::arguments::seconds;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Format;
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

/// Whether a code says of itself that it is for another computer of one's own.
fn is_of_mine(code: &str) -> bool {
    let mut words = code.split(|c: char| !c.is_alphabetic());
    let first = words.find(|word| !word.is_empty()).unwrap_or_default();
    first.to_lowercase().starts_with("mine")
}

/// Asks once, where somebody is there to answer: what happens next makes two computers one person's for good.
fn goes_on(context: &Context) -> Result<bool, Failure> {
    let nobody = !io::stdin().is_terminal() || !io::stderr().is_terminal();
    if nobody || context.output.format == Format::Json {
        return Ok(true);
    }
    context.output.ask(
        "This code joins another computer of your own: it gets all your tasks and spaces, and this one gets its.\n\
         Go on? [y/N] ",
    );
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|source| {
        ApiError::new(Code::Failed, format!("no answer could be read: {source}"))
    })?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    if is_of_mine(&words.code) && !goes_on(context)? {
        context.output.note("Nothing was changed.");
        return Ok(());
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_for_ones_own_computer_says_so_in_its_first_word() {
        for own in ["7-mineamber-river-stone", "7 MINE amber river stone"] {
            assert!(is_of_mine(own), "{own}");
        }
        for other in ["7-amber-mine-stone", "", "7", "12-river-stone-gold"] {
            assert!(!is_of_mine(other), "{other}");
        }
    }
}
