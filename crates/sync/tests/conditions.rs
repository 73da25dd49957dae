//! What a coordinator tells its owner: who may know what, versions, clocks, damage, stalls, broken rules.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use std::collections::BTreeSet;

use rota_model::id::SpaceId;
use rota_sync::{
    DropReason, Input, Output,
    clock_check::ClockVerdict,
    message::{HeadsUpdate, Message, OpsBatch},
    version::VersionRange,
};
use world::World;

fn connected(count: usize) -> World {
    let mut world = World::new(count, 1);
    world.share();
    world.connect_all();
    world.pass(2_000);
    world
}

fn set_members(world: &mut World, n: usize, members: &[usize], removed: &[usize]) {
    let keys = |of: &[usize]| of.iter().map(|n| world.key(*n)).collect::<BTreeSet<_>>();
    let audience = rota_sync::Audience {
        members: keys(members),
        removed: keys(removed),
        ..Default::default()
    };
    world.computers[n].audience = audience.clone();
    let space = world.space;
    world.tell(n, Input::Audience { space, audience });
}

#[test]
fn a_space_is_named_to_no_one_who_does_not_count() {
    let mut world = World::new(3, 1);
    world.share();
    set_members(&mut world, 0, &[0, 1], &[]);
    set_members(&mut world, 1, &[0, 1], &[]);
    set_members(&mut world, 2, &[], &[]);
    // 2 knows the space's id all the same and asks for it.
    world.spy(2);
    world.connect_all();
    world.pass(2_000);
    let changed = HeadsUpdate {
        space: world.space,
        heads: Vec::new(),
    };
    world.inject(2, 0, Message::Pull { number: 1, changed }.encode());
    world.write(0, 3);
    world.pass(130_000);
    assert!(world.seen.len() >= 2, "it was spoken to");
    let id = world.space.0;
    assert!(
        !world
            .seen
            .iter()
            .any(|frame| frame.windows(32).any(|part| part == id))
    );
    let outsider = world.key(2).0;
    world.spy(1);
    world.pass(130_000);
    assert!(
        !world
            .seen
            .iter()
            .any(|frame| frame.windows(32).any(|part| part == outsider)),
        "nor it to them"
    );
}

#[test]
fn a_removed_computer_is_told_so_once_and_nothing_more() {
    let mut world = connected(3);
    set_members(&mut world, 0, &[0, 1], &[2]);
    set_members(&mut world, 1, &[0, 1], &[2]);
    world.spy(2);
    world.settle();
    world.write(0, 3);
    world.pass(200_000);
    let from = |n: usize| {
        let peer = world.key(n);
        let says =
            |note: &&Output| matches!(note, Output::RemovedHere { peer: p, .. } if *p == peer);
        world.computers[2].notes.iter().filter(says).count()
    };
    assert_eq!((from(0), from(1)), (1, 1));
    let id = world.space.0;
    let naming = world
        .seen
        .iter()
        .filter(|frame| frame.windows(32).any(|part| part == id))
        .count();
    assert_eq!(naming, 2, "one Removed from each");
    assert_eq!(world.computers[2].log.ops.len(), 1, "and no op");
}

#[test]
fn who_is_admitted_while_connected_gets_everything() {
    let mut world = World::new(3, 1);
    world.write(0, 20);
    for n in 0..2 {
        set_members(&mut world, n, &[0, 1], &[]);
    }
    world.connect_all();
    world.pass(1_000);
    assert_eq!(world.computers[2].log.ops.len(), 0);
    set_members(&mut world, 0, &[0, 1, 2], &[]);
    world.pass(1_000);
    set_members(&mut world, 1, &[0, 1, 2], &[]);
    world.write(0, 1);
    world.pass(2_000);
    world.assert_equal();
}

#[test]
fn an_unknown_space_is_offered_and_taken_only_when_the_owner_says_so() {
    let mut world = World::new(2, 1);
    let space = world.space;
    world.tell(1, Input::SpaceLeft(space));
    world.connect(0, 1);
    world.settle();
    let offered = Output::SpaceOffered {
        peer: world.key(0),
        space,
    };
    assert_eq!(
        world.computers[1]
            .notes
            .iter()
            .filter(|note| **note == offered)
            .count(),
        1
    );
    assert_eq!(world.computers[1].log.ops.len(), 0);
    world.restate(1);
    world.settle();
    world.assert_equal();
    assert!(world.is_synced(1, 0));
}

