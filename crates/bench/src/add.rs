//! A local add, durable, against one row in one durable transaction, at a thousand and at a hundred thousand tasks.

use tempfile::tempdir;

use crate::corpus::{Appending, fill, open, task_drafts, write};
use crate::floor;
use crate::measure::Times;
use crate::table::Table;

/// So many that both logs are written over again and again, as those of a computer that has run for a while.
const ADDS: u64 = 3_000;

pub(crate) fn run(table: &mut Table) {
    let folder = tempdir().unwrap();
    let filled = open(folder.path(), 1, 1);
    let mut order = Appending::new();
    fill(&filled, 0, 0, 1_000, &mut order);
    let (small, floor_small) = measure(&filled, &mut order, folder.path(), 1_000);
    fill(&filled, 0, 10_000, 106_000, &mut order);
    let (large, floor_large) = measure(&filled, &mut order, folder.path(), 200_000);
    for percent in [50, 99] {
        let (add, floor) = (
            large.percentile_ms(percent),
            floor_large.percentile_ms(percent),
        );
        table.at_most(
            &format!("local add at 100,000, p{percent} / one-row commit"),
            add / floor,
            2.0,
            "x",
        );
        let (add, floor) = (
            small.percentile_ms(percent),
            floor_small.percentile_ms(percent),
        );
        table.at_most(
            &format!("local add at 1,000, p{percent} / one-row commit"),
            add / floor,
            2.0,
            "x",
        );
    }
    table.beside(
        "local add at 100,000, p50",
        format!("{:.3} ms", large.median_ms()),
    );
    table.beside(
        "one-row commit, p50",
        format!("{:.3} ms", floor_large.median_ms()),
    );
    filled.store.close();
}

/// Adds and floor commits by turns, so that both meet the same disk.
fn measure(
    filled: &crate::corpus::Filled,
    order: &mut Appending,
    folder: &std::path::Path,
    from: u64,
) -> (Times, Times) {
    let mut conn = floor::open(folder, &format!("floor{from}.db"));
    let (mut adds, mut floors) = (Times::default(), Times::default());
    for n in from..from + ADDS {
        let drafts = task_drafts(n, filled.lists[0], &order.next_key());
        adds.call(|| write(&filled.store, filled.space, drafts, n));
        floors.call(|| floor::add_row(&mut conn, n));
    }
    (adds, floors)
}
