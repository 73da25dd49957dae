//! The text cut at its spaces, with quotes held together.

use std::ops::Range;

use crate::when::Signs;
use crate::words::is_mark_of_direction;

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
        sign: Sign,
        name: String,
        /// Whether the name stands in quotes.
        quoted: bool,
        /// Behind a slash: `@nas-01/back-up-photos`.
        action: Option<String>,
    },
}

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Tag,
    Priority,
    List,
    Who,
}

/// Quotes that hold a part together, by their first character.
pub(super) const QUOTES: [(char, &[char]); 8] = [
    ('"', &['"']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

impl Sign {
    /// What a character stands for among the signs that a person uses.
    pub(super) fn of(c: char, signs: Signs) -> Option<Self> {
        match (signs, c) {
            (Signs::Rota, '#') | (Signs::Todoist, '@') | (Signs::Vikunja, '*') => Some(Self::Tag),
            (Signs::Rota | Signs::Vikunja, '!') => Some(Self::Priority),
            (Signs::Rota | Signs::Vikunja, '+') | (Signs::Todoist, '#') => Some(Self::List),
            (Signs::Rota | Signs::Vikunja, '@') | (Signs::Todoist, '+') => Some(Self::Who),
            _ => None,
        }
    }
}

pub(super) fn split(text: &str, literal: &[Range<usize>], signs: Signs) -> Vec<Piece> {
    let cutter = Cutter::new(text, signs);
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(offset) = text
        .get(at..)
        .and_then(|rest| rest.find(|c: char| !c.is_whitespace()))
    {
        let start = at + offset;
        let (length, kind) = cutter.first_piece(start);
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

struct Cutter<'a> {
    text: &'a str,
    signs: Signs,
    /// Where the last quote stands that closes each kind, so that one left open is not searched for again and again.
    last_close: [Option<usize>; QUOTES.len()],
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, signs: Signs) -> Self {
        Self {
            text,
            signs,
            last_close: QUOTES.map(|(_, close)| text.rfind(close)),
        }
    }

    /// The length in bytes and the kind of the piece that begins at `start`, where no space is.
    fn first_piece(&self, start: usize) -> (usize, Kind) {
        let marks = self.text[start..]
            .chars()
            .take_while(|c| is_mark_of_direction(*c));
        let marks: usize = marks.map(char::len_utf8).sum();
        let (length, kind) = self.behind_marks(start + marks);
        (marks + length, kind)
    }

    fn behind_marks(&self, start: usize) -> (usize, Kind) {
        let text = &self.text[start..];
        let word = word_length(text);
        let Some(first) = text.chars().next() else {
            return (word, Kind::Word);
        };
        if first == '\\' && word > 1 {
            return (word, Kind::Escaped);
        }
        if let Some(sign) = Sign::of(first, self.signs) {
            return self
                .sign_piece(start, sign)
                .filter(|_| !is_emphasis(&text[..word], first))
                .unwrap_or((word, Kind::Word));
        }
        if let Some(length) = self.quoted_length(start) {
            // What sticks to the quotes, such as a comma, belongs to them.
            return (length + word_length(&text[length..]), Kind::Literal);
        }
        if self.signs == Signs::Todoist
            && let Some(number) = text[..word].strip_prefix(['p', 'P'])
            && matches!(number, "1" | "2" | "3" | "4")
        {
            let kind = Kind::Sign {
                sign: Sign::Priority,
                name: number.to_owned(),
                quoted: false,
                action: None,
            };
            return (word, kind);
        }
        (word, Kind::Word)
    }

    fn sign_piece(&self, start: usize, sign: Sign) -> Option<(usize, Kind)> {
        let text = &self.text[start..];
        let rest = &text[1..];
        let quoted = self.quoted_length(start + 1);
        let (name, behind) = match quoted {
            Some(length) => {
                let mut inner = rest[..length].chars();
                inner.next();
                inner.next_back();
                (inner.as_str(), &rest[length..])
            }
            None => rest.split_at(rest.find(is_name_end).unwrap_or(rest.len())),
        };
        let tail = &behind[..word_length(behind)];
        let action = tail.strip_prefix('/');
        let name = name.trim_matches(is_mark_of_direction);
        let has_action = sign == Sign::Who && action.is_some_and(|action| !action.is_empty());
        if name.trim().is_empty() || !(tail.is_empty() || has_action) {
            return None;
        }
        let length = text.len() - behind.len() + tail.len();
        Some((
            length,
            Kind::Sign {
                sign,
                name: name.to_owned(),
                quoted: quoted.is_some(),
                action: action.map(str::to_owned),
            },
        ))
    }

    /// The length of a quotation that begins there, with both its quotes.
    fn quoted_length(&self, start: usize) -> Option<usize> {
        let text = &self.text[start..];
        let first = text.chars().next()?;
        let kind = QUOTES.iter().position(|(open, _)| *open == first)?;
        let is_open = self.last_close[kind].is_none_or(|last| last <= start);
        if is_open {
            return None;
        }
        let inner = &text[first.len_utf8()..];
        let close = QUOTES[kind].1;
        let (end, last) = inner.char_indices().find(|(_, c)| close.contains(c))?;
        Some(first.len_utf8() + end + last.len_utf8())
    }
}

/// Whether a word is dressed up with its first character: `**bold**`, `##`.
fn is_emphasis(word: &str, sign: char) -> bool {
    word[1..].starts_with(sign) || (sign == '*' && word[1..].ends_with(sign))
}

pub(super) fn is_name_end(c: char) -> bool {
    c.is_whitespace()
        || c == '/'
        || QUOTES
            .iter()
            .any(|(open, close)| c == *open || close.contains(&c))
}

fn word_length(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}
