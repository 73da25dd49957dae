//! What of a task follows from other entities: its list, its place, whether it shows.

use std::collections::{HashSet, VecDeque};

use rota_model::cell::task;
use rota_model::id::{EntityId, OpId};
use rota_model::register::Rank;
use rota_model::stamp::Stamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Counts, Shown, seen};
use crate::error::StoreError;
use crate::event::Changed;
use crate::index::WINS;
use crate::sql::{fixed, uint};

/// Subtasks deeper than this stand beside their parent: places stay short whatever comes.
const DEPTH_MAX: u32 = 32;

/// What a task's own cells say about where it is and whether it shows.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) row: i64,
    pub(crate) space: i64,
    pub(crate) id: EntityId,
    pub(crate) list: i64,
    pub(crate) parent: Option<i64>,
    pub(crate) predecessor: Option<i64>,
    pub(crate) shown: Shown,
    pub(crate) proposal: bool,
    pub(crate) order: String,
    pub(crate) deleted_ms: Option<i64>,
}

/// What follows with other entities at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) list: i64,
    pub(crate) shown: Shown,
    pub(crate) place: Vec<u8>,
    pub(crate) depth: u32,
    pub(crate) parent: Option<i64>,
    pub(crate) trashed_ms: Option<i64>,
}

/// Places a task. The rows of its parents are right already.
pub(crate) fn place(conn: &Connection, own: &Own) -> Result<Placed, StoreError> {
    let shown = if own.proposal && !is_called_for(conn, own.predecessor)? {
        Shown::Hidden
    } else {
        own.shown
    };
    let mut placed = Placed {
        list: own.list,
        shown,
        place: Vec::new(),
        depth: 0,
        parent: None,
        trashed_ms: own.deleted_ms,
    };
    if let Some(parent) = own.parent
        && let Some(above) = Above::read(conn, parent)?
        && cut(conn, own)? != Some(own.row)
    {
        placed.list = above.list;
        placed.parent = Some(parent);
        placed.depth = above.depth.saturating_add(1).min(DEPTH_MAX);
        placed.place = above.place;
        if above.depth >= DEPTH_MAX {
            let own_part = above.order_bytes + 1 + EntityId::LEN;
            placed
                .place
                .truncate(placed.place.len().saturating_sub(own_part));
        }
        if shown != Shown::Hidden {
            match above.shown {
                // A subtask that was added late to a task that moved away is found in the trash.
                Shown::Hidden if above.moved => placed.shown = Shown::Trash,
                Shown::Hidden => placed.shown = Shown::Hidden,
                Shown::Trash => placed.shown = Shown::Trash,
                Shown::Open | Shown::Done | Shown::Cancelled | Shown::Recovered => {}
            }
        }
        placed.trashed_ms = own.deleted_ms.or(above.trashed_ms);
        if above.shown == Shown::Recovered && placed.shown == Shown::Open {
            placed.shown = Shown::Recovered;
        }
    }
    if placed.shown == Shown::Open && seen::is_kept(conn, placed.list, own.row)? {
        placed.shown = Shown::Recovered;
    }
    placed.place.extend_from_slice(own.order.as_bytes());
    placed.place.push(0);
    placed.place.extend_from_slice(&own.id.0);
    Ok(placed)
}

/// Places anew everything that hangs on a task: what lies below it, and what follows it as the next occurrence.
pub(crate) fn settle(
    conn: &Connection,
    own: &Own,
    counts: &mut Counts,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    // In a cycle, places follow from the task at which it is cut; every other one lies below it.
    let start = cut(conn, own)?.unwrap_or(own.row);
    let mut open = VecDeque::new();
    let mut seen = HashSet::new();
    if start == own.row {
        seen.insert(start);
        below(conn, start, &mut open)?;
    } else {
        open.push_back(start);
    }
    while let Some(row) = open.pop_front() {
        // What is right stays right below, unless a cycle was opened or closed.
        if seen.insert(row)
            && let Some(moved) = anew(conn, row, counts, changed)?
            && (moved || start != own.row)
        {
            below(conn, row, &mut open)?;
        }
    }
    Ok(())
}

