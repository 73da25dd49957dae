//! Lists with their numbers of tasks.

use rota_model::cell::Kind;
use rota_model::id::{EntityId, SpaceId};
use rota_model::limits::LIST_SEEN_MAX_CHAINS;
use rusqlite::{OptionalExtension, params};

use super::names::{Author, Named};
use crate::error::StoreError;
use crate::read::Reader;
use crate::sql::{fixed, uint};

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListView {
    /// The id.
    pub id: EntityId,
    /// The name.
    pub name: String,
    /// The name of its hue, if one was chosen.
    pub color: Option<String>,
    /// The order key.
    pub order: String,
    /// The space.
    pub space: Named<SpaceId>,
    /// Tasks to be done.
    pub open: u64,
    /// Tasks done or dropped.
    pub done: u64,
    /// Whether it was laid away.
    pub archived: bool,
    /// When it was made, in Unix milliseconds, if that is known.
    pub created_ms: Option<u64>,
    /// When it went to the trash, in Unix milliseconds.
    pub deleted_ms: Option<u64>,
    /// Who put it there.
    pub deleted_by: Option<Author>,
    /// Tasks that others put into it meanwhile, and that were kept.
    pub recovered: u64,
}

impl Reader<'_> {
    /// The lists that are not in the trash, in display order: spaces as they came here, then order keys. With a space,
    /// its lists alone.
    ///
    /// # Errors
    /// If the database fails.
    pub fn lists(&self, space: Option<&SpaceId>) -> Result<Vec<ListView>, StoreError> {
        let row = match space {
            Some(space) => match self.space_row(space)? {
                Some(row) => Some(row),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        let mut lists =
            self.read_lists("deleted_ms IS NULL AND (?1 IS NULL OR space = ?1)", row)?;
        lists.sort_by(|(a, left), (b, right)| {
            (a, &left.order, left.id).cmp(&(b, &right.order, right.id))
        });
        Ok(lists.into_iter().map(|(_, list)| list).collect())
    }

    /// The lists that are in the trash, the latest first. With a space, its lists alone.
    ///
    /// # Errors
    /// If the database fails.
    pub fn deleted_lists(&self, space: Option<&SpaceId>) -> Result<Vec<ListView>, StoreError> {
        let row = match space {
            Some(space) => match self.space_row(space)? {
                Some(row) => Some(row),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        let mut lists =
            self.read_lists("deleted_ms IS NOT NULL AND (?1 IS NULL OR space = ?1)", row)?;
        lists.sort_by_key(|(_, list)| (std::cmp::Reverse(list.deleted_ms), list.id));
        Ok(lists.into_iter().map(|(_, list)| list).collect())
    }

    /// A list; also one that is in the trash.
    ///
    /// # Errors
    /// If the database fails.
    pub fn list(&self, id: &EntityId) -> Result<Option<ListView>, StoreError> {
        let row: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT l.id FROM entities e JOIN lists l ON l.id = e.id
                 WHERE e.entity = ?1 AND e.kind = ?2 ORDER BY l.deleted_ms IS NOT NULL LIMIT 1",
            )?
            .query_row(params![id.0, Kind::LIST.0], |row| row.get(0))
            .optional()?;
        let Some(row) = row else { return Ok(None) };
        let mut lists = self.read_lists("id = ?1", Some(row))?;
        Ok(lists.pop().map(|(_, list)| list))
    }

    /// How far each chain of a space is here: what goes into a list's field `seen` with its deletion, so that what others
    /// put into it meanwhile is kept.
    ///
    /// # Errors
    /// If the database fails.
    pub fn seen(&self, space: &SpaceId) -> Result<Vec<u8>, StoreError> {
        let frontier = self.frontier(space)?;
        let pair = |head: rota_model::frontier::Head| {
            let incarnation = head.chain.incarnation.0.to_be_bytes();
            [incarnation, head.counter.to_be_bytes()].concat()
        };
        Ok(frontier
            .heads()
            .take(LIST_SEEN_MAX_CHAINS)
            .flat_map(pair)
            .collect())
    }

    fn read_lists(
        &self,
        condition: &str,
        argument: Option<i64>,
    ) -> Result<Vec<(i64, ListView)>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT space, uuid, name, color, order_key, archived, created_ms, deleted_ms,
                 (SELECT sum(tasks) FROM list_counts c WHERE c.space = l.space AND c.list = l.id AND c.state = 0),
                 (SELECT sum(tasks) FROM list_counts c WHERE c.space = l.space AND c.list = l.id AND c.state IN (1, 2)),
                 (SELECT sum(tasks) FROM list_counts c WHERE c.space = l.space AND c.list = l.id AND c.state = 5),
                 deleted_author
             FROM lists l WHERE {condition}"
        ))?;
        let rows = statement.query_map([argument], |row| {
            let number =
                |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(uint));
            Ok((
                (row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(11)?),
                ListView {
                    id: EntityId(fixed(row, 1)?),
                    name: row.get(2)?,
                    color: row.get(3)?,
                    order: row.get(4)?,
                    space: Named {
                        id: SpaceId::ZERO,
                        name: String::new(),
                    },
                    open: number(8)?.unwrap_or(0),
                    done: number(9)?.unwrap_or(0),
                    archived: row.get(5)?,
                    created_ms: number(6)?,
                    deleted_ms: number(7)?,
                    deleted_by: None,
                    recovered: number(10)?.unwrap_or(0),
                },
            ))
        })?;
        let mut lists = Vec::new();
        for row in rows {
            let ((space, deleted_author), mut list) = row?;
            list.space = self.space_named(space)?;
            if list.deleted_ms.is_some() && deleted_author.is_some() {
                list.deleted_by = Some(self.marked(space, (deleted_author, None))?);
            }
            lists.push((space, list));
        }
        Ok(lists)
    }

    /// A list's id and name by its row, and when it went to the trash.
    pub(crate) fn list_named(
        &self,
        row: i64,
    ) -> Result<(Named<EntityId>, Option<u64>), StoreError> {
        if let Some(known) = self.names.borrow().lists.get(&row) {
            return Ok(known.clone());
        }
        let found = self
            .conn
            .prepare_cached(
                "SELECT e.entity, coalesce(l.name, ''), l.deleted_ms
                 FROM entities e LEFT JOIN lists l ON l.id = e.id WHERE e.id = ?1",
            )?
            .query_row([row], |row| {
                let named = Named {
                    id: EntityId(fixed(row, 0)?),
                    name: row.get(1)?,
                };
                Ok((named, row.get::<_, Option<i64>>(2)?.map(uint)))
            })
            .optional()?;
        let none = Named {
            id: EntityId::ZERO,
            name: String::new(),
        };
        let found = found.unwrap_or((none, None));
        self.names.borrow_mut().lists.insert(row, found.clone());
        Ok(found)
    }
}
