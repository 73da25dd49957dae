//! `rota members`

use clap::{Args, Subcommand};
use rota_api::{MemberRemove, MemberRole, MembersShow, Role};

use crate::arguments::role;
use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Show who is in a space, remove somebody, or change a role
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// The space [default: the only shared one]
    #[arg(value_name = "SPACE")]
    space: Option<String>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Remove a person or a computer from a space
    Remove {
        /// The person or computer
        who: String,
        /// The space [default: the only shared one]
        #[arg(long, value_name = "S")]
        space: Option<String>,
    },
    /// Change what a person may do in a space
    Role {
        /// The person
        who: String,
        /// The new role
        #[arg(value_parser = role())]
        role: Role,
        /// The space [default: the only shared one]
        #[arg(long, value_name = "S")]
        space: Option<String>,
    },
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let members = match words.verb {
        None => context.ask(&MembersShow { space: words.space }).await?,
        Some(Verb::Remove { who, space }) => context.ask(&MemberRemove { who, space }).await?,
        Some(Verb::Role { who, role, space }) => {
            context.ask(&MemberRole { who, role, space }).await?
        }
    };
    context
        .output
        .answer(&members, |members, look| render::members(members, look))
}
