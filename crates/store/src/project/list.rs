//! The row of a list.

use std::collections::VecDeque;

use rota_model::cell::list;
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rusqlite::{Connection, OptionalExtension, params};

use super::seen::{self, Seen};
use crate::error::StoreError;
use crate::index::{Cells, Won};
use crate::space::SpaceState;
use crate::sql::int;

/// Writes a list's row, or takes it away if none of its writes counts. Returns the tasks that may be kept now and were
/// not before, or the other way round.
pub(crate) fn project(
    conn: &Connection,
    space: &SpaceState,
    row: i64,
    id: EntityId,
    cells: &Cells,
) -> Result<VecDeque<i64>, StoreError> {
    let before = deletion(conn, row)?;
    if cells.values().all(|cell| cell.winner.is_none()) {
        conn.prepare_cached("DELETE FROM lists WHERE id = ?1")?
            .execute([row])?;
        return again(conn, space, row, before.as_ref(), None);
    }
    let won = |field| -> Option<&Won> { cells.get(&(field, Vec::new()))?.winner.as_ref() };
    let text = |field| won(field).and_then(|won| won.value.as_text());
    let is_set = |won: &&Won| won.value.as_bool() == Some(true);
    let created = won(list::CREATED).map(|won| {
        let stated = won
            .value
            .as_array()
            .and_then(|items| items.first()?.as_uint());
        int(stated.unwrap_or_else(|| won.time.ms()))
    });
    let deleted = won(list::DELETED).filter(is_set);
    let deleted_author = deleted
        .map(|won| super::author_row(conn, &won.author))
        .transpose()?;
    let seen = won(list::SEEN).and_then(|won| won.value.as_bytes());
    conn.prepare_cached(
        "INSERT OR REPLACE INTO lists(id, space, uuid, name, color, order_key, archived, created_ms, deleted_ms,
             deleted_author, seen)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        row,
        space.row,
        id.0,
        text(list::NAME).unwrap_or_default(),
        text(list::COLOR),
        OrderKey::from_foreign(text(list::ORDER).unwrap_or_default()).as_str(),
        won(list::ARCHIVED).as_ref().is_some_and(is_set),
        created,
        deleted.map(|won| int(won.time.ms())),
        deleted_author,
        seen,
    ])?;
    let now = deletion(conn, row)?;
    again(conn, space, row, before.as_ref(), now.as_ref())
}

/// What whoever deleted a list had seen, if it is deleted and that is known.
fn deletion(conn: &Connection, row: i64) -> Result<Option<Seen>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT seen FROM lists WHERE id = ?1 AND deleted_ms IS NOT NULL AND seen IS NOT NULL",
        )?
        .query_row([row], |row| Ok(Seen::read(row.get_ref(0)?.as_blob()?)))
        .optional()?)
}

/// The tasks that have to be looked at again when a list's deletion changed.
fn again(
    conn: &Connection,
    space: &SpaceState,
    row: i64,
    before: Option<&Seen>,
    now: Option<&Seen>,
) -> Result<VecDeque<i64>, StoreError> {
    if before == now {
        return Ok(VecDeque::new());
    }
    let mut kept: VecDeque<i64> = conn
        .prepare_cached("SELECT id FROM tasks WHERE list = ?1 AND state = 5 ORDER BY id")?
        .query_map([row], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if let Some(seen) = now {
        kept.extend(seen::unseen(conn, space, seen)?);
    }
    Ok(kept)
}
