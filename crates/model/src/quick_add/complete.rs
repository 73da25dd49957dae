//! What the word at the caret can become.

use std::ops::Range;

use super::pieces::{Kind, Piece, QUOTES, Sign, is_name_end, split};
use super::{Candidate, Context};
use crate::limits::{QUICK_ADD_MAX_BYTES, QUICK_ADD_MAX_COMPLETIONS};
use crate::text::fold;
use crate::when::Signs;
use crate::words::normal;

/// What a part of the text can be replaced with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The part, in bytes.
    pub span: Range<usize>,
    /// What replaces it: the sign and the name in quotes where it needs them, or the word; without a space behind.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A tag in use.
    Tag,
    /// A list.
    List,
    /// A person.
    Person,
    /// A computer.
    Computer,
    /// A word for a date, repeat or reminder; only where one alone fits, so that it can stand in grey behind the caret.
    Word,
}

/// Fewest characters of a word that are completed; fewer begin too much.
const WORD_MIN_CHARS: usize = 3;

/// Words of the longest phrase that is completed as one: "end of month".
const PHRASE_MAX_WORDS: usize = 3;

/// What the text at the caret (a byte) can become, the best first. A caret inside a character is taken for one before it.
#[must_use]
pub fn complete(text: &str, caret: usize, context: &Context) -> Vec<Completion> {
    let caret = text.floor_char_boundary(caret);
    if text.len() > QUICK_ADD_MAX_BYTES {
        return Vec::new();
    }
    let pieces = split(text, &context.literal, context.style.signs);
    match sign_at(text, caret, context.style.signs) {
        Some(typed) => match pieces
            .iter()
            .find(|piece| piece.span.contains(&typed.start))
        {
            // In quotes, or turned back into text.
            Some(piece) if piece.span.start != typed.start || piece.kind == Kind::Literal => {
                Vec::new()
            }
            Some(piece) => typed.names(text, typed.start..piece.span.end.max(caret), context),
            None => Vec::new(),
        },
        None => word(text, caret, &pieces, context).into_iter().collect(),
    }
}

/// A sign before the caret, and what of a name stands between them.
struct Typed<'a> {
    start: usize,
    sign: Sign,
    name: &'a str,
}

/// The sign that the caret stands behind, with a name in open quotes or without a space.
fn sign_at(text: &str, caret: usize, signs: Signs) -> Option<Typed<'_>> {
    let before = &text[..caret];
    let mut word_starts = before.char_indices().rev().filter(|(at, c)| {
        let is_first = before[..*at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        is_first && !c.is_whitespace()
    });
    word_starts.find_map(|(start, c)| {
        let sign = Sign::of(c, signs)?;
        let name = &before[start + c.len_utf8()..];
        let is_open = |open: &(char, &[char])| {
            let inner = name.strip_prefix(open.0);
            inner.filter(|inner| !inner.contains(open.1))
        };
        let name = match QUOTES.iter().find_map(is_open) {
            Some(inner) => inner,
            None if name.contains(is_name_end) => return None,
            None => name,
        };
        Some(Typed { start, sign, name })
    })
}

