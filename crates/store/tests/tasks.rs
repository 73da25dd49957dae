//! What people see: order, trash, subtasks, next occurrences, filters, search, history.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::home::{LIST, add, home, open, trash};
use common::{Computer, draft, id, new_list, new_task, set};
use rota_model::cell::{Cell, Kind, list, task};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_model::payload::{Role, SpaceKind};
use rota_model::successor::successor_id;
use rota_model::task::{Assignee, assignee_value};
use rota_model::value::Value;

#[test]
fn a_task_is_shown_whole() {
    let (a, space) = home();
    let milk = add(&a, space, 100, "Milk", "a0");
    let tag = Cell::element(Kind::TASK, milk, task::TAG, "küche".as_bytes());
    a.write(
        space,
        5,
        vec![
            set(milk, task::NOTES, Value::text("two")),
            set(milk, task::PRIORITY, Value::uint(1)),
            set(milk, task::STATUS, Value::uint(1)),
            set(
                milk,
                task::ASSIGNEE,
                assignee_value(Some(Assignee::Person(id(1)))),
            ),
            Draft {
                cell: tag,
                value: Value::bool(true),
            },
        ],
    )
    .unwrap();
    let shown = a.store.read(|reader| reader.task(&milk)).unwrap().unwrap();
    assert_eq!(
        (shown.title.as_str(), shown.notes.as_str(), shown.priority),
        ("Milk", "two", 1)
    );
    assert_eq!(
        (shown.list.name.as_str(), shown.short.as_str()),
        ("Home", milk.short().as_str())
    );
    assert_eq!(shown.tags, ["küche"]);
    assert_eq!(shown.created_by.person.name, "person 1");
    assert_eq!(shown.completed_by.unwrap().computer.name, "computer 1");
    assert_eq!(shown.completed_ms, Some(common::NOW_MS + 5));
    assert_eq!(
        shown.assignee,
        Some((Assignee::Person(id(1)), "person 1".to_owned()))
    );
    let lists = a.store.read(|reader| reader.lists(None)).unwrap();
    assert_eq!((lists[0].open, lists[0].done), (0, 1));
}

#[test]
fn subtasks_follow_their_task_and_share_its_fate() {
    let (a, space) = home();
    let (party, cake, guests) = (
        add(&a, space, 100, "Party", "a1"),
        add(&a, space, 101, "Cake", "a9"),
        add(&a, space, 102, "Guests", "a0"),
    );
    add(&a, space, 103, "Last", "a2");
    let flour = add(&a, space, 104, "Flour", "a0");
    a.write(
        space,
        3,
        vec![
            set(cake, task::PARENT, Value::entity(Some(party))),
            set(guests, task::PARENT, Value::entity(Some(party))),
            set(flour, task::PARENT, Value::entity(Some(cake))),
        ],
    )
    .unwrap();
    assert_eq!(open(&a), ["Party", "Guests", "Cake", "Flour", "Last"]);
    let below = a.store.read(|reader| reader.subtasks(&party)).unwrap();
    assert_eq!(
        below
            .iter()
            .map(|task| task.title.as_str())
            .collect::<Vec<_>>(),
        ["Guests", "Cake", "Flour"]
    );

    a.write(space, 4, new_list(id(51), "Other", "a1")).unwrap();
    a.write(
        space,
        5,
        vec![set(party, task::LIST, Value::entity(Some(id(51))))],
    )
    .unwrap();
    let flour_now = a.store.read(|reader| reader.task(&flour)).unwrap().unwrap();
    assert_eq!(flour_now.list.name, "Other");
    assert_eq!(open(&a), ["Last", "Party", "Guests", "Cake", "Flour"]);

    a.write(space, 6, vec![set(cake, task::DELETED, Value::bool(true))])
        .unwrap();
    assert_eq!(open(&a), ["Last", "Party", "Guests"]);
    assert_eq!(trash(&a), ["Cake", "Flour"]);
    assert!(
        a.store
            .read(|reader| reader.task(&flour))
            .unwrap()
            .unwrap()
            .deleted_ms
            .is_some()
    );
    a.write(space, 7, vec![set(cake, task::DELETED, Value::bool(false))])
        .unwrap();
    assert_eq!(open(&a).len(), 5);
}

#[test]
fn a_lists_tasks_follow_it_into_the_trash_and_back() {
    let (a, space) = home();
    add(&a, space, 100, "Milk", "a0");
    a.write(
        space,
        3,
        vec![draft(
            Kind::LIST,
            id(LIST),
            list::DELETED,
            Value::bool(true),
        )],
    )
    .unwrap();
    assert_eq!((open(&a).len(), trash(&a)), (0, vec!["Milk".to_owned()]));
    a.write(
        space,
        4,
        vec![set(id(100), task::TITLE, Value::text("Late"))],
    )
    .unwrap();
    assert_eq!((open(&a).len(), trash(&a)), (0, vec!["Late".to_owned()]));
    a.write(
        space,
        5,
        vec![draft(
            Kind::LIST,
            id(LIST),
            list::DELETED,
            Value::bool(false),
        )],
    )
    .unwrap();
    assert_eq!(open(&a), ["Late"]);
}

