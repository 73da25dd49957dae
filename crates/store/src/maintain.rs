//! Moving the write-ahead log into the file, beside the writer: whoever commits does not wait for it.
//!
//! While commits go on, some always come behind what was moved, and SQLite begins the log from its start again only
//! when all of it was moved. So the writer moves the little that is left: a log that begins again is written over,
//! and a durable commit costs about half of one that makes the file longer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StoreError;
use crate::open::{self, Access, Durability};

/// How often is looked, once something was committed.
const BETWEEN: Duration = Duration::from_millis(100);

/// Pages that wait in the log before they are moved while commits go on: their flushing shares the disk with these.
const BUSY_PAGES: i64 = 6_000;

/// Pages that wait in the log before they are moved when no commits come.
const QUIET_PAGES: i64 = 500;

/// The maintenance thread.
#[derive(Debug)]
pub(crate) struct Maintenance {
    wake: SyncSender<bool>,
    seen: Arc<Seen>,
    thread: JoinHandle<()>,
}

/// What the writer tells. Waking a thread takes time, so that it is woken only where it sleeps.
#[derive(Debug, Default)]
struct Seen {
    commits: AtomicU64,
    asleep: AtomicBool,
    /// All but what came meanwhile was moved.
    nearly_moved: AtomicBool,
}

/// What is to be done with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: it is this thread's.
    Leave,
    /// The writer moves what is left of it: little.
    Move,
}

impl Maintenance {
    pub(crate) fn start(path: &Path, durability: Durability) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let seen = Arc::new(Seen::default());
        let path = path.to_owned();
        let told = Arc::clone(&seen);
        let thread = std::thread::Builder::new()
            .name("rota-maintain".into())
            .spawn(move || {
                if let Err(error) = work(&path, durability, &woken, &told) {
                    tracing::warn!(%error, "the log is not moved into the database");
                }
            })?;
        Ok(Self { wake, seen, thread })
    }

    /// What the writer calls after each commit.
    pub(crate) fn notify(&self) -> impl Fn() -> Rest + Send + 'static {
        let wake = self.wake.clone();
        let seen = Arc::clone(&self.seen);
        move || {
            seen.commits.fetch_add(1, Ordering::SeqCst);
            if seen.asleep.swap(false, Ordering::SeqCst) {
                // A wake that is already waiting is enough.
                let _ = wake.try_send(true);
            }
            if seen.nearly_moved.swap(false, Ordering::SeqCst) {
                Rest::Move
            } else {
                Rest::Leave
            }
        }
    }

    pub(crate) fn stop(self) {
        let _ = self.wake.send(false);
        let _ = self.thread.join();
    }
}

fn work(
    path: &Path,
    durability: Durability,
    woken: &Receiver<bool>,
    seen: &Seen,
) -> Result<(), StoreError> {
    let mut conn = None;
    let mut commits = 0;
    loop {
        seen.asleep.store(true, Ordering::SeqCst);
        // What was committed before the writer could see that this thread sleeps wakes nobody.
        if seen.commits.load(Ordering::SeqCst) == commits && !matches!(woken.recv(), Ok(true)) {
            return Ok(());
        }
        seen.asleep.store(false, Ordering::SeqCst);
        let conn = match &mut conn {
            Some(conn) => conn,
            none => none.insert(open::connect(path, Access::Write(durability))?),
        };
        let mut quiet = false;
        while !quiet {
            match woken.recv_timeout(BETWEEN) {
                Ok(true) | Err(RecvTimeoutError::Timeout) => {}
                Ok(false) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            let now = seen.commits.load(Ordering::SeqCst);
            quiet = now == std::mem::replace(&mut commits, now);
            // Where a reader or the disk is in the way, the next commit will do: nothing depends on it.
            match move_log(conn, if quiet { QUIET_PAGES } else { BUSY_PAGES }) {
                Ok(moved) => seen.nearly_moved.store(moved && !quiet, Ordering::SeqCst),
                Err(error) => tracing::debug!(%error, "the log was not moved"),
            }
        }
    }
}

fn move_log(conn: &Connection, pages: i64) -> Result<bool, rusqlite::Error> {
    let waiting = conn
        .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
        .query_row([], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))?;
    if waiting >= pages {
        move_now(conn)?;
    }
    Ok(waiting >= pages)
}

/// Moves what nobody still reads in the log.
pub(crate) fn move_now(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")?
        .query_row([], |_| Ok(()))
}
