//! Signed ops from a peer, in batches of 500, against hand-written cells without signatures and projection.

use rota_model::frontier::Frontier;
use rota_model::op::{ComputerKey, Op};
use rota_store::{OpenOptions, Store};
use tempfile::tempdir;

use crate::corpus::{Appending, admit, fill, open, time};
use crate::floor;
use crate::measure::{median, seconds};
use crate::table::Table;

const TASKS: u64 = 10_000;
const ROUNDS: usize = 5;

pub(crate) fn run(table: &mut Table) {
    let folder = tempdir().unwrap();
    let filled = open(folder.path(), 1, 1);
    admit(&filled, 2);
    fill(&filled, 0, 0, TASKS, &mut Appending::new());
    let ops = all_ops(&filled.store, &filled.space);
    let mut ratios = Vec::new();
    let mut rate = 0.0;
    for round in 0..ROUNDS {
        let folder = tempdir().unwrap();
        let key = ComputerKey::from_seed([2; 32]);
        let store = Store::open(folder.path(), OpenOptions::new(key, [round as u8; 32])).unwrap();
        let mut conn = floor::open(folder.path(), "floor.db");
        let numbers: Vec<u64> = (0..TASKS).collect();
        let mut by_hand = numbers.chunks(500);
        let (mut ours, mut theirs) = (0.0, 0.0);
        // Batches by turns, so that both meet the same disk and the same neighbours.
        for batch in ops.chunks(500) {
            ours += seconds(|| {
                let accepted = store
                    .accept(filled.space, batch.to_vec(), time(TASKS))
                    .unwrap();
                assert_eq!(accepted.stored, batch.len());
            });
            let Some(numbers) = by_hand.next() else {
                continue;
            };
            theirs += seconds(|| {
                let tx = conn.transaction().unwrap();
                numbers.iter().for_each(|n| floor::merge_cells(&tx, *n));
                tx.commit().unwrap();
            });
        }
        store.close();
        ratios.push(theirs / ours);
        rate = TASKS as f64 * 4.0 / ours;
    }
    table.at_least(
        "accepting signed ops / hand-written cells, batches of 500",
        median(ratios),
        0.4,
        "x",
    );
    table.beside("cells accepted a second", format!("{rate:.0}"));
    filled.store.close();
}

fn all_ops(store: &Store, space: &rota_model::id::SpaceId) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut from = 0;
    loop {
        let batch = store
            .read(|reader| reader.ops_after(space, &Frontier::default(), from, 4_000_000))
            .unwrap();
        if batch.ops.is_empty() {
            return ops;
        }
        from = batch.last_seq;
        ops.extend(batch.ops);
    }
}
