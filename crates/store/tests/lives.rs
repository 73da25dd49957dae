//! Chains and lives: rolled-back and copied folders, forks, admissions in another role, ops without their previous.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::path::Path;

use common::{Computer, at, id, key, new_task, options, set};
use rota_model::cell::task;
use rota_model::id::{Incarnation, OpId, SpaceId};
use rota_model::limits::{FORK_MAX_HEADS, UNCOUNTED_AUTHOR_MAX_BYTES, UNCOUNTED_SPACE_MAX_BYTES};
use rota_model::op::{Flags, Op, Place, Refusal};
use rota_model::payload::{Cut, Remove, Role, SpaceKind, Statement, encode_writes};
use rota_model::value::Value;
use rota_store::{FILE_NAME, NotAllowed, Pause, Store, StoreError};

fn copy(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let name = format!("{FILE_NAME}{suffix}");
        if from.join(&name).exists() {
            std::fs::copy(from.join(&name), to.join(&name)).unwrap();
        }
    }
}

fn title(computer: &Computer, space: SpaceId, ms: u64, text: &str) {
    computer
        .write(
            space,
            ms,
            vec![set(id(100), task::TITLE, Value::text(text))],
        )
        .unwrap();
}

fn ops_of(computer: &Computer, space: SpaceId) -> Vec<Op> {
    computer
        .store
        .read(|reader| reader.ops_after(&space, &Default::default(), 0, usize::MAX))
        .unwrap()
        .ops
}

fn incarnations(computer: &Computer, space: SpaceId) -> usize {
    let me = key(computer.number).public();
    let frontier = computer.frontier(space);
    let all: std::collections::BTreeSet<_> = frontier
        .heads()
        .filter(|head| head.chain.author == me)
        .map(|head| head.chain.incarnation)
        .collect();
    all.len()
}

/// A folder copied back from yesterday goes on writing at counters that peers have seen otherwise.
#[test]
fn a_rolled_back_folder_loses_nothing_and_takes_a_new_life() {
    let (mut a, b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(100), id(50), "Milk", "a0"))
        .unwrap();
    a.store.close();
    let backup = tempfile::tempdir().unwrap();
    copy(a.folder.path(), backup.path());
    a.reopen(1);
    title(&a, space, 3, "seen by b");
    title(&a, space, 4, "seen by b too");
    b.pull(&a, space);
    a.store.close();
    std::fs::remove_file(a.folder.path().join(FILE_NAME)).unwrap();
    copy(backup.path(), a.folder.path());
    a.reopen(2);
    title(&a, space, 5, "written after the roll-back");
    // B is ahead in the chain: nothing of it is sent before A has seen what B has.
    assert_eq!(b.pull(&a, space).len(), 0);
    let accepted = a.pull(&b, space);
    assert!(accepted.iter().any(|accepted| accepted.own_chain_ahead));
    assert_eq!(incarnations(&a, space), 1);
    title(&a, space, 6, "in a new life");
    assert_eq!(incarnations(&a, space), 2);
    let fork = b.pull(&a, space);
    assert_eq!(
        fork.iter()
            .map(|accepted| accepted.forks.len())
            .sum::<usize>(),
        1
    );
    assert!(
        b.store
            .read(|reader| reader.conditions())
            .unwrap()
            .iter()
            .any(|condition| condition.code == "fork")
    );
    a.assert_agrees(&b, space);
    let history = b.store.read(|reader| reader.history(&id(100))).unwrap();
    let titles: Vec<_> = history
        .iter()
        .filter(|h| h.field == task::TITLE)
        .map(|h| h.value.as_text().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "in a new life",
            "written after the roll-back",
            "seen by b too",
            "seen by b",
            "Milk"
        ]
    );
    assert!(history.iter().all(|entry| entry.counts));
}

