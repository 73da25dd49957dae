//! Taking back this computer's latest change, or one that is named, by new writes that beat nobody's later edit.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::cell::{Cell, Field, Kind, list, task};
use rota_model::edit::{By, Draft, undo};
use rota_model::id::{EntityId, SpaceId};
use rota_model::op::Flags;
use rota_model::payload::{Base, Payload, Role, Write};
use rota_model::stamp::Time;
use rota_model::successor;
use rota_model::value::Value;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

use crate::act::About;
use crate::error::{NotAllowed, StoreError};
use crate::index::{Row, find_entity, read_cell, value_of};
use crate::log;
use crate::query::names::Author;
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
    /// What it was.
    pub about: About,
    /// How many of its values others changed since: these are left alone.
    pub left: u64,
    /// Who changed the first of them.
    pub left_by: Option<Author>,
    /// Why it stays as it is; the next undo takes the one before.
    pub stays: Option<Stays>,
    /// What undo names by it what was written now.
    pub step: Option<u64>,
}

/// Why a change cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// This computer may no longer write where it was made.
    NotAllowed(NotAllowed),
    /// It is of a kind that is for good.
    ForGood,
}

/// Where a change stands with undo, as `actions.undone` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UndoState {
    /// It can be taken back.
    Undoable = 0,
    /// It was taken back.
    Undone = 1,
    /// It took another back, and can be taken back itself by redo.
    TookBack = 2,
    /// Undo came upon it, and could not take it back.
    PassedOver = 3,
    /// It took another back, and was taken back itself or something new was done since.
    TookBackForGood = 4,
    /// Redo made it again: it can be taken back like the first time.
    Redone = 5,
    /// A person did it, and nobody can take it back.
    ForGood = 6,
}

impl UndoState {
    const ALL: [Self; 7] = [
        Self::Undoable,
        Self::Undone,
        Self::TookBack,
        Self::PassedOver,
        Self::TookBackForGood,
        Self::Redone,
        Self::ForGood,
    ];
    /// What undo comes upon next: it takes it back, or says why it stays.
    const NEXT: [Self; 3] = [Self::Undoable, Self::Redone, Self::ForGood];
    /// What undo or redo wrote.
    const BY_UNDO: [Self; 3] = [Self::TookBack, Self::TookBackForGood, Self::Redone];

    /// Some of them in SQL: `undone IN (0, 5, 6)`.
    fn is_one_of(states: [Self; 3]) -> String {
        let [a, b, c] = states.map(|state| state as i64);
        format!("undone IN ({a}, {b}, {c})")
    }
}

impl ToSql for UndoState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as i64).into())
    }
}

impl FromSql for UndoState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        let known = Self::ALL.into_iter().find(|state| *state as i64 == number);
        known.ok_or(FromSqlError::OutOfRange(number))
    }
}

struct Action {
    first_seq: u64,
    last_seq: u64,
    state: UndoState,
    undone: Undone,
}

/// Which way a change is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

/// The first and the last write of an action to one cell.
struct Span {
    first: u64,
    last: u64,
}

