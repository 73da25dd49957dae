//! One run: a group is founded and joined, things happen to it, it heals, and then it must agree.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::cell::task;
use rota_model::edit::By;
use rota_model::frontier::Head;
use rota_model::id::{EntityId, SpaceId};
use rota_model::op::{ComputerKey, Flags};
use rota_model::payload::{Admit, Cut, Remove, Role, SpaceKind, Statement, encode_statements};
use rota_model::register::Rank;
use rota_model::task::{Status, status_value};
use rota_model::value::Value;

use crate::disk::{Disk, Unsigned};
use crate::log::{Entry, State};
use crate::machine::{Machine, of_tag, of_task};
use crate::rules::Rules;
use crate::script::Happening;
use crate::turns::{self, HandedOn, Turns};
use crate::witness::{Breach, breach};
use crate::world::{At, World};

/// How large a run is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Computers at the start.
    pub computers: usize,
    /// Things that happen.
    pub happenings: usize,
}

/// What a run did, to see that runs do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Ops in the largest log at the end.
    pub ops: usize,
    /// Chains with several heads at the end.
    pub forks: usize,
    /// Admissions that were removed.
    pub removed: usize,
    /// What became of the turns, where most of it is.
    pub handed_on: HandedOn,
}

/// A run that broke an invariant: the seed runs it again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("seed {seed}: invariant {} is broken: {}", .breach.invariant, .breach.seen)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// What broke.
    pub breach: Breach,
}

/// Runs one group from a seed.
///
/// # Errors
/// The first broken invariant.
pub fn run(seed: u64, size: Size, rules: Rules) -> Result<Report, Failure> {
    Group::new(seed, rules)
        .live(size)
        .map_err(|breach| Failure { seed, breach })
}

struct Group {
    world: World,
    space: SpaceId,
    tasks: Vec<EntityId>,
    turns: Turns,
}

impl Group {
    fn new(seed: u64, rules: Rules) -> Self {
        Self {
            world: World::new(seed, rules),
            space: SpaceId::ZERO,
            tasks: Vec::new(),
            turns: Turns::default(),
        }
    }

    fn live(mut self, size: Size) -> Result<Report, Breach> {
        self.found()?;
        for n in 1..size.computers {
            let role = if n == 1 { Role::Owner } else { Role::Editor };
            self.admit(0, role)?;
        }
        self.world.run_for(5_000)?;
        for _ in 0..size.happenings {
            let pause = 20 + self.world.dice.below(1_500);
            self.world.run_for(pause)?;
            let happening = Happening::draw(&mut self.world.dice);
            self.happen(happening)?;
        }
        self.settle()?;
        self.agree()
    }

    fn found(&mut self) -> Result<(), Breach> {
        let key = ComputerKey::from_seed([1; 32]);
        let person = EntityId([1; 16]);
        let mut machine = Machine::new(key, person, Disk::default());
        let payload = encode_statements(&[
            Statement::Found(SpaceKind::Shared),
            admit_statement(&machine, Role::Owner),
        ]);
        let time = machine.time(self.world.true_ms());
        let (op, space) =
            machine
                .disk
                .found(&machine.key.clone(), payload, time, &mut self.world.dice);
        self.space = space;
        self.world.machines.push(machine);
        self.world.signed(&op);
        self.world.start(0)
    }

    fn happen(&mut self, happening: Happening) -> Result<(), Breach> {
        let at = self.world.dice.index(self.world.machines.len());
        match happening {
            Happening::Add => self.add(at),
            Happening::Edit => self.edit(at),
            Happening::Tag => self.tag(at),
            Happening::Complete => self.complete(at),
            Happening::Reopen => self.reopen(at),
            Happening::Delete => self.delete(at),
            Happening::NewerWrite => self.newer_write(at),
            Happening::Break => self.world.break_one(),
            Happening::Isolate => self.world.isolate(at),
            Happening::Crash => {
                if self.world.machines[at].engine.is_some() {
                    self.world.crash(at);
                }
                Ok(())
            }
            Happening::ClockJump => {
                self.jump(at);
                Ok(())
            }
            Happening::Snapshot => {
                let machine = &mut self.world.machines[at];
                machine.kept = Some((machine.disk.clone(), machine.acknowledged.clone()));
                Ok(())
            }
            Happening::Rollback => self.roll_back(at),
            Happening::Clone => self.clone_machine(at),
            Happening::Admit => {
                let role = if self.world.dice.percent(30) {
                    Role::Viewer
                } else {
                    Role::Editor
                };
                if self.world.machines.len() < 8 {
                    self.admit(at, role)
                } else {
                    Ok(())
                }
            }
            Happening::Remove => self.remove(at),
            Happening::ChangeRole => self.change_role(at),
            Happening::Leave => self.leave(at),
        }
    }

