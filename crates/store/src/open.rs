//! Opening the file: its settings, its version, and what to do when it is damaged.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;

/// Name of the database in the data folder.
pub const FILE_NAME: &str = "rota.db";

/// `application_id` of the database: `Rota`.
const APPLICATION_ID: i64 = 0x526F_7461;

/// Never edited once released: a change is a new file.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
];

/// The version of the database that this program writes.
#[allow(clippy::cast_possible_wrap)]
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// The write-ahead log is cut back to this size once it was moved into the file.
const LOG_KEPT_BYTES: i64 = 32 * 1024 * 1024;

/// How sure a commit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// A commit survives loss of power.
    #[default]
    Full,
    /// A commit survives the process, not the machine: for simulations of many computers.
    Process,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Write(Durability),
    Read,
}

/// Opens the file and sets what has to be set on each connection.
pub(crate) fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    flags |= match access {
        Access::Write(_) => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    match access {
        Access::Write(durability) => {
            conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
            let synchronous = match durability {
                Durability::Full => "full",
                Durability::Process => "off",
            };
            conn.pragma_update(None, "synchronous", synchronous)?;
            conn.pragma_update_and_check(None, "journal_size_limit", LOG_KEPT_BYTES, |_| Ok(()))?;
            // Moving the log into the file is the maintenance thread's work, not that of whoever commits.
            conn.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(()))?;
            conn.pragma_update(None, "cache_size", -8_000)?;
        }
        Access::Read => {
            conn.pragma_update(None, "query_only", true)?;
            conn.pragma_update(None, "cache_size", -2_000)?;
        }
    }
    // Else SQLite plans many statements anew for each value that they are asked with.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // What a damaged or forged schema says is not executed.
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    Ok(conn)
}

/// How the database can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Read and written.
    Whole,
    /// Read only, because a newer version of Rota wrote it.
    Newer {
        /// Its version.
        found: i64,
    },
}

/// Opens the database in a folder for writing and brings it to this version.
pub(crate) fn open(
    path: &Path,
    durability: Durability,
) -> Result<(Option<Connection>, Mode), StoreError> {
    if let Some(found) = newer_version(path)? {
        return Ok((None, Mode::Newer { found }));
    }
    let mut conn = connect(path, Access::Write(durability))?;
    migrate(&mut conn)?;
    Ok((Some(conn), Mode::Whole))
}

/// The version of the database, if it is newer than this program.
fn newer_version(path: &Path) -> Result<Option<i64>, StoreError> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.len() > 0 => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(StoreError::NoAccess {
                path: path.to_owned(),
                source,
            });
        }
    }
    let conn = connect(path, Access::Read)?;
    let found = version(&conn)?;
    Ok((found > VERSION).then_some(found))
}

pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Whether Rota made the database.
pub(crate) fn is_ours(conn: &Connection) -> rusqlite::Result<bool> {
    let id: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(id == APPLICATION_ID)
}

pub(crate) fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let from = usize::try_from(version(conn)?).unwrap_or(0);
    if from > 0 && !is_ours(conn)? {
        return Err(StoreError::Damaged {
            aside: None,
            source: None,
        });
    }
    for (number, migration) in (1i64..).zip(MIGRATIONS).skip(from) {
        let transaction =
            conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Bounds how large the file may grow.
pub(crate) fn bound_size(conn: &Connection, bytes: u64) -> Result<(), StoreError> {
    let page: u64 =
        conn.pragma_query_value(None, "page_size", |row| row.get(0).map(crate::sql::uint))?;
    let pages = crate::sql::int(bytes / page.max(1));
    Ok(conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
}

/// Renames a damaged database and what belongs to it, and tells where it is now.
pub(crate) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let name = |number: u32| path.with_extension(format!("db.damaged-{number}"));
    let aside = (1..)
        .map(name)
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| name(0));
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (with_suffix(path, suffix), with_suffix(&aside, suffix));
        match std::fs::rename(&from, &to) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::NoAccess { path: from, source });
            }
            _ => {}
        }
    }
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
