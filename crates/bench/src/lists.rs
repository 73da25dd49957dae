//! Opening and searching a list of a hundred thousand tasks, and opening any list while another one fills.

use std::sync::atomic::{AtomicBool, Ordering};

use rota_store::{Page, TaskFilter};
use tempfile::tempdir;

use crate::corpus::{Appending, Filled, fill, open};
use crate::measure::Times;
use crate::table::Table;

const TASKS: u64 = 100_000;
const CALLS: usize = 200;

pub(crate) fn run(table: &mut Table) {
    let folder = tempdir().unwrap();
    let filled = open(folder.path(), 1, 11);
    let mut order = Appending::new();
    fill(&filled, 0, 0, TASKS, &mut order);
    for small in 1..10 {
        let from = TASKS + small as u64 * 200;
        fill(&filled, small, from, from + 200, &mut order);
    }
    let first = times(|n| open_page(&filled, 0, n));
    table.at_most(
        "first 100 rows of a list of 100,000, p50",
        first.median_ms(),
        5.0,
        " ms",
    );
    for words in ["hallway", "paint ha", "牛奶", "Öl", "99999"] {
        let found = times(|_| search(&filled, words));
        table.at_most(
            &format!("search for {words:?} in 100,000, p50"),
            found.median_ms(),
            20.0,
            " ms",
        );
    }
    let idle = times(|n| open_page(&filled, 1 + n % 9, n));
    let filling = AtomicBool::new(true);
    let busy = std::thread::scope(|scope| {
        scope.spawn(|| {
            fill(&filled, 10, TASKS * 2, TASKS * 3, &mut Appending::new());
            filling.store(false, Ordering::Relaxed);
        });
        let mut busy = Times::default();
        let mut n = 0;
        while filling.load(Ordering::Relaxed) {
            busy.call(|| open_page(&filled, 1 + n % 9, n));
            n += 1;
        }
        busy
    });
    let (busy, idle) = (busy.percentile_ms(95), idle.percentile_ms(95));
    table.at_most(
        "opening a list while 100,000 are added / idle, p95",
        busy / idle,
        2.0,
        "x",
    );
    table.beside("opening a list, idle, p95", format!("{idle:.3} ms"));
    filled.store.close();
}

fn times(mut call: impl FnMut(usize)) -> Times {
    let mut times = Times::default();
    call(0);
    for n in 0..CALLS {
        times.call(|| call(n));
    }
    times
}

fn open_page(filled: &Filled, list: usize, _: usize) {
    let filter = TaskFilter {
        list: Some(filled.lists[list]),
        ..TaskFilter::default()
    };
    let page = Page {
        offset: 0,
        limit: Some(100),
    };
    let found = filled
        .store
        .read(|reader| reader.tasks(&filter, page))
        .unwrap();
    assert_eq!(found.tasks.len(), 100);
}

fn search(filled: &Filled, words: &str) {
    let filter = TaskFilter {
        search: Some(words.to_owned()),
        ..TaskFilter::default()
    };
    let page = Page {
        offset: 0,
        limit: Some(100),
    };
    let found = filled
        .store
        .read(|reader| reader.tasks(&filter, page))
        .unwrap();
    assert!(!found.tasks.is_empty());
}
