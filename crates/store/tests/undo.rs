//! Taking back one's own latest change.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, at, id, key, new_task, set};
use rota_model::cell::task;
use rota_model::edit::By;
use rota_model::payload::{Cut, Remove, Role, SpaceKind, Statement};
use rota_model::successor::successor_id;
use rota_model::value::Value;
use rota_store::{NotAllowed, Stays};

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
    assert_eq!(first.stays, Some(Stays::NotAllowed(NotAllowed::Removed)));
    assert_eq!(title(&mia, 101).as_deref(), Some("Bread"));
    let second = mia.store.undo(at(6)).unwrap().value.unwrap();
    assert_eq!(second.stays, None);
    assert_eq!(title(&mia, 100), None);
    assert_eq!(mia.store.undo(at(7)).unwrap().value, None);
}

fn redo(computer: &Computer, ms: u64) -> Option<rota_store::Undone> {
    computer
        .store
        .act(rota_store::Act::of_machine(at(ms)), |tx| {
            tx.redo_latest(&std::collections::BTreeSet::new())
        })
        .unwrap()
        .value
}

#[test]
fn redo_makes_again_what_undo_took_back_step_by_step_and_can_be_taken_back() {
    let computer = Computer::fast(1);
    let space = computer.found(SpaceKind::Shared);
    computer
        .write(space, 1, new_task(id(100), id(50), "A", "a0"))
        .unwrap();
    let rename = |ms, text: &str| {
        let draft = common::set(id(100), rota_model::cell::task::TITLE, Value::text(text));
        computer.write(space, ms, vec![draft]).unwrap();
    };
    rename(2, "B");
    rename(3, "C");
    let shown = || title(&computer, 100);
    assert!(redo(&computer, 4).is_none());
    for (ms, after) in [(5, Some("B")), (6, Some("A")), (7, None)] {
        assert!(computer.store.undo(at(ms)).unwrap().value.is_some());
        assert_eq!(shown().as_deref(), after);
    }
    for (ms, after) in [(8, "A"), (9, "B"), (10, "C")] {
        assert!(redo(&computer, ms).is_some());
        assert_eq!(shown().as_deref(), Some(after));
    }
    assert!(redo(&computer, 11).is_none());
    // What was made again is taken back like the first time, and made again once more.
    for (ms, after) in [(12, "B"), (13, "A")] {
        assert!(computer.store.undo(at(ms)).unwrap().value.is_some());
        assert_eq!(shown().as_deref(), Some(after));
    }
    assert!(redo(&computer, 14).is_some());
    assert_eq!(shown().as_deref(), Some("B"));
    // Something new ends it.
    rename(15, "D");
    assert!(redo(&computer, 16).is_none());
    assert_eq!(shown().as_deref(), Some("D"));
    assert!(computer.store.undo(at(17)).unwrap().value.is_some());
    assert_eq!(shown().as_deref(), Some("B"));
    assert!(redo(&computer, 18).is_some());
    assert!(redo(&computer, 19).is_none());
    assert_eq!(shown().as_deref(), Some("D"));
}

#[test]
fn redo_beats_nobodys_later_edit_and_undo_tells_what_it_left_alone() {
    let (tom, mia) = (Computer::fast(1), Computer::fast(2));
    let space = tom.found(SpaceKind::Shared);
    tom.admit(space, 1, 2, Role::Editor);
    tom.write(space, 2, new_task(id(100), id(50), "A", "a0"))
        .unwrap();
    let rename = |who: &Computer, ms, text: &str| {
        let draft = common::set(id(100), rota_model::cell::task::TITLE, Value::text(text));
        who.write(space, ms, vec![draft]).unwrap();
    };
    rename(&tom, 3, "B");
    tom.store.undo(at(4)).unwrap();
    mia.pull(&tom, space);
    rename(&mia, 5, "Mia's");
    tom.pull(&mia, space);
    let redone = redo(&tom, 6).unwrap();
    assert_eq!(
        (redone.left, title(&tom, 100).as_deref()),
        (1, Some("Mia's"))
    );
    assert_eq!(redone.left_by.unwrap().person.name, "person 2");

    rename(&tom, 7, "C");
    mia.pull(&tom, space);
    rename(&mia, 8, "Mia's again");
    tom.pull(&mia, space);
    let undone = tom.store.undo(at(9)).unwrap().value.unwrap();
    assert_eq!(undone.left, 1);
    assert_eq!(title(&tom, 100).as_deref(), Some("Mia's again"));
}

#[test]
fn undo_stops_at_what_is_for_good_and_then_goes_on() {
    let computer = Computer::fast(1);
    let space = computer.found(SpaceKind::Shared);
    computer
        .write(space, 1, new_task(id(100), id(50), "A", "a0"))
        .unwrap();
    let act = rota_store::Act::for_good(at(2), "the new space");
    let founder = rota_store::Founder {
        person: id(1),
        person_name: "Tom".to_owned(),
        computer_name: "desk".to_owned(),
    };
    computer
        .store
        .act(act, move |tx| tx.found(SpaceKind::Shared, &founder))
        .unwrap();
    let first = computer.store.undo(at(3)).unwrap().value.unwrap();
    assert_eq!(first.stays, Some(Stays::ForGood));
    assert_eq!(title(&computer, 100).as_deref(), Some("A"));
    computer.store.undo(at(4)).unwrap();
    assert_eq!(title(&computer, 100), None);
}
