//! Who is looking at what: told to the members, in measure, and forgotten with the connection.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use std::collections::BTreeSet;

use rota_model::{
    id::EntityId,
    limits::{PRESENCE_MAX_TASKS, TYPING_SHOWN_MS},
};
use rota_sync::{
    Audience, Doing, Input, Millis, Output,
    message::{Message, Presence},
};
use world::World;

const LIST: EntityId = EntityId([1; 16]);
const TASK: EntityId = EntityId([2; 16]);

fn connected(count: usize) -> World {
    let mut world = World::new(count, 1);
    world.share();
    world.connect_all();
    world.pass(2_000);
    world
}

fn does(world: &mut World, n: usize, doing: Doing) {
    let space = world.space;
    world.tell(n, Input::Doing { space, doing });
}

fn in_list(world: &World) -> Doing {
    Doing {
        list: Some(LIST),
        since: Millis(world.now_ms),
        ..Doing::default()
    }
}

/// What was passed on at one computer of another, in order.
fn heard(world: &World, n: usize, of: usize) -> Vec<Option<Presence>> {
    let key = world.key(of);
    let notes = world.computers[n].notes.iter();
    notes
        .filter_map(|note| match note {
            Output::Presence { peer, presence, .. } if *peer == key => Some(presence.clone()),
            _ => None,
        })
        .collect()
}

fn presences(frames: &[Vec<u8>]) -> usize {
    frames
        .iter()
        .filter(|frame| matches!(Message::decode(frame), Ok(Message::Presence { .. })))
        .count()
}

#[test]
fn members_hear_at_once_what_somebody_does_and_how_long() {
    let mut world = connected(3);
    let began = world.now_ms;
    let doing = Doing {
        on_it: vec![(TASK, Millis(began - 1_500))],
        ..in_list(&world)
    };
    does(&mut world, 0, doing);
    world.settle();
    for n in [1, 2] {
        let told = heard(&world, n, 0).pop().flatten().unwrap();
        assert_eq!(
            (told.list, told.task, told.typing),
            (Some(LIST), None, false)
        );
        assert_eq!(told.on_it, [(TASK, 1_500)]);
    }
    // Who comes later hears it too, with its age.
    world.disconnect(0, 2);
    world.pass(60_000);
    world.connect(0, 2);
    world.pass(2_000);
    let told = heard(&world, 2, 0).pop().flatten().unwrap();
    assert!(told.open_ms >= 60_000, "{}", told.open_ms);
    assert_eq!(
        heard(&world, 1, 0).len(),
        1,
        "what is as it was is not told again"
    );
}

#[test]
fn many_changes_become_few_messages_and_the_last_one_arrives() {
    let mut world = connected(2);
    world.spy(1);
    for n in 0..100_u8 {
        let doing = Doing {
            task: Some(EntityId([n; 16])),
            ..in_list(&world)
        };
        does(&mut world, 0, doing);
        world.pass(50);
    }
    world.pass(2_000);
    let told = presences(&world.seen);
    assert!((4..=7).contains(&told), "{told} messages in 5 seconds");
    let last = heard(&world, 1, 0).pop().flatten().unwrap();
    assert_eq!(last.task, Some(EntityId([99; 16])));
}

#[test]
fn a_peer_that_tells_without_measure_is_passed_on_in_measure() {
    let mut world = connected(2);
    let space = world.space;
    for n in 0..=200_u8 {
        let presence = Presence {
            task: Some(EntityId([n; 16])),
            ..Presence::default()
        };
        world.inject(1, 0, Message::Presence { space, presence }.encode());
        world.pass(10);
    }
    world.pass(1_000);
    let all = heard(&world, 0, 1);
    assert!((5..=12).contains(&all.len()), "{} in 2 seconds", all.len());
    let last = all.last().cloned().flatten().unwrap();
    assert_eq!(last.task, Some(EntityId([200; 16])));
}

#[test]
fn typing_that_is_over_is_not_told_and_doing_nothing_is() {
    let mut world = connected(2);
    let doing = Doing {
        typed: Some(Millis(world.now_ms)),
        ..in_list(&world)
    };
    does(&mut world, 0, doing.clone());
    world.settle();
    assert!(heard(&world, 1, 0).pop().flatten().unwrap().typing);
    world.disconnect(0, 1);
    world.pass(TYPING_SHOWN_MS);
    world.connect(0, 1);
    world.pass(2_000);
    assert!(!heard(&world, 1, 0).pop().flatten().unwrap().typing);
    does(&mut world, 0, Doing::default());
    world.pass(2_000);
    assert_eq!(
        heard(&world, 1, 0).pop().flatten(),
        Some(Presence::default())
    );
}

#[test]
fn who_is_gone_does_nothing_any_more() {
    let mut world = connected(2);
    let doing = in_list(&world);
    does(&mut world, 0, doing);
    world.settle();
    world.disconnect(0, 1);
    assert_eq!(heard(&world, 1, 0).pop(), Some(None));
}

#[test]
fn nothing_is_told_to_who_does_not_count_and_nothing_taken_from_it() {
    let mut world = connected(3);
    let space = world.space;
    let audience = Audience {
        members: BTreeSet::from([world.key(0), world.key(1)]),
        ..Audience::default()
    };
    world.tell(0, Input::Audience { space, audience });
    world.settle();
    world.spy(2);
    let doing = in_list(&world);
    does(&mut world, 0, doing);
    let doing = in_list(&world);
    does(&mut world, 2, doing);
    world.pass(2_000);
    let from_zero = world.seen.iter().filter(|frame| {
        matches!(Message::decode(frame), Ok(Message::Presence { presence, .. }) if presence.list.is_some())
    });
    assert_eq!(from_zero.count(), 0);
    assert_eq!(heard(&world, 0, 2), []);
    assert_eq!(heard(&world, 1, 0).len(), 1);
}

#[test]
fn no_message_is_longer_than_others_take() {
    let mut world = connected(2);
    let many = (0..100_u8).map(|n| (EntityId([n; 16]), Millis(0)));
    let doing = Doing {
        on_it: many.collect(),
        ..Doing::default()
    };
    does(&mut world, 0, doing);
    world.settle();
    let told = heard(&world, 1, 0).pop().flatten().unwrap();
    assert_eq!(told.on_it.len(), PRESENCE_MAX_TASKS);
    assert!(world.is_connected(0, 1) && world.drops(1).is_empty());
    let presence = Presence {
        on_it: vec![(TASK, 0); PRESENCE_MAX_TASKS + 1],
        ..Presence::default()
    };
    let space = world.space;
    world.inject(1, 0, Message::Presence { space, presence }.encode());
    assert_eq!(world.drops(0).len(), 1);
}
