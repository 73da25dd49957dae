//! What people see: order, trash, subtasks, next occurrences, filters, search, history.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Computer, at, draft, id, new_list, new_task, set};
use jiff::civil::date;
use jiff::tz::TimeZone;
use rota_model::cell::{Cell, Kind, list, task};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId, normalise_short};
use rota_model::payload::{Role, SpaceKind};
use rota_model::successor::successor_id;
use rota_model::task::{Assignee, assignee_value};
use rota_model::value::Value;
use rota_store::{DueFilter, Page, TaskFilter, TaskView};

const LIST: u64 = 50;

fn home() -> (Computer, SpaceId) {
    let computer = Computer::fast(1);
    let space = computer.found(SpaceKind::Mine);
    computer
        .write(space, 1, new_list(id(LIST), "Home", "a0"))
        .unwrap();
    (computer, space)
}

fn add(computer: &Computer, space: SpaceId, number: u64, title: &str, order: &str) -> EntityId {
    computer
        .write(space, 2, new_task(id(number), id(LIST), title, order))
        .unwrap();
    id(number)
}

fn page(computer: &Computer, filter: &TaskFilter, page: Page) -> (u64, Vec<TaskView>) {
    let page = computer
        .store
        .read(|reader| reader.tasks(filter, page))
        .unwrap();
    (page.total, page.tasks)
}

fn titles(computer: &Computer, filter: &TaskFilter) -> Vec<String> {
    let (total, tasks) = page(computer, filter, Page::default());
    assert_eq!(total, tasks.len() as u64);
    tasks.into_iter().map(|task| task.title).collect()
}

fn open(computer: &Computer) -> Vec<String> {
    titles(computer, &TaskFilter::default())
}

fn trash(computer: &Computer) -> Vec<String> {
    titles(
        computer,
        &TaskFilter {
            without_open: true,
            trash: true,
            ..TaskFilter::default()
        },
    )
}

fn find(computer: &Computer, typed: &str) -> Vec<String> {
    titles(
        computer,
        &TaskFilter {
            search: Some(typed.into()),
            ..TaskFilter::default()
        },
    )
}

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
fn filters_narrow_and_pages_join_up() {
    let (a, space) = home();
    a.write(space, 1, new_list(id(51), "Work", "a5")).unwrap();
    for n in 0..40 {
        let task_id = id(100 + n);
        a.write(
            space,
            2,
            new_task(
                task_id,
                id(50 + n % 2),
                &format!("n{n:02}"),
                &format!("a{n:02}a"),
            ),
        )
        .unwrap();
        a.write(
            space,
            3,
            vec![set(
                task_id,
                task::DUE,
                Value::text(&format!("2026-11-{:02}", n / 2 + 1)),
            )],
        )
        .unwrap();
        if n % 5 == 0 {
            let tag = Cell::element(Kind::TASK, task_id, task::TAG, b"five");
            a.write(
                space,
                4,
                vec![Draft {
                    cell: tag,
                    value: Value::bool(true),
                }],
            )
            .unwrap();
            a.write(
                space,
                4,
                vec![set(
                    task_id,
                    task::ASSIGNEE,
                    assignee_value(Some(Assignee::Person(id(9)))),
                )],
            )
            .unwrap();
        }
        if n % 10 == 3 {
            a.write(space, 5, vec![set(task_id, task::STATUS, Value::uint(1))])
                .unwrap();
        }
    }
    let all = TaskFilter {
        done: true,
        ..TaskFilter::default()
    };
    let whole = titles(&a, &all);
    assert_eq!(whole.len(), 40);
    assert_eq!(open(&a).len(), 36);
    for filter in [
        all.clone(),
        TaskFilter {
            search: Some("n".into()),
            ..all.clone()
        },
    ] {
        let mut joined = Vec::new();
        for offset in (0..40).step_by(7) {
            let (total, tasks) = page(
                &a,
                &filter,
                Page {
                    offset,
                    limit: Some(7),
                },
            );
            assert_eq!(total, 40);
            joined.extend(tasks.into_iter().map(|task| task.title));
        }
        assert_eq!(joined, whole);
    }
    let tagged = TaskFilter {
        tags: vec!["five".into()],
        ..TaskFilter::default()
    };
    assert_eq!(
        titles(&a, &tagged),
        ["n00", "n10", "n20", "n30", "n05", "n15", "n25", "n35"]
    );
    let assigned = TaskFilter {
        assigned: vec![Assignee::Person(id(9))],
        list: Some(id(51)),
        ..TaskFilter::default()
    };
    assert_eq!(titles(&a, &assigned), ["n05", "n15", "n25", "n35"]);
    let due = |from, to| DueFilter {
        from,
        to,
        zone: TimeZone::UTC,
    };
    let on = TaskFilter {
        due: Some(due(Some(date(2026, 11, 3)), Some(date(2026, 11, 3)))),
        ..TaskFilter::default()
    };
    assert_eq!(titles(&a, &on), ["n04", "n05"]);
    let until = TaskFilter {
        due: Some(due(None, Some(date(2026, 11, 2)))),
        ..all
    };
    assert_eq!(titles(&a, &until), ["n00", "n02", "n01", "n03"]);
}

