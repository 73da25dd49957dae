//! What a task and its list show of other tasks, of people, and of what was deleted meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, draft, id, new_list, new_task, set};
use jiff::civil::date;
use jiff::tz::TimeZone;
use rota_model::cell::{Cell, Kind, list, task};
use rota_model::edit::Draft;
use rota_model::id::{EntityId, SpaceId};
use rota_model::payload::{Role, SpaceKind};
use rota_model::value::Value;
use rota_store::{Only, Page, Row, Sort, Spot, Store, StoreError, TaskFilter, TaskView};

const LIST: u64 = 50;

fn space_with_list(computer: &Computer) -> SpaceId {
    let space = computer.found(SpaceKind::Shared);
    computer
        .write(space, 1, new_list(id(LIST), "House", "a0"))
        .unwrap();
    space
}

fn add(computer: &Computer, space: SpaceId, ms: u64, number: u64, more: Vec<Draft>) {
    let order = format!("a{}", number % 10);
    let mut drafts = new_task(id(number), id(LIST), &format!("task {number}"), &order);
    drafts.extend(more);
    computer.write(space, ms, drafts).unwrap();
}

fn waits(task_id: EntityId, other: EntityId, on: bool) -> Draft {
    Draft {
        cell: Cell::element(Kind::TASK, task_id, task::WAITS_FOR, &other.0),
        value: Value::bool(on),
    }
}

fn view(computer: &Computer, number: u64) -> TaskView {
    let found = computer.store.read(|reader| reader.task(&id(number)));
    found.unwrap().unwrap()
}

fn only(computer: &Computer, only: Only) -> Vec<String> {
    let filter = TaskFilter {
        only: Some(only),
        ..TaskFilter::default()
    };
    let page = computer
        .store
        .read(|reader| reader.tasks(&filter, Page::default()))
        .unwrap();
    assert_eq!(page.total as usize, page.tasks.len());
    page.tasks.into_iter().map(|task| task.title).collect()
}

fn delete_list(computer: &Computer, space: SpaceId, ms: u64) {
    let seen = computer.store.read(|reader| reader.seen(&space)).unwrap();
    let drafts = vec![
        draft(Kind::LIST, id(LIST), list::DELETED, Value::bool(true)),
        draft(Kind::LIST, id(LIST), list::SEEN, Value::bytes(&seen)),
    ];
    computer.write(space, ms, drafts).unwrap();
}

#[test]
fn a_task_shows_what_is_below_it_what_it_waits_for_and_whose_turn_it_is() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    add(&computer, space, 2, 100, vec![]);
    let below = |parent| set(id(101), task::PARENT, Value::entity(Some(id(parent))));
    add(
        &computer,
        space,
        3,
        101,
        vec![below(100), waits(id(101), id(102), true)],
    );
    add(
        &computer,
        space,
        4,
        102,
        vec![set(id(102), task::PARENT, Value::entity(Some(id(100))))],
    );
    let turns = [Value::entity(Some(id(1))), Value::entity(Some(id(9)))];
    let more = vec![
        set(id(100), task::REMINDER, Value::text("before 10m")),
        set(id(100), task::ROTATION, Value::array(&turns)),
    ];
    computer.write(space, 5, more).unwrap();

    let root = view(&computer, 100);
    assert_eq!((root.subtasks, root.subtasks_done, root.depth), (2, 0, 0));
    assert_eq!(root.reminder.as_deref(), Some("before 10m"));
    let names: Vec<_> = root
        .rotation
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(names, ["person 1", ""]);
    let sub = view(&computer, 101);
    assert_eq!((sub.depth, sub.waits_for.len()), (1, 1));
    assert!(sub.waits_for[0].holds_up && sub.waits_for[0].title == "task 102");

    // Done below and before: told of those that show it.
    let mut events = computer.store.events();
    computer
        .write(space, 6, vec![set(id(102), task::STATUS, Value::uint(1))])
        .unwrap();
    let rota_store::Heard::Event(event) = events
        .next_within(std::time::Duration::from_secs(5))
        .unwrap()
    else {
        panic!("no event")
    };
    let told: Vec<_> = event.changed.tasks.iter().copied().collect();
    assert!(
        [100, 101, 102]
            .iter()
            .all(|number| told.contains(&id(*number))),
        "{told:?}"
    );
    assert_eq!(view(&computer, 100).subtasks_done, 1);
    assert!(!view(&computer, 101).waits_for[0].holds_up);
    computer
        .write(space, 7, vec![waits(id(101), id(102), false)])
        .unwrap();
    assert!(view(&computer, 101).waits_for.is_empty());
}