    fn add(&mut self, at: At) -> Result<(), Breach> {
        let id = EntityId::new(self.world.dice.bytes());
        let title = format!("Task {}", self.tasks.len());
        self.tasks.push(id);
        let mut drafts = vec![of_task(id, task::TITLE, Value::text(&title))];
        if self.world.dice.percent(50) {
            let people = [1, 2, 3].map(|number| EntityId([number; 16]));
            drafts.extend(turns::in_turn(id, &people, &mut self.world.dice));
        }
        let drafts = drafts.into_iter().map(|draft| (draft, By::Person));
        self.write(at, drafts.collect())
    }

    fn edit(&mut self, at: At) -> Result<(), Breach> {
        let Some(id) = self.world.dice.pick(&self.tasks) else {
            return Ok(());
        };
        let text = format!("Edit {}", self.world.dice.below(10_000));
        let field = if self.world.dice.percent(50) {
            task::TITLE
        } else {
            task::DUE
        };
        self.write(
            at,
            vec![(of_task(id, field, Value::text(&text)), By::Person)],
        )
    }

    fn tag(&mut self, at: At) -> Result<(), Breach> {
        let Some(id) = self.world.dice.pick(&self.tasks) else {
            return Ok(());
        };
        let tag = ["home", "bank", "school"][self.world.dice.index(3)];
        let on = self.world.dice.percent(70);
        self.write(at, vec![(of_tag(id, tag, on), By::Person)])
    }

    fn complete(&mut self, at: At) -> Result<(), Breach> {
        let Some((id, state)) = self.known(at, Status::Open) else {
            return Ok(());
        };
        let wall_ms = self.world.machines[at].wall_ms(self.world.true_ms());
        let next = self
            .turns
            .next(at, &state, id, wall_ms, &self.world.rules)
            .into_iter()
            .map(|draft| (draft, By::Rule));
        let done = of_task(id, task::STATUS, status_value(Status::Done, None));
        let drafts: Vec<_> = std::iter::once((done, By::Person)).chain(next).collect();
        for (draft, _) in &drafts {
            if !self.tasks.contains(&draft.cell.entity) {
                self.tasks.push(draft.cell.entity);
            }
        }
        self.write(at, drafts)
    }

    fn reopen(&mut self, at: At) -> Result<(), Breach> {
        let Some((id, _)) = self.known(at, Status::Done) else {
            return Ok(());
        };
        let open = of_task(id, task::STATUS, status_value(Status::Open, None));
        self.write(at, vec![(open, By::Person)])
    }

    /// A task of this status at a running computer, if the one that is drawn is such, and what is seen there.
    fn known(&mut self, at: At, status: Status) -> Option<(EntityId, State)> {
        let id = self.world.dice.pick(&self.tasks)?;
        let machine = &self.world.machines[at];
        machine.engine.as_ref()?;
        let state = machine
            .disk
            .log_ref(&self.space)?
            .state(self.space, &self.world.rules);
        let fields = turns::fields(&state, id);
        (!fields.title.is_empty() && fields.status == status).then_some((id, state))
    }

    fn delete(&mut self, at: At) -> Result<(), Breach> {
        let Some(id) = self.world.dice.pick(&self.tasks) else {
            return Ok(());
        };
        let gone = self.world.dice.percent(60);
        self.write(
            at,
            vec![(of_task(id, task::DELETED, Value::bool(gone)), By::Person)],
        )
    }

