//! Computers in virtual time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use rota_sync::{DropReason, Output};
use world::World;

const SEEDS: std::ops::Range<u64> = 0..40;
/// For runs with many ops.
const FEW: std::ops::Range<u64> = 0..6;

#[test]
fn a_newcomer_gets_everything_once() {
    for seed in FEW {
        let mut world = World::new(2, seed);
        world.write(0, 1300);
        world.connect(0, 1);
        world.settle();
        world.assert_equal();
        assert_eq!(world.sent(), 1301);
        assert!(world.is_synced(1, 0) && world.is_synced(0, 1));
    }
}

#[test]
fn both_send_what_the_other_lacks_and_no_more() {
    for seed in SEEDS {
        let mut world = World::new(2, seed);
        world.share();
        world.write(0, 30);
        world.write(1, 40);
        world.connect(0, 1);
        world.settle();
        world.assert_equal();
        assert_eq!(world.sent(), 70, "seed {seed}");
        assert!(world.is_synced(1, 0) && world.is_synced(0, 1));
    }
}

#[test]
fn a_live_op_goes_to_each_member_once() {
    for seed in SEEDS {
        let mut world = World::new(3, seed);
        world.share();
        world.connect_all();
        world.pass(2_000);
        for n in 0..3 {
            world.write(n, 5);
        }
        world.settle();
        world.assert_equal();
        assert_eq!(world.sent(), 15 * 2, "seed {seed}");
    }
}

#[test]
fn who_is_not_connected_with_the_author_gets_it_through_another() {
    for seed in SEEDS {
        let mut world = World::new(3, seed);
        world.share();
        world.connect(0, 1);
        world.connect(1, 2);
        world.pass(2_000);
        world.write(0, 7);
        world.write(2, 3);
        world.settle();
        world.assert_equal();
        assert_eq!(world.sent(), 10 * 2, "seed {seed}");
    }
}

#[test]
fn a_lost_connection_goes_on_where_it_was_acknowledged() {
    for seed in FEW {
        let mut world = World::new(2, seed);
        world.write(0, 3000);
        world.connect(0, 1);
        while world.computers[1].log.ops.len() < 1000 {
            assert!(world.step());
        }
        world.disconnect(0, 1);
        world.settle();
        let here = world.computers[1].log.ops.len();
        let before = world.sent();
        world.connect(0, 1);
        world.settle();
        world.assert_equal();
        assert_eq!(
            world.sent() - before,
            3001 - here,
            "nothing that was durable is sent again, seed {seed}"
        );
    }
}

#[test]
fn a_third_takes_over_when_the_one_pulled_from_goes() {
    for seed in FEW {
        let mut world = World::new(3, seed);
        world.write(0, 2500);
        let all = world.computers[0].log.ops.clone();
        world.computers[1].log.accept(&all);
        world.restate(1);
        world.connect(0, 2);
        world.connect(1, 2);
        while world.computers[2].log.ops.len() < 500 {
            assert!(world.step());
        }
        world.disconnect(0, 2);
        world.settle();
        world.assert_equal();
        assert!(
            world.sent() <= 2501 + 4 * 500,
            "only what was under way came twice: {}",
            world.sent()
        );
    }
}

#[test]
fn after_an_absence_one_peer_alone_is_pulled_from() {
    for seed in 0..10 {
        let mut world = World::new(12, seed);
        world.share();
        world.write(0, 700);
        let all = world.computers[0].log.ops.clone();
        for n in 1..11 {
            world.computers[n].log.accept(&all);
            world.restate(n);
        }
        world.connect_all();
        world.pass(5_000);
        world.assert_equal();
        assert_eq!(
            world.sent(),
            700,
            "seed {seed}: 700 ops for the one who was away"
        );
    }
}

#[test]
fn fifty_computers_send_each_op_about_once_to_each() {
    let mut world = World::new(50, 1);
    world.share();
    world.connect_all();
    world.pass(3_000);
    let (before, frames) = (world.sent(), world.frames);
    for n in 0..50 {
        world.write(n, 2);
        world.settle();
    }
    world.assert_equal();
    let copies = world.sent() - before;
    assert_eq!(copies, 100 * 49, "copies");
    assert!(
        world.frames - frames <= 100 * 49 * 2,
        "one frame and its acknowledgement a copy"
    );
}

