//! What of a computer survives a crash: its logs, and in which life it writes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rota_model::digest::Digest;
use rota_model::frontier::{Frontier, Head};
use rota_model::id::{AuthorKey, Chain, Incarnation, OpId, SpaceId};
use rota_model::members::Membership;
use rota_model::op::{ComputerKey, Flags, Op, Place};
use rota_model::stamp::Time;
use rota_sync::{Accepted, Audience, Change, Reading, SpaceState};

use crate::dice::Dice;
use crate::log::{Entry, Log, Offered, State};
use crate::rules::{Planted, Rules};

/// The life in which a computer writes into a space.
#[derive(Clone, Debug)]
struct Life {
    incarnation: Incarnation,
    admission: OpId,
    ended: bool,
}

/// What is to be signed.
#[derive(Clone, Debug)]
pub struct Unsigned {
    /// How the payload is to be read.
    pub flags: Flags,
    /// The payload.
    pub payload: Vec<u8>,
    /// The author's wall time.
    pub time: Time,
}

/// A computer's durable data. A clone of it is a folder copied.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    logs: BTreeMap<SpaceId, Log>,
    lives: BTreeMap<SpaceId, Life>,
    /// Where the planted bug remembers its counter: it is not moved with each op.
    stale_counter: BTreeMap<SpaceId, (u64, OpId)>,
    writes: u64,
}

