//! Order keys: where a task stands in its list, without moving any other task.
//!
//! A key is a base-62 string compared byte by byte: an integer part whose first character tells its length (so that
//! adding at either end costs almost nothing), then a fraction, whose last six digits are random so that two computers
//! that insert at the same place get different keys. Keys are never rebalanced; equal keys are told apart by task id.

use std::fmt;

use thiserror::Error;

use crate::limits::ORDER_KEY_MAX_BYTES;

mod digits;

use digits::{decremented, incremented, integer_bytes, is_structured, midpoint, suffix};

/// How much longer than the other a neighbour is that a run of insertions has made.
const RUN_BYTES: usize = 12;

/// A task's place in its list; greater keys stand further down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

/// Why a text is not an order key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OrderKeyError {
    /// More than [`ORDER_KEY_MAX_BYTES`].
    #[error("an order key has at most {ORDER_KEY_MAX_BYTES} bytes")]
    TooLong,
    /// Not of the form that this module writes.
    #[error("an order key is a base-62 number that does not end in 0")]
    Malformed,
}

impl OrderKey {
    /// Reads a key that some computer wrote.
    pub fn parse(text: &str) -> Result<Self, OrderKeyError> {
        if text.len() > ORDER_KEY_MAX_BYTES {
            return Err(OrderKeyError::TooLong);
        }
        if !is_structured(text.as_bytes()) {
            return Err(OrderKeyError::Malformed);
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads a key from outside; what is no key stands where the first task of a list stood, on every computer alike.
    #[must_use]
    pub fn from_foreign(text: &str) -> Self {
        Self::parse(text).unwrap_or_default()
    }

    /// The key as it is stored and sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key between two neighbours; with none on a side, at that end.
    ///
    /// Where nothing lies between them (equal or inverted neighbours, or a key of full length) the answer is a key right
    /// after `before`, at worst `before` itself, and ids decide.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>, random: u32) -> Self {
        match (before, after) {
            (None, None) => Self::finish(digits::FIRST.as_bytes().to_vec(), None, random),
            (Some(a), None) => Self::after(a, random),
            (None, Some(b)) => Self::before(b, random),
            (Some(a), Some(b)) if a < b => Self::inside(a, b, random),
            (Some(a), Some(_)) => Self::finish(a.0.clone().into_bytes(), Some(a), random),
        }
    }

    /// `n` keys in order between two neighbours, evenly spread so that later insertions find room everywhere.
    #[must_use]
    pub fn many_between(
        before: Option<&Self>,
        after: Option<&Self>,
        n: usize,
        mut random: impl FnMut() -> u32,
    ) -> Vec<Self> {
        let mut keys: Vec<Self> = Vec::with_capacity(n);
        match (before, after) {
            (Some(a), Some(b)) if a < b => spread(a, b, n, &mut random, &mut keys),
            (None, Some(b)) => {
                for _ in 0..n {
                    let next = Self::before(keys.last().unwrap_or(b), random());
                    keys.push(next);
                }
                keys.reverse();
            }
            _ => {
                for _ in 0..n {
                    let next = Self::between(keys.last().or(before), None, random());
                    keys.push(next);
                }
            }
        }
        keys
    }

    fn after(a: &Self, random: u32) -> Self {
        let bytes = a.0.as_bytes();
        let stem = incremented(&bytes[..integer_bytes(bytes).min(bytes.len())])
            .filter(|stem| is_room(stem, bytes, None))
            .unwrap_or_else(|| run_up(a, None));
        Self::finish(stem, Some(a), random)
    }

    fn before(b: &Self, random: u32) -> Self {
        let bytes = b.0.as_bytes();
        let stem = decremented(&bytes[..integer_bytes(bytes).min(bytes.len())])
            .filter(|stem| is_room(stem, digits::LOWEST.as_bytes(), Some(bytes)))
            .unwrap_or_else(|| midpoint(digits::LOWEST.as_bytes(), Some(bytes)));
        Self::finish(stem, Some(b), random)
    }

    fn inside(a: &Self, b: &Self, random: u32) -> Self {
        // Halving the gap keeps keys short when people move things about. A neighbour that is much longer than the other
        // was made by a run of insertions at this side of it, and halving would cost such a run a digit for every six:
        // counting on from it costs next to nothing. Counting on everywhere would be worse: the slits that it leaves
        // cost a digit each when something is moved into them.
        let (a_bytes, b_bytes) = (a.0.len(), b.0.len());
        let stem = if a_bytes >= b_bytes + RUN_BYTES {
            run_up(a, Some(b))
        } else if b_bytes >= a_bytes + RUN_BYTES {
            run_down(a, b)
        } else {
            midpoint(a.0.as_bytes(), Some(b.0.as_bytes()))
        };
        Self::finish(stem, Some(a), random)
    }

    /// Adds the random digits; where no room is left for them, `fallback` itself.
    fn finish(mut stem: Vec<u8>, fallback: Option<&Self>, random: u32) -> Self {
        while stem.len() < integer_bytes(&stem) {
            stem.push(b'0');
        }
        stem.extend(suffix(random));
        match (String::from_utf8(stem), fallback) {
            (Ok(key), _) if key.len() <= ORDER_KEY_MAX_BYTES => Self(key),
            (_, Some(neighbour)) => neighbour.clone(),
            (_, None) => Self::default(),
        }
    }
}

impl Default for OrderKey {
    fn default() -> Self {
        Self(format!("{}V", digits::FIRST))
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether every continuation of `stem` lies strictly between the two.
fn is_room(stem: &[u8], a: &[u8], b: Option<&[u8]>) -> bool {
    stem > a && b.is_none_or(|b| stem < b && !b.starts_with(stem))
}

/// What a key was counted up or down on: without its random digits.
fn stem_of(key: &OrderKey) -> &[u8] {
    let bytes = key.0.as_bytes();
    let end = bytes
        .len()
        .saturating_sub(digits::SUFFIX_BYTES)
        .max(integer_bytes(bytes));
    &bytes[..end.min(bytes.len())]
}

fn run_up(a: &OrderKey, b: Option<&OrderKey>) -> Vec<u8> {
    let limit = b.map(|b| b.0.as_bytes());
    let room = |stem: &Vec<u8>| is_room(stem, a.0.as_bytes(), limit);
    incremented(stem_of(a)).filter(room).unwrap_or_else(|| {
        let mut stem = midpoint(a.0.as_bytes(), limit);
        stem.extend(vec![b'0'; new_digits(stem.len(), b)]);
        stem
    })
}

fn run_down(a: &OrderKey, b: &OrderKey) -> Vec<u8> {
    let room = |stem: &Vec<u8>| is_room(stem, a.0.as_bytes(), Some(b.0.as_bytes()));
    decremented(stem_of(b)).filter(room).unwrap_or_else(|| {
        let mut stem = midpoint(a.0.as_bytes(), Some(b.0.as_bytes()));
        stem.extend(vec![b'z'; new_digits(stem.len(), Some(a))]);
        stem
    })
}

/// Digits to open when a run has used up its own: as many as it is already deeper than where it began, so that n
/// insertions need digits in the order of log n.
fn new_digits(stem_bytes: usize, origin: Option<&OrderKey>) -> usize {
    let began = origin.map_or(0, |key| stem_of(key).len());
    stem_bytes.saturating_sub(began).min(8)
}

fn spread(
    a: &OrderKey,
    b: &OrderKey,
    n: usize,
    random: &mut impl FnMut() -> u32,
    keys: &mut Vec<OrderKey>,
) {
    if n == 0 {
        return;
    }
    let stem = midpoint(a.0.as_bytes(), Some(b.0.as_bytes()));
    let middle = OrderKey::finish(stem, Some(a), random());
    let lower = n / 2;
    spread_or_tie(a, &middle, lower, random, keys);
    keys.push(middle.clone());
    spread_or_tie(&middle, b, n - lower - 1, random, keys);
}

/// Between equal keys (only at full length) there is nothing to spread over: ties, and ids decide.
fn spread_or_tie(
    a: &OrderKey,
    b: &OrderKey,
    n: usize,
    random: &mut impl FnMut() -> u32,
    keys: &mut Vec<OrderKey>,
) {
    if a < b {
        spread(a, b, n, random, keys);
    } else {
        keys.extend(vec![a.clone(); n]);
    }
}
