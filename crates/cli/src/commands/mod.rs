//! One file a verb: its words, and what is asked and told.

pub(crate) mod add;
pub(crate) mod backup;
pub(crate) mod completions;
pub(crate) mod computers;
pub(crate) mod connect;
pub(crate) mod delete;
pub(crate) mod doctor;
pub(crate) mod done;
pub(crate) mod edit;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod invite;
pub(crate) mod join;
pub(crate) mod list;
pub(crate) mod lists;
pub(crate) mod man;
pub(crate) mod members;
pub(crate) mod r#move;
pub(crate) mod node;
pub(crate) mod quick_add;
pub(crate) mod redo;
pub(crate) mod rekey;
pub(crate) mod reopen;
pub(crate) mod restore;
pub(crate) mod restore_backup;
pub(crate) mod show;
pub(crate) mod spaces;
pub(crate) mod status;
pub(crate) mod undo;
pub(crate) mod watch;

use crate::arguments::Command;
use crate::context::Context;
use crate::failure::Failure;

/// Does what the words say.
pub(crate) async fn run(command: Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Init(words) => init::run(words, context).await,
        Command::Node(words) => node::run(words, context).await,
        Command::Status(words) => status::run(words, context).await,
        Command::Add(words) => add::run(words, context).await,
        Command::List(words) => list::run(words, context).await,
        Command::Show(words) => show::run(words, context).await,
        Command::Done(words) => done::run(words, context).await,
        Command::Reopen(words) => reopen::run(words, context).await,
        Command::Edit(words) => edit::run(words, context).await,
        Command::Move(words) => r#move::run(words, context).await,
        Command::Delete(words) => delete::run(words, context).await,
        Command::Restore(words) => restore::run(words, context).await,
        Command::History(words) => history::run(words, context).await,
        Command::Undo(words) => undo::run(words, context).await,
        Command::Redo(words) => redo::run(words, context).await,
        Command::Lists(words) => lists::run(words, context).await,
        Command::Spaces(words) => spaces::run(words, context).await,
        Command::Members(words) => members::run(words, context).await,
        Command::Invite(words) => invite::run(words, context).await,
        Command::Join(words) => join::run(words, context).await,
        Command::Computers(words) => computers::run(words, context).await,
        Command::Connect(words) => connect::run(words, context).await,
        Command::Watch(words) => watch::run(words, context).await,
        Command::Rekey(words) => rekey::run(words, context).await,
        Command::Doctor(words) => doctor::run(words, context).await,
        Command::Backup(words) => backup::run(words, context).await,
        Command::RestoreBackup(words) => restore_backup::run(words, context).await,
        Command::QuickAdd(words) => quick_add::run(words, context).await,
        Command::Completions(words) => completions::run(&words, context),
        Command::Man(words) => man::run(&words, context),
    }
}
