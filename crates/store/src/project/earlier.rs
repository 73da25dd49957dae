//! The titles that a task had before the one it has.

use rota_model::cell::task;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::index::{read_cell, value_of};
use crate::search;
use crate::sql::{int, uint};

/// Of a title that is changed very often, so many of the latest values are remembered.
const REMEMBERED_MAX_COUNT: usize = 50;

/// Keeps what a task was called before, those written last first; only what counts.
pub(super) fn project(conn: &Connection, row: i64, now: &str) -> Result<(), StoreError> {
    let mut wanted: Vec<(u64, String)> = Vec::new();
    let writes = read_cell(conn, row, task::TITLE, &[])?;
    let earlier = writes
        .into_iter()
        .rev()
        .filter(|write| write.counts && !write.wins);
    for write in earlier.take(REMEMBERED_MAX_COUNT) {
        let value = value_of(conn, write.seq, write.n)?;
        let title = value.as_text().unwrap_or_default();
        let again = wanted.iter().any(|(_, known)| known == title);
        if !title.is_empty() && title != now && !again {
            wanted.push((write.seq, title.to_owned()));
        }
    }
    for (id, seq, title) in kept(conn, row)? {
        match wanted.iter().position(|one| *one == (seq, title.clone())) {
            Some(at) => drop(wanted.swap_remove(at)),
            None => take_out(conn, id)?,
        }
    }
    for (seq, title) in wanted {
        conn.prepare_cached("INSERT INTO earlier_titles(task, seq, title) VALUES(?1, ?2, ?3)")?
            .execute(params![row, int(seq), title])?;
        search::put_earlier(conn, conn.last_insert_rowid(), &title)?;
    }
    Ok(())
}

/// Forgets what a task was called before.
pub(super) fn remove(conn: &Connection, row: i64) -> Result<(), StoreError> {
    for (id, ..) in kept(conn, row)? {
        take_out(conn, id)?;
    }
    Ok(())
}

fn kept(conn: &Connection, row: i64) -> Result<Vec<(i64, u64, String)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, seq, title FROM earlier_titles WHERE task = ?1")?;
    let kept = statement.query_map([row], |kept| {
        Ok((kept.get(0)?, uint(kept.get(1)?), kept.get(2)?))
    })?;
    Ok(kept.collect::<Result<_, _>>()?)
}

fn take_out(conn: &Connection, id: i64) -> Result<(), StoreError> {
    search::take_out_earlier(conn, id)?;
    conn.prepare_cached("DELETE FROM earlier_titles WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
