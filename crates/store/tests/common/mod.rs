//! Computers with real files, and the changes that tests make on them.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

pub mod dump;
pub mod home;

use rota_model::cell::{Cell, Field, Kind, list, task};
use rota_model::edit::{By, Draft};
use rota_model::frontier::Frontier;
use rota_model::id::{EntityId, OpId, SpaceId};
use rota_model::op::ComputerKey;
use rota_model::payload::{Admit, Role, SpaceKind, Statement};
use rota_model::stamp::Time;
use rota_model::value::Value;
use rota_store::{Accepted, Act, Founder, OpenOptions, Store, StoreError};
use tempfile::TempDir;

/// A computer with its own folder.
pub struct Computer {
    pub folder: TempDir,
    pub store: Store,
    pub number: u8,
}

pub const NOW_MS: u64 = 1_790_000_000_000;

pub fn at(ms: u64) -> Time {
    Time::new(NOW_MS + ms, 0)
}

pub fn key(number: u8) -> ComputerKey {
    ComputerKey::from_seed([number; 32])
}

pub fn options(number: u8, life: u8) -> OpenOptions {
    OpenOptions::new(key(number), [number ^ (life << 4); 32])
}

pub fn id(number: u64) -> EntityId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes[8..].copy_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    EntityId::new(bytes)
}

impl Computer {
    pub fn new(number: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), options(number, 0)).unwrap();
        Self {
            folder,
            store,
            number,
        }
    }

    /// One whose commits survive the process alone: for tests of many small commits.
    pub fn fast(number: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions {
            durability: rota_store::Durability::Process,
            ..options(number, 0)
        };
        let store = Store::open(folder.path(), options).unwrap();
        Self {
            folder,
            store,
            number,
        }
    }

    pub fn reopen(&mut self, life: u8) {
        self.store.close();
        self.store = Store::open(self.folder.path(), options(self.number, life)).unwrap();
    }

    pub fn found(&self, kind: SpaceKind) -> SpaceId {
        let founder = Founder {
            person: id(u64::from(self.number)),
            person_name: format!("person {}", self.number),
            computer_name: format!("computer {}", self.number),
        };
        self.store
            .act(Act::of_machine(at(0)), move |tx| tx.found(kind, &founder))
            .unwrap()
            .value
    }

    pub fn write(
        &self,
        space: SpaceId,
        ms: u64,
        drafts: Vec<Draft>,
    ) -> Result<Vec<OpId>, StoreError> {
        self.write_by(space, ms, drafts, By::Person)
    }

    pub fn write_by(
        &self,
        space: SpaceId,
        ms: u64,
        drafts: Vec<Draft>,
        by: By,
    ) -> Result<Vec<OpId>, StoreError> {
        self.store
            .act(Act::of_person(at(ms), "change"), move |tx| {
                tx.write(space, drafts, by)
            })
            .map(|committed| committed.ops)
    }

    pub fn state(&self, space: SpaceId, ms: u64, statements: Vec<Statement>) -> Vec<OpId> {
        self.store
            .act(Act::of_machine(at(ms)), move |tx| {
                tx.state(space, statements)
            })
            .unwrap()
            .ops
    }

    /// Admits another computer; returns the admission.
    pub fn admit(&self, space: SpaceId, ms: u64, number: u8, role: Role) -> OpId {
        let admit = Admit {
            key: key(number).public(),
            person: id(u64::from(number)),
            role,
            computer_name: format!("computer {number}"),
            person_name: format!("person {number}"),
        };
        self.state(space, ms, vec![Statement::Admit(admit)])[0]
    }

    pub fn frontier(&self, space: SpaceId) -> Frontier {
        self.store.read(|reader| reader.frontier(&space)).unwrap()
    }

    /// Takes everything that another has and this one lacks.
    pub fn pull(&self, other: &Self, space: SpaceId) -> Vec<Accepted> {
        let mut all = Vec::new();
        let mine = self.frontier(space);
        let mut from = 0;
        loop {
            let batch = other
                .store
                .read(|reader| reader.ops_after(&space, &mine, from, 64 * 1024))
                .unwrap();
            if batch.ops.is_empty() {
                return all;
            }
            from = batch.last_seq;
            all.push(self.store.accept(space, batch.ops, at(0)).unwrap());
        }
    }

    /// Both have the same ops, and so the same winners; and what is kept is what a recount finds.
    pub fn assert_agrees(&self, other: &Self, space: SpaceId) {
        assert_eq!(self.frontier(space), other.frontier(space));
        let digests = [self, other].map(|computer| {
            computer
                .store
                .read(|reader| {
                    Ok::<_, StoreError>((reader.digest(&space)?, reader.check_digest(&space)?))
                })
                .unwrap()
        });
        assert_eq!(digests[0].0, digests[0].1);
        assert_eq!(digests[0], digests[1]);
    }
}

pub fn draft(kind: Kind, entity: EntityId, field: Field, value: Value) -> Draft {
    Draft {
        cell: Cell::of(kind, entity, field),
        value,
    }
}

pub fn set(entity: EntityId, field: Field, value: Value) -> Draft {
    draft(Kind::TASK, entity, field, value)
}

pub fn new_list(entity: EntityId, name: &str, order: &str) -> Vec<Draft> {
    vec![
        draft(Kind::LIST, entity, list::NAME, Value::text(name)),
        draft(Kind::LIST, entity, list::ORDER, Value::text(order)),
    ]
}

pub fn new_task(entity: EntityId, list: EntityId, title: &str, order: &str) -> Vec<Draft> {
    vec![
        set(entity, task::TITLE, Value::text(title)),
        set(entity, task::LIST, Value::entity(Some(list))),
        set(entity, task::ORDER, Value::text(order)),
    ]
}
