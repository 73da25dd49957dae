//! The group in virtual time: who is connected with whom, what is under way, what happens next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

use rota_model::id::{AuthorKey, OpId, SpaceId};
use rota_model::limits::BATCH_MAX_OPS;
use rota_model::op::Op;
use rota_sync::{AcceptId, Coordinator, Identity, Input, Millis, Now, Output};

use crate::dice::Dice;
use crate::disk::audience;
use crate::log::Entry;
use crate::machine::Machine;
use crate::rules::{Planted, Rules};
use crate::witness::{Breach, Witness, kept};

/// True time at which runs begin, in Unix milliseconds.
const BEGIN_MS: u64 = 1_790_000_000_000;
/// How often a running computer is told that time has passed.
const TICK_MS: u64 = 1_000;

/// Index of a machine.
pub type At = usize;

/// Something under way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A frame arrives, if its connection still stands.
    Frame {
        from: At,
        to: At,
        connection: u64,
        bytes: Vec<u8>,
    },
    /// A batch is written to the disk.
    Commit {
        at: At,
        epoch: u64,
        accept: u64,
        space: SpaceId,
        ops: Vec<OpId>,
        repair: bool,
    },
    /// A computer is told that time has passed.
    Tick { at: At, epoch: u64 },
    /// A crashed computer starts, or a cut off one is plugged in.
    Recover { at: At },
    /// A computer hears that its connection with another is closed.
    PeerGone { at: At, key: [u8; 32] },
    /// Two computers that are not connected try again.
    Dial,
}

/// The group.
#[derive(Debug)]
pub struct World {
    /// Its computers.
    pub machines: Vec<Machine>,
    /// By what rules it goes.
    pub rules: Rules,
    /// Its chance.
    pub dice: Dice,
    now_ms: u64,
    order: u64,
    queue: BinaryHeap<Reverse<(u64, u64, Event)>>,
    connections: BTreeMap<(At, At), u64>,
    connection: u64,
    last_arrival: BTreeMap<(At, At), u64>,
    batches: BTreeMap<OpId, Op>,
    witness: Witness,
}

impl World {
    /// An empty group.
    #[must_use]
    pub fn new(seed: u64, rules: Rules) -> Self {
        let mut world = Self {
            machines: Vec::new(),
            rules,
            dice: Dice::new(seed),
            now_ms: 0,
            order: 0,
            queue: BinaryHeap::new(),
            connections: BTreeMap::new(),
            connection: 0,
            last_arrival: BTreeMap::new(),
            batches: BTreeMap::new(),
            witness: Witness::default(),
        };
        world.schedule(500, Event::Dial);
        world
    }

    /// True time in Unix milliseconds.
    #[must_use]
    pub fn true_ms(&self) -> u64 {
        BEGIN_MS + self.now_ms
    }

    /// Takes note of an op that was signed outside of [`World::wrote`].
    pub fn signed(&mut self, op: &Op) {
        self.witness.signed(op);
        self.batches.insert(op.id, op.clone());
    }

    /// Starts a computer.
    ///
    /// # Errors
    /// What its first step breaks.
    pub fn start(&mut self, at: At) -> Result<(), Breach> {
        let boot = self.dice.bits();
        let machine = &mut self.machines[at];
        machine.epoch += 1;
        let epoch = machine.epoch;
        kept(&machine.disk, &machine.acknowledged)?;
        let identity = Identity {
            key: machine.public(),
            name: format!("computer {at}"),
            boot,
            rules: rota_model::digest::RULES,
        };
        machine.engine = Some(Coordinator::new(identity));
        let spaces: Vec<_> = machine.disk.spaces().collect();
        for space in spaces {
            self.tell_space(at, space)?;
        }
        self.schedule(TICK_MS, Event::Tick { at, epoch });
        Ok(())
    }

