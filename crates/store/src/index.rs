//! The write index: every write of every cell, which one wins, and the digest of the winners.

mod read;

use std::collections::{BTreeMap, HashMap};

use rota_model::branch::{Branches, Position};
use rota_model::cell::{Cell, Field, Kind};
use rota_model::id::{AuthorKey, EntityId, OpId};
use rota_model::payload::{Base, Write};
use rota_model::register::{Rank, merge};
use rota_model::stamp::Time;
use rota_model::value::Value;
use rusqlite::{Connection, Statement, params};

pub(crate) use read::{
    Row, digest_of, find_entity, read_cell, read_cells, read_standing, read_written, value_of,
};

use crate::error::StoreError;
use crate::search;
use crate::space::SpaceState;
use crate::sql::int;

/// Bit of `writes.state`: the write counts.
pub(crate) const COUNTS: i64 = 1;
/// Bit of `writes.state`: the write wins its cell.
pub(crate) const WINS: i64 = 2;

/// Entities are dropped from memory once they hold more than this.
const CACHE_MAX_BYTES: usize = 4 * 1024 * 1024;

/// The stored op that a write came in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From {
    pub(crate) seq: u64,
    pub(crate) op: OpId,
    pub(crate) time: Time,
    pub(crate) author: AuthorKey,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) struct Won {
    pub(crate) seq: u64,
    pub(crate) rank: Rank,
    pub(crate) value: Value,
    pub(crate) time: Time,
    pub(crate) author: AuthorKey,
}

/// A cell in memory.
#[derive(Debug, Default)]
pub(crate) struct CellState {
    pub(crate) winner: Option<Won>,
    pub(crate) writes: u32,
}

pub(crate) type Cells = BTreeMap<(Field, Vec<u8>), CellState>;

/// An entity in memory.
#[derive(Debug, Default)]
pub(crate) struct Entity {
    pub(crate) cells: Cells,
    /// It had no row before this transaction, and nothing that is projected names it.
    pub(crate) fresh: bool,
}

/// An entity to be projected anew.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touched {
    pub(crate) kind: Kind,
    pub(crate) id: EntityId,
    /// Fields, by bit, of which what stands beside the winner may have changed.
    pub(crate) beside: u64,
}

/// The write index and what of it is in memory.
#[derive(Debug, Default)]
pub(crate) struct Index {
    entities: HashMap<i64, Entity>,
    rows: HashMap<(i64, Kind, EntityId), i64>,
    pub(crate) touched: BTreeMap<i64, Touched>,
    search_reach: Option<i64>,
    /// The entities that this transaction made.
    made: Vec<i64>,
    bytes: usize,
}

impl Index {
    /// Forgets everything: after a rollback.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Lets memory go where it is more than it should be. Between transactions nothing is fresh any more.
    pub(crate) fn settle(&mut self) {
        if self.bytes > CACHE_MAX_BYTES {
            self.clear();
        }
        for row in self.made.drain(..) {
            if let Some(entity) = self.entities.get_mut(&row) {
                entity.fresh = false;
            }
        }
    }

    /// How far the search index reaches; see [`search::reach`].
    pub(crate) fn search_reach(&mut self, conn: &Connection) -> Result<i64, StoreError> {
        match self.search_reach {
            Some(reach) => Ok(reach),
            None => Ok(*self.search_reach.insert(search::reach(conn)?)),
        }
    }

    /// Looks again how far the search index reaches, before that is asked for next.
    pub(crate) fn search_changed(&mut self) {
        self.search_reach = None;
    }

