//! Random groups: computers write, connections come and go in the middle of anything, and in the end all are equal.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use rota_model::id::Incarnation;
use rota_sync::Output;
use world::World;

#[test]
fn whatever_breaks_in_between_all_become_equal() {
    for seed in 0..300 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut draw = |below: usize| rng.next_u64() as usize % below;
        let count = 2 + draw(4);
        let mut world = World::new(count, seed);
        for _ in 0..60 {
            let (a, b) = (draw(count), draw(count));
            match draw(6) {
                0 if a != b && !world.is_connected(a, b) => world.connect(a, b),
                1 if a != b && world.is_connected(a, b) => world.disconnect(a, b),
                2 if !world.computers[a].log.ops.is_empty() => drop(world.write(a, 1 + b)),
                3 => world.pass(500),
                _ => {
                    for _ in 0..draw(30) {
                        world.step();
                    }
                }
            }
        }
        for n in 1..count {
            if !world.is_connected(n - 1, n) {
                world.connect(n - 1, n);
            }
        }
        // Without waiting for the minute's comparison.
        world.pass(5_000);
        world.assert_equal();
        for n in 0..count {
            assert!(
                world.drops(n).is_empty(),
                "seed {seed}: {:?}",
                world.drops(n)
            );
            assert!(
                !alarmed(&world, n),
                "seed {seed}: equal frontiers were equal op sets all the time"
            );
        }
    }
}

/// Folders set back to an older state and written on, again and again, while all else goes on.
#[test]
fn whatever_is_set_back_all_become_equal() {
    for seed in 0..150 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xf0f0);
        let mut draw = |below: usize| rng.next_u64() as usize % below;
        let count = 2 + draw(3);
        let mut world = World::new(count, seed);
        world.share();
        let mut saved: Vec<_> = world
            .computers
            .iter()
            .map(|computer| computer.log.clone())
            .collect();
        let mut times = 0;
        for _ in 0..40 {
            let (a, b) = (draw(count), draw(count));
            match draw(8) {
                0 if a != b && !world.is_connected(a, b) => world.connect(a, b),
                1 if a != b && world.is_connected(a, b) => world.disconnect(a, b),
                2 | 3 => drop(world.write(a, 1 + b)),
                4 => saved[a] = world.computers[a].log.clone(),
                5 if times < 4 => {
                    times += 1;
                    for other in (0..count).filter(|other| *other != a) {
                        if world.is_connected(a, other) {
                            world.disconnect(a, other);
                        }
                    }
                    world.set_back(a, saved[a].clone());
                    if draw(2) == 0 {
                        world.computers[a].incarnation = Incarnation(100 + times);
                    }
                }
                _ => {
                    for _ in 0..draw(30) {
                        world.step();
                    }
                }
            }
        }
        for n in 1..count {
            if !world.is_connected(n - 1, n) {
                world.connect(n - 1, n);
            }
        }
        world.pass(130_000);
        world.assert_equal();
        assert!((0..count).all(|n| !alarmed(&world, n)), "seed {seed}");
    }
}

fn alarmed(world: &World, n: usize) -> bool {
    world.computers[n]
        .notes
        .iter()
        .any(|note| matches!(note, Output::Diverged { .. }))
}
