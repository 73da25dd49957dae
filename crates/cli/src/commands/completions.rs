//! `rota completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::arguments::Rota;
use crate::context::Context;
use crate::failure::Failure;

/// Print the completions for a shell
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
pub(crate) fn run(words: &Arguments, context: &Context) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(words.shell, &mut Rota::command(), "rota", &mut script);
    context.output.raw(&script)
}
