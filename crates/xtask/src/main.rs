//! Sets up, runs, tests and measures the project: `cargo xtask …`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it speaks to the person at the terminal"
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bench;
mod check;
mod doctests;
mod end_to_end;
mod node;
mod packages;
mod report;
mod run;
mod setup;
mod sim;
mod step;
mod summary;
mod test;
mod tools;
mod ui;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::step::Failed;

/// Sets up, runs, tests and measures Rota.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sets up, builds the desktop app and opens it.
    Run {
        /// Optimised, as released; takes longer to build.
        #[arg(long)]
        release: bool,
        /// Passed on to rota-desktop.
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Sets up, then runs every check and every test.
    Test,
    /// Formatting, lints, dependency rules, spelling, generated types.
    Check {
        /// Also asks the advisory database, which needs the network.
        #[arg(long)]
        advisories: bool,
    },
    /// Measures speed and memory, optimised.
    Bench {
        /// Which: `desktop`, or names that rota-bench knows; all if none is named.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Builds the programs and runs the end-to-end tests.
    E2e {
        /// Only tests whose name holds this; `desktop`: all that need a window.
        name: Option<String>,
    },
    /// Runs the simulator, optimised.
    Sim {
        /// How many seeds.
        #[arg(long)]
        seeds: Option<u64>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run { release, arguments } => run::run(release, &arguments),
        Command::Test => return exit(test::run()),
        Command::Check { advisories } => check::run(advisories),
        Command::Bench { arguments } => bench::run(&arguments),
        Command::E2e { name } => end_to_end::run(name.as_deref()),
        Command::Sim { seeds } => sim::run(seeds),
    };
    match outcome {
        Ok(()) => exit(true),
        Err(Failed(message)) => {
            eprintln!("error: {message}");
            exit(false)
        }
    }
}

fn exit(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
