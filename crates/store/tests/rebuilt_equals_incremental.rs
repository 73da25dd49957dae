//! What is kept with every commit is what comes out of making it anew: of cells, projection and digest, whatever came
//! in whatever order, also after removals changed what counts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::dump::dump;
use common::{Computer, at, draft, id, new_list, new_task, set};
use proptest::prelude::*;
use rota_model::cell::{Cell, Kind, list, task};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId};
use rota_model::payload::{Cut, Remove, Role, SpaceKind, Statement};
use rota_model::successor::successor_id;
use rota_model::value::Value;

#[derive(Clone, Debug)]
enum Step {
    Title(usize, u64, u8),
    Parent(usize, u64, Option<u64>),
    List(usize, u64, u64),
    Delete(usize, u64, bool),
    Status(usize, u64, u64),
    Tag(usize, u64, u8, bool),
    Due(usize, u64, u8),
    Moved(usize, u64),
    Next(usize, u64),
    DeleteList(usize, u64, bool),
    Waits(usize, u64, u64, bool),
    Pull(usize, usize),
    Remove(usize, usize, u64),
    Undo(usize),
}

const TASKS: u64 = 6;
const LISTS: u64 = 3;

fn step() -> impl Strategy<Value = Step> {
    let who = 0usize..3;
    let task = 0u64..TASKS;
    prop_oneof![
        3 => (who.clone(), task.clone(), any::<u8>()).prop_map(|(w, t, x)| Step::Title(w, t, x)),
        4 => (who.clone(), task.clone(), prop::option::of(task.clone())).prop_map(|(w, t, p)| Step::Parent(w, t, p)),
        1 => (who.clone(), task.clone(), 0..LISTS).prop_map(|(w, t, l)| Step::List(w, t, l)),
        2 => (who.clone(), task.clone(), any::<bool>()).prop_map(|(w, t, d)| Step::Delete(w, t, d)),
        2 => (who.clone(), task.clone(), 0u64..3).prop_map(|(w, t, s)| Step::Status(w, t, s)),
        1 => (who.clone(), task.clone(), 0u8..3, any::<bool>()).prop_map(|(w, t, k, on)| Step::Tag(w, t, k, on)),
        1 => (who.clone(), task.clone(), 1u8..28).prop_map(|(w, t, d)| Step::Due(w, t, d)),
        1 => (who.clone(), task.clone()).prop_map(|(w, t)| Step::Moved(w, t)),
        1 => (who.clone(), task.clone()).prop_map(|(w, t)| Step::Next(w, t)),
        1 => (who.clone(), 0..LISTS, any::<bool>()).prop_map(|(w, l, d)| Step::DeleteList(w, l, d)),
        1 => (who.clone(), task.clone(), task.clone(), any::<bool>()).prop_map(|(w, t, o, on)| Step::Waits(w, t, o, on)),
        5 => (who.clone(), who.clone()).prop_map(|(a, b)| Step::Pull(a, b)),
        1 => (who.clone(), who.clone(), 0u64..4).prop_map(|(a, b, back)| Step::Remove(a, b, back)),
        1 => who.prop_map(Step::Undo),
    ]
}

fn task_id(number: u64) -> EntityId {
    id(100 + number)
}

fn list_id(number: u64) -> EntityId {
    id(50 + number)
}

fn take(computers: &[Computer; 3], space: SpaceId, ms: u64, step: &Step) {
    // Whoever was removed is told so; that is not what is tested here.
    let write = |who: usize, drafts: Vec<Draft>| drop(computers[who].write(space, ms, drafts));
    match step {
        Step::Title(who, t, text) => {
            write(
                *who,
                vec![set(
                    task_id(*t),
                    task::TITLE,
                    Value::text(&format!("word{text} 牛乳")),
                )],
            );
        }
        Step::Parent(who, t, parent) => {
            write(
                *who,
                vec![set(
                    task_id(*t),
                    task::PARENT,
                    Value::entity(parent.map(task_id)),
                )],
            );
        }
        Step::List(who, t, l) => {
            write(
                *who,
                vec![set(
                    task_id(*t),
                    task::LIST,
                    Value::entity(Some(list_id(*l))),
                )],
            );
        }
        Step::Delete(who, t, gone) => {
            write(
                *who,
                vec![set(task_id(*t), task::DELETED, Value::bool(*gone))],
            );
        }
        Step::Status(who, t, status) => {
            write(
                *who,
                vec![set(task_id(*t), task::STATUS, Value::uint(*status))],
            );
        }
        Step::Tag(who, t, tag, on) => {
            let cell = Cell::element(
                Kind::TASK,
                task_id(*t),
                task::TAG,
                format!("tag{tag}").as_bytes(),
            );
            write(
                *who,
                vec![Draft {
                    cell,
                    value: Value::bool(*on),
                }],
            );
        }
        Step::Due(who, t, day) => {
            write(
                *who,
                vec![set(
                    task_id(*t),
                    task::DUE,
                    Value::text(&format!("2026-11-{day:02}")),
                )],
            );
        }
        Step::Moved(who, t) => {
            write(*who, vec![set(task_id(*t), task::MOVED, Value::bool(true))]);
        }
        Step::Next(who, t) => {
            let next = successor_id(&task_id(*t));
            let mut drafts = new_task(next, list_id(0), "next", "a5");
            drafts.push(set(
                next,
                task::PREDECESSOR,
                Value::entity(Some(task_id(*t))),
            ));
            drop(computers[*who].write_by(space, ms, drafts, By::Rule));
        }
        Step::DeleteList(who, l, gone) => {
            let seen = computers[*who]
                .store
                .read(|reader| reader.seen(&space))
                .unwrap();
            let seen = if *gone {
                Value::bytes(&seen)
            } else {
                Value::null()
            };
            write(
                *who,
                vec![
                    draft(Kind::LIST, list_id(*l), list::DELETED, Value::bool(*gone)),
                    draft(Kind::LIST, list_id(*l), list::SEEN, seen),
                ],
            );
        }
        Step::Waits(who, t, other, on) => {
            let key = task_id(*other).0;
            let cell = Cell::element(Kind::TASK, task_id(*t), task::WAITS_FOR, &key);
            write(
                *who,
                vec![Draft {
                    cell,
                    value: Value::bool(*on),
                }],
            );
        }
        Step::Pull(a, b) => drop(computers[*a].pull(&computers[*b], space)),
        Step::Remove(who, whom, back) => remove(computers, space, ms, *who, *whom, *back),
        Step::Undo(who) => drop(computers[*who].store.undo(at(ms))),
    }
}

