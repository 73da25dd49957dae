//! Making anew what follows from the log: the write index and the projection.

use rota_model::branch::{BranchId, Position};
use rota_model::digest::Digest;
use rota_model::id::OpId;
use rota_model::id::SpaceId;
use rota_model::op::Flags;
use rota_model::payload::Payload;
use rota_model::stamp::Time;
use rusqlite::params;

use crate::core::Core;
use crate::error::StoreError;
use crate::index::From;
use crate::project;
use crate::sql::{fixed, int, uint};

/// Ops that are read at a time.
const BATCH_OPS: i64 = 500;

/// Empties the projection and fills it from the winners.
pub(crate) fn projection(core: &mut Core) -> Result<(), StoreError> {
    for space in spaces(core)? {
        let Some(mut state) = core.take_space(space)? else {
            continue;
        };
        project::rebuild(&core.conn, &mut core.index, &state, &mut core.changed)?;
        state.save(&core.conn)?;
        core.put_back(state);
    }
    Ok(())
}

/// Name of the setting by which a migration asks for a new projection.
const STALE: &str = "stale_projection";

/// Makes the projection anew, if a migration changed what is in it.
pub(crate) fn if_stale(core: &mut Core) -> Result<(), StoreError> {
    let stale = core
        .conn
        .prepare("SELECT 1 FROM settings WHERE name = ?1")?
        .exists([STALE])?;
    if !stale {
        return Ok(());
    }
    core.conn.execute_batch("BEGIN IMMEDIATE")?;
    let done = projection(core).and_then(|()| {
        core.conn
            .execute("DELETE FROM settings WHERE name = ?1", [STALE])?;
        Ok(core.conn.execute_batch("COMMIT")?)
    });
    core.forget();
    if done.is_err() {
        core.conn.execute_batch("ROLLBACK")?;
    }
    done
}

/// Empties the write index and fills it from the log, then the projection.
pub(crate) fn cells(core: &mut Core) -> Result<(), StoreError> {
    for space in spaces(core)? {
        cells_of(core, space)?;
    }
    projection(core)
}

fn cells_of(core: &mut Core, space: SpaceId) -> Result<(), StoreError> {
    let Some(mut state) = core.take_space(space)? else {
        return Ok(());
    };
    core.index.clear();
    core.conn.execute(
        "DELETE FROM writes WHERE entity IN (SELECT id FROM entities WHERE space = ?1)",
        [state.row],
    )?;
    state.membership = state.recount(&core.conn)?;
    state.digest = Digest::default();
    let mut after = 0;
    loop {
        let mut statement = core.conn.prepare_cached(
            "SELECT o.seq, o.branch, o.counter, o.flags, o.time, o.id, o.payload FROM ops o
             JOIN branches b ON b.id = o.branch WHERE o.seq > ?1 AND b.space = ?2 ORDER BY o.seq LIMIT ?3",
        )?;
        let batch = statement
            .query_map(params![int(after), state.row, BATCH_OPS], |row| {
                let at = Position {
                    branch: BranchId(row.get(1)?),
                    counter: uint(row.get(2)?),
                };
                let payload = Payload::read(Flags(row.get(3)?), row.get_ref(6)?.as_blob()?);
                let (seq, time) = (uint(row.get(0)?), Time(uint(row.get(4)?)));
                Ok((seq, at, time, OpId(fixed(row, 5)?), payload))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        drop(statement);
        let Some((last, ..)) = batch.last() else {
            break;
        };
        after = *last;
        let writes = batch
            .into_iter()
            .filter_map(|(seq, at, time, op, payload)| {
                let Payload::Writes(writes) = payload else {
                    return None;
                };
                let from = From {
                    seq,
                    op,
                    time,
                    author: state.branches.get(at.branch)?.chain.author,
                };
                Some((from, at, writes))
            })
            .collect::<Vec<_>>();
        core.index.add_all(&core.conn, &mut state, writes)?;
        core.index.touched.clear();
        core.index.settle();
    }
    state.save(&core.conn)?;
    core.put_back(state);
    Ok(())
}

fn spaces(core: &Core) -> Result<Vec<SpaceId>, StoreError> {
    let mut statement = core.conn.prepare_cached("SELECT space FROM spaces")?;
    let spaces = statement.query_map([], |row| Ok(SpaceId(fixed(row, 0)?)))?;
    Ok(spaces.collect::<Result<_, _>>()?)
}
