//! A copy that holds every op and no identity, and reading one.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::error::StoreError;
use crate::open::{self, Access, Durability};
use crate::read::Reader;
use crate::sql::{int, uint};

/// Under this name a backup says how many tasks it holds. Its being there makes the file a backup.
const MARK: &str = "backup of tasks";

/// The first version that keeps digests and heads in the table `latest`.
const VERSION_WITH_LATEST: i64 = 4;

/// Writes a backup of a database to `file`, which appears whole or not at all. Returns how many tasks it holds.
pub(crate) fn write(database: &Path, file: &Path, tasks: u64) -> Result<u64, StoreError> {
    let partial = partial_name(file);
    let written = write_partial(database, &partial, tasks)
        .and_then(|()| std::fs::rename(&partial, file).map_err(|source| no_access(file, source)));
    if written.is_err() {
        // What is left of it is of no use; where it cannot be removed either, the first error says more.
        let _ = std::fs::remove_file(&partial);
    }
    written.map(|()| tasks)
}

fn write_partial(database: &Path, partial: &Path, tasks: u64) -> Result<(), StoreError> {
    match std::fs::remove_file(partial) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            return Err(no_access(partial, source));
        }
        _ => {}
    }
    let mut conn = open::connect(partial, Access::Write(Durability::Full))?;
    conn.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    open::migrate(&mut conn)?;
    conn.execute("ATTACH ?1 AS source", [read_only_uri(database)])?;
    // One transaction sees one moment of the source.
    let transaction = conn.transaction()?;
    for table in ["spaces", "branches", "ops"] {
        transaction.execute_batch(&format!(
            "INSERT INTO main.{table} SELECT * FROM source.{table}"
        ))?;
    }
    transaction
        .execute_batch("INSERT INTO main.latest SELECT * FROM source.latest WHERE kind < 2")?;
    transaction.execute(
        "INSERT INTO main.settings(name, value) VALUES(?1, ?2)",
        params![MARK, tasks.to_be_bytes()],
    )?;
    transaction.commit()?;
    conn.execute_batch("DETACH source")?;
    conn.close().map_err(|(_, error)| error)?;
    std::fs::File::open(partial)
        .and_then(|file| file.sync_all())
        .map_err(|source| no_access(partial, source))
}

/// A backup, or a database that was set aside: its ops can be read and accepted elsewhere.
#[derive(Debug)]
pub struct Backup {
    conn: Connection,
    tasks: u64,
}

impl Backup {
    /// Opens a backup.
    ///
    /// # Errors
    /// [`StoreError::NoBackup`] if the file is something else, [`StoreError::Newer`] if a newer version wrote it.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        std::fs::metadata(file).map_err(|source| no_access(file, source))?;
        let conn = plain(file)?;
        let read = |error: rusqlite::Error| match StoreError::from(error) {
            StoreError::Damaged { .. } | StoreError::Database(_) => StoreError::NoBackup,
            other => other,
        };
        if !open::is_ours(&conn).map_err(read)? {
            return Err(StoreError::NoBackup);
        }
        let found = open::version(&conn)?;
        if found > open::VERSION {
            return Err(StoreError::Newer {
                found,
                known: open::VERSION,
            });
        }
        let mark: Option<[u8; 8]> = conn
            .query_row(
                "SELECT value FROM settings WHERE name = ?1",
                [MARK],
                |row| row.get(0),
            )
            .optional()
            .map_err(read)?;
        let tasks = u64::from_be_bytes(mark.ok_or(StoreError::NoBackup)?);
        show_as_now(&conn, found)?;
        Ok(Self { conn, tasks })
    }

    /// Opens a damaged database that was set aside. Each read may fail; what can be read is whole, for every op is
    /// checked again where it is accepted.
    ///
    /// # Errors
    /// If nothing can be read at all.
    pub fn open_set_aside(file: &Path) -> Result<Self, StoreError> {
        let conn = plain(file)?;
        conn.query_row("SELECT count(*) FROM spaces", [], |row| {
            row.get::<_, i64>(0)
        })?;
        show_as_now(&conn, open::version(&conn)?)?;
        Ok(Self { conn, tasks: 0 })
    }

    /// How many tasks it holds.
    #[must_use]
    pub fn tasks(&self) -> u64 {
        self.tasks
    }

    /// Reads it: spaces, frontiers and ops; it has no projection.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.conn)
    }
}

/// How many tasks a database has that are not in the trash.
pub(crate) fn count_tasks(conn: &Connection) -> Result<u64, StoreError> {
    let tasks: i64 = conn.query_row(
        "SELECT coalesce(sum(c.tasks), 0) FROM list_counts c LEFT JOIN lists l ON l.id = c.list
         WHERE c.state < 3 AND l.deleted_ms IS NULL",
        [],
        |row| row.get(0),
    )?;
    Ok(uint(tasks.max(int(0))))
}

/// Lets what is read of a file that is never written be asked for as this version does, whichever version wrote it.
fn show_as_now(conn: &Connection, version: i64) -> Result<(), StoreError> {
    if version < VERSION_WITH_LATEST {
        conn.execute_batch(
            "CREATE TEMP VIEW latest(space, kind, of, state, value) AS
             SELECT id, 0, 0, 0, digest FROM main.spaces UNION ALL
             SELECT space, 1, id, 0, CAST(unhex(printf('%016X', head_counter)) || head_op AS BLOB) FROM main.branches",
        )?;
    }
    Ok(())
}

fn plain(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(file, flags)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    Ok(conn)
}

fn partial_name(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// A path as a URI that SQLite opens for reading alone.
fn read_only_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?mode=ro");
    uri
}

fn no_access(path: &Path, source: std::io::Error) -> StoreError {
    match source.kind() {
        std::io::ErrorKind::StorageFull => StoreError::Full(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
            Some(source.to_string()),
        )),
        _ => StoreError::NoAccess {
            path: path.to_owned(),
            source,
        },
    }
}
