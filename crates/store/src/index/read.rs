//! Reading the write index: cells with their winners, the writes of a cell, values out of the ops that hold them.

use std::collections::{BTreeMap, HashSet};

use rota_model::branch::{BranchId, Branches, Position};
use rota_model::cell::{Cell, Field, Kind};
use rota_model::digest::Digest;
use rota_model::id::{AuthorKey, EntityId, OpId};
use rota_model::op::Flags;
use rota_model::payload::{Base, Payload};
use rota_model::register::{Rank, Written};
use rota_model::stamp::{Stamp, Time};
use rota_model::value::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::{COUNTS, Cells, WINS, Won};
use crate::error::StoreError;
use crate::sql::{fixed, int, uint};

/// The row of an entity, if there is one.
pub(crate) fn find_entity(
    conn: &Connection,
    space: i64,
    kind: Kind,
    id: EntityId,
) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id FROM entities WHERE entity = ?1 AND kind = ?2 AND space = ?3")?
        .query_row(params![id.0, kind.0, space], |row| row.get(0))
        .optional()?)
}

/// One write of a cell, without its value.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) seq: u64,
    pub(crate) n: u32,
    pub(crate) rank: Rank,
    pub(crate) bases: Vec<Base>,
    pub(crate) counts: bool,
    pub(crate) wins: bool,
    pub(crate) at: Position,
    pub(crate) time: Time,
}

