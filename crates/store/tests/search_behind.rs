//! The search index stays behind new tasks and catches up: what is found is the same before, meanwhile and after.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::Duration;

use common::dump::dump;
use common::home::{LIST, add, find, home};
use common::{Computer, at, id, new_task, set};
use rota_model::cell::task;
use rota_model::id::SpaceId;
use rota_model::value::Value;

/// How many tasks are in the index itself.
fn indexed(computer: &Computer) -> i64 {
    let conn = rusqlite::Connection::open(computer.store.path()).unwrap();
    conn.query_row("SELECT count(*) FROM search_docsize", [], |row| row.get(0))
        .unwrap()
}

fn many(computer: &Computer, space: SpaceId, from: u64, to: u64) {
    let drafts = (from..to)
        .flat_map(|n| {
            new_task(
                id(n),
                id(LIST),
                &format!("Straße n{n} 牛乳"),
                &format!("a{n:04}a"),
            )
        })
        .collect();
    computer.write(space, 3, drafts).unwrap();
}

#[test]
fn a_new_task_is_found_before_the_index_has_it() {
    let (a, space) = home();
    for n in 0..20 {
        add(&a, space, 100 + n, &format!("Größe {n} 牛乳を"), "a0");
    }
    for written in ["größe 7", "grosse 7", "GRÖSSE 7", "GRÖẞE 7"] {
        assert_eq!(find(&a, written), ["Größe 7 牛乳を"]);
    }
    assert_eq!(find(&a, "grö").len(), 20);
    assert_eq!(find(&a, "乳を").len(), 20);
    a.write(
        space,
        4,
        vec![set(id(107), task::TITLE, Value::text("other"))],
    )
    .unwrap();
    assert_eq!(find(&a, "grö").len(), 19);
    assert_eq!(find(&a, "other"), ["other"]);
    a.store.close();
}

#[test]
fn of_many_new_tasks_few_are_behind_the_index() {
    let (a, space) = home();
    many(&a, space, 1_000, 1_800);
    let first = indexed(&a);
    assert!((289..=800).contains(&first), "{first}");
    many(&a, space, 2_000, 2_010);
    assert!(indexed(&a) < 810);
    for written in ["straße", "STRASSE", "STRAẞE"] {
        assert_eq!(find(&a, written).len(), 810);
    }
    assert_eq!(find(&a, "n2007").len(), 1);
    // What the index has and what it has not yet, edited, gone and made anew.
    for n in [1_005, 2_005] {
        a.write(
            space,
            4,
            vec![set(id(n), task::NOTES, Value::text("Höhle"))],
        )
        .unwrap();
    }
    assert_eq!(find(&a, "hohle").len(), 2);
    let kept = dump(&a);
    a.store.rebuild_projection(at(0)).unwrap();
    assert_eq!(dump(&a), kept);
    assert_eq!(find(&a, "hohle").len(), 2);
    for written in ["straße", "STRASSE", "STRAẞE"] {
        assert_eq!(find(&a, written).len(), 810);
    }
    a.store.close();
}

#[test]
fn the_index_catches_up_when_nobody_writes() {
    let (a, space) = home();
    add(&a, space, 100, "one", "a0");
    assert_eq!(indexed(&a), 0);
    let caught_up = (0..1_500).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        indexed(&a) > 0
    });
    assert!(caught_up);
    assert_eq!(find(&a, "one"), ["one"]);
    // The writer knows how far it reaches now.
    a.write(
        space,
        4,
        vec![set(id(100), task::TITLE, Value::text("two"))],
    )
    .unwrap();
    assert!(find(&a, "one").is_empty());
    assert_eq!(find(&a, "two"), ["two"]);
    a.store.close();
}
