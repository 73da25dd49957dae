//! Taking back this computer's latest change, by new writes that beat nobody's later edit.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::cell::{Cell, Field, Kind, list, task};
use rota_model::edit::{By, Draft, undo};
use rota_model::id::{EntityId, SpaceId};
use rota_model::op::Flags;
use rota_model::payload::{Base, Payload, Role, Write};
use rota_model::stamp::{Stamp, Time};
use rota_model::successor;
use rota_model::value::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{NotAllowed, StoreError};
use crate::index::{Row, find_entity, read_cell, value_of};
use crate::log;
use crate::read::Reader;
use crate::sql::{fixed, int, uint};
use crate::tx::Tx;

/// A change that undo came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What a person called it.
    pub label: String,
    /// When it was made, in Unix milliseconds.
    pub at_ms: u64,
    /// Why it stays as it is, if this computer may no longer write where it was made; the next undo takes the one before.
    pub stays: Option<NotAllowed>,
}

/// `actions.undone` of a change that can be taken back.
pub(crate) const CAN_BE_UNDONE: i64 = 0;
const WAS_UNDONE: i64 = 1;
const TOOK_BACK: i64 = 2;
const PASSED_OVER: i64 = 3;

struct Action {
    first_seq: u64,
    last_seq: u64,
    undone: Undone,
}

/// The first and the last write of an action to one cell.
struct Span {
    first: u64,
    last: u64,
}

impl Reader<'_> {
    /// The latest change of this computer that can be taken back.
    ///
    /// # Errors
    /// If the database fails.
    pub fn undoable(&self) -> Result<Option<Undone>, StoreError> {
        Ok(latest(self.conn)?.map(|action| action.undone))
    }
}

impl Tx<'_> {
    /// Takes back this computer's latest change: every cell of which the winner is still its write gets the value
    /// before; what it made goes to the trash. One in a space that is `closed` to this computer, or where it may no longer
    /// write, is passed over for good. `None` if there is none. Call it in an act without a label.
    ///
    /// # Errors
    /// If the database fails.
    pub fn undo_latest(
        &mut self,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Option<Undone>, StoreError> {
        let Some(action) = latest(&self.core().conn)? else {
            return Ok(None);
        };
        let written = written(&self.core().conn, &action)?;
        for space in written.keys() {
            if let Some(why) = self.refuses(*space, closed)? {
                mark(&self.core().conn, &action, PASSED_OVER)?;
                return Ok(Some(Undone {
                    stays: Some(why),
                    ..action.undone
                }));
            }
        }
        let first = log::last_seq(&self.core().conn)? + 1;
        let time = self.time();
        for (space, cells) in written {
            self.undo_in(space, &cells, &action)?;
        }
        let conn = &self.core().conn;
        mark(conn, &action, WAS_UNDONE)?;
        if log::last_seq(conn)? >= first {
            record(conn, first, time, &action.undone.label, TOOK_BACK)?;
        }
        Ok(Some(action.undone))
    }

    /// Why this computer may not write in a space.
    fn refuses(
        &mut self,
        space: SpaceId,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Option<NotAllowed>, StoreError> {
        if closed.contains(&space) {
            return Ok(Some(NotAllowed::Removed));
        }
        match self.my_admission(space, Role::Editor) {
            Ok(_) => Ok(None),
            Err(StoreError::NotAllowed { why, .. }) => Ok(Some(why)),
            Err(error) => Err(error),
        }
    }

    fn undo_in(
        &mut self,
        space: SpaceId,
        cells: &BTreeMap<Cell, Span>,
        action: &Action,
    ) -> Result<(), StoreError> {
        let space_row = self.core().space(space)?.row;
        let made = made(&self.core().conn, space_row, cells, action)?;
        let mut writes = Vec::new();
        for (cell, span) in cells {
            if !made.contains_key(&(cell.kind, cell.entity)) {
                writes.extend(undone_write(&self.core().conn, space_row, cell, span)?);
            }
        }
        if !writes.is_empty() {
            self.write_stamped(space, writes)?;
        }
        let drafts: Vec<_> = made
            .into_iter()
            .filter_map(|((kind, entity), by_person)| {
                let cell = Cell::of(kind, entity, deleted_field(kind)?);
                by_person.then(|| Draft {
                    cell,
                    value: Value::bool(true),
                })
            })
            .collect();
        if !drafts.is_empty() {
            self.write(space, drafts, By::Person)?;
        }
        Ok(())
    }
}

fn latest(conn: &Connection) -> Result<Option<Action>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT first_seq, last_seq, time, label FROM actions WHERE undone = 0 ORDER BY last_seq DESC LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Action {
                first_seq: uint(row.get(0)?),
                last_seq: uint(row.get(1)?),
                undone: Undone {
                    at_ms: Time(uint(row.get(2)?)).ms(),
                    label: row.get(3)?,
                    stays: None,
                },
            })
        })
        .optional()?)
}

/// Notes what undo has done about an action.
fn mark(conn: &Connection, action: &Action, undone: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE actions SET undone = ?2 WHERE last_seq = ?1")?
        .execute(params![int(action.last_seq), undone])?;
    Ok(())
}

