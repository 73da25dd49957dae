//! Two computers with one space: what one writes, the other accepts, and both hold the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, id, new_task, set};
use rota_model::cell::task;
use rota_model::payload::{Role, SpaceKind};
use rota_model::value::Value;
use rota_store::{NotAllowed, StoreError};

#[test]
fn what_one_writes_the_other_has() {
    let (a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(100), id(10), "Milk", "a0"))
        .unwrap();
    let accepted = b.pull(&a, space);
    assert_eq!(accepted.iter().map(|a| a.stored).sum::<usize>(), 3);
    assert!(accepted[0].membership_changed);
    assert!(accepted[0].changed.tasks.contains(&id(100)));
    a.assert_agrees(&b, space);

    b.write(
        space,
        3,
        vec![set(id(100), task::TITLE, Value::text("Oat milk"))],
    )
    .unwrap();
    a.write(
        space,
        3,
        vec![set(id(100), task::NOTES, Value::text("two"))],
    )
    .unwrap();
    a.pull(&b, space);
    b.pull(&a, space);
    a.assert_agrees(&b, space);
    assert_eq!(b.pull(&a, space).len(), 0);
}

#[test]
fn nobody_writes_where_they_may_not() {
    let (a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    b.pull(&a, space);
    let milk = || new_task(id(100), id(10), "Milk", "a0");
    let why = |result: Result<_, StoreError>| match result {
        Err(StoreError::NotAllowed { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(b.write(space, 1, milk())), NotAllowed::NotMember);
    a.admit(space, 1, 2, Role::Viewer);
    b.pull(&a, space);
    assert_eq!(why(b.write(space, 2, milk())), NotAllowed::Viewer);
    a.admit(space, 2, 2, Role::Editor);
    b.pull(&a, space);
    b.write(space, 3, milk()).unwrap();
    a.pull(&b, space);
    a.assert_agrees(&b, space);
}