/// Past so many candidates the display order is walked through: pages and totals are the same as of a few.
#[test]
fn many_found_tasks_are_paged_like_few() {
    let (a, space) = home();
    let count = 2_600u64;
    let drafts = (0..count)
        .flat_map(|n| new_task(id(1000 + n), id(LIST), "same word", &format!("b{n:04}z")))
        .collect();
    a.write(space, 2, drafts).unwrap();
    let done = (0..count)
        .filter(|n| n % 4 == 1)
        .map(|n| set(id(1000 + n), task::STATUS, Value::uint(1)))
        .collect();
    a.write(space, 3, done).unwrap();
    let open: Vec<_> = (0..count)
        .filter(|n| n % 4 != 1)
        .map(|n| id(1000 + n))
        .collect();
    let filter = TaskFilter {
        search: Some("word".into()),
        ..TaskFilter::default()
    };
    for offset in [0, 500, open.len() as u64 - 3] {
        let (total, tasks) = page(
            &a,
            &filter,
            Page {
                offset,
                limit: Some(7),
            },
        );
        assert_eq!(total, open.len() as u64);
        let expected: Vec<_> = open.iter().skip(offset as usize).take(7).copied().collect();
        assert_eq!(
            tasks.iter().map(|task| task.id).collect::<Vec<_>>(),
            expected
        );
    }
    let only_done = TaskFilter {
        without_open: true,
        done: true,
        ..filter
    };
    let (total, tasks) = page(
        &a,
        &only_done,
        Page {
            offset: 1,
            limit: Some(2),
        },
    );
    assert_eq!((total, tasks.len(), tasks[0].id), (count / 4, 2, id(1005)));
}

#[test]
fn a_time_falls_on_the_readers_day() {
    let (a, space) = home();
    let call = add(&a, space, 100, "Call", "a0");
    a.write(
        space,
        3,
        vec![set(
            call,
            task::DUE,
            Value::text("2026-11-03T23:30[America/New_York]"),
        )],
    )
    .unwrap();
    let on = |day, zone: &str| TaskFilter {
        due: Some(DueFilter {
            from: Some(date(2026, 11, day)),
            to: Some(date(2026, 11, day)),
            zone: TimeZone::get(zone).unwrap(),
        }),
        ..TaskFilter::default()
    };
    assert_eq!(titles(&a, &on(3, "America/New_York")), ["Call"]);
    assert_eq!(titles(&a, &on(4, "Europe/Berlin")), ["Call"]);
    assert_eq!(titles(&a, &on(3, "Europe/Berlin")), Vec::<String>::new());
}

#[test]
fn search_finds_in_any_script_from_one_character_on() {
    let (a, space) = home();
    let all = [
        "Öl kaufen",
        "牛乳を買う",
        "ซื้อนม",
        "दूध लाना",
        "Купить молоко",
        "حليب",
        "C++ & Go",
    ];
    for (n, title) in (0..).zip(all) {
        add(&a, space, 100 + n, title, &format!("a{n}"));
    }
    for (typed, found) in [
        ("öl", 0),
        ("ol", 0),
        ("kauf", 0),
        ("k", 0),
        ("牛", 1),
        ("乳", 1),
        ("牛乳", 1),
        ("を買う", 1),
        ("นม", 2),
        ("ซื้อ", 2),
        ("दूध", 3),
        ("दू", 3),
        ("молоко", 4),
        ("МОЛ", 4),
        ("حل", 5),
        ("go", 6),
    ] {
        assert_eq!(find(&a, typed), [all[found]], "{typed}");
    }
    assert_eq!(find(&a, "乳牛"), Vec::<String>::new());
    assert_eq!(find(&a, "\" OR *"), Vec::<String>::new());
    a.write(
        space,
        3,
        vec![
            set(id(100), task::TITLE, Value::text("Butter")),
            set(id(100), task::NOTES, Value::text("two packs")),
        ],
    )
    .unwrap();
    assert_eq!(find(&a, "kaufen"), Vec::<String>::new());
    assert_eq!(find(&a, "pack butter"), ["Butter"]);
}

#[test]
fn short_handles_lead_to_their_task() {
    let (a, space) = home();
    let milk = add(&a, space, 100, "Milk", "a0");
    let short = |typed: &str| {
        let beginning = normalise_short(typed).unwrap();
        a.store
            .read(|reader| reader.tasks_by_short(&beginning, 5))
            .unwrap()
    };
    assert_eq!(short(&milk.short()[..4].to_lowercase()), [milk]);
    assert_eq!(short(&milk.short()), [milk]);
    assert!(short("0000").is_empty());
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
    let _ = at(0);
}