#[test]
fn who_deleted_a_task_is_told_also_of_what_went_with_it() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    add(&computer, space, 2, 100, vec![]);
    add(
        &computer,
        space,
        3,
        101,
        vec![set(id(101), task::PARENT, Value::entity(Some(id(100))))],
    );
    add(&computer, space, 4, 102, vec![]);
    computer
        .write(
            space,
            5,
            vec![set(id(100), task::DELETED, Value::bool(true))],
        )
        .unwrap();
    delete_list(&computer, space, 6);
    for number in [100, 101, 102] {
        let by = view(&computer, number).deleted_by.unwrap();
        assert_eq!(by.person.name, "person 1", "{number}");
    }
}

/// B adds a task and a subtask to a list that A has deleted meanwhile; both are kept, on both computers, until somebody
/// decides. What A had seen goes to the trash.
#[test]
fn what_others_put_into_a_list_before_they_heard_that_it_was_deleted_is_kept() {
    let [a, b] = [1, 2].map(Computer::fast);
    let space = space_with_list(&a);
    a.admit(space, 2, 2, Role::Editor);
    add(&a, space, 3, 100, vec![]);
    b.pull(&a, space);
    // B's clock is behind: what counts is what A had seen.
    add(&b, space, 1, 101, vec![]);
    add(
        &b,
        space,
        1,
        102,
        vec![set(id(102), task::PARENT, Value::entity(Some(id(101))))],
    );
    b.write(
        space,
        2,
        vec![set(id(100), task::TITLE, Value::text("edited late"))],
    )
    .unwrap();
    delete_list(&a, space, 10);
    a.pull(&b, space);
    b.pull(&a, space);
    for computer in [&a, &b] {
        assert_eq!(only(computer, Only::Recovered), ["task 101", "task 102"]);
        assert_eq!(only(computer, Only::Trash), ["edited late"]);
        assert!(only(computer, Only::Open).is_empty());
        assert!(view(computer, 101).recovered && !view(computer, 100).recovered);
        let lists = computer
            .store
            .read(|reader| reader.deleted_lists(None))
            .unwrap();
        assert_eq!((lists[0].recovered, lists[0].open), (2, 1));
        let numbers = computer
            .store
            .read(|reader| reader.numbers(date(2026, 11, 21), &TimeZone::UTC, &[]))
            .unwrap();
        assert_eq!((numbers.recovered, numbers.trash), (2, 1));
        // Cells and projection made anew say the same.
        computer.store.rebuild_cells(common::at(11)).unwrap();
        assert_eq!(only(computer, Only::Recovered), ["task 101", "task 102"]);
    }
    // One way out: the list comes back.
    let back = vec![
        draft(Kind::LIST, id(LIST), list::DELETED, Value::bool(false)),
        draft(Kind::LIST, id(LIST), list::SEEN, Value::null()),
    ];
    b.write(space, 20, back).unwrap();
    assert_eq!(
        only(&b, Only::Open),
        ["edited late", "task 101", "task 102"]
    );
    // Another: it is deleted again, now that all was seen.
    delete_list(&b, space, 21);
    assert!(only(&b, Only::Recovered).is_empty());
}

fn titles(
    store: &Store,
    filter: &TaskFilter,
    sort: Sort,
    page: Page,
) -> Result<Vec<String>, StoreError> {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    store.read(|reader| {
        let page = reader.tasks_sorted(filter, sort, &zone, page)?;
        Ok(page.tasks.into_iter().map(|task| task.title).collect())
    })
}

