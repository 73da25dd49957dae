//! Full-text search in any script.
//!
//! FTS5 splits text at what is no letter or digit, so in scripts without spaces between words a whole sentence would be
//! one word. Every character of those is made a word of its own, and what is searched for becomes a phrase of such
//! words: one and two characters find as well as twenty. In other scripts a term finds words that begin with it.

/// The words that the index gets for a text.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 2);
    for c in text.chars() {
        if is_word_of_its_own(c) {
            words.push(' ');
            words.push(c);
            words.push(' ');
        } else {
            words.push(c);
        }
    }
    words
}

/// What a person typed, as an expression of FTS5; `None` if there is nothing in it to look for. Every term has to be
/// found, in any order.
pub(crate) fn expression(typed: &str) -> Option<String> {
    let terms: Vec<_> = typed
        .split_whitespace()
        .filter(|term| term.chars().any(char::is_alphanumeric))
        .map(|term| {
            let words = words(term).replace(['"', '\0'], " ");
            let phrase = words.split_whitespace().collect::<Vec<_>>().join(" ");
            // After a character that is a word of its own, the next word need not end where the term does either.
            format!("\"{phrase}\" *")
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// Han, kana, bopomofo, Thai, Lao, Khmer, Myanmar, Tibetan and their extensions: written without spaces.
fn is_word_of_its_own(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x0F00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x19E0..=0x19FF | 0x1A20..=0x1AAF
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303B | 0x3041..=0x3096 | 0x309D..=0x309F
        | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x3105..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x1B000..=0x1B16F | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_become_words_of_one_character() {
        assert_eq!(words("Milch 牛乳を"), "Milch  牛  乳  を ");
        assert_eq!(words("Öl kaufen"), "Öl kaufen");
    }

    #[test]
    fn what_is_typed_never_breaks_the_expression() {
        assert_eq!(expression("牛乳").as_deref(), Some("\"牛 乳\" *"));
        assert_eq!(expression("mil ö").as_deref(), Some("\"mil\" * AND \"ö\" *"));
        assert_eq!(expression("a\"b").as_deref(), Some("\"a b\" *"));
        assert_eq!(expression(" \" - * "), None);
    }
}
