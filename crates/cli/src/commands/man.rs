//! `rota man`

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use crate::arguments::Rota;
use crate::context::Context;
use crate::failure::{Failure, usage};

/// Print the manual page, as roff
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The command it is about [default: all]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(words: &Arguments, context: &Context) -> Result<(), Failure> {
    let mut page = Vec::new();
    Man::new(command(&words.command)?).render(&mut page)?;
    context.output.raw(&page)
}

fn command(words: &[String]) -> Result<Command, Failure> {
    let mut command = Rota::command();
    // Without this the flags that every command has would be missing from the pages of commands.
    command.build();
    for word in words {
        command = command
            .find_subcommand(word)
            .ok_or_else(|| {
                usage(
                    format!("there is no command '{word}'"),
                    "rota --help shows the commands",
                )
            })?
            .clone();
    }
    Ok(command)
}
