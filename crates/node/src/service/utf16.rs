//! Places in a text: windows count UTF-16 units, Rust counts bytes.

/// The byte at which a unit begins; of one in the middle of a character, where that begins; past the end, the end.
pub(super) fn byte(text: &str, unit: u32) -> usize {
    let mut units = 0u32;
    for (at, c) in text.char_indices() {
        let next = units.saturating_add(if c.len_utf16() == 2 { 2 } else { 1 });
        if unit < next {
            return at;
        }
        units = next;
    }
    text.len()
}

/// The unit at which a byte stands.
pub(super) fn unit(text: &str, byte: usize) -> u32 {
    let units = text
        .char_indices()
        .take_while(|(at, _)| *at < byte)
        .map(|(_, c)| c.len_utf16())
        .sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_as_they_were() {
        let text = "a😀ü+";
        for (units, bytes) in [(0, 0), (1, 1), (3, 5), (4, 7), (5, 8)] {
            assert_eq!(byte(text, units), bytes, "{units}");
            assert_eq!(unit(text, bytes), units, "{bytes}");
        }
        assert_eq!(byte(text, 2), 1, "in the middle of the emoji");
        assert_eq!(byte(text, 99), text.len());
    }
}
