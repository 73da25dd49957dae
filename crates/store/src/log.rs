//! The log: ops in and out, byte for byte.

use rota_model::branch::{Branches, Position};
use rota_model::id::{OpId, SpaceId};
use rota_model::op::{Flags, Header, Op};
use rota_model::stamp::Time;
use rusqlite::{Connection, Row, params};

use crate::error::StoreError;
use crate::space::op_at;
use crate::sql::{fixed, int, uint};

/// Columns that [`Stored::read`] expects, of the table `ops`.
pub(crate) const COLUMNS: &str = "seq, branch, counter, flags, time, id, signature, payload";

/// An op as the log has it.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) seq: u64,
    pub(crate) at: Position,
    pub(crate) flags: Flags,
    pub(crate) time: Time,
    pub(crate) id: OpId,
    pub(crate) signature: [u8; 64],
    pub(crate) payload: Vec<u8>,
}

impl Stored {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: uint(row.get(0)?),
            at: Position {
                branch: rota_model::branch::BranchId(row.get(1)?),
                counter: uint(row.get(2)?),
            },
            flags: Flags(row.get(3)?),
            time: Time(uint(row.get(4)?)),
            id: OpId(fixed(row, 5)?),
            signature: fixed(row, 6)?,
            payload: row.get(7)?,
        })
    }

    /// The op as it was accepted. `previous` is that of its header: the log keeps it as the place alone.
    pub(crate) fn into_op(self, space: SpaceId, branches: &Branches, previous: OpId) -> Option<Op> {
        let founds = self.id == OpId::from(space);
        let header = Header {
            flags: self.flags,
            space: if founds { SpaceId::ZERO } else { space },
            chain: branches.get(self.at.branch)?.chain,
            counter: self.at.counter,
            previous: if founds { OpId::ZERO } else { previous },
            time: self.time,
            payload_len: u32::try_from(self.payload.len()).ok()?,
            payload_hash: *blake3::hash(&self.payload).as_bytes(),
        };
        Some(Op {
            id: self.id,
            header,
            signature: self.signature,
            payload: self.payload,
        })
    }
}

/// Appends an op and returns its number.
pub(crate) fn append(conn: &Connection, at: Position, op: &Op) -> Result<u64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO ops(branch, counter, flags, time, id, signature, payload) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        at.branch.0,
        int(at.counter),
        op.header.flags.0,
        int(op.header.time.0),
        op.id.0,
        op.signature,
        op.payload,
    ])?;
    Ok(uint(conn.last_insert_rowid()))
}

/// The op that the one at this place names as previous.
pub(crate) fn previous_of(
    conn: &Connection,
    branches: &Branches,
    at: Position,
) -> Result<OpId, StoreError> {
    let Some(branch) = branches.get(at.branch) else {
        return Ok(OpId::ZERO);
    };
    if at.counter == 1 {
        return Ok(branch.admission);
    }
    let before = match branch.parent {
        Some(parent) if parent.counter.saturating_add(1) == at.counter => parent,
        _ => Position {
            counter: at.counter - 1,
            ..at
        },
    };
    Ok(op_at(conn, before)?.unwrap_or(OpId::ZERO))
}

/// Number of the last stored op.
pub(crate) fn last_seq(conn: &Connection) -> Result<u64, StoreError> {
    let last: Option<i64> = conn
        .prepare_cached("SELECT max(seq) FROM ops")?
        .query_row([], |row| row.get(0))?;
    Ok(last.map_or(0, uint))
}
