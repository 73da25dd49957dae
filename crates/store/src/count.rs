//! Who counts: recomputed when statements or branches came, and what follows for cells that were counted otherwise.

use std::collections::BTreeSet;

use rota_model::branch::BranchId;
use rota_model::cell::Cell;
use rota_model::members::Membership;
use rota_model::op::Flags;
use rota_model::payload::Payload;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::event::Changed;
use crate::index::{COUNTS, Index};
use crate::space::SpaceState;
use crate::sql::{int, uint};

/// Recomputes who counts in a space. Of branches that now count further, or less far, the writes up to op number
/// `indexed` are counted anew; later ones are not in the index yet.
/// Tells whether who is in the space changed.
pub(crate) fn recount(
    conn: &Connection,
    index: &mut Index,
    space: &mut SpaceState,
    indexed: u64,
    changed: &mut Changed,
) -> Result<bool, StoreError> {
    let now = space.recount(conn)?;
    let before = std::mem::take(&mut space.membership);
    let branches: Vec<_> = space.branches.iter().map(|(id, _)| id).collect();
    let mut cells = BTreeSet::new();
    for branch in branches {
        let (old, new) = (counted(&before, branch), counted(&now, branch));
        if old != new {
            conn.prepare_cached("UPDATE branches SET counted_to = ?2 WHERE id = ?1")?
                .execute(params![branch.0, int(new.min(i64::MAX as u64))])?;
            flip(conn, index, space, branch, (old, new), indexed, &mut cells)?;
        }
    }
    for (row, cell) in cells {
        index.recount_cell(conn, space, row, &cell)?;
    }
    let differs = now.admissions != before.admissions || now.kind != before.kind;
    if differs {
        save_membership(conn, space.row, &now)?;
        changed.spaces.insert(space.space);
    }
    space.membership = now;
    Ok(differs)
}

/// Up to where a branch counts, without difference between what no op can reach.
fn counted(membership: &Membership, branch: BranchId) -> u64 {
    membership.counted_to.get(&branch).copied().unwrap_or(0)
}

fn flip(
    conn: &Connection,
    index: &mut Index,
    space: &SpaceState,
    branch: BranchId,
    (old, new): (u64, u64),
    indexed: u64,
    cells: &mut BTreeSet<(i64, Cell)>,
) -> Result<(), StoreError> {
    let bits = if new > old { COUNTS } else { 0 };
    let (low, high) = (old.min(new), old.max(new));
    let last = space.tips.get(&branch).map_or(0, |(counter, _)| *counter);
    let mut statement = conn.prepare_cached(
        "SELECT seq, flags, payload FROM ops WHERE branch = ?1 AND counter > ?2 AND counter <= ?3",
    )?;
    let mut rows = statement.query(params![branch.0, int(low), int(high.min(last))])?;
    while let Some(row) = rows.next()? {
        let seq = uint(row.get(0)?);
        if seq > indexed {
            break;
        }
        let payload = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let Payload::Writes(writes) = Payload::read(Flags(row.get(1)?), payload) else {
            continue;
        };
        for write in writes {
            let entity = index.row(conn, space.row, write.cell.kind, write.cell.entity)?;
            conn.prepare_cached(
                "UPDATE writes SET state = (state & ~1) | ?5
                 WHERE entity = ?1 AND field = ?2 AND key = ?3 AND seq = ?4",
            )?
            .execute(params![
                entity,
                write.cell.field.0,
                write.cell.key,
                int(seq),
                bits
            ])?;
            cells.insert((entity, write.cell));
        }
    }
    Ok(())
}

/// Writes who is in the space to where readers find it.
fn save_membership(conn: &Connection, space: i64, now: &Membership) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE spaces SET kind = ?2 WHERE id = ?1")?
        .execute(params![space, now.kind.map(|kind| kind as i64)])?;
    conn.prepare_cached("DELETE FROM admissions WHERE space = ?1")?
        .execute([space])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO admissions(space, place, admission, author, person, role, computer_name, person_name, since, removed_at)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (place, admission) in (0i64..).zip(&now.admissions) {
        let admit = &admission.admit;
        insert.execute(params![
            space,
            place,
            admission.id.0,
            admit.key.0,
            admit.person.0,
            admit.role as i64,
            admit.computer_name,
            admit.person_name,
            int(admission.seniority.since.0),
            admission.removed_at.map(|time| int(time.0)),
        ])?;
    }
    Ok(())
}
