//! The writer's side of the database: what a job works on inside the transaction.

use std::collections::HashMap;

use rand_chacha::ChaCha20Rng;
use rota_model::branch::{Branch, Position};
use rota_model::id::{AuthorKey, OpId, SpaceId};
use rota_model::op::{ComputerKey, Op};
use rota_model::payload::{Payload, Write};
use rusqlite::{Connection, params};

use crate::count;
use crate::error::StoreError;
use crate::event::Changed;
use crate::index::{From, Index};
use crate::log;
use crate::project;
use crate::space::{OwnChain, SpaceState};
use crate::sql::int;

/// The writer's connection and what it remembers of the database.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) conn: Connection,
    pub(crate) key: ComputerKey,
    pub(crate) me: AuthorKey,
    pub(crate) random: ChaCha20Rng,
    pub(crate) spaces: HashMap<SpaceId, SpaceState>,
    pub(crate) index: Index,
    pub(crate) changed: Changed,
}

/// Ops that are in the log and not yet in the index.
#[derive(Debug, Default)]
pub(crate) struct Logged {
    writes: Vec<(From, Position, Vec<Write>)>,
    stale: bool,
    membership_changed: bool,
    first_seq: Option<u64>,
}

impl Core {
    pub(crate) fn new(conn: Connection, key: ComputerKey, random: ChaCha20Rng) -> Self {
        Self {
            me: key.public(),
            conn,
            key,
            random,
            spaces: HashMap::new(),
            index: Index::default(),
            changed: Changed::default(),
        }
    }

    /// Forgets what a rolled back transaction may have put into memory.
    pub(crate) fn forget(&mut self) {
        self.spaces.clear();
        self.index.clear();
        self.changed = Changed::default();
    }

    /// Takes a space out of memory or the database; [`Core::put_back`] when done.
    pub(crate) fn take_space(&mut self, space: SpaceId) -> Result<Option<SpaceState>, StoreError> {
        match self.spaces.remove(&space) {
            Some(state) => Ok(Some(state)),
            None => SpaceState::load(&self.conn, space),
        }
    }

    pub(crate) fn put_back(&mut self, state: SpaceState) {
        self.spaces.insert(state.space, state);
    }

    /// A space that has to be there.
    pub(crate) fn space(&mut self, space: SpaceId) -> Result<&mut SpaceState, StoreError> {
        let state = self
            .take_space(space)?
            .ok_or(StoreError::NotFound("space"))?;
        Ok(self.spaces.entry(space).or_insert(state))
    }

    /// Appends an op at a place that was found for it. What its payload means waits for [`Core::take_effect`].
    pub(crate) fn log(
        &mut self,
        space: &mut SpaceState,
        logged: &mut Logged,
        at: Place,
        (op, payload): (&Op, Payload),
    ) -> Result<u64, StoreError> {
        let branch = match at {
            Place::Extends(branch) => branch,
            Place::Begins(branch) => {
                logged.stale = true;
                space.begin_branch(&self.conn, branch)?
            }
        };
        let at = Position {
            branch,
            counter: op.header.counter,
        };
        let seq = log::append(&self.conn, at, op)?;
        logged.first_seq.get_or_insert(seq);
        space.advance(at, op.id);
        match payload {
            Payload::Writes(writes) => logged.writes.push((
                From {
                    seq,
                    op: op.id,
                    time: op.header.time,
                    author: op.header.chain.author,
                },
                at,
                writes,
            )),
            Payload::Membership(statements) => {
                logged.stale = true;
                space.stated.push(rota_model::members::Stated {
                    op: op.id,
                    at,
                    time: op.header.time,
                    statements,
                });
            }
            Payload::Unreadable => {
                self.note_condition(
                    "unreadable",
                    &space.space.to_string(),
                    "",
                    op.header.time.ms(),
                )?;
                self.changed.conditions = true;
            }
        }
        Ok(seq)
    }

    /// Counts, merges and projects what was logged.
    pub(crate) fn take_effect(
        &mut self,
        space: &mut SpaceState,
        mut logged: Logged,
    ) -> Result<bool, StoreError> {
        if logged.first_seq.is_none() {
            return Ok(false);
        }
        self.recount(space, &mut logged)?;
        self.index.add_all(&self.conn, space, logged.writes)?;
        project::project(&self.conn, &mut self.index, space, &mut self.changed)?;
        space.save(&self.conn)?;
        self.changed.frontiers.insert(space.space);
        Ok(logged.membership_changed)
    }

