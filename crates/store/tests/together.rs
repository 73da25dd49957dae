//! What others have, and what one is to be reminded of.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, NOW_MS, at, id, key, new_task, set};
use rota_model::cell::task;
use rota_model::id::{EntityId, SpaceId};
use rota_model::payload::{Role, SpaceKind};
use rota_model::reminded::Reminded;
use rota_model::task::{Status, status_value};
use rota_model::value::Value;
use rota_store::{Act, FILE_NAME, HeardOf, ReminderRow, StoreError};

/// 2026-09-21, shortly before the computers' time.
const SOON: &str = "2026-09-21T12:00[Europe/Berlin]";

fn text(text: &str) -> Value {
    Value::text(text)
}

fn reminders(computer: &Computer, until_ms: u64) -> Vec<ReminderRow> {
    let mut rows = computer
        .store
        .read(|reader| reader.reminders_until(until_ms))
        .unwrap();
    rows.sort_by_key(|row| row.task);
    rows
}

fn tasks(rows: &[ReminderRow]) -> Vec<EntityId> {
    rows.iter().map(|row| row.task).collect()
}

fn handled(until_ms: Option<u64>) -> Value {
    let of = SOON.to_owned();
    Reminded { of, until_ms }.value()
}

#[test]
fn when_a_computer_wrote_last_is_the_latest_of_all_its_chains() {
    let computer = Computer::new(1);
    let last = |who| computer.store.read(|reader| reader.last_written_ms(who));
    let (me, nobody) = (computer.store.me(), key(9).public());
    let (home, other) = (
        computer.found(SpaceKind::Shared),
        computer.found(SpaceKind::Shared),
    );
    computer
        .write(home, 50, new_task(id(1), id(100), "Task", "a"))
        .unwrap();
    computer
        .write(other, 20, new_task(id(2), id(100), "Task", "a"))
        .unwrap();
    assert_eq!(last(&me).unwrap(), Some(at(50).ms()));
    computer
        .write(other, 70, new_task(id(3), id(100), "Task", "b"))
        .unwrap();
    assert_eq!(last(&me).unwrap(), Some(at(70).ms()));
    assert_eq!(last(&nobody).unwrap(), None);
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

#[test]
fn reminders_are_there_until_they_are_handled_and_the_same_when_built_anew() {
    let computer = Computer::new(1);
    let space = computer.found(SpaceKind::Shared);
    let mut drafts = Vec::new();
    for n in 1..=6 {
        drafts.extend(new_task(id(n), id(100), "Task", "a"));
        drafts.push(set(id(n), task::REMINDER, text(SOON)));
    }
    drafts.push(set(id(2), task::STATUS, status_value(Status::Done, None)));
    drafts.push(set(id(3), task::DELETED, Value::bool(true)));
    drafts.push(set(id(4), task::REMINDED, handled(None)));
    drafts.push(set(id(5), task::REMINDED, handled(Some(NOW_MS + DAY_MS))));
    drafts.push(set(id(6), task::REMINDER, text("whenever")));
    computer.write(space, 1, drafts).unwrap();
    assert_eq!(tasks(&reminders(&computer, NOW_MS)), [id(1)]);
    let put_off = reminders(&computer, NOW_MS + DAY_MS);
    assert_eq!(tasks(&put_off), [id(1), id(5)]);
    assert_eq!(put_off[1].again_ms, Some(NOW_MS + DAY_MS));
    // What was handled is another reminder at another time.
    let moved = vec![set(
        id(4),
        task::REMINDER,
        text("2026-09-20T12:00[Europe/Berlin]"),
    )];
    computer.write(space, 2, moved).unwrap();
    let before = reminders(&computer, NOW_MS + DAY_MS);
    assert_eq!(tasks(&before), [id(1), id(4), id(5)]);
    computer.store.rebuild_projection(at(3)).unwrap();
    assert_eq!(reminders(&computer, NOW_MS + DAY_MS), before);
    computer.store.rebuild_cells(at(4)).unwrap();
    assert_eq!(reminders(&computer, NOW_MS + DAY_MS), before);
}

#[test]
fn handling_a_reminder_is_no_edit_of_the_task() {
    let (a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    let mut drafts = new_task(id(1), id(100), "Task", "a");
    drafts.push(set(id(1), task::REMINDER, text(SOON)));
    a.write(space, 2, drafts).unwrap();
    b.pull(&a, space);
    // Both handle it, apart.
    a.write(space, 10, vec![set(id(1), task::REMINDED, handled(None))])
        .unwrap();
    b.write(
        space,
        11,
        vec![set(id(1), task::REMINDED, handled(Some(1)))],
    )
    .unwrap();
    a.pull(&b, space);
    b.pull(&a, space);
    a.assert_agrees(&b, space);
    for computer in [&a, &b] {
        let task = computer
            .store
            .read(|reader| reader.task(&id(1)))
            .unwrap()
            .unwrap();
        assert_eq!(task.updated_ms, NOW_MS + 2);
        assert!(task.also_written.is_empty());
    }
}

#[test]
fn what_may_be_due_is_found_by_its_index() {
    let computer = Computer::new(1);
    let space = computer.found(SpaceKind::Shared);
    computer
        .write(space, 1, new_task(id(1), id(100), "Task", "a"))
        .unwrap();
    let conn = rusqlite::Connection::open(computer.folder.path().join(FILE_NAME)).unwrap();
    let plan: Vec<String> = conn
        .prepare(
            "EXPLAIN QUERY PLAN SELECT t.uuid, s.space FROM tasks t JOIN spaces s ON s.id = t.space
             WHERE t.remind_from <= ?1 AND t.state IN (0, 5) AND t.reminder IS NOT NULL",
        )
        .unwrap()
        .query_map([1], |row| row.get(3))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(
        plan.iter().any(|step| step.contains("tasks_by_reminder")),
        "{plan:?}"
    );
}

fn holds(computer: &Computer, space: SpaceId, of: &Computer, tasks: &[EntityId]) -> Vec<bool> {
    let frontier = of.frontier(space);
    let holders = computer
        .store
        .read(|reader| reader.holders(&space, tasks, &[frontier]))
        .unwrap();
    holders.into_iter().map(|holders| holders[0]).collect()
}

#[test]
fn who_has_every_op_of_a_task_has_the_task() {
    let (a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(1), id(100), "First", "a"))
        .unwrap();
    assert_eq!(
        holds(&a, space, &b, &[id(1)]),
        [false],
        "it has nothing at all"
    );
    b.pull(&a, space);
    a.write(space, 3, new_task(id(2), id(100), "Second", "b"))
        .unwrap();
    assert_eq!(holds(&a, space, &b, &[id(1), id(2)]), [true, false]);
    // Its own edit is the latest, and it lacks one before.
    a.write(space, 4, vec![set(id(1), task::TITLE, text("Here"))])
        .unwrap();
    b.write(space, 5, vec![set(id(1), task::PRIORITY, Value::uint(1))])
        .unwrap();
    a.pull(&b, space);
    assert_eq!(holds(&a, space, &b, &[id(1)]), [false]);
    b.pull(&a, space);
    assert_eq!(holds(&a, space, &b, &[id(1), id(2)]), [true, true]);
    // What it has beyond what is here takes nothing away.
    b.write(space, 6, new_task(id(3), id(100), "Third", "c"))
        .unwrap();
    assert_eq!(holds(&a, space, &b, &[id(1), id(2)]), [true, true]);
}

#[test]
fn what_was_heard_is_kept_and_is_in_no_backup() {
    let mut a = Computer::new(1);
    let space = a.found(SpaceKind::Shared);
    a.write(space, 2, new_task(id(1), id(100), "First", "a"))
        .unwrap();
    let heard = HeardOf {
        computer: key(2).public(),
        frontier: a.frontier(space),
        at_ms: NOW_MS,
    };
    let kept = heard.clone();
    a.store
        .act(Act::of_machine(at(3)), move |tx| {
            tx.set_heard(&space, &kept)
        })
        .map_err(|error: StoreError| error)
        .unwrap();
    a.reopen(1);
    let read = a.store.read(|reader| reader.heard(&space)).unwrap();
    assert_eq!(read, [heard]);
    let file = a.folder.path().join("copy.backup");
    a.store.backup(&file).unwrap();
    let conn = rusqlite::Connection::open(&file).unwrap();
    let rows: i64 = conn
        .query_row("SELECT count(*) FROM heard", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 0);
}
