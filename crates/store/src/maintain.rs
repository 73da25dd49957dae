//! Moving the write-ahead log into the file, beside the writer: whoever commits does not wait for it.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::error::StoreError;
use crate::open::{self, Access, Durability};

/// Pages that wait in the log before they are moved.
const PAGES_BETWEEN: i64 = 1_000;

/// The maintenance thread.
#[derive(Debug)]
pub(crate) struct Maintenance {
    wake: SyncSender<bool>,
    thread: JoinHandle<()>,
}

impl Maintenance {
    pub(crate) fn start(path: &Path, durability: Durability) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let path = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("rota-maintain".into())
            .spawn(move || {
                if let Err(error) = work(&path, durability, &woken) {
                    tracing::warn!(%error, "the log is not moved into the database");
                }
            })?;
        Ok(Self { wake, thread })
    }

    /// What the writer calls after each commit.
    pub(crate) fn notify(&self) -> impl Fn() + Send + 'static {
        let wake = self.wake.clone();
        // A wake that is already waiting is enough.
        move || {
            let _ = wake.try_send(true);
        }
    }

    pub(crate) fn stop(self) {
        let _ = self.wake.send(false);
        let _ = self.thread.join();
    }
}

fn work(path: &Path, durability: Durability, woken: &Receiver<bool>) -> Result<(), StoreError> {
    let mut conn = None;
    while let Ok(true) = woken.recv() {
        let conn = match &mut conn {
            Some(conn) => conn,
            none => none.insert(open::connect(path, Access::Write(durability))?),
        };
        // Where a reader or the disk is in the way, the next commit will do: nothing depends on it.
        if let Err(error) = move_log(conn) {
            tracing::debug!(%error, "the log was not moved");
        }
    }
    Ok(())
}

fn move_log(conn: &Connection) -> Result<(), rusqlite::Error> {
    let waiting = conn
        .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
        .query_row([], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))?;
    if waiting >= PAGES_BETWEEN {
        conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    }
    Ok(())
}
