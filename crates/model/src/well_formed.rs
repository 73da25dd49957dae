//! Where a CBOR item ends. What counts for something hangs on it, so it is fixed here and not by a library's version:
//! lengths are known, the nesting is bounded, text is UTF-8.

use crate::limits::CBOR_MAX_DEPTH;

/// The length in bytes of the item at the beginning of `bytes`; `None` if none is whole and well-formed there.
pub(crate) fn item_len(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    // For each open container, how many items it still lacks.
    let mut open: Vec<u64> = vec![1];
    while let Some(lacking) = open.last_mut() {
        match lacking.checked_sub(1) {
            None => {
                open.pop();
            }
            Some(rest) => {
                *lacking = rest;
                let (head_len, inside) = read_head(bytes.get(at..)?)?;
                at = at.checked_add(head_len)?;
                match inside {
                    Inside::Nothing => {}
                    Inside::Bytes(len) => at = whole(bytes, at, len)?.0,
                    Inside::Text(len) => {
                        let (end, text) = whole(bytes, at, len)?;
                        std::str::from_utf8(text).ok()?;
                        at = end;
                    }
                    Inside::Items(_) if open.len() > CBOR_MAX_DEPTH => return None,
                    Inside::Items(count) => open.push(count),
                }
            }
        }
    }
    Some(at)
}

enum Inside {
    Nothing,
    Bytes(u64),
    Text(u64),
    Items(u64),
}

fn read_head(bytes: &[u8]) -> Option<(usize, Inside)> {
    let first = *bytes.first()?;
    let (major, info) = (first >> 5, first & 0x1f);
    let (len, argument) = match info {
        0..24 => (1, u64::from(info)),
        24..28 => {
            let width = 1usize << (info - 24);
            let argument = bytes
                .get(1..=width)?
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
            (1 + width, argument)
        }
        // Reserved, and lengths that are not known.
        _ => return None,
    };
    let inside = match major {
        2 => Inside::Bytes(argument),
        3 => Inside::Text(argument),
        4 => Inside::Items(argument),
        5 => Inside::Items(argument.checked_mul(2)?),
        6 => Inside::Items(1),
        // A simple value below 32 has no byte of its own.
        7 if info == 24 && argument < 32 => return None,
        _ => Inside::Nothing,
    };
    Some((len, inside))
}

fn whole(bytes: &[u8], at: usize, len: u64) -> Option<(usize, &[u8])> {
    let end = at.checked_add(usize::try_from(len).ok()?)?;
    Some((end, bytes.get(at..end)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn items_end_where_they_end() {
        for (bytes, len) in [
            (&[0xf6, 0xf6][..], 1),
            (&[0x82, 0x01, 0x81, 0x02, 0x99], 4),
            (&[0xa1, 0x61, b'k', 0x18, 0x63], 5),
            (&[0xc1, 0x1a, 0, 0, 0, 1], 6),
            (&[0xfb, 0, 0, 0, 0, 0, 0, 0, 0], 9),
        ] {
            assert_eq!(item_len(bytes), Some(len), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_not_whole_or_not_known_is_no_item() {
        for bytes in [
            &[][..],
            &[0xff],
            &[0x81],
            &[0x81, 0xff],
            &[0x9f, 0xff],
            &[0x5f, 0xff],
            &[0x1c],
            &[0x61, 0xff],
            &[0xf8, 0x10],
        ] {
            assert_eq!(item_len(bytes), None, "{bytes:x?}");
        }
        let deep = [vec![0x81; CBOR_MAX_DEPTH + 2], vec![0]].concat();
        assert_eq!(item_len(&deep), None);
        assert_eq!(
            item_len(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None
        );
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_within_them(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert!(item_len(&bytes).is_none_or(|len| len <= bytes.len()));
        }
    }
}
