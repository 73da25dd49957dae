//! Sixty-four callers write to a hundred lists: one writer with group commit against one commit a call, in one database
//! and in a pool of three among which lists are divided by hash. The decision for a single writer rests on this.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::tempdir;

use crate::corpus::{Appending, Filled, open, task_drafts, write};
use crate::measure::{median, seconds};
use crate::table::Table;

const CALLERS: u64 = 64;
const CALLS: u64 = 30;
const LISTS: u64 = 100;
const ROUNDS: usize = 3;

pub(crate) fn run(table: &mut Table) {
    let (mut over_single, mut over_pool, mut over_grouped_pool) =
        (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let grouped = writes_a_second(1, false);
        over_single.push(grouped / writes_a_second(1, true));
        over_pool.push(grouped / writes_a_second(3, true));
        over_grouped_pool.push(grouped / writes_a_second(3, false));
    }
    table.at_least(
        "64 callers: group commit / one commit a call",
        median(over_single),
        3.0,
        "x",
    );
    table.at_least(
        "64 callers: group commit / pool of three, one commit a call",
        median(over_pool),
        1.0,
        "x",
    );
    table.beside(
        "64 callers: group commit / pool of three with group commits",
        format!("{:.2}x", median(over_grouped_pool)),
    );
}

/// `one_at_a_time` lets a caller begin only when the call before in its database is durable: each has a commit of its own.
fn writes_a_second(databases: usize, one_at_a_time: bool) -> f64 {
    let folders: Vec<_> = (0..databases).map(|_| tempdir().unwrap()).collect();
    let stores: Vec<Filled> = folders
        .iter()
        .map(|folder| open(folder.path(), 1, LISTS))
        .collect();
    let next = AtomicU64::new(1_000_000);
    let turns: Vec<_> = (0..databases).map(|_| Mutex::new(())).collect();
    let order = Appending::new().next_key();
    let took = seconds(|| {
        std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| {
                    for _ in 0..CALLS {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let list = usize::try_from(n % LISTS).unwrap();
                        let filled = &stores[list % databases];
                        let drafts = task_drafts(n, filled.lists[list], &order);
                        let _turn = one_at_a_time.then(|| turns[list % databases].lock().unwrap());
                        write(&filled.store, filled.space, drafts, n);
                    }
                });
            }
        });
    });
    stores.iter().for_each(|filled| filled.store.close());
    (CALLERS * CALLS) as f64 / took
}
