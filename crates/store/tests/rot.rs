//! Bytes of the log that rot on the disk: found, and put right with what another computer has.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod common;

use common::{Computer, at, id, new_task, set};
use rota_model::cell::task;
use rota_model::frontier::Frontier;
use rota_model::payload::{Role, SpaceKind};
use rota_model::value::Value;

#[test]
fn an_op_that_rots_is_named_and_put_right() {
    let (a, mut b) = (Computer::new(1), Computer::new(2));
    let space = a.found(SpaceKind::Shared);
    a.admit(space, 1, 2, Role::Editor);
    a.write(space, 2, new_task(id(7), id(8), "Zebra crossing", "a"))
        .unwrap();
    a.write(
        space,
        3,
        vec![set(id(9), task::TITLE, Value::text("Untouched"))],
    )
    .unwrap();
    b.pull(&a, space);
    assert!(
        b.store
            .read(|reader| reader.damaged(&space))
            .unwrap()
            .is_empty()
    );

    b.store.close();
    rot(&b, b"Zebra crossing", b"Zebra cr0ssing");
    b.reopen(1);
    let damaged = b.store.read(|reader| reader.damaged(&space)).unwrap();
    let [(chain, from)] = damaged[..] else {
        panic!("{damaged:?}")
    };
    assert_eq!(chain.author, a.store.me());

    let ops = a
        .store
        .read(|reader| reader.ops_after(&space, &Frontier::default(), 0, 1 << 20))
        .unwrap()
        .ops;
    let again: Vec<_> = ops
        .into_iter()
        .filter(|op| op.header.chain == chain && op.header.counter >= from)
        .collect();
    let mut forged = again.clone();
    forged[0].payload = forged[0].payload.iter().rev().copied().collect();
    assert_eq!(
        b.store.repair(space, forged, at(4)).unwrap(),
        0,
        "what no signature covers puts nothing right"
    );
    assert_eq!(b.store.repair(space, again, at(4)).unwrap(), 1);
    b.store.rebuild_cells(at(5)).unwrap();
    assert!(
        b.store
            .read(|reader| reader.damaged(&space))
            .unwrap()
            .is_empty()
    );
    b.assert_agrees(&a, space);
    assert_eq!(
        b.store
            .read(|reader| reader.task(&id(7)))
            .unwrap()
            .unwrap()
            .title,
        "Zebra crossing"
    );
}

/// Changes bytes in the file of a closed store, as a failing disk does.
fn rot(computer: &Computer, from: &[u8], to: &[u8]) {
    let path = computer.store.path().to_owned();
    let mut bytes = std::fs::read(&path).unwrap();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|n| bytes[*n..].starts_with(from))
        .collect();
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
    std::fs::write(path, bytes).unwrap();
}
