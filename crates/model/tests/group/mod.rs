//! A group of computers that write into one log, without bytes or network.

use std::collections::HashMap;

use proptest::prelude::*;
use rota_model::branch::{Branch, Branches, Position};
use rota_model::id::{AuthorKey, Chain, EntityId, Incarnation, OpId, SpaceId};
use rota_model::members::{Membership, Stated, count};
use rota_model::payload::{Admit, Cut, Remove, Role, SpaceKind, Statement};
use rota_model::stamp::Time;

/// One admission of a computer; index into the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Computer(pub usize);

/// An op of the group; index into its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged(usize);

#[derive(Clone, Debug)]
struct Entry {
    id: OpId,
    chain: Chain,
    counter: u64,
    previous: OpId,
    time: Time,
    statements: Vec<Statement>,
}

#[derive(Clone, Debug)]
struct Admitted {
    chain: Chain,
    admission: OpId,
    person: u8,
    clock: u64,
}

pub struct Group {
    log: Vec<Entry>,
    arrival: Vec<usize>,
    admitted: Vec<Admitted>,
}

#[derive(Clone, Debug)]
pub enum Step {
    Admit(usize, u8, Role),
    Write(usize),
    RemoveSeen(usize, usize),
    RemoveAll(usize, usize),
    Fork(usize),
    Clock(usize, u64),
}

pub fn step() -> impl Strategy<Value = Step> {
    let role = prop_oneof![Just(Role::Viewer), Just(Role::Editor), Just(Role::Owner)];
    prop_oneof![
        (0..8usize, 0..4u8, role).prop_map(|(by, person, role)| Step::Admit(by, person, role)),
        (0..8usize).prop_map(Step::Write),
        (0..8usize, 0..8usize).prop_map(|(by, whom)| Step::RemoveSeen(by, whom)),
        (0..8usize, 0..8usize).prop_map(|(by, whom)| Step::RemoveAll(by, whom)),
        any::<usize>().prop_map(Step::Fork),
        (0..8usize, 0..500u64).prop_map(|(who, clock)| Step::Clock(who, clock)),
    ]
}

impl Group {
    pub fn found() -> Self {
        let chain = chain(0);
        let admit = admit(chain.author, 0, Role::Owner);
        let founding = Entry {
            id: OpId([0xff; 32]),
            chain,
            counter: 1,
            previous: OpId::ZERO,
            time: Time::new(100, 0),
            statements: vec![Statement::Found(SpaceKind::Shared), admit],
        };
        let admitted = Admitted {
            chain,
            admission: founding.id,
            person: 0,
            clock: 100,
        };
        Self {
            log: vec![founding],
            arrival: vec![0],
            admitted: vec![admitted],
        }
    }

    pub fn admit(&mut self, by: Computer, person: u8, role: Role) -> Computer {
        let chain = chain(self.admitted.len());
        self.admit_key(by, chain, person, role)
    }

    /// The same computer under another admission; it goes on in a new incarnation.
    pub fn admit_again(&mut self, by: Computer, whom: Computer, role: Role) -> Computer {
        let old = self.admitted[whom.0].clone();
        let chain = Chain {
            incarnation: Incarnation(old.chain.incarnation.0 + 100),
            ..old.chain
        };
        self.admit_key(by, chain, old.person, role)
    }

    pub fn write(&mut self, by: Computer) -> Logged {
        self.append(by, vec![])
    }

    /// Removes with cuts at all that is in the log.
    pub fn remove_seen(&mut self, by: Computer, whom: Computer) {
        let chain = self.admitted[whom.0].chain;
        let last = self
            .log
            .iter()
            .filter(|entry| entry.chain == chain)
            .max_by_key(|entry| (entry.counter, entry.id));
        let cuts: Vec<_> = last
            .map(|entry| Cut {
                incarnation: chain.incarnation,
                counter: entry.counter,
                op: entry.id,
            })
            .into_iter()
            .collect();
        self.remove_naming(by, whom, &cuts);
    }

    pub fn remove_naming(&mut self, by: Computer, whom: Computer, cuts: &[Cut]) {
        let remove = Remove {
            admission: self.admitted[whom.0].admission,
            cuts: cuts.to_vec(),
        };
        self.append(by, vec![Statement::Remove(remove)]);
    }

    /// Another op at the counter after `shared`, as a folder copied back would write it.
    pub fn fork_after(&mut self, shared: Logged) -> Logged {
        let at = self.log[shared.0].clone();
        self.push(
            at.chain,
            at.counter + 1,
            at.id,
            Time(at.time.0 + 77),
            vec![],
        )
    }

    pub fn set_clock(&mut self, who: Computer, ms: u64) {
        self.admitted[who.0].clock = ms;
    }

    pub fn take(&mut self, step: &Step) {
        let who = |n: usize| Computer(n % self.admitted.len());
        match *step {
            Step::Admit(by, person, role) => drop(self.admit(who(by), person, role)),
            Step::Write(by) => drop(self.write(who(by))),
            Step::RemoveSeen(by, whom) => self.remove_seen(who(by), who(whom)),
            Step::RemoveAll(by, whom) => self.remove_naming(who(by), who(whom), &[]),
            Step::Fork(at) => drop(self.fork_after(Logged(at % self.log.len()))),
            Step::Clock(by, ms) => self.set_clock(who(by), ms),
        }
    }