/// The cells that an action wrote, by space.
fn written(
    conn: &Connection,
    action: &Action,
) -> Result<BTreeMap<SpaceId, BTreeMap<Cell, Span>>, StoreError> {
    let mut cells: BTreeMap<SpaceId, BTreeMap<Cell, Span>> = BTreeMap::new();
    let mut statement = conn.prepare_cached(
        "SELECT o.seq, o.flags, o.payload, s.space FROM ops o JOIN branches b ON b.id = o.branch
         JOIN spaces s ON s.id = b.space WHERE o.seq BETWEEN ?1 AND ?2 ORDER BY o.seq",
    )?;
    let mut rows = statement.query(params![int(action.first_seq), int(action.last_seq)])?;
    while let Some(row) = rows.next()? {
        let seq = uint(row.get(0)?);
        let space = SpaceId(fixed(row, 3)?);
        let payload = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let Payload::Writes(writes) = Payload::read(Flags(row.get(1)?), payload) else {
            continue;
        };
        for write in writes {
            cells
                .entry(space)
                .or_default()
                .entry(write.cell)
                .and_modify(|span| span.last = seq)
                .or_insert(Span {
                    first: seq,
                    last: seq,
                });
        }
    }
    Ok(cells)
}

/// The entities that had no write before the action, and whether they go to the trash: a next occurrence does not, for
/// it hides by itself once its predecessor is open again, and in the trash it would never come back; nor does a list that
/// a rule opened, for others may have put their tasks into it since.
fn made(
    conn: &Connection,
    space: i64,
    cells: &BTreeMap<Cell, Span>,
    action: &Action,
) -> Result<BTreeMap<(Kind, EntityId), bool>, StoreError> {
    let mut made = BTreeMap::new();
    let entities: BTreeSet<_> = cells.keys().map(|cell| (cell.kind, cell.entity)).collect();
    for (kind, entity) in entities {
        let Some(row) = find_entity(conn, space, kind, entity)? else {
            continue;
        };
        let first: Option<i64> = conn
            .prepare_cached("SELECT min(seq) FROM writes WHERE entity = ?1")?
            .query_row([row], |row| row.get(0))?;
        let in_action = first.map(uint).is_some_and(|seq| seq >= action.first_seq);
        if in_action && deleted_field(kind).is_some() {
            let stays = match kind {
                Kind::LIST => is_opened_by_rule(conn, row)?,
                _ => is_occurrence(conn, row, entity)?,
            };
            made.insert((kind, entity), !stays);
        }
    }
    Ok(made)
}

/// Whether a task is the next occurrence of the one that it names: made by completing that, not by a person.
fn is_occurrence(conn: &Connection, row: i64, entity: EntityId) -> Result<bool, StoreError> {
    for write in read_cell(conn, row, task::PREDECESSOR, &[])? {
        let predecessor = value_of(conn, write.seq, write.n)?.as_entity();
        if predecessor.is_some_and(|id| successor::successor_id(&id) == entity) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a list got its name from a rule: it was opened for a first task, not by a person.
fn is_opened_by_rule(conn: &Connection, row: i64) -> Result<bool, StoreError> {
    let names = read_cell(conn, row, list::NAME, &[])?;
    Ok(names
        .first()
        .is_some_and(|first| first.rank.stamp == Stamp::RULE))
}

/// The write that takes back those of an action to one cell, if the last of them still stands.
fn undone_write(
    conn: &Connection,
    space: i64,
    cell: &Cell,
    span: &Span,
) -> Result<Option<Write>, StoreError> {
    let Some(entity) = find_entity(conn, space, cell.kind, cell.entity)? else {
        return Ok(None);
    };
    let rows = read_cell(conn, entity, cell.field, &cell.key)?;
    let of = |seq: u64| rows.iter().find(|row| row.seq == seq);
    let (Some(first), Some(last), Some(now)) = (
        of(span.first),
        of(span.last),
        rows.iter().find(|row| row.wins),
    ) else {
        return Ok(None);
    };
    if last.rank.stamp == Stamp::RULE || standing(conn, &rows, now)?.seq != last.seq {
        return Ok(None);
    }
    let before = replaced(&rows, first)
        .map(|row| value_of(conn, row.seq, row.n))
        .transpose()?;
    Ok(undo(cell, now.rank, now.rank, before.as_ref()))
}

/// The write that an earlier undo brought back, if a cell's winner is of one; else the winner.
fn standing<'a>(
    conn: &Connection,
    rows: &'a [Row],
    winner: &'a Row,
) -> Result<&'a Row, StoreError> {
    let mut standing = winner;
    while took_back(conn, standing.seq)? {
        let undone = replaced(rows, standing);
        match undone.and_then(|undone| replaced(rows, undone)) {
            Some(before) if before.seq < standing.seq => standing = before,
            _ => break,
        }
    }
    Ok(standing)
}

/// What a write replaced: a writer names the winner it saw before all else that it saw.
fn replaced<'a>(rows: &'a [Row], row: &Row) -> Option<&'a Row> {
    let base = row.bases.first()?;
    rows.iter().find(|row| Base::from(row.rank.op) == *base)
}

/// Whether an op of this number was written by an undo.
fn took_back(conn: &Connection, seq: u64) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM (SELECT * FROM actions WHERE last_seq >= ?1 ORDER BY last_seq LIMIT 1)
             WHERE first_seq <= ?1 AND undone = ?2",
        )?
        .exists(params![int(seq), TOOK_BACK])?)
}

/// Remembers which ops a change wrote, from number `first` to the last one there is.
pub(crate) fn record(
    conn: &Connection,
    first: u64,
    time: Time,
    label: &str,
    undone: i64,
) -> Result<(), StoreError> {
    let last = log::last_seq(conn)?;
    conn.prepare_cached(
        "INSERT INTO actions(last_seq, first_seq, time, label, undone) VALUES(?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![int(last), int(first), int(time.0), label, undone])?;
    Ok(())
}

fn deleted_field(kind: Kind) -> Option<Field> {
    match kind {
        Kind::TASK => Some(task::DELETED),
        Kind::LIST => Some(list::DELETED),
        _ => None,
    }
}