/// Both of a fork are kept, in whichever order they came, and removals by either branch's head cut that branch.
#[test]
fn forks_are_the_same_on_every_computer() {
    let (mut a, b, c) = (Computer::new(1), Computer::new(2), Computer::new(3));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Owner);
    a.admit(space, 2, 3, Role::Editor);
    a.store.close();
    let twin_folder = tempfile::tempdir().unwrap();
    copy(a.folder.path(), twin_folder.path());
    a.reopen(1);
    let twin = Computer {
        store: Store::open(twin_folder.path(), options(1, 2)).unwrap(),
        folder: twin_folder,
        number: 1,
    };
    a.write(space, 3, new_task(id(100), id(50), "one", "a0"))
        .unwrap();
    twin.write(space, 3, new_task(id(101), id(50), "other", "a0"))
        .unwrap();
    twin.write(space, 4, new_task(id(102), id(50), "more", "a0"))
        .unwrap();
    b.pull(&a, space);
    b.pull(&twin, space);
    c.pull(&twin, space);
    c.pull(&b, space);
    b.pull(&c, space);
    b.assert_agrees(&c, space);
    assert_eq!(c.frontier(space).len(), 2);
    // B removes A's computer as it stood on the twin's branch: the other branch counts to where they part.
    let ops = ops_of(&b, space);
    let end = ops.iter().rfind(|op| op.header.counter == 5).unwrap();
    let cut = Cut {
        incarnation: end.header.chain.incarnation,
        counter: 5,
        op: end.id,
    };
    let remove = Remove {
        admission: OpId::from(space),
        cuts: vec![cut],
    };
    b.state(space, 5, vec![Statement::Remove(remove)]);
    c.pull(&b, space);
    b.assert_agrees(&c, space);
}

/// An admission in another role begins another chain; so does nothing else.
#[test]
fn a_new_admission_takes_a_new_life() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    let first = a.admit(space, 1, 2, Role::Editor);
    b.pull(&a, space);
    b.write(space, 2, new_task(id(100), id(50), "Milk", "a0"))
        .unwrap();
    title(&b, space, 3, "one life");
    assert_eq!(incarnations(&b, space), 1);
    a.pull(&b, space);
    let head = a
        .frontier(space)
        .heads()
        .find(|head| head.chain.author == key(2).public())
        .unwrap();
    let cut = Cut {
        incarnation: head.chain.incarnation,
        counter: head.counter,
        op: head.op,
    };
    a.state(
        space,
        4,
        vec![Statement::Remove(Remove {
            admission: first,
            cuts: vec![cut],
        })],
    );
    b.pull(&a, space);
    match b.write(space, 5, vec![]) {
        Err(StoreError::NotAllowed { why, .. }) => assert_eq!(why, NotAllowed::Removed),
        other => panic!("{other:?}"),
    }
    a.admit(space, 6, 2, Role::Owner);
    b.pull(&a, space);
    title(&b, space, 7, "another life");
    assert_eq!(incarnations(&b, space), 2);
    a.pull(&b, space);
    a.assert_agrees(&b, space);
}

#[test]
fn what_a_removal_cuts_off_is_marked_and_kept() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    let admission = a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(100), id(50), "Milk", "a0"))
        .unwrap();
    b.pull(&a, space);
    title(&b, space, 3, "kept");
    title(&b, space, 4, "cut off");
    a.pull(&b, space);
    let end = ops_of(&a, space)
        .into_iter()
        .find(|op| op.header.chain.author == key(2).public())
        .unwrap();
    let cut = Cut {
        incarnation: end.header.chain.incarnation,
        counter: 1,
        op: end.id,
    };
    a.state(
        space,
        5,
        vec![Statement::Remove(Remove {
            admission,
            cuts: vec![cut],
        })],
    );
    b.pull(&a, space);
    a.assert_agrees(&b, space);
    for computer in [&a, &b] {
        let shown = computer
            .store
            .read(|reader| reader.task(&id(100)))
            .unwrap()
            .unwrap();
        assert_eq!(shown.title, "kept");
        let history = computer
            .store
            .read(|reader| reader.history(&id(100)))
            .unwrap();
        assert_eq!(
            (
                history[0].value.as_text(),
                history[0].counts,
                history[0].current
            ),
            (Some("cut off"), false, false)
        );
    }
}

