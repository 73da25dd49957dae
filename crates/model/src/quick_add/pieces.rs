//! The text cut at its spaces, with quotes held together.

use std::ops::Range;

/// A part of the text between spaces.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never read as anything.
    Literal,
    /// Never read as anything; the backslash before it goes.
    Escaped,
    /// May be part of a date or repeat.
    Word,
    /// A sign with a name right behind it.
    Sign {
        sign: char,
        name: String,
        /// Behind a slash: `@nas-01/back-up-photos`.
        action: Option<String>,
    },
}

/// Quotes that hold a part together, by their first character.
const QUOTES: [(char, &[char]); 8] = [
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

const SIGNS: [char; 4] = ['#', '!', '+', '@'];

pub(super) fn split(text: &str, literal: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(offset) = text
        .get(at..)
        .and_then(|rest| rest.find(|c: char| !c.is_whitespace()))
    {
        let start = at + offset;
        let (length, kind) = first_piece(&text[start..]);
        let span = start..start + length.max(1);
        let is_literal = literal
            .iter()
            .any(|range| range.start < span.end && span.start < range.end);
        at = span.end;
        pieces.push(Piece {
            kind: if is_literal { Kind::Literal } else { kind },
            span,
        });
    }
    pieces
}

/// The length in bytes and the kind of the piece that the text, which begins with no space, begins with.
fn first_piece(text: &str) -> (usize, Kind) {
    let mut chars = text.chars();
    let first = chars.next();
    let word = word_length(text);
    match first {
        Some('\\') if word > 1 => (word, Kind::Escaped),
        Some(sign) if SIGNS.contains(&sign) => sign_piece(text, sign).unwrap_or((word, Kind::Word)),
        Some(first) => match quoted_length(text, first) {
            // What sticks to the quotes, such as a comma, belongs to them.
            Some(length) => (length + word_length(&text[length..]), Kind::Literal),
            None => (word, Kind::Word),
        },
        None => (word, Kind::Word),
    }
}

fn sign_piece(text: &str, sign: char) -> Option<(usize, Kind)> {
    let rest = &text[1..];
    let (name, behind) = match rest.strip_prefix('"') {
        Some(inner) => {
            let end = inner.find('"')?;
            (&inner[..end], &inner[end + 1..])
        }
        None => rest.split_at(rest.find(is_name_end).unwrap_or(rest.len())),
    };
    let tail = &behind[..word_length(behind)];
    let action = tail.strip_prefix('/');
    if name.trim().is_empty()
        || (!tail.is_empty() && (sign != '@' || action.is_none_or(str::is_empty)))
    {
        return None;
    }
    let length = text.len() - behind.len() + tail.len();
    Some((
        length,
        Kind::Sign {
            sign,
            name: name.to_owned(),
            action: action.map(str::to_owned),
        },
    ))
}

fn is_name_end(c: char) -> bool {
    c.is_whitespace()
        || c == '/'
        || QUOTES
            .iter()
            .any(|(open, close)| c == *open || close.contains(&c))
}

fn word_length(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

/// The length of a quotation with both its quotes.
fn quoted_length(text: &str, first: char) -> Option<usize> {
    let (_, close) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let inner = &text[first.len_utf8()..];
    let (end, last) = inner.char_indices().find(|(_, c)| close.contains(c))?;
    Some(first.len_utf8() + end + last.len_utf8())
}