    /// Counts anew, if statements or branches came since the last time.
    pub(crate) fn recount(
        &mut self,
        space: &mut SpaceState,
        logged: &mut Logged,
    ) -> Result<(), StoreError> {
        if let (true, Some(first_seq)) = (std::mem::take(&mut logged.stale), logged.first_seq) {
            logged.membership_changed |= count::recount(
                &self.conn,
                &mut self.index,
                space,
                first_seq - 1,
                &mut self.changed,
            )?;
        }
        Ok(())
    }

    /// Remembers the chain under which this computer writes in a space; `None` to take a new one before the next write.
    pub(crate) fn set_own_chain(
        &self,
        space: &mut SpaceState,
        own: Option<OwnChain>,
    ) -> Result<(), StoreError> {
        space.own = own;
        match own {
            Some(own) => self
                .conn
                .prepare_cached(
                    "INSERT OR REPLACE INTO incarnations(space, incarnation, admission) VALUES(?1, ?2, ?3)",
                )?
                .execute(params![space.row, int(own.incarnation.0), own.admission.0])?,
            None => self
                .conn
                .prepare_cached("DELETE FROM incarnations WHERE space = ?1")?
                .execute([space.row])?,
        };
        Ok(())
    }

    /// Records a standing condition, once.
    pub(crate) fn note_condition(
        &self,
        code: &str,
        subject: &str,
        detail: &str,
        since_ms: u64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO conditions(code, subject, detail, since_ms) VALUES(?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![code, subject, detail, int(since_ms)])?;
        Ok(())
    }
}

/// Where a new op goes.
#[derive(Debug)]
pub(crate) enum Place {
    /// It follows the tip of this branch.
    Extends(rota_model::branch::BranchId),
    /// It begins a chain, or leaves a branch before its tip.
    Begins(Branch),
}

/// Why an op has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// It is here already.
    Duplicate,
    /// What it names as previous is not here.
    Gap,
    /// Its chain has as many heads as a chain may have.
    TooForked,
}

/// Finds the place of an op in a space.
pub(crate) fn find_place(
    conn: &Connection,
    space: &SpaceState,
    op: &Op,
) -> Result<Result<Place, NoPlace>, StoreError> {
    let header = &op.header;
    let chain = header.chain;
    let branches = space.by_chain.get(&chain).map_or(&[][..], Vec::as_slice);
    if header.counter > 1 {
        let before = (header.counter - 1, header.previous);
        for branch in branches {
            if space.tips.get(branch) == Some(&before) {
                return Ok(Ok(Place::Extends(*branch)));
            }
        }
    }
    if space.find(conn, &chain, header.counter, op.id)?.is_some() {
        return Ok(Err(NoPlace::Duplicate));
    }
    let parent = if header.counter == 1 {
        if !op.founds() && !is_statement(conn, space, header.previous)? {
            return Ok(Err(NoPlace::Gap));
        }
        None
    } else {
        match space.find(conn, &chain, header.counter - 1, header.previous)? {
            Some(parent) => Some(parent),
            None => return Ok(Err(NoPlace::Gap)),
        }
    };
    if branches.len() >= rota_model::limits::FORK_MAX_HEADS {
        return Ok(Err(NoPlace::TooForked));
    }
    let admission = match parent {
        Some(at) => space
            .branches
            .get(at.branch)
            .map_or(OpId::ZERO, |branch| branch.admission),
        None if op.founds() => op.id,
        None => header.previous,
    };
    Ok(Ok(Place::Begins(Branch {
        chain,
        parent,
        admission,
    })))
}

/// Whether an op of the space that is no op of writes has this id: an admission, or what a later version has for it.
fn is_statement(conn: &Connection, space: &SpaceState, op: OpId) -> Result<bool, StoreError> {
    if space.stated.iter().any(|stated| stated.op == op) {
        return Ok(true);
    }
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM ops o JOIN branches b ON b.id = o.branch
             WHERE o.flags <> 0 AND o.id = ?1 AND b.space = ?2",
        )?
        .exists(params![op.0, space.row])?)
}
