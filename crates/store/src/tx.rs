//! A local change: reads what stands, writes signed ops, all in one transaction.

use std::collections::{HashMap, HashSet};

use rand_chacha::rand_core::Rng;
use rota_model::branch::{Branch, BranchId};
use rota_model::cell::{Cell, Field, Kind};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, Chain, EntityId, Incarnation, OpId, SpaceId};
use rota_model::limits::{PAYLOAD_WRITTEN_MAX_BYTES, WRITTEN_MAX_CELLS};
use rota_model::members::{Admission, Membership};
use rota_model::op::Flags;
use rota_model::payload::{
    Admit, Payload, Role, SpaceKind, Statement, Write, encode_statements, encode_writes,
};
use rota_model::register::{Rank, Written, winner};
use rota_model::stamp::Time;
use rota_model::value::Value;

use crate::act::About;
use crate::core::{Core, Logged, Place};
use crate::error::{NotAllowed, StoreError};
use crate::index::{find_entity, read_cell, read_cells, read_standing, read_written, value_of};
use crate::read::Reader;
use crate::space::{OwnChain, SpaceState};

/// The inside of a local change. What it writes is visible to its own reads at once, to others after the commit.
#[derive(Debug)]
pub struct Tx<'a> {
    core: &'a mut Core,
    time: Time,
    ops: Vec<OpId>,
    about: About,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The field.
    pub field: Field,
    /// The element, for sets; else empty.
    pub key: Vec<u8>,
    /// What it won by.
    pub rank: Rank,
    /// The value.
    pub value: Value,
    /// Time of its op.
    pub time: Time,
    /// Author of its op.
    pub author: AuthorKey,
}

/// Who founds a space.
#[derive(Clone, Debug)]
pub struct Founder {
    /// The person.
    pub person: EntityId,
    /// The person's name.
    pub person_name: String,
    /// The computer's name.
    pub computer_name: String,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(core: &'a mut Core, time: Time) -> Self {
        Self {
            core,
            time,
            ops: Vec::new(),
            about: About::default(),
        }
    }

    /// Says what this change is, for whoever takes it back later.
    pub fn is_about(&mut self, verb: &str, count: u64, name: Option<String>) {
        self.about = About {
            verb: verb.to_owned(),
            count,
            name,
        };
    }

    pub(crate) fn take_about(&mut self) -> About {
        std::mem::take(&mut self.about)
    }

    /// The wall time of this change.
    #[must_use]
    pub fn time(&self) -> Time {
        self.time
    }

    /// This computer's key.
    #[must_use]
    pub fn me(&self) -> AuthorKey {
        self.core.me
    }

    /// The ops written so far.
    #[must_use]
    pub fn ops(&self) -> &[OpId] {
        &self.ops
    }

