//! The node of a program with a life of its own: it has the folder, or works beside the process that has it and
//! takes the folder over when that one ends.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rota_api::{ApiError, Call, Code, Operation, ReportProgress, WatchEvent, WatchKind};
use serde_json::Value;
use tokio::sync::RwLock;

use crate::client::Events;
use crate::control::{RemoteNode, Unreached, gone};
use crate::node::{self, Claim};
use crate::run::{self, NodeOptions, RunningNode};
use crate::service::Service;

/// How often a channel that breaks at once is tried again before the failure is told.
const WATCH_TRIES: u8 = 3;

/// How long a follower that nobody could be heard by waits before it tries again: twice as long each time, up to the most.
const FOLLOW_AGAIN: Duration = Duration::from_millis(500);
const FOLLOW_AGAIN_MOST: Duration = Duration::from_secs(15);

/// The node of a program with a life of its own.
pub struct Resident {
    options: NodeOptions,
    open_quick_add: Arc<dyn Fn() + Send + Sync>,
    place: RwLock<Place>,
}

enum Place {
    Own(Box<RunningNode>),
    Beside {
        owner: RemoteNode,
        _windowing: Windowing,
    },
    Closed,
}

/// Waits for the owner to ask for this program's quick-add window, for as long as it lives.
struct Windowing(tokio::task::JoinHandle<()>);

impl Drop for Windowing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whom to ask. Held by a call instead of the place, so that closing waits for no call.
enum Asked {
    Own(Service),
    Beside(RemoteNode),
}

impl std::fmt::Debug for Resident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resident").finish_non_exhaustive()
    }
}

impl Resident {
    /// Starts a node, or finds the one that runs on the folder. `open_quick_add` is called when another program asks
    /// for the quick-add window.
    ///
    /// # Errors
    /// `in_use` if another process has the folder and cannot be spoken to, or why the folder cannot be opened.
    pub async fn start(
        options: NodeOptions,
        open_quick_add: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, ApiError> {
        let resident = Self {
            options,
            open_quick_add: Arc::new(open_quick_add),
            place: RwLock::new(Place::Closed),
        };
        *resident.place.write().await = resident.find().await?;
        Ok(resident)
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.options.data_dir
    }

    /// Whether the folder is this process's own.
    pub async fn has_folder(&self) -> bool {
        matches!(*self.place.read().await, Place::Own(_))
    }

    /// Listens to changes from now on.
    pub async fn watch(&self) -> Result<Events, ApiError> {
        let mut tries = 0;
        loop {
            match self.asked().await? {
                Asked::Own(service) => return Ok(Events::here(service.node.hub.listen())),
                Asked::Beside(remote) => match remote.watch().await {
                    Ok(events) => return Ok(Events::there(events)),
                    Err(error) if tries == WATCH_TRIES => return Err(error),
                    Err(_) => {
                        tries += 1;
                        self.find_again().await?;
                    }
                },
            }
        }
    }

    /// Hears changes until this is closed. Where some were missed, as when the owner of the folder ended and nobody could
    /// be heard for a while, it hears that all has to be read again.
    pub async fn follow(&self, mut events: Events, mut heard: impl FnMut(&WatchEvent)) {
        loop {
            match events.next().await {
                Ok(Some(event)) => heard(&event),
                Ok(None) | Err(_) => match self.watch_again().await {
                    Some(again) => {
                        events = again;
                        heard(&WatchEvent {
                            seq: 0,
                            kind: WatchKind::Resync,
                            ids: None,
                        });
                    }
                    None => return,
                },
            }
        }
    }

    /// Tries until it hears again; `None` when it was closed.
    pub async fn watch_again(&self) -> Option<Events> {
        let mut wait = FOLLOW_AGAIN;
        loop {
            match self.watch().await {
                Ok(events) => return Some(events),
                Err(_) if matches!(*self.place.read().await, Place::Closed) => return None,
                Err(error) => {
                    tracing::warn!(%error, "no changes are heard; it is tried again");
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(FOLLOW_AGAIN_MOST);
                }
            }
        }
    }

    /// Ends everything in order. What is asked later is refused.
    pub async fn close(&self) -> Result<(), ApiError> {
        match std::mem::replace(&mut *self.place.write().await, Place::Closed) {
            Place::Own(node) => node.close().await,
            Place::Beside { .. } | Place::Closed => Ok(()),
        }
    }

    async fn asked(&self) -> Result<Asked, ApiError> {
        match &*self.place.read().await {
            Place::Own(node) => Ok(Asked::Own(node.service().clone())),
            Place::Beside { owner, .. } => Ok(Asked::Beside(owner.clone())),
            Place::Closed => Err(ending()),
        }
    }

    /// The owner has ended: another has the folder now, or this process.
    async fn find_again(&self) -> Result<(), ApiError> {
        let mut place = self.place.write().await;
        // Whoever waited for the lock finds what the one before has found.
        let stale = match &*place {
            Place::Own(_) => false,
            Place::Beside { owner, .. } => !owner.is_there().await,
            Place::Closed => return Err(ending()),
        };
        if stale {
            *place = self.find().await?;
        }
        Ok(())
    }

    async fn find(&self) -> Result<Place, ApiError> {
        match node::claim(&self.options.data_dir).await? {
            Claim::Mine(folder, lock) => {
                let node = run::begin(folder, lock, &self.options).await?;
                node.service()
                    .node
                    .set_quick_add(Arc::clone(&self.open_quick_add));
                Ok(Place::Own(Box::new(node)))
            }
            Claim::Theirs(remote, _) => {
                let (owner, open) = (remote.clone(), Arc::clone(&self.open_quick_add));
                let windowing = tokio::spawn(async move { remote.open_windows(|| open()).await });
                Ok(Place::Beside {
                    owner,
                    _windowing: Windowing(windowing),
                })
            }
        }
    }
}

impl Call for Resident {
    async fn call_with_progress(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        loop {
            match self.asked().await? {
                Asked::Own(service) => {
                    return service.call_with_progress(operation, input, progress).await;
                }
                Asked::Beside(remote) => {
                    match remote.call(operation, input.clone(), progress).await {
                        Ok(answer) => return answer,
                        Err(Unreached::Gone(source)) => return Err(gone(&source)),
                        // It ended between being found and being asked.
                        Err(Unreached::Nobody) => self.find_again().await?,
                    }
                }
            }
        }
    }
}

fn ending() -> ApiError {
    ApiError::new(Code::NotRunning, "Rota is being closed")
}

#[cfg(test)]
mod tests {
    use rota_api::{TaskAdd, ask};

