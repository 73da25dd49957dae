//! The network side of a running node: connections, sessions and the log, held together by one task.
//!
//! The task owns the coordinator and does no I/O of its own: sends, reads and commits run beside it and come back as
//! inputs, so a slow disk or peer delays nobody else.

mod audience;
mod health;
mod heard;
mod jobs;
mod outbox;
mod peers;
mod task;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use rota_model::id::{AuthorKey, SpaceId};
use rota_net::NetHandle;
use rota_store::{HeardOf, Store};
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use audience::member_keys;
pub(crate) use peers::{Peer, Peers};
pub(crate) use task::{Parts, run};

use crate::clock::Clock;
use crate::conditions::Conditions;
use crate::hub::Hub;
use crate::presence::Presences;
use crate::service::order::Ends;

/// Commands that wait for the task.
const COMMANDS_MAX_COUNT: usize = 256;

/// What the rest of the node tells the task.
#[derive(Debug)]
pub(crate) enum Command {
    /// Ops of this computer were committed in a space.
    Committed(SpaceId),
    /// A space is new, is left, or who is in it changed.
    Refresh(SpaceId),
    /// A space is taken from this computer, which has just admitted this one.
    Take { space: SpaceId, from: AuthorKey },
    /// Other members, or other addresses of theirs.
    Members,
    /// The members are to compare their logs of a space with this one's.
    Compare(SpaceId),
    /// Something else is done at this computer than before.
    Doing,
    /// What do the connected computers have of these spaces?
    Heard {
        spaces: Vec<SpaceId>,
        answer: oneshot::Sender<BTreeMap<SpaceId, Vec<HeardOf>>>,
    },
}

/// What runs, as the rest of the node holds it.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    pub(crate) net: NetHandle,
    pub(crate) commands: mpsc::Sender<Command>,
    pub(crate) peers: Arc<Peers>,
    /// Where this computer can be reached now.
    pub(crate) listening: watch::Receiver<Vec<SocketAddr>>,
}

/// What the task works with.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) store: Store,
    pub(crate) clock: Arc<Clock>,
    pub(crate) conditions: Arc<Conditions>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) ends: Arc<Ends>,
    pub(crate) presences: Arc<Presences>,
    /// Where it is kept who shares which space.
    pub(crate) known: PathBuf,
}

impl Engine {
    /// The channel of commands.
    pub(crate) fn commands() -> (mpsc::Sender<Command>, mpsc::Receiver<Command>) {
        mpsc::channel(COMMANDS_MAX_COUNT)
    }

    /// What the connected computers have of spaces; nothing once the task has ended.
    pub(crate) async fn heard(&self, spaces: Vec<SpaceId>) -> BTreeMap<SpaceId, Vec<HeardOf>> {
        let (answer, answered) = oneshot::channel();
        self.tell(Command::Heard { spaces, answer }).await;
        answered.await.unwrap_or_default()
    }

    /// Tells the task; waits while it is busy. A task that has ended needs no telling.
    pub(crate) async fn tell(&self, command: Command) {
        if self.commands.send(command).await.is_err() {
            tracing::debug!("the network task has ended");
        }
    }
}