    pub fn reversed_arrival(&mut self) {
        self.arrival.reverse();
    }

    pub fn shuffled_arrival(&mut self, seed: u64) {
        self.arrival.sort_by_key(|index| {
            *blake3::hash(&[seed.to_be_bytes(), (*index as u64).to_be_bytes()].concat()).as_bytes()
        });
    }

    pub fn counts(&self, op: Logged) -> bool {
        let (membership, positions) = self.membership();
        membership.counts(positions[&self.log[op.0].id])
    }

    pub fn counted(&self) -> Vec<bool> {
        let (membership, positions) = self.membership();
        self.log
            .iter()
            .map(|entry| membership.counts(positions[&entry.id]))
            .collect()
    }

    pub fn standing(&self) -> Vec<Computer> {
        let (membership, _) = self.membership();
        let mut standing: Vec<_> = membership
            .standing()
            .map(|a| {
                Computer(
                    self.admitted
                        .iter()
                        .position(|known| known.admission == a.id)
                        .unwrap(),
                )
            })
            .collect();
        standing.sort_unstable();
        standing
    }

    /// Accepts the log in its order of arrival, each op once its previous is here, as a store does.
    fn membership(&self) -> (Membership, HashMap<OpId, Position>) {
        let mut branches = Branches::default();
        let mut positions: HashMap<OpId, Position> = HashMap::new();
        let mut followed: HashMap<OpId, ()> = HashMap::new();
        let mut stated = Vec::new();
        let mut waiting: Vec<&Entry> = self.arrival.iter().map(|index| &self.log[*index]).collect();
        while !waiting.is_empty() {
            let ready = waiting
                .iter()
                .position(|entry| {
                    entry.previous == OpId::ZERO || positions.contains_key(&entry.previous)
                })
                .expect("every previous is in the log");
            let entry = waiting.remove(ready);
            let first = entry.counter == 1;
            let before = positions.get(&entry.previous).copied().filter(|_| !first);
            let branch = match before {
                Some(before) if followed.insert(entry.previous, ()).is_none() => before.branch,
                parent => {
                    let id = branches.next_id();
                    let admission = match parent {
                        Some(parent) => branches.get(parent.branch).unwrap().admission,
                        None if entry.previous == OpId::ZERO => entry.id,
                        None => entry.previous,
                    };
                    branches.insert(
                        id,
                        Branch {
                            chain: entry.chain,
                            parent,
                            admission,
                        },
                    );
                    id
                }
            };
            let at = Position {
                branch,
                counter: entry.counter,
            };
            positions.insert(entry.id, at);
            stated.push(Stated {
                op: entry.id,
                at,
                time: entry.time,
                statements: entry.statements.clone(),
            });
        }
        let space = SpaceId::from(self.log[0].id);
        (
            count(space, &stated, &branches, |op| positions.get(op).copied()),
            positions,
        )
    }

    fn admit_key(&mut self, by: Computer, chain: Chain, person: u8, role: Role) -> Computer {
        let op = self.append(by, vec![admit(chain.author, person, role)]);
        let clock = self.admitted[by.0].clock;
        self.admitted.push(Admitted {
            chain,
            admission: self.log[op.0].id,
            person,
            clock,
        });
        Computer(self.admitted.len() - 1)
    }

    fn append(&mut self, by: Computer, statements: Vec<Statement>) -> Logged {
        let author = &mut self.admitted[by.0];
        author.clock += 10;
        let (chain, admission, time) = (author.chain, author.admission, Time::new(author.clock, 0));
        let last = self.log.iter().rfind(|entry| entry.chain == chain);
        let (counter, previous) =
            last.map_or((1, admission), |entry| (entry.counter + 1, entry.id));
        self.push(chain, counter, previous, time, statements)
    }

    fn push(
        &mut self,
        chain: Chain,
        counter: u64,
        previous: OpId,
        time: Time,
        statements: Vec<Statement>,
    ) -> Logged {
        let id = OpId(
            *blake3::hash(&[&previous.0[..], &(self.log.len() as u64).to_be_bytes()].concat())
                .as_bytes(),
        );
        self.arrival.push(self.log.len());
        self.log.push(Entry {
            id,
            chain,
            counter,
            previous,
            time,
            statements,
        });
        Logged(self.log.len() - 1)
    }
}

fn chain(n: usize) -> Chain {
    let n = u8::try_from(n).unwrap();
    Chain {
        author: AuthorKey([n; 32]),
        incarnation: Incarnation(u64::from(n)),
    }
}

fn admit(key: AuthorKey, person: u8, role: Role) -> Statement {
    Statement::Admit(Admit {
        key,
        person: EntityId([person; 16]),
        role,
        computer_name: "desk".into(),
        person_name: "Mia".into(),
    })
}
