//! The row of a list.

use rota_model::cell::list;
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::index::{Cells, Won};
use crate::sql::int;

/// Writes a list's row, or takes it away if none of its writes counts.
pub(crate) fn project(
    conn: &Connection,
    space: i64,
    row: i64,
    id: EntityId,
    cells: &Cells,
) -> Result<(), StoreError> {
    if cells.values().all(|cell| cell.winner.is_none()) {
        conn.prepare_cached("DELETE FROM lists WHERE id = ?1")?
            .execute([row])?;
        return Ok(());
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
    conn.prepare_cached(
        "INSERT OR REPLACE INTO lists(id, space, uuid, name, color, order_key, archived, created_ms, deleted_ms)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        row,
        space,
        id.0,
        text(list::NAME).unwrap_or_default(),
        text(list::COLOR),
        OrderKey::from_foreign(text(list::ORDER).unwrap_or_default()).as_str(),
        won(list::ARCHIVED).as_ref().is_some_and(is_set),
        created,
        won(list::DELETED).filter(is_set).map(|won| int(won.time.ms())),
    ])?;
    Ok(())
}
