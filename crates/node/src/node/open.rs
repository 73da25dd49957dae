//! Opening a folder: whose it is, its key, its log, and what to do where that is damaged.

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use rota_api::{ApiError, Code};
use rota_model::op::ComputerKey;
use rota_store::{Act, Mode, OpenOptions, Store, StoreError};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep};

use super::{Core, Networking, Node, Role, events};
use crate::clock::Clock;
use crate::conditions::Conditions;
use crate::control::RemoteNode;
use crate::errors;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::hub::Hub;
use crate::invitations::Inviting;
use crate::lock::{FolderLock, Owner, Taken};
use crate::random;
use crate::recovery;
use crate::reminders;
use crate::service;
use crate::service::order::Ends;
use crate::supervisor::Supervisor;

/// How long to wait for an owner that cannot be spoken to: a command that ends soon, or a node that just begins.
const OWNER_WAIT: Duration = Duration::from_secs(5);
const OWNER_TRY_AGAIN: Duration = Duration::from_millis(20);

/// Whose a folder is.
pub(crate) enum Claim {
    /// This process's.
    Mine(Folder, FolderLock),
    /// Another's, who can be spoken to.
    Theirs(RemoteNode, Owner),
}

/// Finds out whose a folder is, or makes it this process's.
pub(crate) async fn claim(path: &Path) -> Result<Claim, ApiError> {
    let folder = Folder::open(path)?;
    let deadline = Instant::now() + OWNER_WAIT;
    loop {
        let owner = match FolderLock::take(&folder)? {
            Taken::Mine(lock) => return Ok(Claim::Mine(folder, lock)),
            Taken::Theirs(owner) => owner,
        };
        if let Some(socket) = &owner.socket {
            let remote = RemoteNode::at(socket);
            if remote.is_there().await {
                return Ok(Claim::Theirs(remote, owner));
            }
        }
        if Instant::now() >= deadline {
            return Err(in_use(&folder, &owner));
        }
        sleep(OWNER_TRY_AGAIN).await;
    }
}

/// Another process has the folder.
pub(crate) fn in_use(folder: &Folder, owner: &Owner) -> ApiError {
    let who = owner.process.as_ref().map_or_else(
        || "another process".to_owned(),
        |process| format!("process {process}"),
    );
    ApiError::new(
        Code::InUse,
        format!("{who} has the data folder {}", folder.path().display()),
    )
    .with_hint("wait until it has ended, end it, or name another folder with --data-dir DIR")
}

/// Opens a folder that is this process's.
pub(crate) async fn open(
    folder: Folder,
    lock: FolderLock,
    role: Role,
    networking: Networking,
) -> Result<Arc<Node>, ApiError> {
    let clock = Arc::new(Clock::start());
    let opened = {
        let (folder, clock) = (folder.clone(), Arc::clone(&clock));
        tokio::task::spawn_blocking(move || open_core(&folder, &clock)).await
    };
    let opened = opened.map_err(errors::broken).and_then(|opened| opened);
    let (core, seq) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            lock.release();
            return Err(error);
        }
    };
    let conditions = Arc::new(Conditions::default());
    let node = Arc::new(Node {
        folder,
        clock,
        supervisor: Supervisor::new(Arc::clone(&conditions)),
        conditions,
        hub: Arc::new(Hub::new(seq)),
        ends: Arc::new(Ends::default()),
        presences: Arc::default(),
        members_changed: Arc::new(Notify::new()),
        inviting: Inviting::default(),
        boot: random::number()?,
        role,
        networking,
        core: RwLock::new(Arc::new(core)),
        saved_ms: AtomicU64::new(0),
        lock: Mutex::new(Some(lock)),
        engine: watch::Sender::new(None),
        network: tokio::sync::Mutex::new(0),
        control: Mutex::new(false),
        quick_add: Mutex::new(None),
        windows: Arc::default(),
    });
    if role == Role::Node {
        events::start_housekeeping(&node);
        reminders::start(&node);
    }
    events::refresh_conditions(&node).await;
    events::start(&node);
    Ok(node)
}

/// Opens the log under the folder's key; one that is damaged is set aside and begun anew.
fn open_core(folder: &Folder, clock: &Clock) -> Result<(Core, u64), ApiError> {
    let key = folder.computer_key()?;
    let store = match open_store(folder, &key) {
        Ok(store) => store,
        Err(StoreError::Damaged { aside, source }) => {
            let damaged = StoreError::Damaged {
                aside: aside.clone(),
                source,
            };
            recovery::start_over(folder, &key, aside.as_deref(), damaged, clock)?
        }
        Err(error) => return Err(errors::from_store(error)),
    };
    let begun = begin(&store, clock);
    match begun {
        Ok(seq) => Ok((
            Core {
                me: key.public(),
                store,
                key,
            },
            seq,
        )),
        Err(error) => {
            store.close();
            Err(error)
        }
    }
}

/// Opens the log with a key.
pub(crate) fn open_store(folder: &Folder, key: &ComputerKey) -> Result<Store, StoreError> {
    let seed = random::bytes().map_err(|error| StoreError::NoAccess {
        path: folder.database(),
        source: std::io::Error::other(error.message),
    })?;
    Store::open(folder.path(), OpenOptions::new(key.clone(), seed))
}

/// Makes sure that there is a `Mine`. A log of a newer version is read as it is.
pub(crate) fn begin(store: &Store, clock: &Clock) -> Result<u64, ApiError> {
    let has_mine =
        store.read(|reader| Ok::<_, Failure>(crate::records::mine(reader)?.is_some()))?;
    if store.mode() == Mode::Whole && !has_mine {
        store.act(Act::of_machine(clock.op_time()), service::begin)?;
    }
    Ok(store.read(|reader| Ok::<_, Failure>(reader.seq()?))?)
}