    use super::*;
    use crate::folder::Folder;
    use crate::lock::{FolderLock, Taken};

    #[tokio::test]
    async fn changes_are_heard_again_after_somebody_kept_the_folder_who_cannot_be_asked() {
        let home = tempfile::tempdir().unwrap();
        let options = || NodeOptions {
            data_dir: home.path().to_owned(),
            port: None,
            discovery: false,
        };
        let owner = Resident::start(options(), || ()).await.unwrap();
        let beside = Arc::new(Resident::start(options(), || ()).await.unwrap());
        assert!(!beside.has_folder().await);
        let (hear, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let events = beside.watch().await.unwrap();
        let following = tokio::spawn({
            let beside = Arc::clone(&beside);
            async move {
                let told = |event: &WatchEvent| {
                    let _ = hear.send(event.kind);
                };
                beside.follow(events, told).await
            }
        });
        owner.close().await.unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let Taken::Mine(kept) = FolderLock::take(&folder).unwrap() else {
            panic!("somebody has the folder");
        };
        // Whoever waits for the folder gives up once.
        assert_eq!(beside.watch().await.unwrap_err().code, Code::InUse);
        kept.release();
        let mut until = async |wanted| while heard.recv().await != Some(wanted) {};
        let deadline = Duration::from_secs(60);
        tokio::time::timeout(deadline, until(WatchKind::Resync))
            .await
            .unwrap();
        let add = TaskAdd {
            text: "Heard".to_owned(),
            ..TaskAdd::default()
        };
        ask(&*beside, &add, &()).await.unwrap();
        tokio::time::timeout(deadline, until(WatchKind::Task))
            .await
            .unwrap();
        beside.close().await.unwrap();
        tokio::time::timeout(deadline, following)
            .await
            .unwrap()
            .unwrap();
    }
}