    /// Random bytes, from the seed that the store was opened with.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.core.random.fill_bytes(&mut bytes);
        bytes
    }

    /// All queries, on what this change has written too.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.core.conn)
    }

    /// Who is in a space.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such space here.
    pub fn membership(&mut self, space: SpaceId) -> Result<&Membership, StoreError> {
        Ok(&self.core.space(space)?.membership)
    }

    /// The standing admission of this computer, if it may do what asks for `role`.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`] if it was never admitted, was removed, or has a lesser role.
    pub fn my_admission(&mut self, space: SpaceId, role: Role) -> Result<Admission, StoreError> {
        let me = self.core.me;
        allowed(self.core.space(space)?, &me, role)
    }

    /// The winners of an entity's cells.
    ///
    /// # Errors
    /// If the space is not here or the database fails.
    pub fn held(
        &mut self,
        space: SpaceId,
        kind: Kind,
        entity: EntityId,
    ) -> Result<Vec<Held>, StoreError> {
        self.core.space(space)?;
        let Some(state) = self.core.spaces.get(&space) else {
            return Ok(Vec::new());
        };
        let Some(row) = find_entity(&self.core.conn, state.row, kind, entity)? else {
            return Ok(Vec::new());
        };
        let cells = read_cells(&self.core.conn, &state.branches, row)?;
        Ok(cells
            .into_iter()
            .filter_map(|((field, key), cell)| {
                let won = cell.winner?;
                Some(Held {
                    field,
                    key,
                    rank: won.rank,
                    value: won.value,
                    time: won.time,
                    author: won.author,
                })
            })
            .collect())
    }

    /// The counted writes of a cell: its winner, what stands beside it, and what these replaced.
    ///
    /// # Errors
    /// If the space is not here or the database fails.
    pub fn written(&mut self, space: SpaceId, cell: &Cell) -> Result<Vec<Written>, StoreError> {
        let row = self.core.space(space)?.row;
        match find_entity(&self.core.conn, row, cell.kind, cell.entity)? {
            Some(entity) => read_written(&self.core.conn, entity, cell.field, &cell.key),
            None => Ok(Vec::new()),
        }
    }

    /// Writes values into cells of a space, as one op or as several where the limits of one are passed. The cells of
    /// one entity stay in one op where they fit. Returns the ops' ids.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`] where this computer may not write; [`StoreError::Limit`] for a value that no op
    /// holds.
    pub fn write(
        &mut self,
        space: SpaceId,
        drafts: Vec<Draft>,
        by: By,
    ) -> Result<Vec<OpId>, StoreError> {
        self.write_having_seen(space, drafts, by, &HashMap::new())
    }

    /// Like [`Tx::write`], by somebody who had read the texts of `read` in some cells. These may not be what stands there
    /// now: what another computer wrote since was not seen, and stays beside the new value or over it.
    ///
    /// # Errors
    /// As [`Tx::write`].
    pub fn write_having_seen(
        &mut self,
        space: SpaceId,
        drafts: Vec<Draft>,
        by: By,
        read: &HashMap<Cell, String>,
    ) -> Result<Vec<OpId>, StoreError> {
        let mut writes = Vec::with_capacity(drafts.len());
        let mut found = None;
        for draft in last_of_each_cell(drafts) {
            let entity = (draft.cell.kind, draft.cell.entity);
            let row = match found {
                Some((last, row)) if last == entity => row,
                _ => self.find(space, entity)?,
            };
            found = Some((entity, row));
            let seen = match (row, read.get(&draft.cell)) {
                (Some(row), None) => {
                    read_standing(&self.core.conn, row, draft.cell.field, &draft.cell.key)?
                }
                (Some(row), Some(text)) => self.seen_of(space, row, &draft.cell, text)?,
                (None, _) => Vec::new(),
            };
            writes.push(draft.into_write(by, self.time, &seen));
        }
        self.write_stamped(space, writes)
    }

    /// Writes what is stamped already, as an undo is.
    pub(crate) fn write_stamped(
        &mut self,
        space: SpaceId,
        writes: Vec<Write>,
    ) -> Result<Vec<OpId>, StoreError> {
        let admission = self.my_admission(space, Role::Editor)?;
        let mut made = Vec::new();
        for payload in payloads(writes)? {
            made.push(self.append(space, admission.id, Flags::WRITES, payload)?);
        }
        Ok(made)
    }

    /// Says something about who is in a space: one op for every admission, the removals beside it in the same op.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`] if this computer is not in the space. Whether others heed it is theirs to count.
    pub fn state(
        &mut self,
        space: SpaceId,
        statements: Vec<Statement>,
    ) -> Result<Vec<OpId>, StoreError> {
        let admission = self.my_admission(space, Role::Viewer)?;
        let mut groups: Vec<Vec<Statement>> = Vec::new();
        for statement in statements {
            let is_admit = |statement: &Statement| matches!(statement, Statement::Admit(_));
            match groups.last_mut() {
                Some(group) if !(is_admit(&statement) && group.iter().any(is_admit)) => {
                    group.push(statement);
                }
                _ => groups.push(vec![statement]),
            }
        }
        let mut made = Vec::new();
        for group in groups {
            let payload = encode_statements(&group);
            made.push(self.append(space, admission.id, Flags::MEMBERSHIP, payload)?);
        }
        Ok(made)
    }

    /// Founds a space, of which this computer is the first owner.
    ///
    /// # Errors
    /// If the database fails.
    pub fn found(&mut self, kind: SpaceKind, founder: &Founder) -> Result<SpaceId, StoreError> {
        let incarnation = self.incarnation();
        let statements = [
            Statement::Found(kind),
            Statement::Admit(Admit {
                key: self.core.me,
                person: founder.person,
                role: Role::Owner,
                computer_name: founder.computer_name.clone(),
                person_name: founder.person_name.clone(),
            }),
        ];
        let op = self.core.key.sign(
            Flags::MEMBERSHIP,
            rota_model::op::Place {
                space: SpaceId::ZERO,
                incarnation,
                counter: 1,
                previous: OpId::ZERO,
                time: self.time,
            },
            encode_statements(&statements),
        );
        let mut space = SpaceState::create(&self.core.conn, op.id.into())?;
        let own = OwnChain {
            incarnation,
            admission: op.id,
        };
        self.core.set_own_chain(&mut space, Some(own))?;
        let branch = Branch {
            chain: op.header.chain,
            parent: None,
            admission: op.id,
        };
        let mut logged = Logged::default();
        let payload = Payload::read(op.header.flags, &op.payload);
        self.core.log(
            &mut space,
            &mut logged,
            Place::Begins(branch),
            (&op, payload),
        )?;
        self.core.take_effect(&mut space, logged)?;
        self.core.put_back(space);
        self.ops.push(op.id);
        Ok(op.id.into())
    }

    /// Takes a new incarnation before the next write.
    pub(crate) fn renew_incarnation(&mut self, space: SpaceId) -> Result<(), StoreError> {
        let mut state = self
            .core
            .take_space(space)?
            .ok_or(StoreError::NotFound("space"))?;
        self.core.set_own_chain(&mut state, None)?;
        self.core.put_back(state);
        Ok(())
    }

    pub(crate) fn core(&mut self) -> &mut Core {
        self.core
    }

    /// The row of an entity, if anything was written of it.
    fn find(
        &mut self,
        space: SpaceId,
        (kind, entity): (Kind, EntityId),
    ) -> Result<Option<i64>, StoreError> {
        let space = self.core.space(space)?.row;
        find_entity(&self.core.conn, space, kind, entity)
    }

    /// What somebody saw of a cell who read `text` in it: what stands there if that says so, else the latest write that
    /// does, and what this computer itself wrote since.
    fn seen_of(
        &mut self,
        space: SpaceId,
        entity: i64,
        cell: &Cell,
        text: &str,
    ) -> Result<Vec<Written>, StoreError> {
        self.core.space(space)?;
        let conn = &self.core.conn;
        let standing = read_standing(conn, entity, cell.field, &cell.key)?;
        let is_read = |written: &Value| written.as_text().unwrap_or_default() == text;
        if winner(&standing).is_none_or(|index| is_read(&standing[index].value)) {
            return Ok(standing);
        }
        let Some(state) = self.core.spaces.get(&space) else {
            return Ok(standing);
        };
        let mut rows = read_cell(conn, entity, cell.field, &cell.key)?;
        rows.retain(|row| row.counts);
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.rank));
        let mut seen = Vec::new();
        for row in rows {
            let written = value_of(conn, row.seq, row.n)?;
            let is_it = is_read(&written);
            let branch = state.branches.get(row.at.branch);
            if is_it || branch.is_some_and(|branch| branch.chain.author == self.core.me) {
                seen.push(Written {
                    rank: row.rank,
                    bases: row.bases,
                    value: written,
                });
            }
            if is_it {
                return Ok(seen);
            }
        }
        // Nothing is what stands in a cell before the first write; any other text was never here.
        Ok(if text.is_empty() { seen } else { standing })
    }

    /// Signs and stores one op at the end of this computer's own chain.
    fn append(
        &mut self,
        space: SpaceId,
        admission: OpId,
        flags: Flags,
        payload: Vec<u8>,
    ) -> Result<OpId, StoreError> {
        let mut state = self
            .core
            .take_space(space)?
            .ok_or(StoreError::NotFound("space"))?;
        let (incarnation, tip) = match own_tip(&state, &self.core.me, admission) {
            Some((own, tip)) => (own.incarnation, tip),
            None => {
                let incarnation = self.incarnation();
                let own = OwnChain {
                    incarnation,
                    admission,
                };
                self.core.set_own_chain(&mut state, Some(own))?;
                (incarnation, None)
            }
        };
        let (counter, previous) = tip.map_or((1, admission), |(_, counter, op)| (counter + 1, op));
        let op = self.core.key.sign(
            flags,
            rota_model::op::Place {
                space,
                incarnation,
                counter,
                previous,
                time: self.time,
            },
            payload,
        );
        let place = match tip {
            Some((branch, ..)) => Place::Extends(branch),
            None => Place::Begins(Branch {
                chain: op.header.chain,
                parent: None,
                admission,
            }),
        };
        let mut logged = Logged::default();
        let payload = Payload::read(op.header.flags, &op.payload);
        self.core
            .log(&mut state, &mut logged, place, (&op, payload))?;
        self.core.take_effect(&mut state, logged)?;
        self.core.put_back(state);
        self.ops.push(op.id);
        Ok(op.id)
    }

    fn incarnation(&mut self) -> Incarnation {
        Incarnation(u64::from_be_bytes(self.random()))
    }
}