/// Places these tasks anew, and what hangs on them.
pub(crate) fn settle_rows(
    conn: &Connection,
    mut open: VecDeque<i64>,
    counts: &mut Counts,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    while let Some(row) = open.pop_front() {
        // A task may come again after what it is below: places only change until they are right.
        if anew(conn, row, counts, changed)? == Some(true) {
            below(conn, row, &mut open)?;
        }
    }
    Ok(())
}

/// Places one task anew; whether its place changed, `None` if there is no such task.
fn anew(
    conn: &Connection,
    row: i64,
    counts: &mut Counts,
    changed: &mut Changed,
) -> Result<Option<bool>, StoreError> {
    let Some((task, before)) = read(conn, row)? else {
        return Ok(None);
    };
    let after = place(conn, &task)?;
    if after == before {
        return Ok(Some(false));
    }
    write(conn, row, &after)?;
    count(counts, task.space, &before, -1);
    count(counts, task.space, &after, 1);
    changed.tasks.insert(task.id);
    Ok(Some(true))
}

pub(crate) fn count(counts: &mut Counts, space: i64, placed: &Placed, more: i64) {
    *counts
        .entry((space, placed.list, placed.shown as i64))
        .or_default() += more;
}

/// Where a row says that its task is placed.
pub(crate) fn read_placed(row: &Row<'_>, first: usize) -> rusqlite::Result<Placed> {
    Ok(Placed {
        list: row.get(first)?,
        shown: Shown::from_number(row.get(first + 1)?),
        place: row.get(first + 2)?,
        depth: row.get(first + 3)?,
        parent: row.get(first + 4)?,
        trashed_ms: row.get(first + 5)?,
    })
}

/// The columns of [`read_placed`].
pub(crate) const PLACED: &str = "list, state, place, depth, shown_parent, trashed_ms";

struct Above {
    list: i64,
    shown: Shown,
    moved: bool,
    place: Vec<u8>,
    depth: u32,
    order_bytes: usize,
    trashed_ms: Option<i64>,
}

impl Above {
    fn read(conn: &Connection, row: i64) -> Result<Option<Self>, StoreError> {
        Ok(conn
            .prepare_cached(
                "SELECT list, state, own_state, place, depth, order_key, trashed_ms FROM tasks WHERE id = ?1",
            )?
            .query_row([row], |row| {
                Ok(Self {
                    list: row.get(0)?,
                    shown: Shown::from_number(row.get(1)?),
                    moved: Shown::from_number(row.get(2)?) == Shown::Hidden,
                    place: row.get(3)?,
                    depth: row.get(4)?,
                    order_bytes: row.get_ref(5)?.as_str()?.len(),
                    trashed_ms: row.get(6)?,
                })
            })
            .optional()?)
    }
}

/// Whether a next occurrence shows that no person has touched: while its predecessor is done or cancelled.
fn is_called_for(conn: &Connection, predecessor: Option<i64>) -> Result<bool, StoreError> {
    let Some(predecessor) = predecessor else {
        return Ok(true);
    };
    let status: Option<i64> = conn
        .prepare_cached("SELECT status FROM tasks WHERE id = ?1")?
        .query_row([predecessor], |row| row.get(0))
        .optional()?;
    Ok(status.is_some_and(|status| status != 0))
}

/// If the task lies on a cycle of parents: the task whose edge is cut, the one of the greatest (stamp, op id).
fn cut(conn: &Connection, own: &Own) -> Result<Option<i64>, StoreError> {
    // Nothing lies below most tasks, and then nothing above them leads back: a new one at the end of a long chain of
    // parents costs no more than any other.
    if own.parent.is_none() || (own.parent != Some(own.row) && !is_parent(conn, own.row)?) {
        return Ok(None);
    }
    let mut cycle = vec![own.row];
    let mut seen = HashSet::from([own.row]);
    let mut at = own.parent;
    while let Some(row) = at {
        if row == own.row {
            return greatest_edge(conn, &cycle);
        }
        if !seen.insert(row) {
            return Ok(None);
        }
        cycle.push(row);
        at = conn
            .prepare_cached(PARENT_OF)?
            .query_row([row], |row| row.get::<_, Option<i64>>(0))
            .optional()?
            .flatten();
    }
    Ok(None)
}