impl Disk {
    /// The spaces that have a log here.
    pub fn spaces(&self) -> impl Iterator<Item = SpaceId> + '_ {
        self.logs.keys().copied()
    }

    /// The log of a space; an empty one if there is none.
    #[must_use]
    pub fn log(&self, space: &SpaceId) -> Log {
        self.logs.get(space).cloned().unwrap_or_default()
    }

    /// The log of a space, if there is one.
    #[must_use]
    pub fn log_ref(&self, space: &SpaceId) -> Option<&Log> {
        self.logs.get(space)
    }

    /// Makes room for a space that is being joined.
    pub fn begin(&mut self, space: SpaceId) {
        self.logs.entry(space).or_default();
    }

    /// Takes the ops of one transaction. Bytes are checked before.
    pub fn accept(&mut self, space: SpaceId, ops: &[Rc<Entry>], rules: &Rules) -> Accepted {
        let log = self.logs.entry(space).or_default();
        let first = log.entries().len() as u64;
        let mut gaps = Vec::new();
        let mut chains = BTreeSet::new();
        for entry in ops {
            chains.insert(entry.op.header.chain);
            if log.offer(Rc::clone(entry)) == Offered::Gap {
                gaps.push(entry.op.id);
            }
        }
        Accepted {
            change: change(log, space, first, &chains, rules),
            gaps,
            paused: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Signs and stores an op of one's own. `None` if this computer does not count in the space.
    pub fn write(
        &mut self,
        key: &ComputerKey,
        space: SpaceId,
        unsigned: Unsigned,
        rules: &Rules,
        dice: &mut Dice,
    ) -> Option<(Op, Change)> {
        let log = self.logs.get(&space)?;
        let admission = log.membership(space, rules).of_key(&key.public())?.id;
        let life = self.life(key.public(), space, admission, dice);
        let (counter, previous) = self.next_place(key.public(), space, &life, rules);
        let Unsigned {
            flags,
            payload,
            time,
        } = unsigned;
        let place = Place {
            space,
            incarnation: life.incarnation,
            counter,
            previous,
            time,
        };
        let op = key.sign(flags, place, payload);
        self.writes += 1;
        self.lives.insert(space, life);
        if self.writes % 4 == 1 {
            self.stale_counter.insert(space, (counter, op.id));
        }
        let log = self.logs.entry(space).or_default();
        let first = log.entries().len() as u64;
        log.offer(Entry::new(op.clone()));
        let change = change(log, space, first, &BTreeSet::from([op.header.chain]), rules);
        Some((op, change))
    }

    /// Founds a space with an op that admits its author.
    pub fn found(
        &mut self,
        key: &ComputerKey,
        payload: Vec<u8>,
        time: Time,
        dice: &mut Dice,
    ) -> (Op, SpaceId) {
        let incarnation = Incarnation(dice.bits());
        let place = Place {
            space: SpaceId::ZERO,
            incarnation,
            counter: 1,
            previous: OpId::ZERO,
            time,
        };
        let op = key.sign(Flags::MEMBERSHIP, place, payload);
        let space = op.space();
        self.logs
            .entry(space)
            .or_default()
            .offer(Entry::new(op.clone()));
        self.lives.insert(
            space,
            Life {
                incarnation,
                admission: op.id,
                ended: false,
            },
        );
        (op, space)
    }

    /// Takes note that a head of an own chain is elsewhere and not here: this life is over.
    pub fn end_life(&mut self, space: &SpaceId) {
        if let Some(life) = self.lives.get_mut(space) {
            life.ended = true;
        }
    }

    /// What the session engine is told of a space.
    #[must_use]
    pub fn space_state(&self, space: SpaceId, me: &AuthorKey, rules: &Rules) -> SpaceState {
        let log = self.log(&space);
        let State {
            membership, digest, ..
        } = log.state(space, rules);
        SpaceState {
            space,
            seq: log.entries().len() as u64,
            frontier: log.frontier().clone(),
            digest,
            audience: audience(&membership, me),
        }
    }

    /// Reads ops for a peer. Gives them and from where to go on.
    #[must_use]
    pub fn read(
        &self,
        space: &SpaceId,
        reading: &Reading,
        bytes: usize,
        ops: usize,
    ) -> (Vec<Op>, Option<u64>) {
        let Some(log) = self.logs.get(space) else {
            return (Vec::new(), None);
        };
        let wanted: Vec<(u64, &Op)> = match reading {
            Reading::After { known, from_seq } => after(log, known, *from_seq),
            Reading::Chain { chain, from } => {
                let mut all: Vec<_> = log
                    .entries()
                    .iter()
                    .map(|entry| &entry.op)
                    .filter(|op| op.header.chain == *chain && op.header.counter >= *from)
                    .map(|op| (op.header.counter, op))
                    .collect();
                all.sort_by_key(|(counter, op)| (*counter, op.id));
                all
            }
        };
        let (mut taken, mut size) = (Vec::new(), 0);
        for (at, op) in wanted {
            size += op.payload.len();
            if !taken.is_empty() && (size > bytes || taken.len() >= ops) {
                return (taken, Some(at));
            }
            taken.push(op.clone());
        }
        (taken, None)
    }

    fn life(&self, me: AuthorKey, space: SpaceId, admission: OpId, dice: &mut Dice) -> Life {
        let forked = |life: &Life| {
            let chain = Chain {
                author: me,
                incarnation: life.incarnation,
            };
            self.logs
                .get(&space)
                .is_some_and(|log| log.frontier().of_chain(&chain).count() > 1)
        };
        match self.lives.get(&space) {
            Some(life) if !life.ended && life.admission == admission && !forked(life) => {
                life.clone()
            }
            _ => Life {
                incarnation: Incarnation(dice.bits()),
                admission,
                ended: false,
            },
        }
    }

    fn next_place(&self, me: AuthorKey, space: SpaceId, life: &Life, rules: &Rules) -> (u64, OpId) {
        let chain = Chain {
            author: me,
            incarnation: life.incarnation,
        };
        let head = self
            .logs
            .get(&space)
            .and_then(|log| log.frontier().of_chain(&chain).last());
        let honest = head.map_or((1, life.admission), |head| (head.counter + 1, head.op));
        match self.stale_counter.get(&space) {
            Some((counter, previous))
                if rules.has(Planted::ReusedCounter)
                    && head.is_some_and(|h| h.counter >= *counter) =>
            {
                (counter + 1, *previous)
            }
            _ => honest,
        }
    }
}

/// Whom a computer tells about a space.
#[must_use]
pub fn audience(membership: &Membership, me: &AuthorKey) -> Audience {
    let members: BTreeSet<_> = membership
        .standing()
        .map(|a| a.admit.key)
        .filter(|key| key != me)
        .collect();
    let removed = membership
        .admissions
        .iter()
        .map(|a| a.admit.key)
        .filter(|key| key != me && !members.contains(key))
        .collect();
    Audience {
        members,
        removed,
        ..Audience::default()
    }
}

fn change(
    log: &Log,
    space: SpaceId,
    first: u64,
    chains: &BTreeSet<Chain>,
    rules: &Rules,
) -> Change {
    let digest: Digest = log.state(space, rules).digest;
    let heads: Vec<Head> = chains
        .iter()
        .flat_map(|chain| log.frontier().of_chain(chain))
        .collect();
    Change {
        seq: log.entries().len() as u64,
        first_op_seq: first,
        heads,
        digest,
    }
}

fn after<'a>(log: &'a Log, known: &Frontier, from: u64) -> Vec<(u64, &'a Op)> {
    let here: Vec<Head> = known
        .heads()
        .filter(|head| log.contains(&head.op))
        .collect();
    let known_chains: BTreeSet<Chain> = here.iter().map(|head| head.chain).collect();
    let ahead: BTreeSet<Chain> = known
        .heads()
        .filter(|head| !known_chains.contains(&head.chain))
        .filter(|head| {
            log.frontier()
                .of_chain(&head.chain)
                .all(|own| own.counter < head.counter)
        })
        .map(|head| head.chain)
        .collect();
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    log.entries()
        .iter()
        .enumerate()
        .skip(start)
        .map(|(at, entry)| (at as u64, &entry.op))
        .filter(|(_, op)| {
            let chain = op.header.chain;
            if known_chains.contains(&chain) {
                !here
                    .iter()
                    .any(|head| head.chain == chain && log.is_up_to(&op.id, &head.op))
            } else {
                !ahead.contains(&chain)
            }
        })
        .collect()
}
