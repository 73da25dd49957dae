//! What a removal cut off of a computer that stays in the space, as when its role is lowered, is written anew.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::branch::BranchId;
use rota_model::cell::Cell;
use rota_model::id::{AuthorKey, OpId, SpaceId};
use rota_model::limits::BASES_MAX_COUNT;
use rota_model::op::Flags;
use rota_model::payload::{Base, Payload, Role, Statement, Write};
use rota_model::stamp::Time;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::space::SpaceState;
use crate::sql::int;
use crate::tx::Tx;

/// Ops of a branch that are cut off: those past the first counter, up to the second.
type Cut = (BranchId, u64, u64);

impl Tx<'_> {
    /// Writes anew what this computer wrote in a space before it knew that its admission had ended, if another one
    /// stood meanwhile. Stamps stay as they were, so that no later edit of anybody is beaten. Each op is taken once.
    ///
    /// # Errors
    /// If the space is not here or the database fails.
    pub fn reissue_cut_off(&mut self, space: SpaceId) -> Result<Vec<OpId>, StoreError> {
        let me = self.me();
        let state = self.core().space(space)?;
        let may_write = state
            .membership
            .of_key(&me)
            .is_some_and(|own| own.admit.role >= Role::Editor);
        if !may_write {
            return Ok(Vec::new());
        }
        let mut cuts = Vec::new();
        for (branch, from, tip) in cut_off(state, &me) {
            let done = self.reader().setting(&done_name(branch))?;
            let done = done.and_then(|bytes| bytes.try_into().ok());
            let from = from.max(done.map_or(0, u64::from_be_bytes));
            if from < tip {
                cuts.push((branch, from, tip));
            }
        }
        let writes = last_of_each_cell(&self.core().conn, &cuts)?;
        let made = self.write_stamped(space, writes)?;
        for (branch, _, tip) in cuts {
            self.set_setting(&done_name(branch), Some(&tip.to_be_bytes()))?;
        }
        Ok(made)
    }
}

/// What is cut off of a computer's chains under admissions that ended while another one stood.
fn cut_off(space: &SpaceState, me: &AuthorKey) -> Vec<Cut> {
    let ended: BTreeSet<OpId> = space
        .membership
        .admissions
        .iter()
        .filter(|old| old.admit.key == *me && old.admit.role >= Role::Editor)
        .filter(|old| {
            old.removed_at
                .is_some_and(|removed_at| stayed(space, me, old.id, removed_at))
        })
        .map(|old| old.id)
        .collect();
    space
        .branches
        .iter()
        .filter(|(_, branch)| branch.chain.author == *me && ended.contains(&branch.admission))
        .filter_map(|(id, branch)| {
            let counted = space.membership.counted_to.get(&id).copied().unwrap_or(0);
            let begins = branch.parent.map_or(0, |parent| parent.counter);
            let (tip, _) = space.tips.get(&id)?;
            Some((id, counted.max(begins), *tip))
        })
        .collect()
}

/// Whether another admission of a computer stood when one ended, or came with its end.
fn stayed(space: &SpaceState, me: &AuthorKey, old: OpId, removed_at: Time) -> bool {
    let came_with_it = |admission: OpId| {
        space.stated.iter().any(|stated| {
            stated.op == admission
                && stated.statements.iter().any(|statement| {
                    matches!(statement, Statement::Remove(remove) if remove.admission == old)
                })
        })
    };
    space
        .membership
        .standing()
        .filter(|other| other.admit.key == *me)
        .any(|other| other.seniority.since <= removed_at || came_with_it(other.id))
}

/// The last write of each cell in these ops. As bases it has all that they saw but each other.
fn last_of_each_cell(conn: &Connection, cuts: &[Cut]) -> Result<Vec<Write>, StoreError> {
    let mut last: BTreeMap<Cell, Write> = BTreeMap::new();
    let mut own: BTreeSet<Base> = BTreeSet::new();
    for (branch, from, tip) in cuts {
        let mut statement = conn.prepare_cached(
            "SELECT id, flags, payload FROM ops WHERE branch = ?1 AND counter > ?2 AND counter <= ?3
             ORDER BY counter",
        )?;
        let mut rows = statement.query(params![branch.0, int(*from), int(*tip)])?;
        while let Some(row) = rows.next()? {
            own.insert(Base::from(OpId(row.get(0)?)));
            let payload = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            let Payload::Writes(writes) = Payload::read(Flags(row.get(1)?), payload) else {
                continue;
            };
            for mut write in writes {
                if let Some(mut before) = last.remove(&write.cell) {
                    if before.stamp > write.stamp {
                        std::mem::swap(&mut before, &mut write);
                    }
                    write.bases.extend(before.bases);
                }
                last.insert(write.cell.clone(), write);
            }
        }
    }
    Ok(last
        .into_values()
        .map(|mut write| {
            let mut seen = BTreeSet::new();
            write
                .bases
                .retain(|base| !own.contains(base) && seen.insert(*base));
            write.bases.truncate(BASES_MAX_COUNT);
            write
        })
        .collect())
}

fn done_name(branch: BranchId) -> String {
    format!("reissued {}", branch.0)
}
