//! Files that earlier versions wrote: they open, hold what they held, and what is shown of them is what a rebuild shows.
//!
//! The fixtures are what the program of that version left: two computers shared a space, edited apart, one took an edit
//! back. They are never made anew.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::dump::dump;
use common::home::{find, open, trash};
use common::{Computer, at, id, key, new_task, options, set};
use rota_model::cell::task;
use rota_model::frontier::Frontier;
use rota_model::id::SpaceId;
use rota_model::value::Value;
use rota_store::{Backup, FILE_NAME, Store, StoreError};

const DATABASE: &[u8] = include_bytes!("fixtures/version-1.db");
const BACKUP: &[u8] = include_bytes!("fixtures/version-1.backup");

/// The digest that the first version kept of the space.
const DIGEST: u128 = 254_863_073_502_961_026_325_075_789_358_402_862_584;

fn version_1() -> (Computer, SpaceId) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE_NAME), DATABASE).unwrap();
    let store = Store::open(folder.path(), options(1, 1)).unwrap();
    let spaces = store.read(|reader| reader.space_ids()).unwrap();
    let computer = Computer {
        folder,
        store,
        number: 1,
    };
    (computer, spaces[0])
}

#[test]
fn a_database_of_version_1_shows_what_it_showed() {
    let (a, _) = version_1();
    assert_eq!(
        open(&a),
        [
            "Paint room 0 牛乳",
            "Paint room 2 牛乳",
            "Paint room 3 牛乳",
            "by Ben",
            "Paint room 8 牛乳",
            "Paint room 10 牛乳",
            "Paint room 1 牛乳",
            "Ben's own",
            "Paint room 7 牛乳",
            "Paint room 9 牛乳",
            "Paint room 11 牛乳",
        ]
    );
    assert_eq!(trash(&a), ["Paint room 5 牛乳"]);
    assert_eq!(find(&a, "grun farb"), ["Paint room 2 牛乳"]);
    assert_eq!(
        find(&a, "garden"),
        ["Paint room 0 牛乳", "Paint room 1 牛乳"]
    );
    let short = id(106).short();
    let found = a
        .store
        .read(|reader| reader.tasks_by_short(&short[..4], 2))
        .unwrap();
    assert_eq!(found, [id(106)]);
    a.store.close();
}

#[test]
fn what_a_migration_makes_is_what_a_rebuild_makes() {
    let (a, space) = version_1();
    let digests = a
        .store
        .read(|reader| Ok::<_, StoreError>((reader.digest(&space)?, reader.check_digest(&space)?)))
        .unwrap();
    assert_eq!((digests.0.0, digests.1.0), (DIGEST, DIGEST));
    let migrated = dump(&a);
    a.store.rebuild_projection(at(0)).unwrap();
    assert_eq!(dump(&a), migrated);
    a.store.rebuild_cells(at(0)).unwrap();
    assert_eq!(dump(&a), migrated);
    a.store.check_file().unwrap();
    a.store.close();
}

#[test]
fn a_database_of_version_1_is_written_on_in_its_own_chain() {
    let (mut a, space) = version_1();
    let chains = a.frontier(space).len();
    a.write(
        space,
        100,
        vec![set(id(100), task::TITLE, Value::text("Paint it all"))],
    )
    .unwrap();
    a.write(space, 101, new_task(id(300), id(50), "Later", "a9"))
        .unwrap();
    a.reopen(2);
    assert_eq!(find(&a, "all"), ["Paint it all"]);
    assert_eq!(find(&a, "later"), ["Later"]);
    assert_eq!(a.frontier(space).len(), chains);
    a.store.undo(at(102)).unwrap();
    assert!(find(&a, "later").is_empty());
    a.store.close();
}

#[test]
fn a_backup_of_version_1_can_be_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.backup");
    std::fs::write(&file, BACKUP).unwrap();
    let backup = Backup::open(&file).unwrap();
    let (a, space) = version_1();
    assert_eq!(backup.reader().frontier(&space).unwrap(), a.frontier(space));
    assert_eq!(backup.reader().digest(&space).unwrap().0, DIGEST);
    let fresh = Computer::new(3);
    let batch = backup
        .reader()
        .ops_after(&space, &Frontier::default(), 0, usize::MAX)
        .unwrap();
    fresh.store.accept(space, batch.ops, at(0)).unwrap();
    fresh.assert_agrees(&a, space);
    assert_ne!(key(3).public(), a.store.me());
    for computer in [&a, &fresh] {
        computer.store.close();
    }
    assert_eq!(std::fs::read(&file).unwrap(), BACKUP);
}
