//! What the word at the caret can become.

use std::ops::Range;

use super::Context;

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

/// What the text at the caret (a byte) can become, the best first. A caret inside a character is taken for one before it.
#[must_use]
pub fn complete(_text: &str, _caret: usize, _context: &Context) -> Vec<Completion> {
    Vec::new()
}
