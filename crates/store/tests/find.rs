//! Finding tasks: filters, pages, days, words in any script, short handles.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::home::{LIST, add, find, home, open, page, titles};
use common::{id, new_list, new_task, set};
use jiff::civil::date;
use jiff::tz::TimeZone;
use rota_model::cell::{Cell, Kind, task};
use rota_model::edit::Draft;
use rota_model::id::normalise_short;
use rota_model::task::{Assignee, assignee_value};
use rota_model::value::Value;
use rota_store::{DueFilter, Page, TaskFilter};

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
    // The two zones that are furthest apart have two calendar days between them.
    let far = [
        (
            101,
            "2026-11-10T00:30[Pacific/Kiritimati]",
            8,
            "Pacific/Pago_Pago",
        ),
        (
            102,
            "2026-11-20T23:30[Pacific/Pago_Pago]",
            22,
            "Pacific/Kiritimati",
        ),
    ];
    for (n, due, day, zone) in far {
        let call = add(&a, space, n, zone, "a1");
        a.write(space, 4, vec![set(call, task::DUE, Value::text(due))])
            .unwrap();
        assert_eq!(titles(&a, &on(day, zone)), [zone], "{due}");
    }
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
