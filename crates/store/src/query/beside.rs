//! What stands beside a place: between which order keys a task goes.

use rota_model::cell::Kind;
use rota_model::id::{EntityId, SpaceId};
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::read::Reader;
use crate::sql::fixed;

/// A row of tasks beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The space.
    pub space: SpaceId,
    /// The list.
    pub list: EntityId,
    /// The task that all are below; `None` for those of the top level.
    pub parent: Option<EntityId>,
}

/// A place in such a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Directly before this task.
    Before(EntityId),
    /// Directly after this task.
    After(EntityId),
}

/// The order keys of the neighbours of a place; `None` at either end.
pub type Between = (Option<String>, Option<String>);

/// A task in a row: its order key, id and row.
type Sibling = (String, EntityId);

impl Reader<'_> {
    /// Between which keys a place lies, as if the tasks of `without` were not there. `None` if the task that the place
    /// is named by is not in the row.
    ///
    /// # Errors
    /// If the database fails.
    pub fn beside(
        &self,
        row: &Row,
        spot: Spot,
        without: &[EntityId],
    ) -> Result<Option<Between>, StoreError> {
        match row.parent {
            Some(parent) => self.beside_below(row, parent, spot, without),
            None => self.beside_in_list(row, spot, without),
        }
    }

    fn beside_below(
        &self,
        row: &Row,
        parent: EntityId,
        spot: Spot,
        without: &[EntityId],
    ) -> Result<Option<Between>, StoreError> {
        let Some(parent) = self.row_of(row.space, Kind::TASK, parent)? else {
            return Ok(None);
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT order_key, uuid FROM tasks WHERE parent = ?1 AND shown_parent = ?1 AND state <> 4 AND state <> 3
             ORDER BY order_key, uuid",
        )?;
        let siblings = statement
            .query_map([parent], |row| Ok((row.get(0)?, EntityId(fixed(row, 1)?))))?
            .collect::<Result<Vec<Sibling>, _>>()?;
        let siblings: Vec<Sibling> = siblings
            .into_iter()
            .filter(|(_, id)| !without.contains(id))
            .collect();
        let place = |id: EntityId| siblings.iter().position(|(_, other)| *other == id);
        let at = match spot {
            Spot::First => Some(0),
            Spot::Last => Some(siblings.len()),
            Spot::Before(id) => place(id),
            Spot::After(id) => place(id).map(|at| at + 1),
        };
        let key = |at: Option<usize>| at.and_then(|at| Some(siblings.get(at)?.0.clone()));
        Ok(at.map(|at| (key(at.checked_sub(1)), key(Some(at)))))
    }

    fn beside_in_list(
        &self,
        row: &Row,
        spot: Spot,
        without: &[EntityId],
    ) -> Result<Option<Between>, StoreError> {
        let list = self
            .row_of(row.space, Kind::LIST, row.list)?
            .unwrap_or_default();
        let space = self.space_row(&row.space)?.unwrap_or_default();
        let named = match spot {
            Spot::First | Spot::Last => None,
            Spot::Before(id) | Spot::After(id) => {
                let found = self
                    .conn
                    .prepare_cached(
                        "SELECT t.place, t.order_key FROM entities e JOIN tasks t ON t.id = e.id
                         WHERE e.entity = ?1 AND e.kind = ?2 AND e.space = ?3 AND t.list = ?4
                             AND t.shown_parent IS NULL AND t.state NOT IN (3, 4)",
                    )?
                    .query_row(params![id.0, Kind::TASK.0, space, list], |row| {
                        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))
                    })
                    .optional()?;
                let Some(found) = found else { return Ok(None) };
                Some(found)
            }
        };
        let next = |after: &[u8]| self.nearest(space, list, after, true, without);
        let before = |place: &[u8]| self.nearest(space, list, place, false, without);
        // No place is beyond this one: keys are text, and no text has this byte.
        const END: &[u8] = &[0xFF];
        Ok(Some(match (spot, named) {
            (Spot::Before(_), Some((place, key))) => (before(&place)?, Some(key)),
            (Spot::After(_), Some((place, key))) => (Some(key), next(&place)?),
            (Spot::First, _) => (None, next(&[])?),
            _ => (before(END)?, None),
        }))
    }

    /// The key of the nearest task of the top level after or before a place of a list.
    fn nearest(
        &self,
        space: i64,
        list: i64,
        place: &[u8],
        after: bool,
        without: &[EntityId],
    ) -> Result<Option<String>, StoreError> {
        let (sign, order) = if after { (">", "ASC") } else { ("<", "DESC") };
        let mut nearest: Option<(Vec<u8>, String)> = None;
        // Each state is a run of the index.
        for state in [0, 1, 2, 5] {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT place, order_key, uuid, shown_parent IS NULL AND space = ?3 FROM tasks
                 WHERE list = ?1 AND state = {state} AND place {sign} ?2 ORDER BY place {order}"
            ))?;
            let mut rows = statement.query(params![list, place, space])?;
            while let Some(row) = rows.next()? {
                let found: Vec<u8> = row.get(0)?;
                let nearer = |than: &(Vec<u8>, String)| (found < than.0) == after;
                if !nearest.as_ref().is_none_or(nearer) {
                    break;
                }
                if row.get(3)? && !without.contains(&EntityId(fixed(row, 2)?)) {
                    nearest = Some((found, row.get(1)?));
                    break;
                }
            }
        }
        Ok(nearest.map(|(_, key)| key))
    }

    fn row_of(&self, space: SpaceId, kind: Kind, id: EntityId) -> Result<Option<i64>, StoreError> {
        match self.space_row(&space)? {
            Some(space) => crate::index::find_entity(self.conn, space, kind, id),
            None => Ok(None),
        }
    }
}