const PARENT_OF: &str = "SELECT parent FROM tasks WHERE id = ?1";

/// Whether a task says that it lies below this one.
fn is_parent(conn: &Connection, row: i64) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM tasks WHERE parent = ?1")?
        .exists([row])?)
}

fn greatest_edge(conn: &Connection, cycle: &[i64]) -> Result<Option<i64>, StoreError> {
    let mut greatest = None;
    for row in cycle {
        let rank = conn
            .prepare_cached(
                "SELECT w.stamp, o.id FROM writes w JOIN ops o ON o.seq = w.seq
                 WHERE w.entity = ?1 AND w.field = ?2 AND w.key = x'' AND w.state & ?3",
            )?
            .query_row(params![row, task::PARENT.0, WINS], |row| {
                Ok(Rank {
                    stamp: Stamp(uint(row.get(0)?)),
                    op: OpId(fixed(row, 1)?),
                })
            })
            .optional()?;
        greatest = greatest.max(rank.map(|rank| (rank, *row)));
    }
    Ok(greatest.map(|(_, row)| row))
}

fn below(conn: &Connection, row: i64, open: &mut VecDeque<i64>) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM tasks WHERE parent = ?1 UNION ALL SELECT id FROM tasks WHERE predecessor = ?1 AND proposal",
    )?;
    let mut rows = statement.query([row])?;
    while let Some(row) = rows.next()? {
        open.push_back(row.get(0)?);
    }
    Ok(())
}

fn read(conn: &Connection, row: i64) -> Result<Option<(Own, Placed)>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT list, state, place, depth, shown_parent, trashed_ms,
                    space, uuid, own_list, parent, predecessor, own_state, proposal, order_key, deleted_ms
             FROM tasks WHERE id = ?1",
        )?
        .query_row([row], |found| {
            let own = Own {
                row,
                space: found.get(6)?,
                id: EntityId(fixed(found, 7)?),
                list: found.get::<_, Option<i64>>(8)?.unwrap_or(0),
                parent: found.get(9)?,
                predecessor: found.get(10)?,
                shown: Shown::from_number(found.get(11)?),
                proposal: found.get(12)?,
                order: found.get(13)?,
                deleted_ms: found.get(14)?,
            };
            Ok((own, read_placed(found, 0)?))
        })
        .optional()?)
}

fn write(conn: &Connection, row: i64, placed: &Placed) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE tasks SET list = ?2, state = ?3, place = ?4, depth = ?5, shown_parent = ?6, trashed_ms = ?7
         WHERE id = ?1",
    )?
    .execute(params![
        row,
        placed.list,
        placed.shown as i64,
        placed.place,
        placed.depth,
        placed.parent,
        placed.trashed_ms
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn a_task_at_the_end_of_a_long_chain_walks_no_chain() {
        const LAST: i64 = 1000;
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE tasks(id INTEGER PRIMARY KEY, parent INTEGER)")
            .unwrap();
        for row in 1..=LAST {
            conn.execute("INSERT INTO tasks VALUES(?1, ?2)", [row, row - 1])
                .unwrap();
        }
        let own = |row, parent| Own {
            row,
            space: 1,
            id: EntityId([7; 16]),
            list: 1,
            parent: Some(parent),
            predecessor: None,
            shown: Shown::Open,
            proposal: false,
            order: "a0".to_owned(),
            deleted_ms: None,
        };
        let walked = || {
            let statement = conn.prepare_cached(PARENT_OF).unwrap();
            statement.get_status(StatementStatus::Run)
        };
        assert_eq!(cut(&conn, &own(LAST + 1, LAST)).unwrap(), None);
        assert_eq!(walked(), 0);
        // Something below it may lead back: there is no way around looking.
        assert_eq!(cut(&conn, &own(LAST - 1, LAST - 2)).unwrap(), None);
        assert_eq!(i64::from(walked()), LAST - 1);
    }
}