#[test]
fn tasks_sort_and_group_by_days_of_their_reader() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    let due = |number, text: &str| vec![set(id(number), task::DUE, Value::text(text))];
    add(&computer, space, 2, 100, due(100, "2026-03-20"));
    // 23:30 in New York is the next morning in Berlin.
    add(
        &computer,
        space,
        3,
        101,
        due(101, "2026-03-19T23:30[America/New_York]"),
    );
    add(
        &computer,
        space,
        4,
        102,
        due(102, "2026-03-19T23:30[Europe/Berlin]"),
    );
    add(&computer, space, 5, 103, due(103, "2026-03-20"));
    add(&computer, space, 6, 104, vec![]);
    let all = TaskFilter::default();
    let in_order = ["task 102", "task 100", "task 103", "task 101", "task 104"];
    let found = titles(&computer.store, &all, Sort::Due, Page::default()).unwrap();
    assert_eq!(found, in_order);
    for offset in 0..5u64 {
        let page = Page {
            offset,
            limit: Some(2),
        };
        let expected: Vec<_> = in_order.iter().skip(offset as usize).take(2).collect();
        assert_eq!(
            titles(&computer.store, &all, Sort::Due, page).unwrap(),
            expected.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    }
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let groups = computer
        .store
        .read(|reader| reader.day_groups(&all, Sort::Due, &zone))
        .unwrap()
        .groups;
    let expected = [
        (Some(date(2026, 3, 19)), 1),
        (Some(date(2026, 3, 20)), 3),
        (None, 1),
    ];
    assert_eq!(groups, expected);
    let numbers = computer
        .store
        .read(|reader| reader.numbers(date(2026, 3, 20), &zone, &[]))
        .unwrap();
    assert_eq!(
        (numbers.today, numbers.overdue, numbers.upcoming),
        (4, 1, 0)
    );

    // Completed and deleted: the latest first.
    for (ms, number) in [(10, 103), (11, 100), (11, 104)] {
        computer
            .write(
                space,
                ms,
                vec![set(id(number), task::STATUS, Value::uint(1))],
            )
            .unwrap();
    }
    let done = TaskFilter {
        only: Some(Only::Done),
        ..TaskFilter::default()
    };
    let two = Page {
        offset: 1,
        limit: Some(2),
    };
    assert_eq!(
        titles(&computer.store, &done, Sort::Completed, two).unwrap(),
        ["task 104", "task 103"]
    );
    for (ms, number) in [(20, 101), (21, 102)] {
        computer
            .write(
                space,
                ms,
                vec![set(id(number), task::DELETED, Value::bool(true))],
            )
            .unwrap();
    }
    let trash = TaskFilter {
        only: Some(Only::Trash),
        ..TaskFilter::default()
    };
    assert_eq!(
        titles(&computer.store, &trash, Sort::Deleted, Page::default()).unwrap(),
        ["task 102", "task 101"]
    );
}

#[test]
fn a_place_lies_between_its_neighbours_whatever_is_below_them() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    for number in 100..104 {
        add(&computer, space, number, number, vec![]);
    }
    add(
        &computer,
        space,
        9,
        105,
        vec![set(id(105), task::PARENT, Value::entity(Some(id(101))))],
    );
    computer
        .write(space, 10, vec![set(id(102), task::STATUS, Value::uint(1))])
        .unwrap();
    let row = Row {
        space,
        list: id(LIST),
        parent: None,
    };
    let beside = |spot, without: &[EntityId]| {
        let found = computer
            .store
            .read(|reader| reader.beside(&row, spot, without))
            .unwrap();
        found.map(|(a, b)| format!("{}-{}", a.unwrap_or_default(), b.unwrap_or_default()))
    };
    assert_eq!(beside(Spot::After(id(101)), &[]).as_deref(), Some("a1-a2"));
    assert_eq!(
        beside(Spot::After(id(101)), &[id(102)]).as_deref(),
        Some("a1-a3")
    );
    assert_eq!(
        beside(Spot::Before(id(101)), &[id(100)]).as_deref(),
        Some("-a1")
    );
    assert_eq!(beside(Spot::First, &[id(100)]).as_deref(), Some("-a1"));
    assert_eq!(beside(Spot::Last, &[id(103)]).as_deref(), Some("a2-"));
    assert_eq!(beside(Spot::After(id(105)), &[]), None);
    let below = Row {
        parent: Some(id(101)),
        ..row
    };
    let found = computer
        .store
        .read(|reader| reader.beside(&below, Spot::Last, &[]))
        .unwrap();
    assert_eq!(found, Some((Some("a5".to_owned()), None)));
}