impl Reader<'_> {}

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
        match latest(&self.core().conn)? {
            Some(action) => self.undo_one(action, closed).map(Some),
            None => Ok(None),
        }
    }

    /// Takes back the change of this computer of that number in the same way, whatever was done since. `None` if there
    /// is none, or if it was taken back before.
    ///
    /// # Errors
    /// If the database fails.
    pub fn undo_step(
        &mut self,
        step: u64,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Option<Undone>, StoreError> {
        match of_step(&self.core().conn, step)? {
            Some(action) => self.undo_one(action, closed).map(Some),
            None => Ok(None),
        }
    }

    fn undo_one(
        &mut self,
        action: Action,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Undone, StoreError> {
        if action.state == UndoState::ForGood {
            mark(&self.core().conn, &action, UndoState::PassedOver)?;
            return Ok(Undone {
                stays: Some(Stays::ForGood),
                ..action.undone
            });
        }
        self.take_back(action, Way::Undo, closed)
    }

    /// Makes again what undo took back last, by taking the undo back in the same way. `None` if there is none, or if
    /// something new was done since. Call it in an act without a label.
    ///
    /// # Errors
    /// If the database fails.
    pub fn redo_latest(
        &mut self,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Option<Undone>, StoreError> {
        match to_redo(&self.core().conn)? {
            Some(action) => self.take_back(action, Way::Redo, closed).map(Some),
            None => Ok(None),
        }
    }

    fn take_back(
        &mut self,
        action: Action,
        way: Way,
        closed: &BTreeSet<SpaceId>,
    ) -> Result<Undone, StoreError> {
        let written = written(&self.core().conn, &action)?;
        for space in written.keys() {
            if let Some(why) = self.refuses(*space, closed)? {
                mark(&self.core().conn, &action, UndoState::PassedOver)?;
                return Ok(Undone {
                    stays: Some(Stays::NotAllowed(why)),
                    ..action.undone
                });
            }
        }
        let first = log::last_seq(&self.core().conn)? + 1;
        let time = self.time();
        let mut undone = action.undone.clone();
        for (space, cells) in written {
            self.undo_in(space, &cells, &action, &mut undone)?;
        }
        let conn = &self.core().conn;
        let (was, is) = match way {
            Way::Undo => (UndoState::Undone, UndoState::TookBack),
            Way::Redo => (UndoState::TookBackForGood, UndoState::Redone),
        };
        mark(conn, &action, was)?;
        if log::last_seq(conn)? >= first {
            let step = record(conn, (first, time), &undone.label, &undone.about, is)?;
            undone.step = Some(step);
        }
        Ok(undone)
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
        undone: &mut Undone,
    ) -> Result<(), StoreError> {
        let space_row = self.core().space(space)?.row;
        let made = made(&self.core().conn, space_row, cells, action)?;
        let mut writes = Vec::new();
        for (cell, span) in cells {
            if made.contains_key(&(cell.kind, cell.entity)) {
                continue;
            }
            match undone_write(&self.core().conn, space_row, cell, span)? {
                Taken::Back(write) => writes.push(write),
                Taken::Nothing => {}
                Taken::ByAnother(seq) => {
                    undone.left += 1;
                    if undone.left_by.is_none() {
                        undone.left_by = self.reader().author_of_op(space_row, seq)?;
                    }
                }
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
    let next = UndoState::is_one_of(UndoState::NEXT);
    one_action(conn, &format!("{next} ORDER BY last_seq DESC LIMIT 1"), [])
}

/// The action of this number, if it can be taken back.
fn of_step(conn: &Connection, step: u64) -> Result<Option<Action>, StoreError> {
    let next = UndoState::is_one_of(UndoState::NEXT);
    let step = i64::try_from(step).unwrap_or(-1);
    one_action(conn, &format!("{next} AND last_seq = ?1"), [step])
}

/// The latest undo, if nothing new was done since.
fn to_redo(conn: &Connection) -> Result<Option<Action>, StoreError> {
    let which = "undone = ?1 ORDER BY last_seq DESC LIMIT 1";
    one_action(conn, which, [UndoState::TookBack])
}

fn one_action(
    conn: &Connection,
    which: &str,
    params: impl rusqlite::Params,
) -> Result<Option<Action>, StoreError> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT first_seq, last_seq, time, label, undone, verb, count, name FROM actions WHERE {which}"
        ))?
        .query_row(params, |row| {
            Ok(Action {
                first_seq: uint(row.get(0)?),
                last_seq: uint(row.get(1)?),
                state: row.get(4)?,
                undone: Undone {
                    at_ms: Time(uint(row.get(2)?)).ms(),
                    label: row.get(3)?,
                    about: About {
                        verb: row.get(5)?,
                        count: uint(row.get(6)?),
                        name: row.get(7)?,
                    },
                    left: 0,
                    left_by: None,
                    stays: None,
                    step: None,
                },
            })
        })
        .optional()?)
}

/// Something new was done: what was taken back before cannot be made again.
pub(crate) fn forget_redo(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE actions SET undone = ?1 WHERE undone = ?2")?
        .execute([UndoState::TookBackForGood, UndoState::TookBack])?;
    Ok(())
}

/// Notes what undo has done about an action.
fn mark(conn: &Connection, action: &Action, state: UndoState) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE actions SET undone = ?2 WHERE last_seq = ?1")?
        .execute(params![int(action.last_seq), state])?;
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
        .is_some_and(|first| first.rank.stamp.is_of_rule()))
}

