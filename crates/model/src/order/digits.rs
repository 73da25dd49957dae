//! Base-62 arithmetic on the bytes of order keys.

/// The digits in the order of their bytes.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Random digits at the end of a key; 62^5 * 61 is more than 2^32, so different numbers give different digits.
pub(super) const SUFFIX_BYTES: usize = 6;

/// The integer part of the first key in an empty list.
pub(super) const FIRST: &str = "a0";

/// Below every key: the smallest integer part, which no key has.
pub(super) const LOWEST: &str = "A00000000000000000000000000";

/// Bytes of the integer part that starts like this: `a` 2 to `z` 27 upwards, `Z` 2 to `A` 27 downwards.
pub(super) fn integer_bytes(key: &[u8]) -> usize {
    match key.first() {
        Some(&head @ b'a'..=b'z') => usize::from(head - b'a') + 2,
        Some(&head @ b'A'..=b'Z') => usize::from(b'Z' - head) + 2,
        _ => 0,
    }
}

/// Whether the bytes are a whole integer part and a fraction that does not end in 0 (before such a fraction would be no room).
pub(super) fn is_structured(key: &[u8]) -> bool {
    let integer = integer_bytes(key);
    integer > 0
        && key.len() >= integer
        && key.iter().all(u8::is_ascii_alphanumeric)
        && (key.len() == integer || key.last() != Some(&b'0'))
        && key != LOWEST.as_bytes()
}

/// The next number of as many digits, or, for a whole integer part, of the next length.
pub(super) fn incremented(stem: &[u8]) -> Option<Vec<u8>> {
    let whole = stem.len() == integer_bytes(stem);
    let mut next = stem.to_vec();
    for at in (1..next.len()).rev() {
        let digit = value(next[at]);
        if digit + 1 < 62 {
            next[at] = DIGITS[digit + 1];
            return Some(next);
        }
        next[at] = b'0';
    }
    if !whole {
        return None;
    }
    let head = match stem.first()? {
        b'Z' => b'a',
        b'z' => return None,
        head => head + 1,
    };
    Some(filled(head, b'0'))
}

/// The number before of as many digits, or, for a whole integer part, of the length before.
pub(super) fn decremented(stem: &[u8]) -> Option<Vec<u8>> {
    let whole = stem.len() == integer_bytes(stem);
    let mut previous = stem.to_vec();
    for at in (1..previous.len()).rev() {
        let digit = value(previous[at]);
        if digit > 0 {
            previous[at] = DIGITS[digit - 1];
            return Some(previous);
        }
        previous[at] = b'z';
    }
    if !whole {
        return None;
    }
    let head = match stem.first()? {
        b'a' => b'Z',
        b'A' => return None,
        head => head - 1,
    };
    Some(filled(head, b'z'))
}

/// The shortest digits all of whose continuations lie strictly between the two; `a` must be less than `b`.
pub(super) fn midpoint(a: &[u8], b: Option<&[u8]>) -> Vec<u8> {
    let mut stem = Vec::with_capacity(a.len() + 1);
    let mut upper = b;
    for at in 0.. {
        // One is added throughout, so that "below the digit 0" is the number 0.
        let low = a.get(at).map_or(0, |&byte| value(byte) + 1);
        let high = upper.map_or(63, |b| b.get(at).map_or(0, |&byte| value(byte) + 1));
        if high > low + 1 {
            stem.push(DIGITS[low + (high - low) / 2 - 1]);
            break;
        }
        if low == 0 && high == 0 {
            // Only for inverted neighbours, which callers keep out: nothing lies between, so stay at `a`.
            break;
        }
        if low == 0 {
            stem.push(b'0');
        } else {
            stem.push(DIGITS[low - 1]);
            if low != high {
                upper = None;
            }
        }
    }
    stem
}

/// The random digits; the last one is never 0.
pub(super) fn suffix(random: u32) -> [u8; SUFFIX_BYTES] {
    let mut rest = random as usize;
    let mut digits = [b'0'; SUFFIX_BYTES];
    digits[SUFFIX_BYTES - 1] = DIGITS[1 + rest % 61];
    rest /= 61;
    for digit in digits[..SUFFIX_BYTES - 1].iter_mut().rev() {
        *digit = DIGITS[rest % 62];
        rest /= 62;
    }
    digits
}

fn value(byte: u8) -> usize {
    DIGITS.binary_search(&byte).unwrap_or(0)
}

fn filled(head: u8, digit: u8) -> Vec<u8> {
    let mut integer = vec![head];
    integer.resize(integer_bytes(&[head]), digit);
    integer
}