#[test]
fn a_cycle_of_parents_is_cut_at_its_latest_edge() {
    let (a, space) = home();
    let [x, y, z] =
        [100, 101, 102].map(|n| add(&a, space, n, &format!("t{n}"), &format!("a{}", n - 100)));
    for (ms, child, parent) in [(3, x, y), (4, y, z), (5, z, x)] {
        a.write(
            space,
            ms,
            vec![set(child, task::PARENT, Value::entity(Some(parent)))],
        )
        .unwrap();
    }
    assert_eq!(open(&a), ["t102", "t101", "t100"]);
    a.write(space, 6, vec![set(x, task::PARENT, Value::entity(Some(y)))])
        .unwrap();
    assert_eq!(open(&a), ["t100", "t102", "t101"]);
    a.write(space, 7, vec![set(y, task::PARENT, Value::null())])
        .unwrap();
    assert_eq!(open(&a), ["t101", "t100", "t102"]);
}

#[test]
fn a_next_occurrence_shows_while_it_is_called_for_or_once_a_person_wrote_it() {
    let (a, space) = home();
    let bins = add(&a, space, 100, "Bins", "a0");
    let next = successor_id(&bins);
    let mut drafts = new_task(next, id(LIST), "Bins again", "a1");
    drafts.push(set(next, task::PREDECESSOR, Value::entity(Some(bins))));
    a.write_by(space, 3, drafts, By::Rule).unwrap();
    assert_eq!(open(&a), ["Bins"]);
    a.write(space, 4, vec![set(bins, task::STATUS, Value::uint(1))])
        .unwrap();
    assert_eq!(open(&a), ["Bins again"]);
    a.write(space, 5, vec![set(bins, task::STATUS, Value::uint(0))])
        .unwrap();
    assert_eq!(open(&a), ["Bins"]);
    a.write(space, 6, vec![set(next, task::NOTES, Value::text("mine"))])
        .unwrap();
    assert_eq!(open(&a), ["Bins", "Bins again"]);
}

#[test]
fn what_moved_away_is_gone_and_late_edits_are_in_the_trash() {
    let (a, space) = home();
    let milk = add(&a, space, 100, "Milk", "a0");
    a.write(space, 3, vec![set(milk, task::MOVED, Value::bool(true))])
        .unwrap();
    assert_eq!((open(&a).len(), trash(&a).len()), (0, 0));
    a.write(space, 4, vec![set(milk, task::TITLE, Value::text("Late"))])
        .unwrap();
    assert_eq!((open(&a).len(), trash(&a)), (0, vec!["Late".to_owned()]));
}

#[test]
fn edits_made_apart_stand_beside_each_other_and_in_the_history() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    let rent = add(&a, space, 100, "Rent", "a0");
    b.pull(&a, space);
    a.write(space, 10, vec![set(rent, task::NOTES, Value::text("950"))])
        .unwrap();
    b.write(space, 20, vec![set(rent, task::NOTES, Value::text("900"))])
        .unwrap();
    a.pull(&b, space);
    b.pull(&a, space);
    for computer in [&a, &b] {
        let shown = computer
            .store
            .read(|reader| reader.task(&rent))
            .unwrap()
            .unwrap();
        assert_eq!(shown.notes, "900");
        assert_eq!(shown.also_written[&task::NOTES], [Value::text("950")]);
    }
    let history = a.store.read(|reader| reader.history(&rent)).unwrap();
    assert_eq!(
        (history[0].value.as_text(), history[0].current),
        (Some("900"), true)
    );
    assert_eq!(history[0].by.person.name, "person 2");
    assert_eq!(
        (history[1].value.as_text(), history[1].also_written),
        (Some("950"), true)
    );
    a.write(space, 30, vec![set(rent, task::NOTES, Value::text("900"))])
        .unwrap();
    let shown = a.store.read(|reader| reader.task(&rent)).unwrap().unwrap();
    assert!(shown.also_written.is_empty());
}

#[test]
fn spaces_and_members_are_counted() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    a.write(
        space,
        1,
        vec![draft(
            Kind::SPACE,
            EntityId::ZERO,
            rota_model::cell::named::NAME,
            Value::text("Flat"),
        )],
    )
    .unwrap();
    a.admit(space, 2, 2, Role::Viewer);
    add(&a, space, 100, "Milk", "a0");
    b.pull(&a, space);
    let seen = b
        .store
        .read(|reader| reader.spaces(&common::key(2).public()))
        .unwrap();
    assert_eq!(
        (
            seen[0].name.as_str(),
            seen[0].role,
            seen[0].people,
            seen[0].tasks
        ),
        ("Flat", Some(Role::Viewer), 2, 1)
    );
    let members = b.store.read(|reader| reader.members(&space)).unwrap();
    assert_eq!(
        members
            .iter()
            .map(|m| m.person.name.as_str())
            .collect::<Vec<_>>(),
        ["person 1", "person 2"]
    );
    assert!(
        b.store
            .read(|reader| reader.is_member(&space, &common::key(1).public()))
            .unwrap()
    );
    assert!(
        !b.store
            .read(|reader| reader.is_member(&space, &common::key(3).public()))
            .unwrap()
    );
}
