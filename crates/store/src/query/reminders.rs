//! The reminders that may be due: by the earliest moment at which each can be, so that few have to be looked at.

use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::task::Assignee;
use rusqlite::params;

use crate::error::StoreError;
use crate::project::Shown;
use crate::read::Reader;
use crate::sql::{fixed, int, uint};

/// A reminder that is not handled, of a task that is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderRow {
    /// The task.
    pub task: EntityId,
    /// Its space.
    pub space: SpaceId,
    /// Who is to do it.
    pub assignee: Option<Assignee>,
    /// The reminder's stored text.
    pub reminder: String,
    /// The due date's stored text.
    pub due: Option<String>,
    /// Until when it is put off, in Unix milliseconds.
    pub again_ms: Option<u64>,
}

impl Reader<'_> {
    /// The reminders that can be due by this Unix millisecond for a reader in any zone.
    ///
    /// # Errors
    /// If the database fails.
    pub fn reminders_until(&self, ms: u64) -> Result<Vec<ReminderRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT t.uuid, s.space, t.assignee, t.reminder, t.due, t.remind_again_ms
             FROM tasks t JOIN spaces s ON s.id = t.space
             WHERE t.remind_from <= ?1 AND t.state IN (?2, ?3) AND t.reminder IS NOT NULL",
        )?;
        let states = (Shown::Open as i64, Shown::Recovered as i64);
        let rows = statement.query_map(params![int(ms), states.0, states.1], |row| {
            Ok(ReminderRow {
                task: EntityId(fixed(row, 0)?),
                space: SpaceId(row.get(1)?),
                assignee: row
                    .get::<_, Option<Vec<u8>>>(2)?
                    .as_deref()
                    .and_then(read_assignee),
                reminder: row.get(3)?,
                due: row.get(4)?,
                again_ms: row.get::<_, Option<i64>>(5)?.map(uint),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read_assignee(bytes: &[u8]) -> Option<Assignee> {
    match bytes {
        [0, id @ ..] => EntityId::from_slice(id).map(Assignee::Person),
        [1, key @ ..] => AuthorKey::from_slice(key).map(Assignee::Computer),
        _ => None,
    }
}
