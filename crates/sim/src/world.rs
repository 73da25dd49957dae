//! The group in virtual time: who is connected with whom, what is under way, what happens next.

mod engine;
mod network;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

use rota_model::id::{AuthorKey, OpId, SpaceId};
use rota_model::op::Op;
use rota_sync::{Coordinator, Identity, Input, Millis, Now};

use crate::dice::Dice;
use crate::log::Entry;
use crate::machine::Machine;
use crate::rules::Rules;
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
