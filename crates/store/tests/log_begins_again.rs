//! The write-ahead log is begun again from its start, so that commits write over it and do not make it longer.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs::File;
use std::io::Read;
use std::time::{Duration, Instant};

use common::Computer;
use common::home::{add, open};
use rota_model::payload::SpaceKind;

const DEADLINE: Duration = Duration::from_secs(60);

/// How often the log was begun: SQLite counts it in the header of the file.
fn begun(computer: &Computer) -> u32 {
    let path = computer.store.path().with_extension("db-wal");
    let mut header = [0; 16];
    File::open(path).unwrap().read_exact(&mut header).unwrap();
    u32::from_be_bytes(header[12..].try_into().unwrap())
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a deadline is a deadline of the real world"
)]
fn it_begins_again_and_again_while_commits_go_on_without_a_pause() {
    let a = Computer::new(1);
    let space = a.found(SpaceKind::Mine);
    let before = begun(&a);
    let late = Instant::now() + DEADLINE;
    let mut adds = 0;
    while begun(&a) < before + 2 {
        assert!(Instant::now() < late, "after {adds} commits");
        add(&a, space, 100 + adds, "Feed the cat", "a0");
        adds += 1;
    }
    assert_eq!(open(&a).len() as u64, adds);
    a.store.close();
}