/// The chain under which this computer goes on, with its tip: none if it was forked or its admission is another now.
#[allow(clippy::type_complexity)]
fn own_tip(
    space: &SpaceState,
    me: &AuthorKey,
    admission: OpId,
) -> Option<(OwnChain, Option<(BranchId, u64, OpId)>)> {
    let own = space.own.filter(|own| own.admission == admission)?;
    let chain = Chain {
        author: *me,
        incarnation: own.incarnation,
    };
    match space.by_chain.get(&chain).map_or(&[][..], Vec::as_slice) {
        [] => Some((own, None)),
        [branch] => {
            let (counter, op) = space.tips.get(branch)?;
            Some((own, Some((*branch, *counter, *op))))
        }
        _ => None,
    }
}

fn allowed(space: &SpaceState, me: &AuthorKey, role: Role) -> Result<Admission, StoreError> {
    let refused = |why| StoreError::NotAllowed {
        space: space.space,
        why,
    };
    match space.membership.of_key(me) {
        Some(admission) if admission.admit.role >= role => Ok(admission.clone()),
        Some(_) => Err(refused(NotAllowed::Viewer)),
        None => {
            let was = space
                .membership
                .admissions
                .iter()
                .any(|admission| admission.admit.key == *me);
            Err(refused(if was {
                NotAllowed::Removed
            } else {
                NotAllowed::NotMember
            }))
        }
    }
}

