//! One data folder at work: what all operations share, and how it begins and ends.

mod events;
mod network;
mod open;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rota_api::{ApiError, Code};
use rota_model::id::AuthorKey;
use rota_model::op::ComputerKey;
use rota_store::Store;
use tokio::sync::{Notify, watch};

pub(crate) use events::refresh_conditions;
pub(crate) use network::Network;
pub(crate) use open::{Claim, claim, in_use, open, open_store};

use crate::clock::Clock;
use crate::conditions::{self, Conditions};
use crate::control;
use crate::engine::Engine;
use crate::folder::Folder;
use crate::hub::Hub;
use crate::invitations::Inviting;
use crate::lock::FolderLock;
use crate::presence::Presences;
use crate::service::Service;
use crate::service::order::Ends;
use crate::supervisor::{PartFailure, Supervisor};

/// What kind of process holds the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// One command, which ends soon.
    Command,
    /// The headless computer or the desktop app.
    Node,
}

/// How the network is to be used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Networking {
    /// The port to listen at; the one of the last time or any without it.
    pub(crate) port: Option<u16>,
    /// Whether to announce this computer and look for others.
    pub(crate) discovery: bool,
}

/// The log and whose it is. Replaced as a whole when the folder gets a new key.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) store: Store,
    pub(crate) key: ComputerKey,
    pub(crate) me: AuthorKey,
}

type OpenWindow = Arc<dyn Fn() + Send + Sync>;

/// One data folder at work.
pub(crate) struct Node {
    pub(crate) folder: Folder,
    pub(crate) clock: Arc<Clock>,
    pub(crate) conditions: Arc<Conditions>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) supervisor: Supervisor,
    pub(crate) ends: Arc<Ends>,
    pub(crate) presences: Arc<Presences>,
    pub(crate) members_changed: Arc<Notify>,
    pub(crate) inviting: Inviting,
    /// Random, of this start.
    pub(crate) boot: u64,
    role: Role,
    networking: Networking,
    core: RwLock<Arc<Core>>,
    /// Wall time of the latest commit of this start; 0 before there is one.
    saved_ms: AtomicU64,
    lock: Mutex<Option<FolderLock>>,
    engine: watch::Sender<Option<Engine>>,
    /// Held while the network begins or ends.
    network: tokio::sync::Mutex<u32>,
    control: Mutex<bool>,
    quick_add: Mutex<Option<OpenWindow>>,
    /// The quick-add windows of programs beside this one.
    windows: Arc<control::Windows>,
}

impl Node {
    /// The log and whose it is.
    pub(crate) fn core(&self) -> Arc<Core> {
        Arc::clone(&self.core.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The network, while it runs.
    pub(crate) fn engine(&self) -> Option<Engine> {
        self.engine.borrow().clone()
    }

    /// Whether a node or the desktop app runs on the folder.
    pub(crate) fn is_running(&self) -> bool {
        self.role == Role::Node
    }

    /// Says how the quick-add window is opened.
    pub(crate) fn set_quick_add(&self, open: OpenWindow) {
        *self
            .quick_add
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(open);
    }

    /// Opens the quick-add window.
    pub(crate) fn open_quick_add(&self) -> Result<(), ApiError> {
        let open = self
            .quick_add
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if open.is_none() && self.windows.open() {
            return Ok(());
        }
        let open = open.ok_or_else(|| {
            ApiError::new(Code::NotRunning, "the desktop app does not run").with_hint(
                "the quick-add window is the desktop app's: start rota-desktop; without it, rota quick-add TEXT adds a task at once",
            )
        })?;
        open();
        Ok(())
    }

    /// Serves the control channel, if it is not served yet.
    pub(crate) fn serve_control(self: &Arc<Self>) {
        let mut served = self.control.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *served, true) {
            return;
        }
        let node = Arc::clone(self);
        self.supervisor.start(CONTROL, move |stop| {
            let node = Arc::clone(&node);
            async move {
                let broken = |error: std::io::Error| PartFailure(error.to_string());
                let path = control::socket_path(node.folder.path()).map_err(broken)?;
                let listening = control::Listening::bind(&path).map_err(broken)?;
                if let Some(lock) = node
                    .lock
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .as_mut()
                {
                    lock.tell(Some(listening.path())).map_err(broken)?;
                }
                let service = Service {
                    node: Arc::clone(&node),
                };
                let (hub, windows) = (Arc::clone(&node.hub), Arc::clone(&node.windows));
                control::serve(&listening, service, hub, windows, stop)
                    .await
                    .map_err(broken)
            }
        });
    }

    /// A change could not be stored: what stands in the way is told until it goes.
    pub(crate) fn note_failure(&self, error: &ApiError) {
        let kind = match error.code {
            Code::DiskFull => conditions::DISK_FULL,
            Code::ReadOnly => conditions::READ_ONLY,
            _ => return,
        };
        let hint = error.hint.clone().unwrap_or_default();
        self.conditions.raise(kind, "", error.message.clone(), hint);
    }

    /// Stores something that means nothing: what stands in the way of changes is told, or is no more.
    pub(crate) async fn try_disk(&self) {
        let act = rota_store::Act::of_machine(self.clock.op_time());
        let tried = self
            .core()
            .store
            .act_later(act, |tx| {
                // As large as a usual change, and nothing is left of it.
                tx.set_setting(DISK_TRIED, Some(&[0; 16 * 1024]))?;
                Ok::<_, crate::failure::Failure>(())
            })
            .await;
        match tried {
            Some(Ok(_)) => {
                let act = rota_store::Act::of_machine(self.clock.op_time());
                let removed = self.core().store.act_later(act, |tx| {
                    Ok::<_, crate::failure::Failure>(tx.set_setting(DISK_TRIED, None)?)
                });
                // What stays takes the place of the next try.
                drop(removed.await);
                self.note_success();
            }
            Some(Err(failure)) => self.note_failure(&failure.0),
            None => {}
        }
    }

    /// Ops were committed just now.
    pub(crate) fn note_saved(&self) {
        self.saved_ms.store(self.clock.wall_ms(), Ordering::Release);
    }

    /// When the latest ops of this start were committed, in Unix milliseconds.
    pub(crate) fn saved_ms(&self) -> Option<u64> {
        let ms = self.saved_ms.load(Ordering::Acquire);
        (ms > 0).then_some(ms)
    }

    /// A change was stored.
    pub(crate) fn note_success(&self) {
        self.conditions.clear(conditions::DISK_FULL, "");
        self.conditions.clear(conditions::READ_ONLY, "");
    }

    /// Ends everything in order: no more callers, no more peers, what waits is stored, the folder is given back.
    pub(crate) async fn close(&self) -> Result<(), ApiError> {
        self.supervisor.stop_all().await;
        let core = self.core();
        let closed = tokio::task::spawn_blocking(move || core.store.close()).await;
        if let Some(lock) = self
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            lock.release();
        }
        closed.map_err(crate::errors::broken)
    }

    /// Puts another log, or another key, in the place of the present one. The network must not run.
    pub(crate) fn replace_core(self: &Arc<Self>, core: Core) {
        *self.core.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(core);
        self.ends.forget();
        events::start(self);
    }
}

/// The setting that is written to find out whether the disk takes changes.
const DISK_TRIED: &str = "disk tried";

/// The part that answers other processes.
pub(crate) const CONTROL: &str = "The channel to other programs";