#[test]
fn ops_are_taken_on_their_bytes_and_place_alone() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Mine);
    for n in 0..4 {
        a.write(space, n, new_task(id(100 + n), id(50), "Milk", "a0"))
            .unwrap();
    }
    let ops = ops_of(&a, space);
    let accepted = b.store.accept(space, ops[1..].to_vec(), at(0)).unwrap();
    assert_eq!((accepted.stored, accepted.gaps.len()), (0, 4));
    let accepted = b
        .store
        .accept(space, vec![ops[0].clone(), ops[2].clone()], at(0))
        .unwrap();
    assert_eq!((accepted.stored, accepted.gaps.len()), (1, 1));
    let mut forged = ops.clone();
    forged[3].signature[5] ^= 1;
    let accepted = b.store.accept(space, forged, at(0)).unwrap();
    assert_eq!(
        (accepted.stored, accepted.duplicate, accepted.gaps.len()),
        (2, 1, 1)
    );
    assert_eq!(accepted.refused, [(ops[3].id, Refusal::Signature)]);
    assert_eq!(b.store.accept(space, ops.clone(), at(0)).unwrap().stored, 2);
    assert_eq!(
        b.store.accept(space, ops.clone(), at(0)).unwrap().duplicate,
        5
    );
    assert_eq!(ops_of(&b, space), ops);
    a.assert_agrees(&b, space);
}

fn sign(
    number: u8,
    space: SpaceId,
    incarnation: u64,
    counter: u64,
    previous: OpId,
    flags: Flags,
    payload: Vec<u8>,
) -> Op {
    let place = Place {
        space,
        incarnation: Incarnation(incarnation),
        counter,
        previous,
        time: at(9),
    };
    key(number).sign(flags, place, payload)
}

#[test]
fn what_this_version_cannot_read_is_kept_and_passed_on() {
    let (a, b) = (Computer::fast(1), Computer::fast(2));
    let space = a.found(SpaceKind::Shared);
    let admission = a.admit(space, 1, 2, Role::Editor);
    let unknown = sign(2, space, 7, 1, admission, Flags(6), vec![1, 2, 3]);
    let broken = sign(2, space, 7, 2, unknown.id, Flags::WRITES, vec![0xff]);
    let accepted = a
        .store
        .accept(space, vec![unknown.clone(), broken.clone()], at(0))
        .unwrap();
    assert_eq!(accepted.stored, 2);
    assert!(
        a.store
            .read(|reader| reader.conditions())
            .unwrap()
            .iter()
            .any(|condition| condition.code == "unreadable")
    );
    b.pull(&a, space);
    assert_eq!(ops_of(&b, space)[2..], [unknown, broken]);
    a.assert_agrees(&b, space);
}

#[test]
fn a_chain_has_at_most_so_many_heads() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Shared);
    let admission = a.admit(space, 1, 2, Role::Editor);
    let forks: Vec<_> = (0..FORK_MAX_HEADS as u64 + 3)
        .map(|n| {
            let write = rota_model::payload::Write {
                cell: set(id(n), task::TITLE, Value::null()).cell,
                stamp: rota_model::stamp::Stamp(n),
                bases: vec![],
                value: Value::uint(n),
            };
            sign(
                2,
                space,
                7,
                1,
                admission,
                Flags::WRITES,
                encode_writes(&[write]),
            )
        })
        .collect();
    let accepted = a.store.accept(space, forks, at(0)).unwrap();
    assert_eq!(accepted.stored, FORK_MAX_HEADS);
    assert_eq!(accepted.paused.len(), 3);
}

#[test]
fn a_stranger_fills_no_disk_and_a_person_can_let_them_go_on() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Shared);
    let payload = |n: u8| vec![n; 300_000];
    let mut previous = OpId::from(space);
    let ops: Vec<_> = (1..=6)
        .map(|n| {
            let op = sign(9, space, 7, n, previous, Flags(4), payload(n as u8));
            previous = op.id;
            op
        })
        .collect();
    let accepted = a.store.accept(space, ops.clone(), at(0)).unwrap();
    assert_eq!(accepted.stored as u64, UNCOUNTED_AUTHOR_MAX_BYTES / 300_000);
    assert!(
        accepted
            .paused
            .contains(&(key(9).public(), Pause::Uncounted))
    );
    assert!(
        a.store
            .read(|reader| reader.conditions())
            .unwrap()
            .iter()
            .any(|condition| condition.code == "paused")
    );
    a.store.lift_pause(space, key(9).public(), at(1)).unwrap();
    assert_eq!(a.store.accept(space, ops, at(0)).unwrap().stored, 3);
    assert!(
        a.store
            .read(|reader| reader.conditions())
            .unwrap()
            .iter()
            .all(|condition| condition.code != "paused")
    );
}

