//! The command line and the headless computer.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod arguments;
mod commands;
mod context;
mod data_dir;
mod failure;
mod output;
mod render;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;
use clap::error::ErrorKind;
use rota_api::{ApiError, Code};
use tracing_subscriber::EnvFilter;

use crate::arguments::{Color, Common, Rota};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Format, Output};
use crate::render::Look;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let rota = match Rota::try_parse_from(&words) {
        Ok(rota) => rota,
        Err(error) => return answer_for_words(&error, &words),
    };
    let output = output(&rota.common);
    start_log(rota.common.verbose);
    let result = run(rota, output.clone());
    match result.err().and_then(Failure::into_error) {
        None => ExitCode::SUCCESS,
        Some(error) => {
            output.error(&error);
            ExitCode::from(error.code.exit())
        }
    }
}

fn run(rota: Rota, output: Output) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|source| {
            ApiError::new(
                Code::Failed,
                format!("the threads could not be started: {source}"),
            )
        })?;
    let context = Context {
        data_dir: rota.common.data_dir,
        output,
    };
    runtime.block_on(commands::run(rota.command, &context))
}

/// Help and version are answers; everything else is wrong usage and is told like any other error.
fn answer_for_words(error: &clap::Error, words: &[OsString]) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let mut out = AutoStream::new(std::io::stdout().lock(), color_of(words));
        // Where nobody reads the help there is nobody to tell.
        let _ = write!(out, "{}", error.render().ansi());
        return ExitCode::SUCCESS;
    }
    let format = if flags(words).any(|word| word == "--json") {
        Format::Json
    } else {
        Format::People
    };
    let error = failure::from_words(error, words);
    Output {
        format,
        quiet: false,
        color: color_of(words),
        look: look(),
    }
    .error(&error);
    ExitCode::from(error.code.exit())
}

/// The words up to `--`, after which nothing is a flag.
fn flags(words: &[OsString]) -> impl Iterator<Item = &OsString> {
    words.iter().skip(1).take_while(|word| *word != "--")
}

/// The wish for colour among words that could not be read as a whole.
fn color_of(words: &[OsString]) -> ColorChoice {
    let words: Vec<&OsString> = flags(words).collect();
    let wish = words
        .iter()
        .enumerate()
        .find_map(|(index, word)| match word.to_str() {
            Some("--color") => words.get(index + 1).and_then(|next| next.to_str()),
            Some(word) => word.strip_prefix("--color="),
            None => None,
        });
    match wish {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        Some(_) | None => ColorChoice::Auto,
    }
}

fn output(common: &Common) -> Output {
    Output {
        format: if common.json {
            Format::Json
        } else {
            Format::People
        },
        quiet: common.quiet,
        color: match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        },
        look: look(),
    }
}

fn look() -> Look {
    let columns = if std::io::stdout().is_terminal() {
        terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
    } else {
        None
    };
    Look {
        now: now(),
        columns,
    }
}

/// The one place where the command line reads the clock: to say dates as people do.
#[expect(
    clippy::disallowed_methods,
    reason = "the moment goes into every renderer from here"
)]
fn now() -> jiff::Zoned {
    jiff::Zoned::now()
}

fn start_log(verbose: u8) {
    let level = match verbose {
        0 => "error",
        1 => "info,rota_node=debug",
        _ => "debug",
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .init();
}
