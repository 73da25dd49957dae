//! What belongs to this computer alone: settings, drafts, remembered addresses, standing conditions.

use rota_model::id::AuthorKey;
use rota_model::limits::PEER_MAX_ADDRESSES;
use rota_model::stamp::Time;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::read::Reader;
use crate::sql::{int, uint};
use crate::tx::Tx;

/// Something that stands until somebody does something about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What kind: `fork`, `paused`, `too_forked`, `unreadable`, or a name that the caller gave.
    pub code: String,
    /// What it is about.
    pub subject: String,
    /// More of it.
    pub detail: String,
    /// Since when, in Unix milliseconds.
    pub since_ms: u64,
}

impl Tx<'_> {
    /// Keeps a value under a name; `None` forgets it.
    ///
    /// # Errors
    /// If the database fails.
    pub fn set_setting(&mut self, name: &str, value: Option<&[u8]>) -> Result<(), StoreError> {
        let conn = &self.core().conn;
        match value {
            Some(value) => conn
                .prepare_cached("INSERT OR REPLACE INTO settings(name, value) VALUES(?1, ?2)")?
                .execute(params![name, value])?,
            None => conn
                .prepare_cached("DELETE FROM settings WHERE name = ?1")?
                .execute([name])?,
        };
        Ok(())
    }

    /// Keeps a text that is being typed, by what it is for; `None` forgets it.
    ///
    /// # Errors
    /// If the database fails.
    pub fn set_draft(&mut self, key: &str, text: Option<&str>) -> Result<(), StoreError> {
        let time = self.time();
        let conn = &self.core().conn;
        match text {
            Some(text) => conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO drafts(task, text, time) VALUES(?1, ?2, ?3)",
                )?
                .execute(params![key.as_bytes(), text, int(time.ms())])?,
            None => conn
                .prepare_cached("DELETE FROM drafts WHERE task = ?1")?
                .execute([key.as_bytes()])?,
        };
        Ok(())
    }

    /// Remembers an address at which a computer was reached. Of those of one computer the latest are kept.
    ///
    /// # Errors
    /// If the database fails.
    pub fn remember_address(&mut self, peer: AuthorKey, address: &str) -> Result<(), StoreError> {
        let time = self.time();
        let conn = &self.core().conn;
        conn.prepare_cached(
            "INSERT OR REPLACE INTO addresses(author, address, worked_ms) VALUES(?1, ?2, ?3)",
        )?
        .execute(params![peer.0, address, int(time.ms())])?;
        conn.prepare_cached(
            "DELETE FROM addresses WHERE author = ?1 AND address NOT IN
                 (SELECT address FROM addresses WHERE author = ?1 ORDER BY worked_ms DESC, address LIMIT ?2)",
        )?
        .execute(params![peer.0, int(PEER_MAX_ADDRESSES as u64)])?;
        Ok(())
    }

    /// Records a standing condition; one that stands keeps its beginning.
    ///
    /// # Errors
    /// If the database fails.
    pub fn raise(&mut self, code: &str, subject: &str, detail: &str) -> Result<(), StoreError> {
        let time = self.time();
        let core = self.core();
        core.conn
            .prepare_cached(
                "INSERT INTO conditions(code, subject, detail, since_ms) VALUES(?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET detail = excluded.detail",
            )?
            .execute(params![code, subject, detail, int(time.ms())])?;
        core.changed.conditions = true;
        Ok(())
    }

    /// Takes a standing condition away.
    ///
    /// # Errors
    /// If the database fails.
    pub fn clear(&mut self, code: &str, subject: &str) -> Result<(), StoreError> {
        let core = self.core();
        let cleared = core
            .conn
            .prepare_cached("DELETE FROM conditions WHERE code = ?1 AND subject = ?2")?
            .execute(params![code, subject])?;
        core.changed.conditions |= cleared > 0;
        Ok(())
    }
}

impl Reader<'_> {
    /// What is kept under a name.
    ///
    /// # Errors
    /// If the database fails.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// A text that is being typed, with when it was kept in Unix milliseconds.
    ///
    /// # Errors
    /// If the database fails.
    pub fn draft(&self, key: &str) -> Result<Option<(String, u64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT text, time FROM drafts WHERE task = ?1")?
            .query_row([key.as_bytes()], |row| Ok((row.get(0)?, uint(row.get(1)?))))
            .optional()?)
    }

    /// Where a computer was reached, the latest first, with when in Unix milliseconds.
    ///
    /// # Errors
    /// If the database fails.
    pub fn addresses(&self, peer: &AuthorKey) -> Result<Vec<(String, u64)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT address, worked_ms FROM addresses WHERE author = ?1 ORDER BY worked_ms DESC, address",
        )?;
        let addresses =
            statement.query_map([peer.0], |row| Ok((row.get(0)?, uint(row.get(1)?))))?;
        Ok(addresses.collect::<Result<_, _>>()?)
    }

    /// The standing conditions, the oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn conditions(&self) -> Result<Vec<Condition>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT code, subject, detail, since_ms FROM conditions ORDER BY since_ms, code, subject",
        )?;
        let conditions = statement.query_map([], |row| {
            Ok(Condition {
                code: row.get(0)?,
                subject: row.get(1)?,
                detail: row.get(2)?,
                since_ms: Time::new(uint(row.get(3)?), 0).ms(),
            })
        })?;
        Ok(conditions.collect::<Result<_, _>>()?)
    }
}