fn remove(computers: &[Computer; 3], space: SpaceId, ms: u64, who: usize, whom: usize, back: u64) {
    let key = common::key(computers[whom].number).public();
    let store = &computers[who].store;
    let membership = store
        .read(|reader| reader.membership(&space))
        .unwrap()
        .unwrap();
    let Some(admission) = membership.of_key(&key) else {
        return;
    };
    let me = common::key(computers[who].number).public();
    if membership.of_key(&me).is_none() {
        return;
    }
    // A cut some ops before the head: what falls out had counted a moment ago.
    let frontier = computers[who].frontier(space);
    let cuts = frontier
        .heads()
        .filter(|head| head.chain.author == key && head.counter > back)
        .filter_map(|head| {
            let ops = store
                .read(|reader| reader.ops_after(&space, &Default::default(), 0, usize::MAX))
                .unwrap()
                .ops;
            let end = ops.iter().find(|op| {
                op.header.chain == head.chain && op.header.counter == head.counter - back
            })?;
            Some(Cut {
                incarnation: head.chain.incarnation,
                counter: end.header.counter,
                op: end.id,
            })
        })
        .collect();
    let remove = Remove {
        admission: admission.id,
        cuts,
    };
    computers[who].state(space, ms, vec![Statement::Remove(remove)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rebuilt_equals_incremental(steps in prop::collection::vec(step(), 1..60)) {
        let computers = [1, 2, 3].map(Computer::fast);
        let space = computers[0].found(SpaceKind::Shared);
        computers[0].admit(space, 1, 2, Role::Owner);
        computers[0].admit(space, 2, 3, Role::Editor);
        let lists = (0..LISTS).flat_map(|l| new_list(list_id(l), "list", "a0")).collect();
        computers[0].write(space, 3, lists).unwrap();
        let tasks = (0..TASKS).flat_map(|t| new_task(task_id(t), list_id(t % LISTS), "word", &format!("a{t}"))).collect();
        computers[0].write(space, 4, tasks).unwrap();
        for computer in &computers[1..] {
            computer.pull(&computers[0], space);
        }
        for (n, step) in steps.iter().enumerate() {
            take(&computers, space, 10 + n as u64, step);
        }
        for a in &computers {
            let kept = dump(a);
            a.store.rebuild_projection(at(0)).unwrap();
            prop_assert_eq!(&dump(a), &kept);
            a.store.rebuild_cells(at(0)).unwrap();
            prop_assert_eq!(&dump(a), &kept);
        }
        for _ in 0..2 {
            for a in &computers {
                for b in &computers {
                    a.pull(b, space);
                }
            }
        }
        for computer in &computers[1..] {
            computer.assert_agrees(&computers[0], space);
            prop_assert_eq!(shown(computer), shown(&computers[0]));
        }
    }
}

/// What people see, the same on every computer.
fn shown(computer: &Computer) -> String {
    computer
        .store
        .read(|reader| {
            let filter = rota_store::TaskFilter {
                done: true,
                trash: true,
                ..Default::default()
            };
            let tasks = reader.tasks(&filter, Default::default())?.tasks;
            let lists = reader.lists(None)?;
            let histories = (0..TASKS)
                .map(|t| {
                    let mut history = reader.history(&task_id(t))?;
                    history.sort_by_key(|entry| format!("{entry:?}"));
                    Ok(history)
                })
                .collect::<Result<Vec<_>, rota_store::StoreError>>()?;
            Ok::<_, rota_store::StoreError>(format!("{tasks:#?} {lists:#?} {histories:#?}"))
        })
        .unwrap()
}
