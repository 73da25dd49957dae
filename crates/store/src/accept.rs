//! Ops from others: accepted on their bytes alone, at the place that their previous op has here.

use std::collections::BTreeMap;

use rota_model::frontier::Head;
use rota_model::id::{AuthorKey, OpId, SpaceId};
use rota_model::op::{Op, Refusal};
use rota_model::payload::Payload;
use rota_model::stamp::Time;

use crate::core::{Core, Logged, NoPlace, Place, find_place};
use crate::error::StoreError;
use crate::event::Changed;
use crate::pending::Answer;
use crate::quota::{self, Charges, Pause};
use crate::space::SpaceState;
use crate::writer::Job;

/// What became of ops that came from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    /// Number of the last op of the commit.
    pub seq: u64,
    /// How many are new here.
    pub stored: usize,
    /// How many were here already.
    pub duplicate: usize,
    /// Those of which the previous op is not here: dropped.
    pub gaps: Vec<OpId>,
    /// Those that no computer accepts: dropped.
    pub refused: Vec<(OpId, Refusal)>,
    /// Authors of which an op was left out, because their chains are paused.
    pub paused: Vec<(AuthorKey, Pause)>,
    /// Heads of the chains that moved on.
    pub new_heads: Vec<Head>,
    /// Whether who is in the space changed.
    pub membership_changed: bool,
    /// First ops of new branches: each shows that a counter was used twice.
    pub forks: Vec<OpId>,
    /// Whether a head of this computer's own chain came that was not here: it takes a new incarnation.
    pub own_chain_ahead: bool,
    /// What changed.
    pub changed: Changed,
}

/// Ops that passed the checks of their bytes, with what these say, and those that did not.
pub(crate) struct Batch {
    pub(crate) space: SpaceId,
    pub(crate) ops: Vec<(Op, Payload)>,
    pub(crate) refused: Vec<(OpId, Refusal)>,
    pub(crate) now: Time,
}

pub(crate) struct AcceptJob {
    pub(crate) batch: Batch,
    pub(crate) result: Option<Result<Accepted, StoreError>>,
    pub(crate) answer: Answer<Result<Accepted, StoreError>>,
}

impl Job for AcceptJob {
    fn run(&mut self, core: &mut Core) -> bool {
        let result = accept(core, &mut self.batch);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, outcome: Result<u64, StoreError>) {
        let result = match (outcome, self.result) {
            (Ok(seq), Some(Ok(accepted))) => Ok(Accepted { seq, ..accepted }),
            (_, Some(Err(error))) | (Err(error), _) => Err(error),
            (Ok(_), None) => Err(StoreError::Closed),
        };
        self.answer.give(result);
    }
}

fn accept(core: &mut Core, batch: &mut Batch) -> Result<Accepted, StoreError> {
    let before = core.changed.clone();
    core.changed = Changed::default();
    let mut accepted = Accepted {
        refused: std::mem::take(&mut batch.refused),
        ..Accepted::default()
    };
    let state = match core.take_space(batch.space)? {
        Some(state) => Some(state),
        None if batch
            .ops
            .iter()
            .any(|(op, _)| op.founds() && op.space() == batch.space) =>
        {
            Some(SpaceState::create(&core.conn, batch.space)?)
        }
        None => None,
    };
    match state {
        Some(mut state) => {
            let mut logged = Logged::default();
            let mut heads = BTreeMap::new();
            let mut charges = Charges::new(batch.now);
            for (op, payload) in std::mem::take(&mut batch.ops) {
                let results = (&mut accepted, &mut heads);
                take(
                    core,
                    &mut state,
                    &mut logged,
                    &mut charges,
                    (&op, payload, batch.now),
                    results,
                )?;
            }
            charges.save(&core.conn, state.row)?;
            accepted.membership_changed = core.take_effect(&mut state, logged)?;
            accepted.new_heads = heads.into_values().collect();
            core.put_back(state);
        }
        None => accepted.gaps.extend(batch.ops.iter().map(|(op, _)| op.id)),
    }
    accepted.changed = core.changed.clone();
    core.changed.extend(&before);
    Ok(accepted)
}

fn take(
    core: &mut Core,
    space: &mut SpaceState,
    logged: &mut Logged,
    charges: &mut Charges,
    (op, payload, now): (&Op, Payload, Time),
    (accepted, heads): (
        &mut Accepted,
        &mut BTreeMap<rota_model::branch::BranchId, Head>,
    ),
) -> Result<(), StoreError> {
    if op.space() != space.space {
        accepted.gaps.push(op.id);
        return Ok(());
    }
    let place = match find_place(&core.conn, space, op)? {
        Ok(place) => place,
        Err(NoPlace::Duplicate) => {
            accepted.duplicate += 1;
            return Ok(());
        }
        Err(NoPlace::Gap) => {
            accepted.gaps.push(op.id);
            return Ok(());
        }
        Err(NoPlace::TooForked) => {
            let chain = op.header.chain;
            core.note_condition("too_forked", &chain.author.to_string(), "", now.ms())?;
            core.changed.conditions = true;
            accepted.paused.push((chain.author, Pause::TooForked));
            return Ok(());
        }
    };
    let author = op.header.chain.author;
    if let Some(pause) = quota::charge(core, space, logged, charges, (&place, op))? {
        accepted.paused.push((author, pause));
        return Ok(());
    }
    if let Place::Begins(branch) = &place
        && (branch.parent.is_some() || space.by_chain.contains_key(&branch.chain))
    {
        accepted.forks.push(op.id);
        let subject = format!("{}/{}", space.space, author);
        core.note_condition("fork", &subject, &op.header.counter.to_string(), now.ms())?;
        core.changed.conditions = true;
    }
    core.log(space, logged, place, (op, payload))?;
    if let Some(at) = space.find(&core.conn, &op.header.chain, op.header.counter, op.id)? {
        heads.insert(
            at.branch,
            Head {
                chain: op.header.chain,
                counter: op.header.counter,
                op: op.id,
            },
        );
    }
    accepted.stored += 1;
    let own = author == core.me
        && space
            .own
            .is_some_and(|own| own.incarnation == op.header.chain.incarnation);
    if own {
        // Somebody writes with this computer's key and life, or it was rolled back: its counters are not its own.
        core.set_own_chain(space, None)?;
        accepted.own_chain_ahead = true;
    }
    Ok(())
}