#[test]
fn versions_without_overlap_part_and_others_speak_the_older_one() {
    let versions = |n: usize| {
        if n == 0 {
            VersionRange { min: 2, max: 3 }
        } else {
            VersionRange { min: 1, max: 1 }
        }
    };
    let mut world = World::of(2, 1, versions);
    world.connect(0, 1);
    world.settle();
    let at = |world: &World, n: usize, versions: VersionRange| {
        let peer = world.key(1 - n);
        world.computers[n]
            .notes
            .contains(&Output::Incompatible { peer, versions })
    };
    assert!(at(&world, 0, versions(1)) && at(&world, 1, versions(0)));

    let versions = |n: usize| VersionRange {
        min: 1,
        max: 1 + n as u32,
    };
    let mut world = World::of(2, 1, versions);
    world.write(0, 3);
    world.connect(0, 1);
    world.settle();
    world.assert_equal();
}

#[test]
fn clocks_apart_are_named_and_of_three_the_odd_one() {
    let mut world = World::new(3, 1);
    world.computers[2].wall_ahead_ms = 365 * 24 * 3_600_000;
    world.connect_all();
    world.settle();
    let odd = world.key(2);
    for n in 0..2 {
        let apart = |note: &Output| matches!(note, Output::ClockApart { peer, difference_ms } if *peer == odd && *difference_ms > 0);
        assert!(world.computers[n].notes.iter().any(apart));
        let verdict = world.computers[n].coordinator.clocks();
        assert!(matches!(verdict, ClockVerdict::Others(odd_ones) if odd_ones[0].0 == odd));
    }
    assert!(matches!(
        world.computers[2].coordinator.clocks(),
        ClockVerdict::Mine { .. }
    ));
    world.assert_equal();
}

#[test]
fn rot_is_found_reported_and_repaired_from_a_peer() {
    let mut world = World::new(2, 1);
    world.write(0, 30);
    world.share();
    world.computers[1].log.rot = 1;
    world.restate(1);
    world.connect(0, 1);
    world.settle();
    let diverged = |world: &World, after_repair| {
        let is = |note: &Output| matches!(note, Output::Diverged { after_repair: a, .. } if *a == after_repair);
        world.computers[1].notes.iter().any(is)
    };
    assert!(diverged(&world, false) && !diverged(&world, true));
    // The owner finds a damaged op and asks for its chain again.
    let chain = world.computers[1].log.ops[10].header.chain;
    let space = world.space;
    world.tell(
        1,
        Input::Damaged {
            space,
            chains: vec![(chain, 10)],
        },
    );
    world.settle();
    assert!(
        world.computers[1]
            .notes
            .contains(&Output::Refetched { space, chain })
    );
    assert_eq!(world.computers[1].log.rot, 0, "the chain came as a repair");
    world.restate(1);
    world.settle();
    world
        .computers
        .iter_mut()
        .for_each(|computer| computer.notes.clear());
    world.pass(130_000);
    assert!(
        !diverged(&world, false) && !diverged(&world, true),
        "healthy again"
    );
}

#[test]
fn rot_that_a_repair_does_not_cure_is_an_error() {
    let mut world = World::new(2, 1);
    world.share();
    world.computers[1].log.rot = 1;
    world.restate(1);
    world.connect(0, 1);
    world.settle();
    world.computers[1].log.rot = 2;
    world.restate(1);
    world.pass(130_000);
    let is = |note: &Output| {
        matches!(
            note,
            Output::Diverged {
                after_repair: true,
                ..
            }
        )
    };
    assert!(world.computers[1].notes.iter().any(is));
}

#[test]
fn a_peer_that_stands_still_is_passed_over() {
    for mute in [0, 1] {
        let mut world = World::new(3, mute as u64);
        world.write(0, 900);
        let all = world.computers[0].log.ops.clone();
        world.computers[1].log.accept(&all);
        world.restate(1);
        world.mute(mute);
        world.connect_all();
        world.pass(60_000);
        assert_eq!(
            world.computers[2].log.ops.len(),
            901,
            "with {mute} never reading its log"
        );
    }
}

#[test]
fn silence_before_hello_ends_the_connection() {
    let mut world = World::new(2, 1);
    let peer = world.key(1);
    world.tell(0, Input::Connected(peer));
    world.pass(11_000);
    assert!(matches!(
        world.drops(0)[..],
        [Output::Drop {
            reason: DropReason::Silent,
            ..
        }]
    ));
}