/// Splits writes into payloads within the limits of writing, between entities where it can.
fn payloads(writes: Vec<Write>) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut payloads = Vec::new();
    let mut group: Vec<Write> = Vec::new();
    let mut group_bytes = 0;
    let mut rest = writes.into_iter().peekable();
    while let Some(first) = rest.next() {
        let entity = (first.cell.kind, first.cell.entity);
        let mut unit = vec![first];
        while let Some(next) = rest.next_if(|next| (next.cell.kind, next.cell.entity) == entity) {
            unit.push(next);
        }
        let unit_bytes: usize = unit.iter().map(size).sum();
        if !fits(group.len() + unit.len(), group_bytes + unit_bytes) && !group.is_empty() {
            payloads.push(finish(std::mem::take(&mut group))?);
            group_bytes = 0;
        }
        for write in unit {
            let bytes = size(&write);
            // A cell may stand in an op once.
            let again = group.iter().any(|before| before.cell == write.cell);
            if again || !fits(group.len() + 1, group_bytes + bytes) {
                if !group.is_empty() {
                    payloads.push(finish(std::mem::take(&mut group))?);
                }
                group_bytes = 0;
            }
            group_bytes += bytes;
            group.push(write);
        }
    }
    if !group.is_empty() {
        payloads.push(finish(group)?);
    }
    Ok(payloads)
}

/// A cell that is written twice in one change gets what was written last.
fn last_of_each_cell(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut seen = HashSet::new();
    let mut kept: Vec<_> = drafts
        .into_iter()
        .rev()
        .filter(|draft| seen.insert(draft.cell.clone()))
        .collect();
    kept.reverse();
    kept
}

fn fits(cells: usize, bytes: usize) -> bool {
    cells <= WRITTEN_MAX_CELLS && bytes <= PAYLOAD_WRITTEN_MAX_BYTES
}

fn finish(writes: Vec<Write>) -> Result<Vec<u8>, StoreError> {
    let payload = encode_writes(&writes);
    let sound = payload.len() <= PAYLOAD_WRITTEN_MAX_BYTES
        && matches!(Payload::read(Flags::WRITES, &payload), Payload::Writes(_));
    if sound {
        Ok(payload)
    } else {
        Err(StoreError::Limit {
            what: "a value",
            max: PAYLOAD_WRITTEN_MAX_BYTES as u64,
        })
    }
}

/// No less than the bytes that a write takes in a payload.
fn size(write: &Write) -> usize {
    64 + write.cell.key.len() + 9 * write.bases.len() + write.value.as_cbor().len()
}