    /// Writes drafts and checks that they stand where they were made; only a rule's yields, to a person's.
    fn write(&mut self, at: At, drafts: Vec<(rota_model::edit::Draft, By)>) -> Result<(), Breach> {
        let (now, rules, space) = (self.world.true_ms(), self.world.rules, self.space);
        if self.world.machines[at].engine.is_none() {
            return Ok(());
        }
        let machine = &mut self.world.machines[at];
        let Some((entry, change, writes)) =
            machine.write(space, drafts, now, &rules, &mut self.world.dice)
        else {
            return Ok(());
        };
        let state = machine.disk.log(&space).state(space, &rules);
        let mine = state
            .membership
            .of_key(&machine.public())
            .is_some_and(|a| a.admit.role >= Role::Editor);
        for write in writes.iter().filter(|_| mine) {
            let standing = state.winners.get(&write.cell).map(|winner| winner.rank);
            let own = Rank {
                stamp: write.stamp,
                op: entry.op.id,
            };
            let yields = write.stamp.is_of_rule()
                && standing.is_some_and(|standing| !standing.stamp.is_of_rule());
            if standing != Some(own) && !yields {
                return Err(breach(
                    2,
                    "an edit made knowing another did not beat it".to_owned(),
                ));
            }
        }
        self.world.wrote(at, space, &entry, change)
    }

    /// Flags, kinds and statements that only a later version knows.
    fn newer_write(&mut self, at: At) -> Result<(), Breach> {
        let payload = [
            vec![0x81, 0x84, 0x18, 0x63],
            self.world.dice.bytes()[..3]
                .iter()
                .map(|b| b & 0x17)
                .collect(),
        ]
        .concat();
        let flags =
            [Flags(4), Flags(7), Flags::MEMBERSHIP, Flags::WRITES][self.world.dice.index(4)];
        self.state_raw(at, flags, payload)
    }

    fn admit(&mut self, by: At, role: Role) -> Result<(), Breach> {
        if self.world.machines[by].engine.is_none() {
            return Ok(());
        }
        let number = u8::try_from(self.world.machines.len() + 1).unwrap_or(u8::MAX);
        let key = ComputerKey::from_seed([number; 32]);
        let mut machine = Machine::new(key, EntityId([number; 16]), Disk::default());
        machine.disk.begin(self.space);
        let statement = admit_statement(&machine, role);
        self.world.machines.push(machine);
        let newcomer = self.world.machines.len() - 1;
        self.state(by, &[statement])?;
        self.world.start(newcomer)
    }

    fn remove(&mut self, by: At) -> Result<(), Breach> {
        let target = self.world.dice.index(self.world.machines.len());
        match self.removal(by, target) {
            Some((remove, _)) if target != by => self.state(by, &[Statement::Remove(remove)]),
            _ => Ok(()),
        }
    }

    fn leave(&mut self, at: At) -> Result<(), Breach> {
        match self.removal(at, at) {
            Some((remove, _)) => self.state(at, &[Statement::Remove(remove)]),
            None => Ok(()),
        }
    }

    fn change_role(&mut self, by: At) -> Result<(), Breach> {
        let target = self.world.dice.index(self.world.machines.len());
        let Some((remove, role)) = self.removal(by, target) else {
            return Ok(());
        };
        let role = if role == Role::Editor {
            Role::Owner
        } else {
            Role::Editor
        };
        let admit = admit_statement(&self.world.machines[target], role);
        // Lowering removes and admits in one op; raising admits again.
        let statements = if role == Role::Editor {
            vec![Statement::Remove(remove), admit]
        } else {
            vec![admit]
        };
        if target == by {
            Ok(())
        } else {
            self.state(by, &statements)
        }
    }

    /// What removing a computer says, by what the remover has.
    fn removal(&self, by: At, target: At) -> Option<(Remove, Role)> {
        let log = self.world.machines[by].disk.log(&self.space);
        let membership = log.membership(self.space, &self.world.rules);
        let key = self.world.machines[target].public();
        let admission = membership.of_key(&key)?;
        let cuts = log
            .frontier()
            .heads()
            .filter(|head| head.chain.author == key)
            .map(|Head { chain, counter, op }| Cut {
                incarnation: chain.incarnation,
                counter,
                op,
            })
            .collect();
        Some((
            Remove {
                admission: admission.id,
                cuts,
            },
            admission.admit.role,
        ))
    }

    fn state(&mut self, at: At, statements: &[Statement]) -> Result<(), Breach> {
        self.state_raw(at, Flags::MEMBERSHIP, encode_statements(statements))
    }

    fn state_raw(&mut self, at: At, flags: Flags, payload: Vec<u8>) -> Result<(), Breach> {
        let (now, rules, space) = (self.world.true_ms(), self.world.rules, self.space);
        if self.world.machines[at].engine.is_none() {
            return Ok(());
        }
        let machine = &mut self.world.machines[at];
        let (time, key) = (machine.time(now), machine.key.clone());
        match machine.disk.write(
            &key,
            space,
            Unsigned {
                flags,
                payload,
                time,
            },
            &rules,
            &mut self.world.dice,
        ) {
            Some((op, change)) => self.world.wrote(at, space, &Entry::new(op), change),
            None => Ok(()),
        }
    }

