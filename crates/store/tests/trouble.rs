//! Files that cannot be used as they are: newer, damaged, full, not writable; backups.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::io::{Seek, SeekFrom, Write};

use common::{Computer, at, id, key, new_list, new_task, options};
use rota_model::id::SpaceId;
use rota_model::payload::SpaceKind;
use rota_store::{Act, Backup, FILE_NAME, Mode, OpenOptions, Store, StoreError};

fn some_tasks(computer: &Computer, count: u64) -> SpaceId {
    let space = computer.found(SpaceKind::Mine);
    computer
        .write(space, 1, new_list(id(50), "Home", "a0"))
        .unwrap();
    for n in 0..count {
        computer
            .write(
                space,
                2,
                new_task(id(100 + n), id(50), &format!("task {n}"), "a0"),
            )
            .unwrap();
    }
    space
}

fn total(store: &Store) -> u64 {
    store
        .read(|reader| reader.tasks(&Default::default(), Default::default()))
        .unwrap()
        .total
}

#[test]
fn what_was_acknowledged_is_there_after_opening_again() {
    let mut a = Computer::new(1);
    let space = some_tasks(&a, 5);
    let before = a.frontier(space);
    a.reopen(1);
    assert_eq!((total(&a.store), a.frontier(space)), (5, before));
    a.write(space, 3, new_task(id(200), id(50), "more", "a0"))
        .unwrap();
    assert_eq!(a.frontier(space).len(), 1, "the same life goes on");
}

#[test]
fn a_database_of_a_newer_version_is_read_and_not_written() {
    let mut a = Computer::new(1);
    let space = some_tasks(&a, 2);
    a.store.close();
    let conn = rusqlite::Connection::open(a.folder.path().join(FILE_NAME)).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let bytes = std::fs::read(a.folder.path().join(FILE_NAME)).unwrap();
    a.store = Store::open(a.folder.path(), options(1, 1)).unwrap();
    assert_eq!(a.store.mode(), Mode::Newer { found: 99 });
    assert_eq!(total(&a.store), 2);
    let refused = a.write(space, 3, new_task(id(200), id(50), "no", "a0"));
    assert!(
        matches!(refused, Err(StoreError::Newer { found: 99, .. })),
        "{refused:?}"
    );
    a.store.close();
    assert_eq!(
        std::fs::read(a.folder.path().join(FILE_NAME)).unwrap(),
        bytes
    );
}

#[test]
fn a_file_that_is_no_database_is_set_aside_and_opening_again_starts_over() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE_NAME), vec![b'x'; 9000]).unwrap();
    let refused = Store::open(folder.path(), options(1, 0));
    let Err(StoreError::Damaged {
        aside: Some(aside), ..
    }) = refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(std::fs::read(aside).unwrap().len(), 9000);
    let store = Store::open(folder.path(), options(1, 1)).unwrap();
    assert_eq!(total(&store), 0);
    store.close();
}

#[test]
fn damaged_pages_are_found_and_what_can_be_read_is_brought_back() {
    let a = Computer::new(1);
    let space = some_tasks(&a, 400);
    a.store.check_file().unwrap();
    a.store.close();
    let path = a.folder.path().join(FILE_NAME);
    let pages = std::fs::metadata(&path).unwrap().len() / 4096;
    // The last pages, and the middle ones: the log's beginning stays.
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    for page in [pages / 2, pages / 2 + 1, pages - 2, pages - 1] {
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.write_all(&[0xaa; 4096]).unwrap();
    }
    drop(file);
    let store = Store::open(a.folder.path(), options(1, 1)).unwrap();
    assert!(matches!(
        store.check_file(),
        Err(StoreError::Damaged { .. })
    ));
    let aside = store.close_and_set_aside().unwrap();
    let fresh = Store::open(a.folder.path(), options(1, 2)).unwrap();
    let old = Backup::open_set_aside(&aside).unwrap();
    let mut from = 0;
    let mut saved = 0;
    // Ops are read one at a time, so that one damaged page costs no more than what is on it.
    while let Ok(batch) = old.reader().ops_after(&space, &Default::default(), from, 1) {
        if batch.ops.is_empty() {
            break;
        }
        from = batch.last_seq;
        saved += fresh.accept(space, batch.ops, at(0)).unwrap().stored;
    }
    assert!(saved > 10, "{saved}");
    assert!(total(&fresh) > 0);
    fresh.close();
}

