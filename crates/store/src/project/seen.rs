//! What whoever deleted a list had seen: tasks that others put into it meanwhile are kept.

use std::collections::{BTreeMap, VecDeque};

use rota_model::cell::{Kind, task};
use rota_model::op::Flags;
use rota_model::payload::Payload;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::index::{WINS, find_entity};
use crate::space::SpaceState;
use crate::sql::{int, uint};

/// How far each chain was seen, by incarnation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    counters: BTreeMap<u64, u64>,
}

impl Seen {
    /// Reads pairs of incarnation and counter.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let number = |bytes: &[u8]| {
            bytes
                .iter()
                .fold(0u64, |number, byte| number << 8 | u64::from(*byte))
        };
        let counters = bytes
            .chunks_exact(16)
            .map(|pair| (number(&pair[..8]), number(&pair[8..])))
            .collect();
        Self { counters }
    }

    fn holds(&self, incarnation: u64, counter: u64) -> bool {
        self.counter(incarnation) >= counter
    }

    fn counter(&self, incarnation: u64) -> u64 {
        self.counters.get(&incarnation).copied().unwrap_or(0)
    }
}

/// Whether a task came to its list unseen by whoever deleted that.
pub(super) fn is_kept(conn: &Connection, list: i64, task: i64) -> Result<bool, StoreError> {
    let seen = conn
        .prepare_cached(
            "SELECT seen FROM lists WHERE id = ?1 AND deleted_ms IS NOT NULL AND seen IS NOT NULL",
        )?
        .query_row([list], |row| Ok(Seen::read(row.get_ref(0)?.as_blob()?)))
        .optional()?;
    let Some(seen) = seen else { return Ok(false) };
    let mut statement = conn.prepare_cached(
        "SELECT b.incarnation, o.counter FROM writes w JOIN ops o ON o.seq = w.seq JOIN branches b ON b.id = o.branch
         WHERE w.entity = ?1 AND w.field IN (?2, ?3) AND w.key = x'' AND w.state & ?4",
    )?;
    let mut rows = statement.query(params![task, task::LIST.0, task::PARENT.0, WINS])?;
    while let Some(row) = rows.next()? {
        if !seen.holds(uint(row.get(0)?), uint(row.get(1)?)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The tasks that came to any list unseen.
pub(super) fn unseen(
    conn: &Connection,
    space: &SpaceState,
    seen: &Seen,
) -> Result<VecDeque<i64>, StoreError> {
    let mut found = VecDeque::new();
    let mut branches =
        conn.prepare_cached("SELECT id, incarnation FROM branches WHERE space = ?1 ORDER BY id")?;
    let branches = branches
        .query_map([space.row], |row| {
            Ok((row.get::<_, i64>(0)?, uint(row.get(1)?)))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut ops = conn.prepare_cached(
        "SELECT flags, payload FROM ops WHERE branch = ?1 AND counter > ?2 ORDER BY counter",
    )?;
    for (branch, incarnation) in branches {
        let mut rows = ops.query(params![branch, int(seen.counter(incarnation))])?;
        while let Some(row) = rows.next()? {
            let payload = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let Payload::Writes(writes) = Payload::read(Flags(row.get(0)?), payload) else {
                continue;
            };
            for write in writes {
                let cell = write.cell;
                if cell.kind == Kind::TASK && [task::LIST, task::PARENT].contains(&cell.field) {
                    found.extend(find_entity(conn, space.row, cell.kind, cell.entity)?);
                }
            }
        }
    }
    Ok(found)
}