    /// The row of an entity, made if there is none.
    pub(crate) fn row(
        &mut self,
        conn: &Connection,
        space: i64,
        kind: Kind,
        id: EntityId,
    ) -> Result<i64, StoreError> {
        if let Some(row) = self.rows.get(&(space, kind, id)) {
            return Ok(*row);
        }
        // With RETURNING, SQLite would keep a journal and a table of answers for every statement.
        let made = conn
            .prepare_cached(
                "INSERT INTO entities(space, kind, entity) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![space, kind.0, id.0])?;
        let row = match made {
            0 => find_entity(conn, space, kind, id)?.ok_or(StoreError::NotFound("entity"))?,
            _ => {
                let row = conn.last_insert_rowid();
                self.made.push(row);
                self.entities.insert(
                    row,
                    Entity {
                        fresh: true,
                        ..Entity::default()
                    },
                );
                row
            }
        };
        self.bytes += 128;
        self.rows.insert((space, kind, id), row);
        Ok(row)
    }

    /// The row of an entity that a projected row will name.
    pub(crate) fn named_row(
        &mut self,
        conn: &Connection,
        space: i64,
        kind: Kind,
        id: EntityId,
    ) -> Result<i64, StoreError> {
        let row = self.row(conn, space, kind, id)?;
        if let Some(entity) = self.entities.get_mut(&row) {
            entity.fresh = false;
        }
        Ok(row)
    }

    /// An entity's cells.
    pub(crate) fn entity(
        &mut self,
        conn: &Connection,
        branches: &Branches,
        row: i64,
    ) -> Result<&mut Entity, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match self.entities.entry(row) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let cells = read_cells(conn, branches, row)?;
                self.bytes += cells
                    .values()
                    .map(|cell| {
                        128 + cell
                            .winner
                            .as_ref()
                            .map_or(0, |won| won.value.as_cbor().len())
                    })
                    .sum::<usize>();
                entry.insert(Entity {
                    cells,
                    fresh: false,
                })
            }
        })
    }

    /// Adds the writes of ops at their positions, and merges those that count.
    pub(crate) fn add_all(
        &mut self,
        conn: &Connection,
        space: &mut SpaceState,
        all: impl IntoIterator<Item = (From, Position, Vec<Write>)>,
    ) -> Result<(), StoreError> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO writes(entity, field, key, seq, n, stamp, state, bases)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (from, at, writes) in all {
            let counts = space.membership.counts(at);
            for (n, write) in (0u32..).zip(writes) {
                self.add(conn, &mut insert, space, (from, n, counts), write)?;
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        conn: &Connection,
        insert: &mut Statement<'_>,
        space: &mut SpaceState,
        (from, n, counts): (From, u32, bool),
        write: Write,
    ) -> Result<(), StoreError> {
        let Write {
            cell,
            stamp,
            bases,
            value,
        } = write;
        let row = self.row(conn, space.row, cell.kind, cell.entity)?;
        let added = 128 + value.as_cbor().len();
        let state = self
            .entity(conn, &space.branches, row)?
            .cells
            .entry((cell.field, cell.key.clone()))
            .or_default();
        state.writes += 1;
        let several = state.writes > 1;
        let rank = Rank { stamp, op: from.op };
        let wins = counts
            && state
                .winner
                .as_ref()
                .is_none_or(|old| merge(old.rank, rank) == rank);
        let mut bits = if counts { COUNTS } else { 0 };
        if wins {
            bits |= WINS;
            let won = Won {
                seq: from.seq,
                rank,
                value,
                time: from.time,
                author: from.author,
            };
            space.digest.add(&cell, rank, &won.value);
            if let Some(old) = state.winner.replace(won) {
                space.digest.take(&cell, old.rank, &old.value);
                set_bits(conn, row, &cell, old.seq, COUNTS)?;
            }
        }
        insert.execute(params![
            row,
            cell.field.0,
            cell.key,
            int(from.seq),
            n,
            int(stamp.0),
            bits,
            bases_blob(&bases)
        ])?;
        self.bytes += added;
        if counts {
            self.touch(row, &cell, several);
        }
        Ok(())
    }

    /// Marks an entity for projection; `beside` if a cell of several writes changed.
    pub(crate) fn touch(&mut self, row: i64, cell: &Cell, beside: bool) {
        let touched = self.touched.entry(row).or_insert(Touched {
            kind: cell.kind,
            id: cell.entity,
            beside: 0,
        });
        if beside && cell.key.is_empty() {
            touched.beside |= field_bit(cell.field);
        }
    }

    /// Marks an entity for projection with all that it has.
    pub(crate) fn touch_whole(&mut self, row: i64, kind: Kind, id: EntityId) {
        let beside = u64::MAX >> 1;
        self.touched.insert(row, Touched { kind, id, beside });
    }

    /// Finds the winner of a cell again, after writes of it began or ceased to count.
    pub(crate) fn recount_cell(
        &mut self,
        conn: &Connection,
        space: &mut SpaceState,
        row: i64,
        cell: &Cell,
    ) -> Result<(), StoreError> {
        let rows = read_cell(conn, row, cell.field, &cell.key)?;
        let old = rows.iter().position(|write| write.wins);
        let new = rows
            .iter()
            .filter(|write| write.counts)
            .map(|write| write.rank)
            .reduce(merge)
            .and_then(|best| rows.iter().position(|write| write.rank == best));
        if old != new {
            if let Some(index) = old {
                let write = &rows[index];
                space
                    .digest
                    .take(cell, write.rank, &value_of(conn, write.seq, write.n)?);
                set_bits(
                    conn,
                    row,
                    cell,
                    write.seq,
                    if write.counts { COUNTS } else { 0 },
                )?;
            }
            if let Some(index) = new {
                let write = &rows[index];
                space
                    .digest
                    .add(cell, write.rank, &value_of(conn, write.seq, write.n)?);
                set_bits(conn, row, cell, write.seq, COUNTS | WINS)?;
            }
        }
        self.entities.remove(&row);
        self.touch(row, cell, rows.len() > 1);
        Ok(())
    }
}

/// The bit of a field in a set of fields; fields past the last bit have none.
pub(crate) const fn field_bit(field: Field) -> u64 {
    if field.0 < 63 { 1 << field.0 } else { 0 }
}

fn set_bits(
    conn: &Connection,
    row: i64,
    cell: &Cell,
    seq: u64,
    bits: i64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE writes SET state = ?5 WHERE entity = ?1 AND field = ?2 AND key = ?3 AND seq = ?4",
    )?
    .execute(params![row, cell.field.0, cell.key, int(seq), bits])?;
    Ok(())
}

fn bases_blob(bases: &[Base]) -> Option<Vec<u8>> {
    (!bases.is_empty()).then(|| bases.iter().flat_map(|base| base.0).collect())
}
