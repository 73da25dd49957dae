//! The laws of order keys.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use rota_model::limits::ORDER_KEY_MAX_BYTES;
use rota_model::order::{OrderKey, OrderKeyError};

/// A small generator, so that a run of insertions has random digits and the test is the same each time.
struct Xorshift(u32);

impl Xorshift {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }
}

fn assert_sorted(keys: &[OrderKey]) {
    for pair in keys.windows(2) {
        assert!(pair[0] < pair[1], "{} is not before {}", pair[0], pair[1]);
    }
    for key in keys {
        assert_eq!(OrderKey::parse(key.as_str()).as_ref(), Ok(key));
    }
}

fn longest(keys: &[OrderKey]) -> usize {
    keys.iter().map(|key| key.as_str().len()).max().unwrap_or(0)
}

#[test]
fn a_hundred_thousand_tasks_added_at_the_end_keep_short_keys() {
    let mut random = Xorshift(1);
    let mut keys: Vec<OrderKey> = Vec::new();
    for _ in 0..100_000 {
        keys.push(OrderKey::between(keys.last(), None, random.next()));
    }
    assert_sorted(&keys);
    assert!(longest(&keys) <= 10, "{}", longest(&keys));
}

#[test]
fn a_hundred_thousand_tasks_added_at_the_top_keep_short_keys() {
    let mut random = Xorshift(2);
    let mut keys: Vec<OrderKey> = Vec::new();
    for _ in 0..100_000 {
        keys.push(OrderKey::between(None, keys.last(), random.next()));
    }
    keys.reverse();
    assert_sorted(&keys);
    assert!(longest(&keys) <= 10, "{}", longest(&keys));
}

/// Neighbours as a list has them: added one after the other.
fn two_neighbours(random: &mut Xorshift) -> (OrderKey, OrderKey) {
    let a = OrderKey::between(None, None, random.next());
    let b = OrderKey::between(Some(&a), None, random.next());
    (a, b)
}

#[test]
fn ten_thousand_tasks_typed_one_below_the_other_keep_short_keys() {
    let mut random = Xorshift(3);
    let (a, b) = two_neighbours(&mut random);
    let mut keys = vec![a];
    for _ in 0..10_000 {
        keys.push(OrderKey::between(keys.last(), Some(&b), random.next()));
    }
    keys.push(b);
    assert_sorted(&keys);
    assert!(longest(&keys) <= 30, "{}", longest(&keys));
}

#[test]
fn ten_thousand_tasks_put_at_the_same_place_from_below_keep_short_keys() {
    let mut random = Xorshift(4);
    let (a, b) = two_neighbours(&mut random);
    let mut keys = vec![b];
    for _ in 0..10_000 {
        keys.push(OrderKey::between(Some(&a), keys.last(), random.next()));
    }
    keys.push(a);
    keys.reverse();
    assert_sorted(&keys);
    assert!(longest(&keys) <= 30, "{}", longest(&keys));
}

#[test]
fn two_thousand_tasks_put_anywhere_keep_short_keys() {
    let mut random = Xorshift(5);
    let mut keys: Vec<OrderKey> = Vec::new();
    for _ in 0..2_000 {
        let at = random.next() as usize % (keys.len() + 1);
        let before = at.checked_sub(1).map(|at| &keys[at]);
        let key = OrderKey::between(before, keys.get(at), random.next());
        keys.insert(at, key);
    }
    assert_sorted(&keys);
    assert!(longest(&keys) <= 16, "{}", longest(&keys));
}

#[test]
fn a_list_that_is_reordered_for_years_keeps_short_keys() {
    let mut random = Xorshift(8);
    let mut keys = OrderKey::many_between(None, None, 30, || random.next());
    for _ in 0..20_000 {
        keys.remove(random.next() as usize % keys.len());
        let at = random.next() as usize % (keys.len() + 1);
        let before = at.checked_sub(1).map(|at| &keys[at]);
        let key = OrderKey::between(before, keys.get(at), random.next());
        keys.insert(at, key);
        assert!(longest(&keys) <= 16, "{}", longest(&keys));
    }
    assert_sorted(&keys);
}

#[test]
fn many_keys_are_spread_over_the_gap() {
    let mut random = Xorshift(6);
    let (a, b) = two_neighbours(&mut random);
    for (before, after) in [
        (None, None),
        (Some(&a), None),
        (None, Some(&a)),
        (Some(&a), Some(&b)),
    ] {
        let mut keys: Vec<OrderKey> = before.into_iter().cloned().collect();
        keys.extend(OrderKey::many_between(before, after, 20_000, || {
            random.next()
        }));
        keys.extend(after.cloned());
        assert_eq!(
            keys.len(),
            20_000 + before.iter().count() + after.iter().count()
        );
        assert_sorted(&keys);
        assert!(longest(&keys) <= 16, "{}", longest(&keys));
    }
}