#[test]
fn the_best_match_comes_first() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    let title = |number, text: &str| vec![set(id(number), task::TITLE, Value::text(text))];
    add(
        &computer,
        space,
        2,
        100,
        vec![set(id(100), task::NOTES, Value::text("paint"))],
    );
    add(&computer, space, 3, 101, title(101, "Buy paint"));
    add(&computer, space, 4, 102, title(102, "Painting the hall"));
    add(&computer, space, 5, 103, title(103, "Paint"));
    let filter = TaskFilter {
        search: Some("paint".to_owned()),
        ..TaskFilter::default()
    };
    let found = computer
        .store
        .read(|reader| reader.tasks_matching(&filter, Page::default()))
        .unwrap();
    let found: Vec<_> = found.tasks.into_iter().map(|task| task.title).collect();
    assert_eq!(
        found,
        ["Paint", "Painting the hall", "Buy paint", "task 100"]
    );
}

/// What the database counts and skips by itself is what comes out of looking at every task: a tag that all have makes it
/// look at every one.
#[test]
fn a_page_of_few_is_the_same_as_a_part_of_all() {
    let computer = Computer::fast(1);
    let space = space_with_list(&computer);
    let zones = ["Pacific/Auckland", "America/New_York", "Europe/Berlin"];
    for n in 0..60u64 {
        let number = 100 + n;
        let tag = Cell::element(Kind::TASK, id(number), task::TAG, b"all");
        let mut more = vec![Draft {
            cell: tag,
            value: Value::bool(true),
        }];
        let day = format!("2026-03-{:02}", 10 + n * 7 % 5);
        let due = match n % 4 {
            0 => Some(day),
            1 | 2 => Some(format!(
                "{day}T{:02}:30[{}]",
                n * 5 % 24,
                zones[n as usize % 3]
            )),
            _ => None,
        };
        more.extend(due.map(|due| set(id(number), task::DUE, Value::text(&due))));
        add(&computer, space, n / 3, number, more);
        if n % 3 == 0 {
            let done = vec![set(id(number), task::STATUS, Value::uint(1))];
            computer
                .write(space, 1_000 + n / 6 * 40_000_000, done)
                .unwrap();
        }
    }
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let due = rota_store::DueFilter {
        from: Some(date(2026, 3, 11)),
        to: Some(date(2026, 3, 13)),
        zone: zone.clone(),
    };
    let filter = |only, due: Option<&rota_store::DueFilter>, list: bool| TaskFilter {
        only: Some(only),
        due: due.cloned(),
        list: list.then(|| id(LIST)),
        ..TaskFilter::default()
    };
    for (filter, sort) in [
        (filter(Only::Open, None, false), Sort::Due),
        (filter(Only::Open, Some(&due), true), Sort::Due),
        (filter(Only::Done, None, true), Sort::Completed),
    ] {
        let every = TaskFilter {
            tags: vec!["all".to_owned()],
            ..filter.clone()
        };
        let groups = |filter: &TaskFilter| {
            let found = computer
                .store
                .read(|reader| reader.day_groups(filter, sort, &zone));
            found.unwrap().groups
        };
        assert_eq!(groups(&filter), groups(&every));
        assert!(groups(&filter).len() > 2);
        let whole = titles(&computer.store, &every, sort, Page::default()).unwrap();
        for offset in 0..whole.len() as u64 {
            let page = Page {
                offset,
                limit: Some(4),
            };
            let expected: Vec<_> = whole
                .iter()
                .skip(offset as usize)
                .take(4)
                .cloned()
                .collect();
            assert_eq!(
                titles(&computer.store, &filter, sort, page).unwrap(),
                expected,
                "{sort:?} {offset}"
            );
            let total = |filter| {
                let found = computer
                    .store
                    .read(|reader| reader.tasks_sorted(filter, sort, &zone, page));
                found.unwrap().total
            };
            assert_eq!(total(&filter), whole.len() as u64);
        }
    }
}
