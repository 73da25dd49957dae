//! Taking back one's own latest change.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, at, id, key, new_task, set};
use rota_model::cell::task;
use rota_model::edit::By;
use rota_model::payload::{Cut, Remove, Role, SpaceKind, Statement};
use rota_model::successor::successor_id;
use rota_model::value::Value;
use rota_store::NotAllowed;

fn title(computer: &Computer, number: u64) -> Option<String> {
    let task = computer
        .store
        .read(|reader| reader.task(&id(number)))
        .unwrap()?;
    task.deleted_ms.is_none().then_some(task.title)
}

#[test]
fn changes_are_taken_back_one_by_one() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Mine);
    a.write(space, 1, new_task(id(100), id(50), "Milk", "a0"))
        .unwrap();
    a.write(
        space,
        2,
        vec![set(id(100), task::TITLE, Value::text("Oat"))],
    )
    .unwrap();
    a.write(
        space,
        3,
        vec![set(id(100), task::TITLE, Value::text("Soy"))],
    )
    .unwrap();
    assert_eq!(a.store.undo(at(4)).unwrap().value.unwrap().label, "change");
    assert_eq!(title(&a, 100).as_deref(), Some("Oat"));
    a.store.undo(at(5)).unwrap();
    assert_eq!(title(&a, 100).as_deref(), Some("Milk"));
    a.store.undo(at(6)).unwrap();
    assert_eq!(title(&a, 100), None);
    assert_eq!(a.store.undo(at(7)).unwrap().value, None);
}

/// Tom renames at 10:00, Mia at 10:01, Tom undoes at 10:02 without having hers: hers stands on both.
#[test]
fn an_undo_beats_nobodys_later_edit() {
    let (tom, mia) = (Computer::fast(1), Computer::fast(2));
    let space = tom.found(SpaceKind::Shared);
    tom.admit(space, 1, 2, Role::Editor);
    tom.write(space, 2, new_task(id(100), id(50), "old", "a0"))
        .unwrap();
    mia.pull(&tom, space);
    tom.write(
        space,
        1_000,
        vec![set(id(100), task::TITLE, Value::text("toms"))],
    )
    .unwrap();
    mia.write(
        space,
        1_060,
        vec![set(id(100), task::TITLE, Value::text("mias"))],
    )
    .unwrap();
    tom.store.undo(at(1_120)).unwrap();
    assert_eq!(title(&tom, 100).as_deref(), Some("old"));
    tom.pull(&mia, space);
    mia.pull(&tom, space);
    assert_eq!(title(&tom, 100).as_deref(), Some("mias"));
    tom.assert_agrees(&mia, space);
}

#[test]
fn undoing_a_completion_hides_the_next_occurrence_and_completing_again_shows_it() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Mine);
    a.write(space, 1, new_task(id(100), id(50), "Bins", "a0"))
        .unwrap();
    let next = successor_id(&id(100));
    let complete = |ms| {
        let mut drafts = new_task(next, id(50), "Bins again", "a1");
        drafts.push(set(next, task::PREDECESSOR, Value::entity(Some(id(100)))));
        let act = rota_store::Act::of_person(at(ms), "done");
        a.store
            .act::<_, _, rota_store::StoreError>(act, move |tx| {
                tx.write(
                    space,
                    vec![set(id(100), task::STATUS, Value::uint(1))],
                    By::Person,
                )?;
                tx.write(space, drafts, By::Rule)
            })
            .unwrap();
    };
    let open = || {
        a.store
            .read(|reader| reader.tasks(&Default::default(), Default::default()))
            .unwrap()
            .tasks
    };
    complete(2);
    assert_eq!(open()[0].id, next);
    a.store.undo(at(3)).unwrap();
    assert_eq!(
        open().iter().map(|task| task.id).collect::<Vec<_>>(),
        [id(100)]
    );
    complete(4);
    assert_eq!(
        open().iter().map(|task| task.id).collect::<Vec<_>>(),
        [next]
    );
}

/// The list that a rule opened for a first task stays when the task is taken back: others may have put theirs into it.
#[test]
fn taking_back_a_first_task_leaves_the_list_that_was_opened_for_it() {
    let (tom, mia) = (Computer::fast(1), Computer::fast(2));
    let space = tom.found(SpaceKind::Shared);
    tom.admit(space, 1, 2, Role::Editor);
    tom.store
        .act(rota_store::Act::of_person(at(2), "the task"), move |tx| {
            tx.write(space, common::new_list(id(50), "Inbox", "a0"), By::Rule)?;
            tx.write(space, new_task(id(100), id(50), "Milk", "a0"), By::Person)
        })
        .unwrap();
    mia.pull(&tom, space);
    mia.write(space, 3, new_task(id(101), id(50), "Bread", "a1"))
        .unwrap();
    tom.pull(&mia, space);
    tom.store.undo(at(4)).unwrap();
    assert_eq!(title(&tom, 100), None);
    assert_eq!(title(&tom, 101).as_deref(), Some("Bread"));
}

/// Who was removed from a space can still take back what was changed elsewhere before.
#[test]
fn a_change_where_this_computer_may_no_longer_write_is_passed_over() {
    let (tom, mia) = (Computer::fast(1), Computer::fast(2));
    let shared = tom.found(SpaceKind::Shared);
    let admission = tom.admit(shared, 1, 2, Role::Editor);
    mia.pull(&tom, shared);
    let mine = mia.found(SpaceKind::Mine);
    mia.write(mine, 2, new_task(id(100), id(50), "Milk", "a0"))
        .unwrap();
    mia.write(shared, 3, new_task(id(101), id(51), "Bread", "a0"))
        .unwrap();
    tom.pull(&mia, shared);
    let remove = Remove {
        admission,
        cuts: tom
            .frontier(shared)
            .heads()
            .filter(|head| head.chain.author == key(2).public())
            .map(|head| Cut {
                incarnation: head.chain.incarnation,
                counter: head.counter,
                op: head.op,
            })
            .collect(),
    };
    tom.state(shared, 4, vec![Statement::Remove(remove)]);
    mia.pull(&tom, shared);
    let first = mia.store.undo(at(5)).unwrap().value.unwrap();
    assert_eq!(first.stays, Some(NotAllowed::Removed));
    assert_eq!(title(&mia, 101).as_deref(), Some("Bread"));
    let second = mia.store.undo(at(6)).unwrap().value.unwrap();
    assert_eq!(second.stays, None);
    assert_eq!(title(&mia, 100), None);
    assert_eq!(mia.store.undo(at(7)).unwrap().value, None);
}
