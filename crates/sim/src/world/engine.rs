//! A computer's session engine between its disk and the network: what it is told, and what it asks for.

use rota_model::id::{OpId, SpaceId};
use rota_model::limits::BATCH_MAX_OPS;
use rota_model::op::Op;
use rota_sync::{AcceptId, Input, Output};

use super::{At, Event, World};
use crate::disk::audience;
use crate::log::Entry;
use crate::rules::Planted;
use crate::witness::Breach;

impl World {
    pub(super) fn commit(
        &mut self,
        at: At,
        epoch: u64,
        accept: u64,
        space: SpaceId,
        ids: &[OpId],
    ) -> Result<(), Breach> {
        if self.machines[at].epoch != epoch {
            return Ok(());
        }
        if self.dice.percent(2) {
            // The power goes before the transaction is durable.
            self.crash(at);
            return Ok(());
        }
        let entries: Vec<_> = ids
            .iter()
            .filter_map(|id| self.batches.get(id))
            .map(|op| Entry::new(op.clone()))
            .collect();
        let accepted = self.machines[at].disk.accept(space, &entries, &self.rules);
        self.witness
            .committed(&self.machines[at].disk, space, &self.rules)?;
        if self.dice.percent(2) {
            // Or just after.
            self.crash(at);
            return Ok(());
        }
        for entry in &entries {
            self.tell_audience(at, space, entry)?;
        }
        if self.rules.has(Planted::AckBeforeCommit) {
            return Ok(());
        }
        self.input(
            at,
            Input::Accepted {
                id: AcceptId(accept),
                result: accepted,
            },
        )
    }

    pub(super) fn tell_audience(
        &mut self,
        at: At,
        space: SpaceId,
        entry: &Entry,
    ) -> Result<(), Breach> {
        if !matches!(entry.payload, rota_model::payload::Payload::Membership(_)) {
            return Ok(());
        }
        let machine = &self.machines[at];
        let membership = machine.disk.log(&space).membership(space, &self.rules);
        let audience = audience(&membership, &machine.public());
        self.input(at, Input::Audience { space, audience })
    }

    /// Gives an input to a running computer and does all that it asks for.
    pub(super) fn input(&mut self, at: At, input: Input) -> Result<(), Breach> {
        let now = self.now_of(at);
        let Some(engine) = &mut self.machines[at].engine else {
            return Ok(());
        };
        engine.handle(now, input);
        let epoch = self.machines[at].epoch;
        while let Some(output) = self.poll(at, epoch) {
            self.output(at, output)?;
        }
        Ok(())
    }

    pub(super) fn poll(&mut self, at: At, epoch: u64) -> Option<Output> {
        let machine = &mut self.machines[at];
        if machine.epoch == epoch {
            machine.engine.as_mut()?.poll()
        } else {
            None
        }
    }

    pub(super) fn output(&mut self, at: At, output: Output) -> Result<(), Breach> {
        match output {
            Output::Send { peer, frame } => self.send(at, &peer, frame),
            Output::Drop { peer, reason } => {
                let others: Vec<_> = self.peers_with_key(at, &peer);
                if matches!(
                    reason,
                    rota_sync::DropReason::Wire(_)
                        | rota_sync::DropReason::BadOp
                        | rota_sync::DropReason::Order
                ) {
                    return Err(crate::witness::breach(
                        4,
                        format!("an honest peer was dropped: {reason}"),
                    ));
                }
                others
                    .into_iter()
                    .try_for_each(|other| self.disconnect(at, other))
            }
            Output::Accept {
                id,
                space,
                ops,
                repair,
                ..
            } => self.accept(at, id, space, ops, repair),
            Output::Read {
                id,
                space,
                reading,
                budget_bytes,
                budget_ops,
                ..
            } => {
                let (ops, next) = self.machines[at].disk.read(
                    &space,
                    &reading,
                    budget_bytes,
                    budget_ops.min(BATCH_MAX_OPS),
                );
                self.input(at, Input::OpsRead { id, ops, next })
            }
            Output::Check { peer, space, heads } => {
                let log = self.machines[at].disk.log(&space);
                let missing = heads
                    .into_iter()
                    .filter(|head| !log.contains(&head.op))
                    .collect();
                self.input(
                    at,
                    Input::Checked {
                        peer,
                        space,
                        missing,
                    },
                )
            }
            Output::Reread { space } | Output::Refetched { space, .. } => {
                self.tell_space(at, space)
            }
            Output::OwnHeadElsewhere { space, .. } => {
                self.machines[at].disk.end_life(&space);
                Ok(())
            }
            Output::Diverged { .. } => Err(crate::witness::breach(
                6,
                "two computers found equal frontiers and other digests".to_owned(),
            )),
            Output::Synced { .. }
            | Output::Incomplete { .. }
            | Output::SpaceOffered { .. }
            | Output::RemovedHere { .. }
            | Output::Presence { .. }
            | Output::ClockApart { .. }
            | Output::Incompatible { .. } => Ok(()),
        }
    }

    pub(super) fn accept(
        &mut self,
        at: At,
        id: AcceptId,
        space: SpaceId,
        ops: Vec<Op>,
        repair: bool,
    ) -> Result<(), Breach> {
        let ids: Vec<_> = ops.iter().map(|op| op.id).collect();
        for op in ops {
            self.batches.entry(op.id).or_insert(op);
        }
        let epoch = self.machines[at].epoch;
        let delay = 1 + self.dice.below(30);
        self.schedule(
            delay,
            Event::Commit {
                at,
                epoch,
                accept: id.0,
                space,
                ops: ids.clone(),
                repair,
            },
        );
        if !self.rules.has(Planted::AckBeforeCommit) {
            return Ok(());
        }
        let entries: Vec<_> = ids
            .iter()
            .filter_map(|id| self.batches.get(id))
            .map(|op| Entry::new(op.clone()))
            .collect();
        let result = self.machines[at]
            .disk
            .clone()
            .accept(space, &entries, &self.rules);
        self.input(at, Input::Accepted { id, result })
    }
}