#[test]
fn broken_rules_end_the_connection() {
    let batch = |world: &World, batch| {
        let ops = vec![world.next_op(1, vec![batch as u8])];
        Message::Ops(OpsBatch {
            space: world.space,
            batch,
            pull: 0,
            ops,
        })
        .encode()
    };
    let mut world = connected(2);
    for n in 1..=5 {
        let bytes = batch(&world, n);
        world.inject(1, 0, bytes);
    }
    assert!(matches!(
        world.drops(0)[..],
        [Output::Drop {
            reason: DropReason::TooManyBatches,
            ..
        }]
    ));

    let mut world = connected(2);
    let heads = HeadsUpdate {
        space: world.space,
        heads: Vec::new(),
    };
    world.inject(1, 0, Message::Ack { batch: 99, heads }.encode());
    assert!(matches!(
        world.drops(0)[..],
        [Output::Drop {
            reason: DropReason::UnknownAck,
            ..
        }]
    ));

    let mut world = World::new(2, 1);
    let peer = world.key(1);
    world.tell(0, Input::Connected(peer));
    world.inject(
        1,
        0,
        Message::Removed {
            space: SpaceId([1; 32]),
        }
        .encode(),
    );
    assert!(matches!(
        world.drops(0)[..],
        [Output::Drop {
            reason: DropReason::Order,
            ..
        }]
    ));
}

#[test]
fn an_op_without_its_previous_is_dropped_and_answered_with_the_frontier() {
    let mut world = connected(2);
    let first = world.next_op(1, vec![1]);
    world.computers[1].log.accept(&[first]);
    let second = world.next_op(1, vec![2]);
    world.spy(1);
    let batch = OpsBatch {
        space: world.space,
        batch: 1,
        pull: 0,
        ops: vec![second],
    };
    world.inject(1, 0, Message::Ops(batch).encode());
    world.settle();
    let has_none_of_it = |frame: &Vec<u8>| {
        matches!(Message::decode(frame), Ok(Message::Frontier(part)) if part.last
            && part.heads.iter().all(|head| head.chain.author != world.key(1)))
    };
    assert!(world.seen.iter().any(has_none_of_it));
    assert!(
        world
            .seen
            .iter()
            .any(|frame| matches!(Message::decode(frame), Ok(Message::Pull { .. })))
    );
}

#[test]
fn messages_of_later_versions_change_nothing() {
    let mut world = connected(2);
    world.inject(1, 0, Message::Unknown(99).encode());
    world.write(1, 2);
    world.settle();
    world.assert_equal();
    assert!(world.drops(0).is_empty());
}

#[test]
fn progress_counts_down_to_nothing() {
    let mut world = World::new(2, 1);
    world.write(0, 1200);
    world.connect(0, 1);
    let (zero, one) = (world.key(0), world.key(1));
    let mut most = 0;
    while world.step() {
        if let Some(progress) = world.computers[1].coordinator.progress(&zero) {
            most = most.max(progress.to_receive);
        }
    }
    assert_eq!(most, 1201);
    let done = |n: usize, peer| world.computers[n].coordinator.progress(peer).unwrap();
    assert_eq!((done(1, &zero).to_receive, done(0, &one).to_send), (0, 0));
    assert!(done(1, &zero).synced);
}

/// A computer that was in a space before and is let in again by somebody whom its old log does not know.
#[test]
fn who_only_gives_is_told_nothing_of_an_older_log_until_it_counts() {
    let mut world = World::new(3, 1);
    world.share();
    world.write(0, 20);
    let all = world.computers[0].log.ops.clone();
    world.computers[1].log.accept(&all);
    world.restate(1);
    world.write(1, 5);
    world.write(2, 7);
    let (space, giver) = (world.space, world.key(2));
    let taking = rota_sync::Audience {
        givers: BTreeSet::from([giver]),
        ..Default::default()
    };
    world.computers[1].audience = taking.clone();
    world.tell(
        1,
        Input::Audience {
            space,
            audience: taking,
        },
    );
    world.spy(2);
    world.connect(1, 2);
    world.pass(2_000);
    // The founding op, which both have, is the space's own name.
    let ids: Vec<_> = all.iter().skip(1).map(|op| op.id.0).collect();
    let shows = |frame: &Vec<u8>, id: &[u8; 32]| frame.windows(32).any(|part| part == id);
    assert!(!world.seen.is_empty(), "it was asked");
    assert!(
        !world
            .seen
            .iter()
            .any(|frame| ids.iter().any(|id| shows(frame, id))),
        "the giver learned of ops that it does not have"
    );
    let theirs = world.computers[2].log.frontier.clone();
    assert!(
        theirs
            .heads()
            .all(|head| world.computers[1].log.has(&head.op)),
        "all came"
    );
    // The log that came says that it counts.
    let members: Vec<usize> = (0..3).collect();
    set_members(&mut world, 1, &members, &[]);
    world.pass(130_000);
    assert_eq!(
        world.computers[1].log.frontier,
        world.computers[2].log.frontier
    );
}
