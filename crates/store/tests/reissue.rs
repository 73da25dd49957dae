//! What a change of role cuts off is written anew by the computer that stays.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, at, id, key, new_task, set};
use rota_model::cell::task;
use rota_model::id::{OpId, SpaceId};
use rota_model::payload::{Admit, Cut, Remove, Role, SpaceKind, Statement};
use rota_model::value::Value;
use rota_store::{Act, StoreError};

fn title(computer: &Computer, number: u64) -> String {
    let task = computer.store.read(|reader| reader.task(&id(number)));
    task.unwrap().map(|task| task.title).unwrap_or_default()
}

fn rename(computer: &Computer, space: SpaceId, ms: u64, number: u64, text: &str) {
    let draft = set(id(number), task::TITLE, Value::text(text));
    computer.write(space, ms, vec![draft]).unwrap();
}

/// Ends an admission with what is known here of its computer's chains; lets the computer in again in the same op.
fn lower(
    computer: &Computer,
    space: SpaceId,
    ms: u64,
    (number, admission): (u8, OpId),
    role: Option<Role>,
) -> OpId {
    let target = key(number).public();
    let cuts = computer
        .frontier(space)
        .heads()
        .filter(|head| head.chain.author == target)
        .map(|head| Cut {
            incarnation: head.chain.incarnation,
            counter: head.counter,
            op: head.op,
        })
        .collect();
    let mut statements = vec![Statement::Remove(Remove { admission, cuts })];
    statements.extend(role.map(|role| {
        Statement::Admit(Admit {
            key: target,
            person: id(u64::from(number)),
            role,
            computer_name: String::new(),
            person_name: String::new(),
        })
    }));
    computer.state(space, ms, statements)[0]
}

fn reissue(computer: &Computer, space: SpaceId, ms: u64) -> usize {
    let made = computer
        .store
        .act(Act::of_machine(at(ms)), move |tx| tx.reissue_cut_off(space));
    made.unwrap().value.len()
}

/// A computer that an owner made an editor while it was away keeps what it wrote meanwhile, and beats nobody by it.
#[test]
fn what_a_lower_role_cuts_off_is_written_anew_once() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    let admission = a.admit(space, 1, 2, Role::Owner);
    for number in [100, 101] {
        a.write(space, 2, new_task(id(number), id(50), "Milk", "a0"))
            .unwrap();
    }
    b.pull(&a, space);
    rename(&b, space, 10, 100, "Oat");
    rename(&b, space, 11, 100, "Oat milk");
    rename(&b, space, 12, 101, "Bread");
    rename(&a, space, 20, 101, "Rye bread");
    lower(&a, space, 21, (2, admission), Some(Role::Editor));
    b.pull(&a, space);
    assert_eq!(title(&b, 100), "Milk");
    assert!(reissue(&b, space, 30) > 0);
    assert_eq!(reissue(&b, space, 31), 0);
    a.pull(&b, space);
    a.assert_agrees(&b, space);
    for computer in [&a, &b] {
        assert_eq!(title(computer, 100), "Oat milk");
        assert_eq!(title(computer, 101), "Rye bread");
        let task = computer.store.read(|reader| reader.task(&id(100))).unwrap();
        assert!(task.unwrap().also_written.is_empty());
    }
}

/// Who was put out and let in again later does not bring back what the removal was to end.
#[test]
fn what_a_removal_ended_stays_ended_after_a_new_admission() -> Result<(), StoreError> {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    let admission = a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(100), id(50), "Milk", "a0"))?;
    b.pull(&a, space);
    rename(&b, space, 10, 100, "Junk");
    lower(&a, space, 20, (2, admission), None);
    a.admit(space, 30, 2, Role::Editor);
    b.pull(&a, space);
    assert_eq!(reissue(&b, space, 40), 0);
    assert_eq!(title(&b, 100), "Milk");
    Ok(())
}
