//! A task is found by what it was called before, too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::home::{LIST, add, home};
use common::{Computer, at, draft, id, new_task, set};
use rota_model::cell::{Kind, list, task};
use rota_model::id::{EntityId, SpaceId};
use rota_model::payload::{Role, SpaceKind};
use rota_model::value::Value;

fn rename(computer: &Computer, space: SpaceId, task: EntityId, title: &str) {
    computer
        .write(space, 3, vec![set(task, task::TITLE, Value::text(title))])
        .unwrap();
}

/// What a task was called and what it is called now.
fn once(computer: &Computer, typed: &str) -> Vec<(String, String)> {
    let found = computer
        .store
        .read(|reader| reader.tasks_once_titled(typed, 5))
        .unwrap();
    found
        .into_iter()
        .map(|one| (one.title, one.task.title))
        .collect()
}

fn pair(before: &str, now: &str) -> (String, String) {
    (before.to_owned(), now.to_owned())
}

#[test]
fn a_renamed_task_is_found_by_the_title_it_had() {
    let (a, space) = home();
    let heating = add(&a, space, 100, "Call the plumber", "a0");
    add(&a, space, 101, "Call Ben", "a1");
    assert_eq!(once(&a, "call"), []);
    rename(&a, space, heating, "Book the heating service");
    assert_eq!(
        once(&a, "plumb"),
        [pair("Call the plumber", "Book the heating service")]
    );
    assert_eq!(once(&a, "CALL the"), once(&a, "plumb"));
    assert_eq!(once(&a, "ben"), []);
    assert_eq!(once(&a, " \" * "), []);
}

#[test]
fn what_the_title_says_now_is_no_earlier_title() {
    let (a, space) = home();
    let milk = add(&a, space, 100, "Milk", "a0");
    rename(&a, space, milk, "Milk, two bottles");
    assert_eq!(once(&a, "milk"), []);
    rename(&a, space, milk, "Oat drink");
    rename(&a, space, milk, "Milk");
    assert_eq!(once(&a, "milk"), []);
    assert_eq!(once(&a, "bottles"), [pair("Milk, two bottles", "Milk")]);
    assert_eq!(once(&a, "oat"), [pair("Oat drink", "Milk")]);
}

#[test]
fn of_several_titles_the_one_written_last_tells_and_at_most_so_many_tasks_come() {
    let (a, space) = home();
    for number in 0..7 {
        let one = add(&a, space, 100 + number, &format!("Paint {number}"), "a0");
        rename(&a, space, one, &format!("Paint the wall {number}"));
        rename(&a, space, one, &format!("Wallpaper {number}"));
    }
    let expected: Vec<_> = (2..7)
        .rev()
        .map(|number| {
            pair(
                &format!("Paint the wall {number}"),
                &format!("Wallpaper {number}"),
            )
        })
        .collect();
    assert_eq!(once(&a, "paint"), expected);
}

#[test]
fn done_tasks_are_found_and_those_in_the_trash_are_not() {
    let (a, space) = home();
    let one = add(&a, space, 100, "Äpfel holen", "a0");
    rename(&a, space, one, "Obst");
    a.write(space, 4, vec![set(one, task::STATUS, Value::uint(1))])
        .unwrap();
    assert_eq!(once(&a, "apfel"), [pair("Äpfel holen", "Obst")]);
    a.write(space, 5, vec![set(one, task::DELETED, Value::bool(true))])
        .unwrap();
    assert_eq!(once(&a, "apfel"), []);
    a.write(space, 6, vec![set(one, task::DELETED, Value::bool(false))])
        .unwrap();
    assert_eq!(once(&a, "apfel").len(), 1);
    let gone = draft(Kind::LIST, id(LIST), list::DELETED, Value::bool(true));
    a.write(space, 7, vec![gone]).unwrap();
    assert_eq!(once(&a, "apfel"), []);
}

#[test]
fn scripts_without_spaces_are_found_by_a_part() {
    let (a, space) = home();
    let one = add(&a, space, 100, "牛乳を買う", "a0");
    rename(&a, space, one, "買い物");
    assert_eq!(once(&a, "牛乳"), [pair("牛乳を買う", "買い物")]);
}

#[test]
fn the_edit_that_did_not_win_is_found_on_both_computers() {
    let (a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(100), id(10), "Cake", "a0"))
        .unwrap();
    b.pull(&a, space);
    rename(&a, space, id(100), "Apple pie");
    rename(&b, space, id(100), "Cheese cake");
    a.pull(&b, space);
    b.pull(&a, space);
    let both = [once(&a, "apple"), once(&a, "cheese")].concat();
    assert_eq!(both.len(), 1);
    assert_eq!(both, [once(&b, "apple"), once(&b, "cheese")].concat());
    for computer in [&a, &b] {
        computer.store.rebuild_cells(at(9)).unwrap();
    }
    assert_eq!(both, [once(&a, "apple"), once(&a, "cheese")].concat());
}

#[test]
fn of_a_title_that_changes_all_the_time_the_latest_are_remembered() {
    let (a, space) = home();
    let one = add(&a, space, 100, "Version none", "a0");
    for number in 0..60 {
        rename(&a, space, one, &format!("Draft{number}"));
    }
    rename(&a, space, one, "Fair copy");
    assert_eq!(once(&a, "version"), []);
    assert_eq!(once(&a, "draft59"), [pair("Draft59", "Fair copy")]);
    assert_eq!(once(&a, "draft10"), [pair("Draft10", "Fair copy")]);
    assert_eq!(once(&a, "draft9"), []);
}