/// All writes of a cell, in store order.
pub(crate) fn read_cell(
    conn: &Connection,
    entity: i64,
    field: Field,
    key: &[u8],
) -> Result<Vec<Row>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT w.seq, w.n, w.stamp, w.state, w.bases, o.id, o.branch, o.counter, o.time
         FROM writes w CROSS JOIN ops o ON o.seq = w.seq
         WHERE w.entity = ?1 AND w.field = ?2 AND w.key = ?3 ORDER BY w.seq",
    )?;
    let rows = statement.query_map(params![entity, field.0, key], |row| {
        let state: i64 = row.get(3)?;
        Ok(Row {
            seq: uint(row.get(0)?),
            n: row.get(1)?,
            rank: Rank {
                stamp: Stamp(uint(row.get(2)?)),
                op: OpId(fixed(row, 5)?),
            },
            bases: read_bases(row.get_ref(4)?.as_blob_or_null()?.unwrap_or_default()),
            counts: state & COUNTS != 0,
            wins: state & WINS != 0,
            at: Position {
                branch: BranchId(row.get(6)?),
                counter: uint(row.get(7)?),
            },
            time: Time(uint(row.get(8)?)),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The counted writes of a cell with their values: what the one merge function works on.
pub(crate) fn read_written(
    conn: &Connection,
    entity: i64,
    field: Field,
    key: &[u8],
) -> Result<Vec<Written>, StoreError> {
    let rows = read_cell(conn, entity, field, key)?;
    rows.into_iter()
        .filter(|row| row.counts)
        .map(|row| {
            Ok(Written {
                rank: row.rank,
                value: value_of(conn, row.seq, row.n)?,
                bases: row.bases,
            })
        })
        .collect()
}

/// Of the counted writes of a cell those that matter for what is written next and what stands beside the winner: the
/// winner, and what no other names as a base. Values of the rest, however many and long, are not read.
pub(crate) fn read_standing(
    conn: &Connection,
    entity: i64,
    field: Field,
    key: &[u8],
) -> Result<Vec<Written>, StoreError> {
    let mut rows = read_cell(conn, entity, field, key)?;
    rows.retain(|row| row.counts);
    let replaced: HashSet<Base> = rows
        .iter()
        .flat_map(|row| {
            let own = Base::from(row.rank.op);
            row.bases.iter().copied().filter(move |base| *base != own)
        })
        .collect();
    rows.into_iter()
        .filter(|row| row.wins || !replaced.contains(&Base::from(row.rank.op)))
        .map(|row| {
            Ok(Written {
                rank: row.rank,
                value: value_of(conn, row.seq, row.n)?,
                bases: row.bases,
            })
        })
        .collect()
}

/// The value of the `n`-th write of an op; null if the op has none such, which only a damaged file can bring about.
pub(crate) fn value_of(conn: &Connection, seq: u64, n: u32) -> Result<Value, StoreError> {
    let mut statement = conn.prepare_cached("SELECT payload FROM ops WHERE seq = ?1")?;
    let value = statement
        .query_row([int(seq)], |row| Ok(nth(row.get_ref(0)?.as_blob()?, n)))
        .optional()?;
    Ok(value.flatten().unwrap_or_else(Value::null))
}

fn nth(payload: &[u8], n: u32) -> Option<Value> {
    match Payload::read(Flags::WRITES, payload) {
        Payload::Writes(writes) => writes.into_iter().nth(n as usize).map(|write| write.value),
        Payload::Membership(_) | Payload::Unreadable => None,
    }
}

/// A cell, with which write of its op wins it and by what stamp.
type Wins = (Field, Vec<u8>, u32, Stamp);

/// The cells of an entity with their winners.
pub(crate) fn read_cells(
    conn: &Connection,
    branches: &Branches,
    entity: i64,
) -> Result<Cells, StoreError> {
    let mut cells = Cells::new();
    // Winners by op, so that an op that holds several is read once.
    let mut winners: BTreeMap<u64, Vec<Wins>> = BTreeMap::new();
    let mut statement = conn
        .prepare_cached("SELECT field, key, seq, n, stamp, state FROM writes WHERE entity = ?1")?;
    let mut rows = statement.query([entity])?;
    while let Some(row) = rows.next()? {
        let field = Field(row.get(0)?);
        let key: Vec<u8> = row.get(1)?;
        if row.get::<_, i64>(5)? & WINS != 0 {
            let stamp = Stamp(uint(row.get(4)?));
            winners.entry(uint(row.get(2)?)).or_default().push((
                field,
                key.clone(),
                row.get(3)?,
                stamp,
            ));
        }
        cells.entry((field, key)).or_default().writes += 1;
    }
    let mut op = conn.prepare_cached("SELECT id, time, branch, payload FROM ops WHERE seq = ?1")?;
    for (seq, won) in winners {
        let mut rows = op.query([int(seq)])?;
        let Some(row) = rows.next()? else { continue };
        let id = OpId(fixed(row, 0)?);
        let time = Time(uint(row.get(1)?));
        let author = branches
            .get(BranchId(row.get(2)?))
            .map_or(AuthorKey::ZERO, |branch| branch.chain.author);
        let payload = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let Payload::Writes(mut writes) = Payload::read(Flags::WRITES, payload) else {
            continue;
        };
        for (field, key, n, stamp) in won {
            let value = writes
                .get_mut(n as usize)
                .map_or_else(Value::null, |write| {
                    std::mem::replace(&mut write.value, Value::null())
                });
            cells.entry((field, key)).or_default().winner = Some(Won {
                seq,
                rank: Rank { stamp, op: id },
                value,
                time,
                author,
            });
        }
    }
    Ok(cells)
}

/// The sum over all winners of a space, from the index itself.
pub(crate) fn digest_of(
    conn: &Connection,
    branches: &Branches,
    space: i64,
) -> Result<Digest, StoreError> {
    let mut digest = Digest::default();
    let mut statement = conn.prepare("SELECT id, kind, entity FROM entities WHERE space = ?1")?;
    let mut rows = statement.query([space])?;
    while let Some(row) = rows.next()? {
        let kind = Kind(row.get(1)?);
        let entity = EntityId(fixed(row, 2)?);
        for ((field, key), state) in read_cells(conn, branches, row.get(0)?)? {
            let cell = Cell {
                kind,
                entity,
                field,
                key,
            };
            if let Some(won) = state.winner {
                digest.add(&cell, won.rank, &won.value);
            }
        }
    }
    Ok(digest)
}

fn read_bases(bytes: &[u8]) -> Vec<Base> {
    bytes
        .chunks_exact(8)
        .map(|base| Base(std::array::from_fn(|i| base[i])))
        .collect()
}