#[test]
fn a_full_disk_loses_nothing_and_works_again_with_room() {
    let mut a = Computer::new(1);
    let space = some_tasks(&a, 3);
    a.store.close();
    let small = OpenOptions {
        size_max_bytes: Some(400_000),
        ..options(1, 1)
    };
    a.store = Store::open(a.folder.path(), small).unwrap();
    let mut stored = 3;
    let refused = loop {
        let n = stored;
        match a.write(
            space,
            3,
            new_task(id(100 + n), id(50), &"long ".repeat(500), "a0"),
        ) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 1000, "never full");
    };
    assert!(matches!(refused, StoreError::Full(_)), "{refused:?}");
    assert_eq!(total(&a.store), stored);
    let again = a.write(
        space,
        4,
        new_task(id(5000), id(50), &"long ".repeat(500), "a0"),
    );
    assert!(matches!(again, Err(StoreError::Full(_))));
    a.reopen(2);
    a.write(
        space,
        5,
        new_task(id(5000), id(50), &"long ".repeat(500), "a0"),
    )
    .unwrap();
    assert_eq!(total(&a.store), stored + 1);
    a.assert_agrees(&a, space);
    a.store.check_file().unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Store::open(&folder.path().join("no/such"), options(1, 0));
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
}

#[test]
fn a_change_that_fails_or_panics_leaves_nothing_and_the_writer_goes_on() {
    let a = Computer::new(1);
    let space = some_tasks(&a, 1);
    let before = a.frontier(space);
    let failed = a
        .store
        .act::<_, (), StoreError>(Act::of_person(at(2), "x"), move |tx| {
            tx.write(
                space,
                new_task(id(300), id(50), "gone", "a0"),
                rota_model::edit::By::Person,
            )?;
            Err(StoreError::NotFound("list"))
        });
    assert!(matches!(failed, Err(StoreError::NotFound("list"))));
    let panicked = a
        .store
        .act::<_, (), StoreError>(Act::of_person(at(2), "x"), move |tx| {
            tx.write(
                space,
                new_task(id(300), id(50), "gone", "a0"),
                rota_model::edit::By::Person,
            )?;
            panic!("on purpose")
        });
    assert!(matches!(panicked, Err(StoreError::Closed)), "{panicked:?}");
    assert_eq!((total(&a.store), a.frontier(space)), (1, before));
    a.write(space, 3, new_task(id(301), id(50), "there", "a0"))
        .unwrap();
    assert_eq!(total(&a.store), 2);
    a.assert_agrees(&a, space);
}

#[test]
fn callers_past_the_bound_of_the_queue_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(
        folder.path(),
        OpenOptions {
            queue_max_jobs: 2,
            ..options(1, 0)
        },
    )
    .unwrap();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let first = store
        .act_later::<_, _, StoreError>(Act::of_machine(at(0)), move |_| Ok(wait.recv().is_ok()));
    let more: Vec<_> = (0..8)
        .map(|_| store.act_later::<_, _, StoreError>(Act::of_machine(at(0)), |_| Ok(true)))
        .collect();
    go.send(()).unwrap();
    assert!(first.wait().unwrap().unwrap().value);
    let answers: Vec<_> = more
        .into_iter()
        .map(|pending| pending.wait().unwrap())
        .collect();
    let busy = answers
        .iter()
        .filter(|answer| matches!(answer, Err(StoreError::Busy)))
        .count();
    assert!((5..8).contains(&busy), "{busy}");
    store.close();
    let late = store.act::<_, _, StoreError>(Act::of_machine(at(0)), |_| Ok(true));
    assert!(matches!(late, Err(StoreError::Closed)));
}

#[test]
fn a_backup_holds_every_op_and_no_secret() {
    let a = Computer::new(1);
    let space = some_tasks(&a, 20);
    a.store
        .act::<_, _, StoreError>(Act::of_machine(at(3)), |tx| {
            tx.set_setting("secret", Some(b"hunter2 hunter2"))?;
            tx.remember_address(key(2).public(), "/ip4/192.0.2.77/tcp/1")?;
            tx.set_draft("notes", Some("unfinished thought"))
        })
        .unwrap();
    let file = a.folder.path().join("with space & 100%.backup");
    assert_eq!(a.store.backup(&file).unwrap(), 20);
    let bytes = std::fs::read(&file).unwrap();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(holds(b"task 7"));
    for secret in [
        &b"hunter2"[..],
        b"192.0.2.77",
        b"unfinished",
        &key(1).seed(),
    ] {
        assert!(!holds(secret));
    }
    let backup = Backup::open(&file).unwrap();
    assert_eq!(
        (backup.tasks(), backup.reader().space_ids().unwrap()),
        (20, vec![space])
    );
    let b = Computer::new(2);
    let batch = backup
        .reader()
        .ops_after(&space, &Default::default(), 0, usize::MAX)
        .unwrap();
    b.store.accept(space, batch.ops, at(4)).unwrap();
    a.assert_agrees(&b, space);
    let own = Backup::open(&a.folder.path().join(FILE_NAME));
    assert!(matches!(own, Err(StoreError::NoBackup)));
    std::fs::write(a.folder.path().join("text"), "hello hello").unwrap();
    assert!(matches!(
        Backup::open(&a.folder.path().join("text")),
        Err(StoreError::NoBackup)
    ));
    let nowhere = a.store.backup(&a.folder.path().join("no/such/file"));
    assert!(
        matches!(
            nowhere,
            Err(StoreError::ReadOnly(_) | StoreError::NoAccess { .. })
        ),
        "{nowhere:?}"
    );
}