/// Whoever is in a space can make up keys without end: all of them together fill no disk either.
#[test]
fn strangers_together_fill_no_disk_and_are_said_once() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Shared);
    let stranger = |number: u8| {
        let payload = vec![number; 900_000];
        sign(number, space, 7, 1, OpId::from(space), Flags(4), payload)
    };
    let fit = usize::try_from(UNCOUNTED_SPACE_MAX_BYTES / 900_300).unwrap();
    let ops: Vec<_> = (100..).take(fit + 4).map(stranger).collect();
    let (first, last) = ops.split_at(fit + 2);
    let accepted = a.store.accept(space, first.to_vec(), at(0)).unwrap();
    assert_eq!(accepted.stored, fit);
    assert_eq!(accepted.paused.len(), 2);
    let accepted = a.store.accept(space, last.to_vec(), at(1)).unwrap();
    assert_eq!(accepted.stored, 0);
    assert!(
        accepted
            .paused
            .iter()
            .all(|(_, pause)| *pause == Pause::Strangers)
    );
    let paused = || {
        let conditions = a.store.read(|reader| reader.conditions()).unwrap();
        let paused = conditions.iter().filter(|one| one.code == "paused");
        paused.count()
    };
    assert_eq!(paused(), 1);
    // Whoever counts is not held for them.
    a.admit(space, 2, 2, Role::Editor);
    let b = Computer::fast(2);
    b.pull(&a, space);
    b.write(space, 3, new_task(id(100), id(50), "mine", "a0"))
        .unwrap();
    assert_eq!(a.pull(&b, space)[0].stored, 1);
    // The one that is named may be let go on, and takes no room from the others.
    let named = first[fit].header.chain.author;
    a.store.lift_pause(space, named, at(4)).unwrap();
    assert_eq!(paused(), 0);
    let accepted = a.store.accept(space, first[fit..].to_vec(), at(5)).unwrap();
    assert_eq!((accepted.stored, accepted.paused.len()), (1, 1));
    assert_eq!(paused(), 1);
}

/// A whole space comes in one batch: those who are admitted in it are no strangers in it.
#[test]
fn members_that_come_with_their_admission_are_not_held_for_strangers() {
    let (a, b, c) = (Computer::fast(1), Computer::fast(2), Computer::fast(3));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    b.pull(&a, space);
    for n in 0..8 {
        let notes = "x".repeat(190_000);
        b.write(space, n, vec![set(id(n), task::NOTES, Value::text(&notes))])
            .unwrap();
    }
    let accepted = c.store.accept(space, ops_of(&b, space), at(0)).unwrap();
    assert_eq!((accepted.stored, accepted.paused.len()), (10, 0));
    c.assert_agrees(&b, space);
}

/// Ops that hold nothing take room all the same.
#[test]
fn empty_ops_of_one_who_does_not_count_are_paused_too() {
    let a = Computer::fast(1);
    let space = a.found(SpaceKind::Shared);
    let stranger = key(9);
    let mut previous = OpId::from(space);
    let mut ops = Vec::new();
    for counter in 1..=10_000 {
        let place = Place {
            space,
            incarnation: Incarnation(1),
            counter,
            previous,
            time: at(1),
        };
        let op = stranger.sign(Flags::WRITES, place, encode_writes(&[]));
        previous = op.id;
        ops.push(op);
    }
    let accepted = a.store.accept(space, ops, at(1)).unwrap();
    assert!(accepted.stored > 0 && accepted.stored < 10_000);
    assert_eq!(accepted.paused[0].1, Pause::Uncounted);
}
