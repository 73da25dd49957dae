//! Tasks as people write them, made up the same in every run.

use std::path::Path;

use rota_model::cell::{Cell, Kind, list, task};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId};
use rota_model::op::ComputerKey;
use rota_model::order::OrderKey;
use rota_model::payload::{Admit, Role, SpaceKind, Statement};
use rota_model::stamp::Time;
use rota_model::value::Value;
use rota_store::{Act, Founder, OpenOptions, Store, StoreError};

const WORDS: &[&str] = &[
    "paint", "hallway", "boiler", "call", "rent", "letter", "garden", "school", "belt", "sander",
    "küche", "lamp", "order", "screws", "train", "ticket", "clean", "filter", "water", "plants",
    "return", "parcel", "Öl", "买", "牛奶",
];

/// The time of the first change, in Unix milliseconds.
const BEGIN_MS: u64 = 1_790_000_000_000;

/// The `n`th time.
pub(crate) fn time(n: u64) -> Time {
    Time::new(BEGIN_MS + n, 0)
}

/// The `n`th entity.
pub(crate) fn id(n: u64) -> EntityId {
    EntityId::derive("rota bench", &[&n.to_be_bytes()])
}

/// The `n`th title.
pub(crate) fn title(n: u64) -> String {
    let word = |k: u64| WORDS[usize::try_from((n * 31 + k * 17) % WORDS.len() as u64).unwrap()];
    format!(
        "{} the {} {} {n}",
        word(1),
        word(n % 7 + 2),
        word(n / 5 + 3)
    )
}

/// The cells of the `n`th task: four fields, and what places it.
pub(crate) fn task_drafts(n: u64, in_list: EntityId, order: &str) -> Vec<Draft> {
    let one = |field, value| Draft {
        cell: Cell::of(Kind::TASK, id(n), field),
        value,
    };
    vec![
        one(task::TITLE, Value::text(&title(n))),
        one(task::LIST, Value::entity(Some(in_list))),
        one(task::ORDER, Value::text(order)),
        one(task::PRIORITY, Value::uint(n % 4)),
    ]
}

/// Order keys for appending.
pub(crate) struct Appending(Option<OrderKey>);

impl Appending {
    /// From the beginning.
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// The next key behind all before.
    pub(crate) fn next_key(&mut self) -> String {
        let key = OrderKey::between(self.0.as_ref(), None, 7);
        let text = key.as_str().to_owned();
        self.0 = Some(key);
        text
    }
}

/// A store with a space and lists.
pub(crate) struct Filled {
    pub(crate) store: Store,
    pub(crate) space: SpaceId,
    pub(crate) lists: Vec<EntityId>,
}

/// Opens a store in a folder, founds a space with so many lists.
pub(crate) fn open(folder: &Path, number: u8, lists: u64) -> Filled {
    let store = Store::open(
        folder,
        OpenOptions::new(ComputerKey::from_seed([number; 32]), [number; 32]),
    )
    .unwrap();
    let founder = Founder {
        person: id(1),
        person_name: "Anna".into(),
        computer_name: "desk".into(),
    };
    let space = store
        .act(Act::of_machine(time(0)), move |tx| {
            tx.found(SpaceKind::Shared, &founder)
        })
        .unwrap()
        .value;
    let ids: Vec<_> = (0..lists).map(|n| id(u64::MAX - n)).collect();
    for (n, list_id) in ids.iter().copied().enumerate() {
        let name = Draft {
            cell: Cell::of(Kind::LIST, list_id, list::NAME),
            value: Value::text(&format!("List {n}")),
        };
        write(&store, space, vec![name], n as u64);
    }
    Filled {
        store,
        space,
        lists: ids,
    }
}

/// Fills a list with tasks `from..to`, many in one transaction.
pub(crate) fn fill(filled: &Filled, in_list: usize, from: u64, to: u64, order: &mut Appending) {
    let list_id = filled.lists[in_list];
    let numbers: Vec<u64> = (from..to).collect();
    for chunk in numbers.chunks(2_000) {
        let all: Vec<Vec<Draft>> = chunk
            .iter()
            .map(|n| task_drafts(*n, list_id, &order.next_key()))
            .collect();
        let space = filled.space;
        filled
            .store
            .act(Act::of_person(time(chunk[0]), "add"), move |tx| {
                for drafts in all {
                    tx.write(space, drafts, By::Person)?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}

/// One change of a person.
pub(crate) fn write(store: &Store, space: SpaceId, drafts: Vec<Draft>, n: u64) {
    store
        .act(Act::of_person(time(n), "change"), move |tx| {
            tx.write(space, drafts, By::Person)
        })
        .unwrap();
}

/// Lets another computer into the space.
pub(crate) fn admit(filled: &Filled, number: u8) {
    let admit = Statement::Admit(Admit {
        key: ComputerKey::from_seed([number; 32]).public(),
        person: id(u64::from(number)),
        role: Role::Editor,
        computer_name: "laptop".into(),
        person_name: "Ben".into(),
    });
    let space = filled.space;
    filled
        .store
        .act(Act::of_machine(time(1)), move |tx| {
            tx.state(space, vec![admit])
        })
        .unwrap();
}