#[test]
fn fifty_who_all_write_at_once_stay_near_one_copy_each() {
    let mut world = World::new(50, 2);
    world.share();
    world.connect_all();
    world.pass(3_000);
    for n in 0..50 {
        world.write(n, 2);
    }
    world.settle();
    world.assert_equal();
    assert!(
        world.sent() <= 100 * 49 * 11 / 10,
        "{} copies",
        world.sent()
    );
}

#[test]
fn a_gap_is_answered_with_the_frontier_and_filled() {
    for seed in SEEDS {
        let mut world = World::new(3, seed);
        world.share();
        world.connect_all();
        world.pass(2_000);
        // What 0 pushes to 2 is lost with their connection, and 1 left it to 0.
        world.write(0, 3);
        for _ in 0..seed % 7 {
            world.step();
        }
        world.disconnect(0, 2);
        world.settle();
        world.write(0, 1);
        world.settle();
        world.assert_equal();
    }
}

#[test]
fn both_branches_of_a_fork_reach_everyone() {
    for seed in SEEDS {
        let mut world = World::new(4, seed);
        world.share();
        world.write(0, 5);
        world.share();
        // The same folder twice: 3 writes with 0's key after a copy was made.
        let copy = world.computers[0].log.clone();
        world.write(0, 4);
        let first = std::mem::replace(&mut world.computers[0].log, copy);
        let branch: Vec<_> = (0..2)
            .map(|n| {
                let op = world.next_op(0, vec![0x81, n]);
                world.computers[0].log.accept(std::slice::from_ref(&op));
                op
            })
            .collect();
        world.computers[0].log = first;
        world.restate(0);
        world.computers[3].log.accept(&branch);
        world.restate(3);
        for (a, b) in [(0, 1), (1, 2), (2, 3)] {
            world.connect(a, b);
        }
        world.pass(200_000);
        world.assert_equal();
        assert_eq!(
            world.computers[0].log.frontier.len(),
            world.computers[1].log.frontier.len()
        );
        assert!(
            world.computers[0]
                .notes
                .iter()
                .any(|note| matches!(note, Output::OwnHeadElsewhere { .. })),
            "the author hears of the branch that it lacks"
        );
    }
}

#[test]
fn a_computer_set_back_to_an_old_state_loses_nothing_and_repeats_nothing() {
    for seed in SEEDS {
        let mut world = World::new(2, seed);
        world.share();
        world.write(0, 10);
        let old = world.computers[0].log.clone();
        world.write(0, 10);
        world.connect(0, 1);
        world.settle();
        world.disconnect(0, 1);
        let rolled_back = world.computers[0].log.ops.len();
        world.computers[0].log = Log::at(old, world.computers[0].log.seq + 1);
        world.restate(0);
        world.write_silently(0, 3);
        world.connect(0, 1);
        world.pass(200_000);
        world.assert_equal();
        assert_eq!(world.computers[0].log.ops.len(), rolled_back + 3);
    }
}

use world::Log;

#[test]
fn garbage_drops_its_sender_and_nobody_else() {
    let mut world = World::new(3, 1);
    world.share();
    world.connect_all();
    world.pass(2_000);
    world.inject(1, 0, vec![0xff, 0x00]);
    assert!(matches!(
        world.drops(0)[..],
        [Output::Drop { peer, reason: DropReason::Wire(_) }] if *peer == world.key(1)
    ));
    world.disconnect(0, 1);
    world.write(0, 2);
    world.settle();
    world.assert_equal();
}

#[test]
fn an_op_with_a_broken_signature_drops_its_bearer() {
    let mut world = World::new(2, 1);
    world.share();
    world.connect(0, 1);
    world.settle();
    let mut op = world.next_op(0, vec![0x80]);
    op.signature[0] ^= 1;
    let batch = rota_sync::message::OpsBatch {
        space: world.space,
        batch: 1,
        pull: 0,
        ops: vec![op],
    };
    world.inject(0, 1, rota_sync::message::Message::Ops(batch).encode());
    world.settle();
    assert!(matches!(
        world.drops(1)[..],
        [Output::Drop {
            reason: DropReason::BadOp,
            ..
        }]
    ));
    assert_eq!(world.computers[1].log.ops.len(), 1);
}
