//! Every value that a task ever had.

use std::collections::BTreeSet;

use rota_model::cell::{Field, Kind, task};
use rota_model::id::{EntityId, OpId};
use rota_model::register::{Written, also_written};
use rota_model::task::{Assignee, read_assignee};
use rota_model::value::Value;
use rusqlite::{OptionalExtension, params};

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
    /// The op that it came in, and as which of its writes: names the version on every computer.
    pub version: (OpId, u32),
    /// The name of what the value stands for: of a list, a task, a person or a computer.
    pub shown: Option<String>,
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
            let shown = self.shown_as(space, field, key, &value)?;
            history.push((
                row.seq,
                HistoryView {
                    version: (row.rank.op, row.n),
                    shown,
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

    /// The name of what a value stands for, as the space knows it.
    fn shown_as(
        &self,
        space: i64,
        field: Field,
        key: &[u8],
        value: &Value,
    ) -> Result<Option<String>, StoreError> {
        Ok(match field {
            task::LIST => {
                let name = "SELECT l.name FROM entities e JOIN lists l ON l.id = e.id";
                self.name_of(name, space, Kind::LIST, value.as_entity())?
            }
            task::PARENT | task::PREDECESSOR => self.title_of(space, value.as_entity())?,
            task::WAITS_FOR => self.title_of(space, EntityId::from_slice(key))?,
            task::ASSIGNEE => match read_assignee(value) {
                Some(Assignee::Person(id)) => Some(self.person_name(space, id)?),
                Some(Assignee::Computer(key)) => Some(self.author(space, key)?.computer.name),
                None => None,
            },
            task::ROTATION => {
                let mut names = Vec::new();
                for id in value
                    .as_array()
                    .iter()
                    .flatten()
                    .filter_map(Value::as_entity)
                {
                    names.push(self.person_name(space, id)?);
                }
                (!names.is_empty()).then(|| names.join(", "))
            }
            _ => None,
        })
    }

    fn title_of(&self, space: i64, id: Option<EntityId>) -> Result<Option<String>, StoreError> {
        let title = "SELECT t.title FROM entities e JOIN tasks t ON t.id = e.id";
        self.name_of(title, space, Kind::TASK, id)
    }

    fn name_of(
        &self,
        select: &str,
        space: i64,
        kind: Kind,
        id: Option<EntityId>,
    ) -> Result<Option<String>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        Ok(self
            .conn
            .prepare_cached(&format!(
                "{select} WHERE e.entity = ?1 AND e.kind = ?2 AND e.space = ?3"
            ))?
            .query_row(params![id.0, kind.0, space], |row| row.get(0))
            .optional()?)
    }
}