/// What came of taking back what an action wrote to one cell.
enum Taken {
    /// This write does it.
    Back(Write),
    /// There is nothing to take back: the action's own write does not stand by a rule's or this computer's doing.
    Nothing,
    /// Somebody wrote there since, in the op of this number.
    ByAnother(u64),
}

/// The write that takes back those of an action to one cell, if the last of them still stands.
fn undone_write(
    conn: &Connection,
    space: i64,
    cell: &Cell,
    span: &Span,
) -> Result<Taken, StoreError> {
    let Some(entity) = find_entity(conn, space, cell.kind, cell.entity)? else {
        return Ok(Taken::Nothing);
    };
    let rows = read_cell(conn, entity, cell.field, &cell.key)?;
    let of = |seq: u64| rows.iter().find(|row| row.seq == seq);
    let (Some(first), Some(last), Some(now)) = (
        of(span.first),
        of(span.last),
        rows.iter().find(|row| row.wins),
    ) else {
        return Ok(Taken::Nothing);
    };
    if last.rank.stamp.is_of_rule() {
        return Ok(Taken::Nothing);
    }
    if !stands(conn, &rows, now, last.seq)? {
        return Ok(Taken::ByAnother(now.seq));
    }
    let before = stood_before(&rows, first)
        .map(|row| value_of(conn, row.seq, row.n))
        .transpose()?;
    Ok(match undo(cell, now.rank, now.rank, before.as_ref()) {
        Some(write) => Taken::Back(write),
        None => Taken::Nothing,
    })
}

/// Whether the write of this number still stands in a cell: it wins, or what wins brought it back.
fn stands(conn: &Connection, rows: &[Row], winner: &Row, seq: u64) -> Result<bool, StoreError> {
    let mut standing = winner;
    while standing.seq != seq {
        if !brought_back(conn, standing.seq)? {
            return Ok(false);
        }
        // What undo and redo write replaces one write, and brings back the one that this had replaced.
        let undone = replaced(rows, standing);
        match undone.and_then(|undone| stood_before(rows, undone)) {
            Some(before) if before.seq < standing.seq => standing = before,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// What stood in the cell until a write came: mostly what that replaced, but for one whose writer had not seen the latest.
fn stood_before<'a>(rows: &'a [Row], row: &Row) -> Option<&'a Row> {
    rows.iter()
        .filter(|other| other.counts && other.seq < row.seq)
        .max_by_key(|other| other.rank)
}

/// What a write replaced: a writer names the winner it saw before all else that it saw.
fn replaced<'a>(rows: &'a [Row], row: &Row) -> Option<&'a Row> {
    let base = row.bases.first()?;
    rows.iter().find(|row| Base::from(row.rank.op) == *base)
}

/// Whether an op of this number was written by undo or redo.
fn brought_back(conn: &Connection, seq: u64) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT 1 FROM (SELECT * FROM actions WHERE last_seq >= ?1 ORDER BY last_seq LIMIT 1)
             WHERE first_seq <= ?1 AND {}",
            UndoState::is_one_of(UndoState::BY_UNDO)
        ))?
        .exists([int(seq)])?)
}

/// Remembers which ops a change wrote, from number `first` to the last one there is. Returns what it is named by.
pub(crate) fn record(
    conn: &Connection,
    (first, time): (u64, Time),
    label: &str,
    about: &About,
    state: UndoState,
) -> Result<u64, StoreError> {
    let last = log::last_seq(conn)?;
    conn.prepare_cached(
        "INSERT INTO actions(last_seq, first_seq, time, label, undone, verb, count, name)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        int(last),
        int(first),
        int(time.0),
        label,
        state,
        about.verb,
        int(about.count),
        about.name,
    ])?;
    Ok(last)
}

fn deleted_field(kind: Kind) -> Option<Field> {
    match kind {
        Kind::TASK => Some(task::DELETED),
        Kind::LIST => Some(list::DELETED),
        _ => None,
    }
}
