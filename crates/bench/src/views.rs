//! What windows ask for beside lists, at a hundred thousand tasks: pages by date, groups, the numbers beside the views.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use rota_model::cell::{Cell, Kind, task};
use rota_model::edit::{By, Draft};
use rota_model::stamp::Time;
use rota_model::value::Value;
use rota_store::{Act, DueFilter, Only, Page, Sort, StoreError, TaskFilter};
use tempfile::tempdir;

use crate::corpus::{Appending, Filled, fill, id, open};
use crate::measure::Times;
use crate::table::Table;

const TASKS: u64 = 100_000;
const CALLS: usize = 50;
const TODAY: Date = date(2026, 6, 1);

pub(crate) fn run(table: &mut Table) {
    let folder = tempdir().unwrap();
    let filled = open(folder.path(), 1, 1);
    fill(&filled, 0, 0, TASKS, &mut Appending::new());
    schedule(&filled);
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let upcoming = TaskFilter {
        only: Some(Only::Open),
        due: Some(DueFilter {
            from: Some(TODAY),
            to: None,
            zone: zone.clone(),
        }),
        ..TaskFilter::default()
    };
    let done = TaskFilter {
        only: Some(Only::Done),
        ..TaskFilter::default()
    };
    let page = |filter: &TaskFilter, sort, offset| {
        let page = Page {
            offset,
            limit: Some(100),
        };
        let found = filled
            .store
            .read(|reader| reader.tasks_sorted(filter, sort, &zone, page));
        assert_eq!(found.unwrap().tasks.len(), 100);
    };
    // Pages behind the first are read while somebody scrolls: within a frame of 16 ms.
    for (what, filter, sort, offset, bar) in [
        ("upcoming, first", &upcoming, Sort::Due, 0, 5.0),
        (
            "upcoming, in the middle",
            &upcoming,
            Sort::Due,
            10_000,
            16.0,
        ),
        ("done, first", &done, Sort::Completed, 0, 5.0),
        ("done, in the middle", &done, Sort::Completed, 10_000, 16.0),
    ] {
        let time = times(|| page(filter, sort, offset)).median_ms();
        table.at_most(&format!("100 rows of {what}, p50"), time, bar, " ms");
    }
    let groups = |filter: &TaskFilter, sort| {
        let found = filled
            .store
            .read(|reader| reader.day_groups(filter, sort, &zone));
        assert!(!found.unwrap().groups.is_empty());
    };
    let time = times(|| groups(&upcoming, Sort::Due)).median_ms();
    table.at_most("days of upcoming, p50", time, 20.0, " ms");
    let time = times(|| groups(&done, Sort::Completed)).median_ms();
    table.at_most("days of done, p50", time, 20.0, " ms");
    let time = times(|| {
        let numbers = filled
            .store
            .read(|reader| reader.numbers(TODAY, &zone, &[]));
        assert!(numbers.unwrap().overdue > 0);
    });
    table.at_most(
        "numbers beside the views, p50",
        time.median_ms(),
        20.0,
        " ms",
    );
    let time = times(|| {
        filled.store.read(|reader| reader.tags(None)).unwrap();
    });
    table.at_most(
        "tags with their numbers, p50",
        time.median_ms(),
        20.0,
        " ms",
    );
    filled.store.close();
}

fn times(mut call: impl FnMut()) -> Times {
    let mut times = Times::default();
    call();
    for _ in 0..CALLS {
        times.call(&mut call);
    }
    times
}

/// Half of the tasks are due, one of three at a time of day; one of five is done.
fn schedule(filled: &Filled) {
    let numbers: Vec<u64> = (0..TASKS).collect();
    for chunk in numbers.chunks(2_000) {
        let space = filled.space;
        let chunk = chunk.to_vec();
        let ms = 1_790_000_000_000 + chunk[0] * 40_000;
        let change = move |tx: &mut rota_store::Tx<'_>| {
            for n in chunk {
                let mut drafts = Vec::new();
                let mut set = |field, value| {
                    let cell = Cell::of(Kind::TASK, id(n), field);
                    drafts.push(Draft { cell, value });
                };
                if n % 2 == 0 {
                    let days = i64::try_from(n % 700).unwrap();
                    let day = TODAY.saturating_add(jiff::Span::new().days(days - 100));
                    let text = match n % 3 {
                        0 => format!("{day}T17:{:02}[Europe/Berlin]", n % 60),
                        _ => day.to_string(),
                    };
                    set(task::DUE, Value::text(&text));
                }
                if n % 5 == 0 {
                    set(task::STATUS, Value::uint(1));
                }
                if !drafts.is_empty() {
                    tx.write(space, drafts, By::Person)?;
                }
            }
            Ok::<_, StoreError>(())
        };
        filled
            .store
            .act(Act::of_person(Time::new(ms, 0), "schedule"), change)
            .unwrap();
    }
}
