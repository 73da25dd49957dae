//! Every value that a task ever had.

use std::collections::BTreeSet;

use rota_model::cell::{Field, Kind};
use rota_model::id::EntityId;
use rota_model::register::{Written, also_written};
use rota_model::value::Value;
use rusqlite::params;

use super::names::Author;
use crate::error::StoreError;
use crate::index::{read_cell, value_of};
use crate::read::Reader;
use crate::sql::fixed;

/// One value that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryView {
    /// The field.
    pub field: Field,
    /// The element, for sets; else empty.
    pub key: Vec<u8>,
    /// The value.
    pub value: Value,
    /// When it was written, in Unix milliseconds by its writer's clock.
    pub at_ms: u64,
    /// Who wrote it.
    pub by: Author,
    /// Whether it is the value that is shown.
    pub current: bool,
    /// Whether it stands beside the value that is shown.
    pub also_written: bool,
    /// Whether its writer had the right to write it.
    pub counts: bool,
}

impl Reader<'_> {
    /// Every value of every field of a task, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn history(&self, id: &EntityId) -> Result<Vec<HistoryView>, StoreError> {
        let mut cells = self.conn.prepare_cached(
            "SELECT DISTINCT e.id, e.space, w.field, w.key FROM entities e JOIN writes w ON w.entity = e.id
             WHERE e.entity = ?1 AND e.kind = ?2",
        )?;
        let cells = cells
            .query_map(params![id.0, Kind::TASK.0], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(1)?,
                    Field(row.get(2)?),
                    row.get::<_, Vec<u8>>(3)?,
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut history = Vec::new();
        for (entity, space, field, key) in cells {
            self.cell_history((entity, space, field, &key), &mut history)?;
        }
        history.sort_by_key(|(seq, view)| std::cmp::Reverse((view.at_ms, *seq)));
        Ok(history.into_iter().map(|(_, view)| view).collect())
    }

    fn cell_history(
        &self,
        (entity, space, field, key): (i64, i64, Field, &[u8]),
        history: &mut Vec<(u64, HistoryView)>,
    ) -> Result<(), StoreError> {
        let rows = read_cell(self.conn, entity, field, key)?;
        let mut written = Vec::new();
        let mut values = Vec::new();
        for row in &rows {
            let value = value_of(self.conn, row.seq, row.n)?;
            if row.counts {
                written.push(Written {
                    rank: row.rank,
                    bases: row.bases.clone(),
                    value: value.clone(),
                });
            }
            values.push(value);
        }
        let beside: BTreeSet<_> = also_written(&written)
            .into_iter()
            .map(|index| written[index].rank)
            .collect();
        for (row, value) in rows.into_iter().zip(values) {
            let key_of = self
                .conn
                .prepare_cached("SELECT author FROM branches WHERE id = ?1")?
                .query_row([row.at.branch.0], |row| {
                    Ok(rota_model::id::AuthorKey(fixed(row, 0)?))
                })?;
            history.push((
                row.seq,
                HistoryView {
                    field,
                    key: key.to_vec(),
                    value,
                    at_ms: row.time.ms(),
                    by: self.author(space, key_of)?,
                    current: row.wins,
                    also_written: row.counts && beside.contains(&row.rank),
                    counts: row.counts,
                },
            ));
        }
        Ok(())
    }
}
