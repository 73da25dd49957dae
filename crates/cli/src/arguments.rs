//! The words of the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jiff::SignedDuration;
use rota_api::{Change, Role};

use crate::commands;

/// Rota: a task list that the computers on one network share. No account, no cloud, no server.
#[derive(Debug, Parser)]
#[command(name = "rota", version, max_term_width = 100, propagate_version = true, after_help = AFTER_HELP)]
pub(crate) struct Rota {
    /// The flags that every command has.
    #[command(flatten)]
    pub(crate) common: Common,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
ID is a task's UUID or short handle; a start of 4 or more characters will do.
WHEN is a date or time: 2026-03-18, \"2026-03-18 17:00\", tomorrow, \"fri 17:00\", \"in 3 days\".

Exit codes: 0 done, 1 failed, 2 wrong words, 3 not found, 4 not allowed,
            5 the folder or disk refuses, 6 nobody reachable or running";

/// The flags that every command has.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common flags")]
pub(crate) struct Common {
    /// The data folder [default: $ROTA_DATA_DIR, else the platform's own place]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but what was asked for
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Tell on standard error what goes on; twice for more
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// When to colour; auto heeds NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    // Without texts of their own the help of every command stays short.
    Auto,
    Always,
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(commands::init::Arguments),
    Node(commands::node::Arguments),
    Status(commands::status::Arguments),
    Add(commands::add::Arguments),
    List(commands::list::Arguments),
    Show(commands::show::Arguments),
    Done(commands::done::Arguments),
    Reopen(commands::reopen::Arguments),
    Edit(commands::edit::Arguments),
    Move(commands::r#move::Arguments),
    Delete(commands::delete::Arguments),
    Restore(commands::restore::Arguments),
    History(commands::history::Arguments),
    Undo(commands::undo::Arguments),
    Redo(commands::redo::Arguments),
    Lists(commands::lists::Arguments),
    Spaces(commands::spaces::Arguments),
    Members(commands::members::Arguments),
    Invite(commands::invite::Arguments),
    Join(commands::join::Arguments),
    Computers(commands::computers::Arguments),
    Connect(commands::connect::Arguments),
    Watch(commands::watch::Arguments),
    Rekey(commands::rekey::Arguments),
    Doctor(commands::doctor::Arguments),
    Backup(commands::backup::Arguments),
    RestoreBackup(commands::restore_backup::Arguments),
    QuickAdd(commands::quick_add::Arguments),
    Completions(commands::completions::Arguments),
    Man(commands::man::Arguments),
}

/// Reads a new value, or `none` for no value.
pub(crate) fn change(text: &str) -> Result<Change<String>, String> {
    Ok(if text.eq_ignore_ascii_case("none") {
        Change::Clear
    } else {
        Change::Set(text.to_owned())
    })
}

/// Reads a length of time such as `10m`, `30s` or `1h 30m`, in whole seconds.
pub(crate) fn seconds(text: &str) -> Result<u64, String> {
    let say = || format!("'{text}' is not a length of time such as 30s, 10m or 1h");
    let duration: SignedDuration = text.parse().map_err(|_| say())?;
    u64::try_from(duration.as_secs())
        .ok()
        .filter(|seconds| *seconds > 0)
        .ok_or_else(say)
}

/// Reads a role.
pub(crate) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(["viewer", "editor", "owner"]).map(|word| match word.as_str() {
        "viewer" => Role::Viewer,
        "owner" => Role::Owner,
        _ => Role::Editor,
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use rota_api::OPERATIONS;

    use super::*;

    #[test]
    fn the_words_are_well_formed() {
        Rota::command().debug_assert();
    }

    #[test]
    fn every_operation_has_its_command() {
        for words in OPERATIONS.iter().filter_map(|info| info.command) {
            let mut command = Rota::command();
            for word in words.split(' ').filter(|word| *word != "-") {
                command = command
                    .find_subcommand(word)
                    .unwrap_or_else(|| panic!("no command `rota {words}`"))
                    .clone();
            }
        }
    }

    #[test]
    fn lengths_of_time_are_positive() {
        assert_eq!(seconds("10m"), Ok(600));
        assert_eq!(seconds("1h 30m"), Ok(5400));
        for wrong in ["", "10", "-5s", "0s", "soon", "99999999999999999999h"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