    /// Tells a computer's engine how a space stands. What it is joining has its inviter as the audience.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn tell_space(&mut self, at: At, space: SpaceId) -> Result<(), Breach> {
        let machine = &self.machines[at];
        let mut state = machine
            .disk
            .space_state(space, &machine.public(), &self.rules);
        if state.frontier.is_empty() {
            // Before the log says anything, it is taken from whoever has it.
            state.audience.members = self
                .machines
                .iter()
                .map(Machine::public)
                .filter(|k| *k != machine.public())
                .collect();
        }
        self.input(at, Input::Space(state))
    }

    /// Stops a computer at once. What it had under way is gone.
    pub fn crash(&mut self, at: At) {
        let machine = &mut self.machines[at];
        machine.engine = None;
        machine.epoch += 1;
        self.disconnect_all(at);
        let delay = 200 + self.dice.below(8_000);
        self.schedule(delay, Event::Recover { at });
    }

    /// Cuts a computer off for a while.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn isolate(&mut self, at: At) -> Result<(), Breach> {
        self.machines[at].isolated = true;
        for other in 0..self.machines.len() {
            self.disconnect(at, other)?;
        }
        let delay = 1_000 + self.dice.below(20_000);
        self.schedule(delay, Event::Recover { at });
        Ok(())
    }

    /// Breaks one connection, if any.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn break_one(&mut self) -> Result<(), Breach> {
        let pairs: Vec<_> = self.connections.keys().copied().collect();
        match self.dice.pick(&pairs) {
            Some((a, b)) => self.disconnect(a, b),
            None => Ok(()),
        }
    }

    /// A computer wrote an op of its own: it is durable, acknowledged, and goes to its engine.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn wrote(
        &mut self,
        at: At,
        space: SpaceId,
        entry: &Rc<Entry>,
        change: rota_sync::Change,
    ) -> Result<(), Breach> {
        self.signed(&entry.op);
        self.own_counter_is_new(at, space, &entry.op)?;
        self.witness
            .committed(&self.machines[at].disk, space, &self.rules)?;
        self.machines[at]
            .acknowledged
            .entry(space)
            .or_default()
            .push(entry.op.id);
        if self.dice.percent(3) {
            // Between the commit and everything that follows from it.
            self.crash(at);
            return Ok(());
        }
        self.tell_audience(at, space, entry)?;
        self.input(
            at,
            Input::Committed {
                space,
                ops: vec![entry.op.clone()],
                change,
            },
        )
    }

    /// Lets virtual time pass.
    ///
    /// # Errors
    /// The first broken invariant.
    pub fn run_for(&mut self, ms: u64) -> Result<(), Breach> {
        let end = self.now_ms + ms;
        while let Some(Reverse((at, _, _))) = self.queue.peek()
            && *at <= end
        {
            let Some(Reverse((time, _, event))) = self.queue.pop() else {
                break;
            };
            self.now_ms = time;
            self.take(event)?;
        }
        self.now_ms = end;
        Ok(())
    }

    /// Ends every fault: all run, none is cut off.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn heal(&mut self) -> Result<(), Breach> {
        for at in 0..self.machines.len() {
            self.machines[at].isolated = false;
            if self.machines[at].engine.is_none() {
                self.start(at)?;
            }
        }
        Ok(())
    }

    /// Of computers that share a key, lets one have the network: to the others they are one computer.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn take_turns(&mut self) -> Result<(), Breach> {
        for at in 0..self.machines.len() {
            let twins = self.twins(at);
            if twins.first() == Some(&at) {
                let chosen = self.dice.pick(&twins);
                twins
                    .iter()
                    .for_each(|twin| self.machines[*twin].waits_for_twin = chosen != Some(*twin));
            }
        }
        for at in (0..self.machines.len())
            .filter(|at| self.machines[*at].waits_for_twin)
            .collect::<Vec<_>>()
        {
            for other in 0..self.machines.len() {
                self.disconnect(at, other)?;
            }
        }
        Ok(())
    }

    /// Whether computers share a key.
    #[must_use]
    pub fn has_twins(&self) -> bool {
        (0..self.machines.len()).any(|at| self.twins(at).len() > 1)
    }

    fn twins(&self, at: At) -> Vec<At> {
        let key = self.machines[at].public();
        (0..self.machines.len())
            .filter(|other| self.machines[*other].public() == key)
            .collect()
    }

    fn take(&mut self, event: Event) -> Result<(), Breach> {
        match event {
            Event::Frame {
                from,
                to,
                connection,
                bytes,
            } => {
                if self.connections.get(&pair(from, to)) != Some(&connection) {
                    return Ok(());
                }
                let peer = self.machines[from].public();
                self.input(to, Input::Frame { peer, bytes })
            }
            Event::Commit {
                at,
                epoch,
                accept,
                space,
                ops,
                repair: _,
            } => self.commit(at, epoch, accept, space, &ops),
            Event::Tick { at, epoch } => {
                if self.machines[at].epoch != epoch {
                    return Ok(());
                }
                self.schedule(TICK_MS, Event::Tick { at, epoch });
                self.input(at, Input::Tick)
            }
            Event::Recover { at } => {
                self.machines[at].isolated = false;
                if self.machines[at].engine.is_none() {
                    self.start(at)
                } else {
                    Ok(())
                }
            }
            Event::PeerGone { at, key } => self.input(at, Input::Disconnected(AuthorKey(key))),
            Event::Dial => self.dial(),
        }
    }

    /// Connects who is not connected, some now and some later. Twins never meet: they are one peer to all others.
    fn dial(&mut self) -> Result<(), Breach> {
        self.schedule(700, Event::Dial);
        for a in 0..self.machines.len() {
            for b in a + 1..self.machines.len() {
                let up = |at: At| {
                    let machine = &self.machines[at];
                    machine.engine.is_some() && !machine.isolated && !machine.waits_for_twin
                };
                let twins = self.machines[a].public() == self.machines[b].public();
                if !up(a)
                    || !up(b)
                    || twins
                    || self.connections.contains_key(&(a, b))
                    || !self.dice.percent(60)
                {
                    continue;
                }
                if self.has_connection_with(a, &self.machines[b].public())
                    || self.has_connection_with(b, &self.machines[a].public())
                {
                    // A twin holds the place; now and then the other one takes it.
                    continue;
                }
                self.connection += 1;
                self.connections.insert((a, b), self.connection);
                let (key_a, key_b) = (self.machines[a].public(), self.machines[b].public());
                self.input(a, Input::Connected(key_b))?;
                self.input(b, Input::Connected(key_a))?;
            }
        }
        Ok(())
    }

    fn has_connection_with(&self, at: At, key: &AuthorKey) -> bool {
        self.connections.keys().any(|&(a, b)| {
            (a == at && self.machines[b].public() == *key)
                || (b == at && self.machines[a].public() == *key)
        })
    }

    fn disconnect(&mut self, a: At, b: At) -> Result<(), Breach> {
        if self.connections.remove(&pair(a, b)).is_none() {
            return Ok(());
        }
        let (key_a, key_b) = (self.machines[a].public(), self.machines[b].public());
        self.input(a, Input::Disconnected(key_b))?;
        self.input(b, Input::Disconnected(key_a))
    }

    fn disconnect_all(&mut self, at: At) {
        let key = self.machines[at].public();
        let gone: Vec<_> = self
            .connections
            .keys()
            .filter(|(a, b)| *a == at || *b == at)
            .copied()
            .collect();
        for (a, b) in gone {
            self.connections.remove(&(a, b));
            let other = if a == at { b } else { a };
            self.schedule(
                0,
                Event::PeerGone {
                    at: other,
                    key: key.0,
                },
            );
        }
    }

    fn commit(
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

    fn tell_audience(&mut self, at: At, space: SpaceId, entry: &Entry) -> Result<(), Breach> {
        if !matches!(entry.payload, rota_model::payload::Payload::Membership(_)) {
            return Ok(());
        }
        let machine = &self.machines[at];
        let membership = machine.disk.log(&space).membership(space, &self.rules);
        let audience = audience(&membership, &machine.public());
        self.input(at, Input::Audience { space, audience })
    }

    /// Gives an input to a running computer and does all that it asks for.
    fn input(&mut self, at: At, input: Input) -> Result<(), Breach> {
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

    fn poll(&mut self, at: At, epoch: u64) -> Option<Output> {
        let machine = &mut self.machines[at];
        if machine.epoch == epoch {
            machine.engine.as_mut()?.poll()
        } else {
            None
        }
    }

    fn output(&mut self, at: At, output: Output) -> Result<(), Breach> {
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
            | Output::ClockApart { .. }
            | Output::Incompatible { .. } => Ok(()),
        }
    }

    fn accept(
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

    fn send(&mut self, at: At, peer: &AuthorKey, bytes: Vec<u8>) -> Result<(), Breach> {
        self.witness.sent(&self.machines[at].disk, &bytes)?;
        for to in self.peers_with_key(at, peer) {
            let Some(&connection) = self.connections.get(&pair(at, to)) else {
                continue;
            };
            // A stream keeps its order, whatever its delay.
            let soonest = self.last_arrival.get(&(at, to)).copied().unwrap_or(0);
            let arrives = (self.now_ms + 1 + self.dice.below(60)).max(soonest);
            self.last_arrival.insert((at, to), arrives);
            self.schedule(
                arrives - self.now_ms,
                Event::Frame {
                    from: at,
                    to,
                    connection,
                    bytes: bytes.clone(),
                },
            );
        }
        Ok(())
    }

    fn peers_with_key(&self, at: At, key: &AuthorKey) -> Vec<At> {
        (0..self.machines.len())
            .filter(|other| {
                self.machines[*other].public() == *key
                    && self.connections.contains_key(&pair(at, *other))
            })
            .collect()
    }

    /// No computer knowingly makes a second op at one counter. (7)
    fn own_counter_is_new(&self, at: At, space: SpaceId, op: &Op) -> Result<(), Breach> {
        let log = self.machines[at].disk.log(&space);
        let second = log.entries().iter().any(|entry| {
            entry.op.id != op.id
                && entry.op.header.chain == op.header.chain
                && entry.op.header.counter == op.header.counter
        });
        if second {
            return Err(crate::witness::breach(
                7,
                format!("counter {} was used twice knowingly", op.header.counter),
            ));
        }
        Ok(())
    }

    fn now_of(&self, at: At) -> Now {
        Now {
            at: Millis(self.now_ms),
            wall_ms: self.machines[at].wall_ms(self.true_ms()),
        }
    }

    fn schedule(&mut self, delay: u64, event: Event) {
        self.order += 1;
        self.queue
            .push(Reverse((self.now_ms + delay, self.order, event)));
    }
}

fn pair(a: At, b: At) -> (At, At) {
    (a.min(b), a.max(b))
}
