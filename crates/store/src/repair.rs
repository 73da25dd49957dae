//! Ops whose bytes rotted in the log: found by their ids, put right with the bytes that a peer has.

use std::collections::BTreeMap;

use rota_model::branch::{Branches, Position};
use rota_model::id::{Chain, SpaceId};
use rota_model::op::Op;
use rusqlite::params;

use crate::core::Core;
use crate::error::StoreError;
use crate::log::{COLUMNS, Stored, previous_of};
use crate::read::Reader;
use crate::space::read_branches;
use crate::sql::int;

impl Reader<'_> {
    /// The chains of a space with ops that are not the ones that were accepted, each with its first such counter. Reads
    /// every op; signatures are left out, for an op that is whole has the id that it is stored under.
    ///
    /// # Errors
    /// If the database fails.
    pub fn damaged(&self, space: &SpaceId) -> Result<Vec<(Chain, u64)>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(Vec::new());
        };
        let branches = branches_of(self.conn, row)?;
        let mut first: BTreeMap<Chain, u64> = BTreeMap::new();
        for (id, branch) in branches.iter() {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM ops WHERE branch = ?1 ORDER BY counter"
            ))?;
            let mut rows = statement.query([id.0])?;
            while let Some(row) = rows.next()? {
                let stored = Stored::read(row)?;
                let at = stored.at;
                if !is_whole(stored, *space, &branches, self.conn)? {
                    let known = first.entry(branch.chain).or_insert(at.counter);
                    *known = at.counter.min(*known);
                }
            }
        }
        Ok(first.into_iter().collect())
    }
}

/// Puts the bytes of checked ops in the place of damaged ones. Ops that are whole, or not here, are left alone. Returns
/// how many were put right; what follows from the log is to be rebuilt then.
pub(crate) fn put_right(core: &mut Core, space: SpaceId, ops: &[Op]) -> Result<usize, StoreError> {
    let Some(state) = core.take_space(space)? else {
        return Ok(0);
    };
    let mut mended = 0;
    for op in ops {
        let of_chain = state
            .branches
            .iter()
            .filter(|(_, branch)| branch.chain == op.header.chain);
        for (branch, _) in of_chain {
            let at = Position {
                branch,
                counter: op.header.counter,
            };
            mended += core
                .conn
                .prepare_cached(
                    "UPDATE ops SET flags = ?3, time = ?4, signature = ?5, payload = ?6
                     WHERE branch = ?1 AND counter = ?2 AND id = ?7
                     AND (flags <> ?3 OR time <> ?4 OR signature <> ?5 OR payload <> ?6)",
                )?
                .execute(params![
                    at.branch.0,
                    int(at.counter),
                    op.header.flags.0,
                    int(op.header.time.0),
                    op.signature,
                    op.payload,
                    op.id.0,
                ])?;
        }
    }
    core.put_back(state);
    Ok(mended)
}

fn is_whole(
    stored: Stored,
    space: SpaceId,
    branches: &Branches,
    conn: &rusqlite::Connection,
) -> Result<bool, StoreError> {
    let (id, previous) = (stored.id, previous_of(conn, branches, stored.at)?);
    let op = stored.into_op(space, branches, previous);
    Ok(op.is_some_and(|op| op.header.id() == id))
}

fn branches_of(conn: &rusqlite::Connection, row: i64) -> Result<Branches, StoreError> {
    let mut branches = Branches::default();
    for (id, branch, _) in read_branches(conn, row)? {
        branches.insert(id, branch);
    }
    Ok(branches)
}