#[test]
fn a_full_gap_is_a_tie_and_no_panic() {
    let mut random = Xorshift(7);
    let (mut low, mut high) = two_neighbours(&mut random);
    // Narrowing from both sides in turn is the pattern that costs a bit every time, whatever the keys look like.
    for turn in 0..8_000 {
        let key = OrderKey::between(Some(&low), Some(&high), random.next());
        assert!(low <= key && key <= high);
        assert!(key.as_str().len() <= ORDER_KEY_MAX_BYTES);
        assert!(turn > 4_000 || low < key && key < high, "{turn}");
        if turn % 2 == 0 { low = key } else { high = key }
    }
    assert_eq!(low, high);
}

#[test]
fn what_is_no_key_is_refused_and_stands_at_one_place() {
    let long = "a".repeat(ORDER_KEY_MAX_BYTES + 1);
    assert_eq!(OrderKey::parse(&long), Err(OrderKeyError::TooLong));
    for text in [
        "",
        "0",
        "a",
        "a ",
        "b0",
        "a00",
        "a0é",
        "A00000000000000000000000000",
        "9V",
    ] {
        assert_eq!(
            OrderKey::parse(text),
            Err(OrderKeyError::Malformed),
            "{text:?}"
        );
        assert_eq!(OrderKey::from_foreign(text), OrderKey::default());
    }
    assert!(OrderKey::parse(OrderKey::default().as_str()).is_ok());
}

/// Keys that this module would write, and keys of the same form that it would not.
fn any_key() -> impl Strategy<Value = OrderKey> {
    let near = "(a[0-3]|Zz|b0[0-9A-Za-z]|Yz[0-9A-Za-z])[0-9A-Za-z]{0,8}";
    let far = "[a-zA-Z][0-9A-Za-z]{26,1000}";
    let edge = "(z[z]{26}|A[0]{26}|z[0]{26}|A[z]{26})[0z]{0,980}";
    prop_oneof![4 => near, 2 => far, 1 => edge]
        .prop_filter_map("not a key", |text| OrderKey::parse(&text).ok())
}

proptest! {
    #[test]
    fn a_key_lies_strictly_between_its_neighbours(a in any_key(), b in any_key(), random: u32) {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let key = OrderKey::between(Some(&low), Some(&high), random);
        prop_assert_eq!(OrderKey::parse(key.as_str()), Ok(key.clone()));
        if low < high && low.as_str().len() + high.as_str().len() < 150 {
            prop_assert!(low < key && key < high, "{} {} {}", low, key, high);
        } else {
            prop_assert!(low <= key);
        }
    }

    #[test]
    fn a_key_at_an_end_lies_beyond_its_neighbour(a in any_key(), random: u32) {
        let below = OrderKey::between(Some(&a), None, random);
        let above = OrderKey::between(None, Some(&a), random);
        if a.as_str().len() < 150 {
            prop_assert!(above < a && a < below, "{} {} {}", above, a, below);
        }
        prop_assert_eq!(OrderKey::parse(above.as_str()), Ok(above));
        prop_assert_eq!(OrderKey::parse(below.as_str()), Ok(below));
    }

    #[test]
    fn two_computers_at_the_same_place_get_different_keys(a in any_key(), b in any_key(), r: u32, s: u32) {
        let has_room = a.as_str().len().max(b.as_str().len()) < 150;
        prop_assume!(r != s);
        let (low, high) = if a <= b { (&a, &b) } else { (&b, &a) };
        for (before, after) in [(None, None), (Some(low), None), (None, Some(high)), (Some(low), Some(high))] {
            let (one, other) = (OrderKey::between(before, after, r), OrderKey::between(before, after, s));
            prop_assert!(one != other || !has_room, "{one}");
        }
    }

    #[test]
    fn inverted_neighbours_and_any_text_are_answered(a in ".{0,220}", b in ".{0,220}", random: u32) {
        let (a, b) = (OrderKey::from_foreign(&a), OrderKey::from_foreign(&b));
        let key = OrderKey::between(Some(&a), Some(&b), random);
        prop_assert!(OrderKey::parse(key.as_str()).is_ok());
        prop_assert_eq!(OrderKey::many_between(Some(&a), Some(&b), 3, || random).len(), 3);
    }
}
