//! Whoever waits for the writer and whoever writes in its place: each thread's changes come in the order in which it made
//! them, and none is lost.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::home::{LIST, home, open};
use common::{Computer, at, id, new_task};
use rota_model::edit::By;
use rota_model::id::SpaceId;
use rota_store::{Act, Committed, Pending, StoreError, Tx};

const THREADS: u64 = 4;
const TURNS: u64 = 40;

type Written = Result<Committed<()>, StoreError>;

fn change(
    space: SpaceId,
    number: u64,
) -> impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static {
    let drafts = new_task(id(number), id(LIST), "Feed the cat", "a0");
    move |tx| tx.write(space, drafts, By::Person).map(drop)
}

/// One change that nobody waits for yet, then one that is waited for: what each of the two was numbered.
fn two(computer: &Computer, space: SpaceId, number: u64) -> [u64; 2] {
    let act = || Act::of_person(at(number), "change");
    let first: Pending<Written> = computer.store.act_later(act(), change(space, 2 * number));
    let second = computer.store.act(act(), change(space, 2 * number + 1));
    [first.wait().unwrap().unwrap().seq, second.unwrap().seq]
}

#[test]
fn the_changes_of_a_thread_come_in_its_order() {
    let (a, space) = home();
    let all: Vec<Vec<u64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..=THREADS)
            .map(|thread| {
                let a = &a;
                let numbers = move |turn| two(a, space, thread * 1_000 + turn);
                scope.spawn(move || (0..TURNS).flat_map(numbers).collect())
            })
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for seqs in &all {
        // A group of changes is one commit, and has one number.
        assert!(seqs.is_sorted(), "{seqs:?}");
    }
    assert_eq!(open(&a).len() as u64, THREADS * TURNS * 2);
    a.store.close();
    let after = a
        .store
        .act(Act::of_person(at(1), "change"), change(space, 1));
    assert!(matches!(after, Err(StoreError::Closed)), "{after:?}");
}
