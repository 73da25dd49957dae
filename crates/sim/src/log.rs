//! A space's accepted ops in memory and what follows from them, computed from scratch by the model's rules alone.
//! It is the plainest reading of the formats: what the database keeps incrementally must equal it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use rota_model::branch::{Branch, Branches, Position};
use rota_model::cell::Cell;
use rota_model::digest::Digest;
use rota_model::frontier::{Frontier, Head};
use rota_model::id::{OpId, SpaceId};
use rota_model::members::{Membership, Stated, count};
use rota_model::op::Op;
use rota_model::payload::{Payload, Write};
use rota_model::register::{Rank, Written};

use crate::rules::Rules;

/// An op with its payload read once.
#[derive(Debug)]
pub struct Entry {
    /// The op, byte for byte.
    pub op: Op,
    /// Its payload as this version reads it.
    pub payload: Payload,
}

impl Entry {
    /// Reads an op's payload.
    #[must_use]
    pub fn new(op: Op) -> Rc<Self> {
        let payload = Payload::read(op.header.flags, &op.payload);
        Rc::new(Self { op, payload })
    }
}

/// What came of offering an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// It is in the log now.
    Stored,
    /// It was there.
    Known,
    /// The op it names as previous is missing.
    Gap,
}

/// The accepted ops of one space in the order of their arrival.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: Vec<Rc<Entry>>,
    positions: HashMap<OpId, Position>,
    followed: HashSet<OpId>,
    branches: Branches,
    frontier: Frontier,
}

/// What a log shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Who counts.
    pub membership: Membership,
    /// The winner of each cell.
    pub winners: BTreeMap<Cell, Written>,
    /// The digest over them.
    pub digest: Digest,
}

impl Log {
    /// Accepts an op whose bytes were checked, if the op before it is here.
    pub fn offer(&mut self, entry: Rc<Entry>) -> Offered {
        let op = &entry.op;
        if self.positions.contains_key(&op.id) {
            return Offered::Known;
        }
        let header = &op.header;
        let before = self.positions.get(&header.previous).copied();
        if !op.founds() && before.is_none() {
            return Offered::Gap;
        }
        let parent = before.filter(|_| header.counter > 1);
        let branch = match parent {
            Some(parent) if self.followed.insert(header.previous) => parent.branch,
            _ => {
                let admission = match parent.and_then(|parent| self.branches.get(parent.branch)) {
                    Some(branch) => branch.admission,
                    None if op.founds() => op.id,
                    None => header.previous,
                };
                let id = self.branches.next_id();
                self.branches.insert(
                    id,
                    Branch {
                        chain: header.chain,
                        parent,
                        admission,
                    },
                );
                id
            }
        };
        self.positions.insert(
            op.id,
            Position {
                branch,
                counter: header.counter,
            },
        );
        self.frontier.advance(
            Head {
                chain: header.chain,
                counter: header.counter,
                op: op.id,
            },
            header.previous,
        );
        self.entries.push(entry);
        Offered::Stored
    }

    /// Its entries in the order of their arrival.
    #[must_use]
    pub fn entries(&self) -> &[Rc<Entry>] {
        &self.entries
    }

    /// Whether an op is here.
    #[must_use]
    pub fn contains(&self, op: &OpId) -> bool {
        self.positions.contains_key(op)
    }

    /// Where an op stands.
    #[must_use]
    pub fn position(&self, op: &OpId) -> Option<Position> {
        self.positions.get(op).copied()
    }

    /// Its frontier.
    #[must_use]
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Whether an op comes before a head or is one.
    #[must_use]
    pub fn is_up_to(&self, op: &OpId, head: &OpId) -> bool {
        match (self.positions.get(op), self.positions.get(head)) {
            (Some(op), Some(head)) => self.branches.is_up_to(*op, *head),
            _ => false,
        }
    }

    /// Who counts in `space`, by `rules`.
    #[must_use]
    pub fn membership(&self, space: SpaceId, rules: &Rules) -> Membership {
        let stated: Vec<_> = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.payload {
                Payload::Membership(statements) => Some(Stated {
                    op: entry.op.id,
                    at: *self.positions.get(&entry.op.id)?,
                    time: entry.op.header.time,
                    statements: statements.clone(),
                }),
                Payload::Writes(_) | Payload::Unreadable => None,
            })
            .collect();
        let mut membership = count(space, &stated, &self.branches, |op| {
            self.positions.get(op).copied()
        });
        rules.judge(self, space, &mut membership);
        membership
    }

    /// What it shows, computed from scratch.
    #[must_use]
    pub fn state(&self, space: SpaceId, rules: &Rules) -> State {
        let membership = self.membership(space, rules);
        let mut winners: BTreeMap<Cell, Written> = BTreeMap::new();
        for (op, write) in self.writes() {
            if !self
                .positions
                .get(&op)
                .is_some_and(|at| membership.counts(*at))
            {
                continue;
            }
            let written = written(op, write);
            match winners.get_mut(&write.cell) {
                Some(standing) => {
                    if rules.merge(standing.rank, written.rank) != standing.rank {
                        *standing = written;
                    }
                }
                None => drop(winners.insert(write.cell.clone(), written)),
            }
        }
        let mut digest = Digest::default();
        winners
            .iter()
            .for_each(|(cell, winner)| digest.add(cell, winner.rank, &winner.value));
        State {
            membership,
            winners,
            digest,
        }
    }

    /// Every counted write of one cell.
    #[must_use]
    pub fn seen(&self, cell: &Cell, membership: &Membership) -> Vec<Written> {
        self.writes()
            .filter(|(op, write)| {
                write.cell == *cell
                    && self
                        .positions
                        .get(op)
                        .is_some_and(|at| membership.counts(*at))
            })
            .map(|(op, write)| written(op, write))
            .collect()
    }

    fn writes(&self) -> impl Iterator<Item = (OpId, &Write)> {
        self.entries.iter().flat_map(|entry| match &entry.payload {
            Payload::Writes(writes) => writes.iter().map(|write| (entry.op.id, write)).collect(),
            Payload::Membership(_) | Payload::Unreadable => Vec::new(),
        })
    }
}

fn written(op: OpId, write: &Write) -> Written {
    Written {
        rank: Rank {
            stamp: write.stamp,
            op,
        },
        bases: write.bases.clone(),
        value: write.value.clone(),
    }
}