    fn jump(&mut self, at: At) {
        const DAY_MS: i64 = 86_400_000;
        let days = [-20_000, -365, -1, 0, 1, 365][self.world.dice.index(6)];
        self.world.machines[at].clock_offset_ms = days * DAY_MS;
    }

    /// A machine is set back and goes on without network for a while, so that nothing tells it.
    fn roll_back(&mut self, at: At) -> Result<(), Breach> {
        let Some((disk, acknowledged)) = self.world.machines[at].kept.take() else {
            return Ok(());
        };
        self.world.crash(at);
        self.world.machines[at].disk = disk;
        self.world.machines[at].acknowledged = acknowledged;
        self.world.start(at)?;
        self.world.isolate(at)?;
        self.add(at)
    }

    fn clone_machine(&mut self, at: At) -> Result<(), Breach> {
        let machine = &self.world.machines[at];
        let Some((disk, acknowledged)) = machine.kept.clone() else {
            return Ok(());
        };
        if self.world.machines.len() >= 8 {
            return Ok(());
        }
        let mut twin = Machine::new(machine.key.clone(), machine.person, disk);
        twin.acknowledged = acknowledged;
        self.world.machines.push(twin);
        self.world.start(self.world.machines.len() - 1)
    }

    /// All faults end. Twins take turns, since to the others they are one computer.
    fn settle(&mut self) -> Result<(), Breach> {
        self.world.heal()?;
        // Drawn turns, so that each of one pair meets each of another.
        let turns = if self.world.has_twins() { 40 } else { 1 };
        for _ in 0..turns {
            self.world.take_turns()?;
            self.world.run_for(25_000)?;
            self.world.heal()?;
        }
        self.world.run_for(70_000)
    }

    /// Whoever counts for each other, directly or through others, has the same ops.
    fn agree(&self) -> Result<Report, Breach> {
        let machines = &self.world.machines;
        let views: Vec<BTreeSet<_>> = machines
            .iter()
            .map(|m| {
                m.disk
                    .log(&self.space)
                    .membership(self.space, &self.world.rules)
                    .standing()
                    .map(|a| a.admit.key)
                    .collect()
            })
            .collect();
        let mutual = |a: At, b: At| {
            views[a].contains(&machines[b].public()) && views[b].contains(&machines[a].public())
        };
        for a in 0..machines.len() {
            for b in a + 1..machines.len() {
                let (log_a, log_b) = (
                    machines[a].disk.log(&self.space),
                    machines[b].disk.log(&self.space),
                );
                let twins = machines[a].public() == machines[b].public();
                if mutual(a, b) && !twins && log_a.frontier() != log_b.frontier() {
                    let (n, m) = (log_a.entries().len(), log_b.entries().len());
                    return Err(breach(
                        6,
                        format!(
                            "computers {a} and {b} count for each other and have {n} and {m} ops"
                        ),
                    ));
                }
            }
        }
        let mut handed_on = HandedOn::default();
        for machine in machines {
            let state = machine
                .disk
                .log(&self.space)
                .state(self.space, &self.world.rules);
            let here = self.turns.check(&state)?;
            if here.turns > handed_on.turns {
                handed_on = here;
            }
        }
        let largest = machines
            .iter()
            .map(|m| m.disk.log(&self.space))
            .max_by_key(|log| log.entries().len());
        let log = largest.unwrap_or_default();
        let mut heads: BTreeMap<_, usize> = BTreeMap::new();
        log.frontier()
            .heads()
            .for_each(|head| *heads.entry(head.chain).or_default() += 1);
        let membership = log.membership(self.space, &self.world.rules);
        Ok(Report {
            ops: log.entries().len(),
            forks: heads.values().filter(|heads| **heads > 1).count(),
            removed: membership
                .admissions
                .iter()
                .filter(|a| a.removed_at.is_some())
                .count(),
            handed_on,
        })
    }
}

fn admit_statement(machine: &Machine, role: Role) -> Statement {
    Statement::Admit(Admit {
        key: machine.public(),
        person: machine.person,
        role,
        computer_name: "desk".to_owned(),
        person_name: "Mia".to_owned(),
    })
}
