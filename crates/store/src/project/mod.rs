//! The projection: rows of tasks, lists and names that follow from the winners. It can be dropped and rebuilt.

mod earlier;
mod list;
mod place;
mod seen;
mod task;

use std::collections::HashMap;

use rota_model::cell::{Kind, named};
use rota_model::id::{AuthorKey, EntityId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::event::Changed;
use crate::index::{Cells, Index};
use crate::search;
use crate::space::SpaceState;

pub(crate) use task::{assignee_bytes, day_number};

/// Whether and how a task shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Shown {
    /// To be done.
    Open = 0,
    /// Done.
    Done = 1,
    /// Dropped.
    Cancelled = 2,
    /// In the trash, by itself or with its parent.
    Trash = 3,
    /// Not at all: moved away, or the next occurrence of a task that is still open.
    Hidden = 4,
    /// To be done, and kept: it came to its list unseen by whoever deleted that.
    Recovered = 5,
}

impl Shown {
    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Open,
            1 => Self::Done,
            2 => Self::Cancelled,
            3 => Self::Trash,
            5 => Self::Recovered,
            _ => Self::Hidden,
        }
    }
}

/// Changes of the numbers of tasks, by (space, list, how they show).
pub(crate) type Counts = HashMap<(i64, i64, i64), i64>;

/// Projects what the index has touched, all of one space.
pub(crate) fn project(
    conn: &Connection,
    index: &mut Index,
    space: &SpaceState,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    let touched = std::mem::take(&mut index.touched);
    let mut counts = Counts::new();
    let last_task = touched
        .iter()
        .rev()
        .find(|(_, touched)| touched.kind == Kind::TASK)
        .map(|(row, _)| *row);
    for (row, touched) in touched {
        match touched.kind {
            Kind::TASK => {
                task::project(conn, index, space, (row, touched), &mut counts, changed)?;
            }
            Kind::LIST => {
                let cells = &index.entity(conn, &space.branches, row)?.cells;
                let unseen = list::project(conn, space, row, touched.id, cells)?;
                changed.lists.insert(touched.id);
                place::settle_rows(conn, unseen, &mut counts, changed)?;
            }
            Kind::SPACE => {
                let cells = &index.entity(conn, &space.branches, row)?.cells;
                project_name(conn, space.row, row, cells)?;
                changed.spaces.insert(space.space);
            }
            Kind::PERSON | Kind::COMPUTER => {
                let cells = &index.entity(conn, &space.branches, row)?.cells;
                project_name(conn, space.row, row, cells)?;
                changed.names.insert(touched.id);
            }
            _ => {}
        }
    }
    if let Some(last) = last_task
        && search::keep_up(conn, index.search_reach(conn)?, last)?
    {
        index.search_changed();
    }
    for ((space, list, state), more) in counts {
        if more != 0 {
            conn.prepare_cached(
                "INSERT INTO latest(space, kind, of, state, value) VALUES(?1, 2, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET value = value + excluded.value",
            )?
            .execute(params![space, list, state, more])?;
        }
    }
    Ok(())
}

/// Empties the projection of a space and fills it again from the winners.
pub(crate) fn rebuild(
    conn: &Connection,
    index: &mut Index,
    space: &SpaceState,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    for clear in [
        "DELETE FROM search_earlier WHERE rowid IN
             (SELECT e.id FROM earlier_titles e JOIN tasks t ON t.id = e.task WHERE t.space = ?1)",
        "DELETE FROM earlier_titles WHERE task IN (SELECT id FROM tasks WHERE space = ?1)",
        "DELETE FROM search WHERE rowid IN (SELECT id FROM tasks WHERE space = ?1)",
        "DELETE FROM task_waits WHERE task IN (SELECT id FROM tasks WHERE space = ?1)",
        "DELETE FROM task_tags WHERE task IN (SELECT id FROM tasks WHERE space = ?1)",
        "DELETE FROM tasks WHERE space = ?1",
        "DELETE FROM lists WHERE space = ?1",
        "DELETE FROM names WHERE space = ?1",
        "DELETE FROM latest WHERE space = ?1 AND kind = 2",
    ] {
        conn.execute(clear, [space.row])?;
    }
    index.clear();
    let mut after = 0;
    loop {
        let mut statement = conn.prepare_cached(
            "SELECT id, kind, entity FROM entities WHERE space = ?1 AND id > ?2 ORDER BY id LIMIT 1000",
        )?;
        let batch = statement
            .query_map(params![space.row, after], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    Kind(row.get(1)?),
                    EntityId(row.get(2)?),
                ))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let Some((last, ..)) = batch.last() else {
            return Ok(());
        };
        after = *last;
        for (row, kind, id) in batch {
            index.touch_whole(row, kind, id);
        }
        project(conn, index, space, changed)?;
        index.settle();
    }
}

/// The row of an author.
fn author_row(conn: &Connection, author: &AuthorKey) -> Result<i64, StoreError> {
    let found = conn
        .prepare_cached("SELECT id FROM authors WHERE key = ?1")?
        .query_row([author.0], |row| row.get(0))
        .optional()?;
    if let Some(row) = found {
        return Ok(row);
    }
    conn.prepare_cached("INSERT INTO authors(key) VALUES(?1)")?
        .execute([author.0])?;
    Ok(conn.last_insert_rowid())
}

fn project_name(conn: &Connection, space: i64, row: i64, cells: &Cells) -> Result<(), StoreError> {
    let name = cells
        .get(&(named::NAME, Vec::new()))
        .and_then(|cell| cell.winner.as_ref())
        .and_then(|won| won.value.as_text());
    match name {
        Some(name) => {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO names(id, space, name) VALUES(?1, ?2, ?3)",
            )?
            .execute(params![row, space, name])?;
        }
        None => {
            conn.prepare_cached("DELETE FROM names WHERE id = ?1")?
                .execute([row])?;
        }
    }
    Ok(())
}