impl Typed<'_> {
    /// The names that begin like the typed one; those that are it come first.
    fn names(&self, text: &str, span: Range<usize>, context: &Context) -> Vec<Completion> {
        let names: Vec<(&str, CompletionKind)> = match self.sign {
            Sign::Tag => named(&context.tags, CompletionKind::Tag),
            Sign::List => named(&context.lists, CompletionKind::List),
            Sign::Who => context.who.iter().map(candidate).collect(),
            Sign::Priority => Vec::new(),
        };
        let typed = fold(self.name.trim_start());
        let mut found: Vec<_> = names
            .into_iter()
            .map(|(name, kind)| (fold(name), name, kind))
            .filter(|(folded, ..)| folded.starts_with(&typed))
            .collect();
        found.sort_by_key(|(folded, ..)| *folded != typed);
        found
            .into_iter()
            .filter_map(|(_, name, kind)| {
                Some(Completion {
                    span: span.clone(),
                    insert: self.written(name, text, &span, context)?,
                    label: name.to_owned(),
                    kind,
                })
            })
            .filter(|completion| completion.insert != text[span.clone()])
            .take(QUICK_ADD_MAX_COMPLETIONS)
            .collect()
    }

    /// The sign and the name, in quotes where it needs them: in such as it does not contain, and as close no quote that
    /// was left open before.
    fn written(
        &self,
        name: &str,
        text: &str,
        span: &Range<usize>,
        context: &Context,
    ) -> Option<String> {
        let sign = text[self.start..].chars().next()?;
        if !name.contains(is_name_end) {
            return Some(format!("{sign}{name}"));
        }
        let is_whole = |insert: &String| {
            let whole = [&text[..span.start], insert, &text[span.end..]].concat();
            let pieces = split(&whole, &context.literal, context.style.signs);
            let mut signs = pieces
                .iter()
                .filter(|piece| matches!(piece.kind, Kind::Sign { .. }));
            signs.any(|piece| piece.span == (span.start..span.start + insert.len()))
        };
        QUOTES
            .iter()
            .filter(|(_, close)| !name.contains(*close))
            .filter_map(|(open, close)| Some(format!("{sign}{open}{name}{}", close.first()?)))
            .find(is_whole)
    }
}

fn named(names: &[String], kind: CompletionKind) -> Vec<(&str, CompletionKind)> {
    names.iter().map(|name| (name.as_str(), kind)).collect()
}

fn candidate(who: &Candidate) -> (&str, CompletionKind) {
    let kind = if who.computer {
        CompletionKind::Computer
    } else {
        CompletionKind::Person
    };
    (&who.name, kind)
}

/// The one word for a date, repeat or reminder that the words before the caret begin, at the end of the text and behind a title.
fn word(text: &str, caret: usize, pieces: &[Piece], context: &Context) -> Option<Completion> {
    let last = pieces.iter().position(|piece| piece.span.end == caret)?;
    let is_sign = |piece: &Piece| matches!(piece.kind, Kind::Sign { .. });
    if !pieces[last + 1..].iter().all(is_sign) {
        return None;
    }
    let firsts = (last + 1).saturating_sub(PHRASE_MAX_WORDS)..=last;
    firsts
        .filter(|first| {
            let are_words = pieces[*first..=last]
                .iter()
                .all(|piece| piece.kind == Kind::Word);
            are_words && pieces[..*first].iter().any(|piece| !is_sign(piece))
        })
        .find_map(|first| {
            let span = pieces[first].span.start..caret;
            let words = pieces[first..=last].iter();
            let words: Vec<String> = words
                .map(|piece| normal(&text[piece.span.clone()]))
                .collect();
            let typed = words.join(" ");
            if typed.chars().count() < WORD_MIN_CHARS {
                return None;
            }
            let mut lexicons = context.style.language.lexicons();
            let way = lexicons.find_map(|lexicon| {
                let mut fitting = lexicon
                    .offers()
                    .filter(|(_, plain)| plain.starts_with(&typed));
                match (fitting.next(), fitting.next()) {
                    (Some((way, plain)), None) => Some((plain != typed).then_some(way)),
                    (Some(_), Some(_)) => Some(None),
                    (None, _) => None,
                }
            })??;
            Some(Completion {
                insert: continued(&text[span.clone()], &typed, way),
                span,
                label: way.to_owned(),
                kind: CompletionKind::Word,
            })
        })
}

/// What was typed as it was typed, and the rest of the word.
fn continued(written: &str, typed: &str, way: &str) -> String {
    let mut split = way.char_indices().map(|(at, c)| at + c.len_utf8());
    match split.find(|at| normal(&way[..*at]) == typed) {
        Some(at) => format!("{written}{}", &way[at..]),
        None => way.to_owned(),
    }
}
