//! Quick add: one line of text becomes a task.
//!
//! Signs (`#tag`, `!1`, `+List`, `@who`) count anywhere, words for dates and repeats only at the end, and whatever is not
//! understood stays in the title. Only text that a person has just typed is read like this; titles from elsewhere never are.

use std::ops::Range;

use jiff::Zoned;

use crate::limits::QUICK_ADD_MAX_BYTES;
use crate::recurrence::RepeatRule;
use crate::when::{Style, When, WhenError};

mod lines;
mod pieces;
mod signs;
mod tail;
mod title;

pub use lines::{Line, Outline, parse_lines, plain_lines};

/// What the words of a person can refer to.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time, in the person's zone.
    pub now: Zoned,
    /// How the person writes dates.
    pub style: Style,
    /// Names of the lists that a task can go to.
    pub lists: Vec<String>,
    /// Those who can take the task.
    pub who: Vec<Candidate>,
    /// Tags in use, so that a new one can be told from a known one.
    pub tags: Vec<String>,
    /// Parts of the text, in bytes, that the person has turned back into plain text.
    pub literal: Vec<Range<usize>>,
}

/// Somebody who can take a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name, as shown.
    pub name: String,
    /// Whether `@me` means this one.
    pub me: bool,
}

/// What a line of text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuickAdd {
    /// What is left of the text.
    pub title: String,
    /// When the task is due; of a repeating one, the first time.
    pub due: Option<When>,
    /// What it repeats by.
    pub repeat: Option<RepeatRule>,
    /// When it can begin.
    pub start: Option<When>,
    /// Its tags, in order, none twice.
    pub tags: Vec<Tag>,
    /// 1 (highest) to 3.
    pub priority: Option<u8>,
    /// The list, as an index into [`Context::lists`].
    pub list: Option<usize>,
    /// Who does it, as an index into [`Context::who`].
    pub who: Option<usize>,
    /// The parts of the text that were understood, from the left.
    pub tokens: Vec<Token>,
    /// The parts that look as if something was meant, from the left.
    pub ignored: Vec<Ignored>,
}

/// A tag in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag as it is kept.
    pub name: String,
    /// Whether no task has it yet.
    pub new: bool,
}

/// A part of the text that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What it fills.
    pub slot: Slot,
}

/// What a part of the text can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The due date.
    Due,
    /// The rule for repeating.
    Repeat,
    /// The start.
    Start,
    /// A tag.
    Tag,
    /// The priority.
    Priority,
    /// The list.
    List,
    /// Who does it.
    Who,
}

/// A part of the text that stays in the title though it looks as if something was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Why.
    pub reason: Reason,
}

/// Why a part of the text stays in the title.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Priorities are 1 to 3.
    #[error("priorities are !1, !2 and !3")]
    NoSuchPriority,
    /// No list of that name.
    #[error("there is no such list")]
    NoSuchList,
    /// More than one list.
    #[error("more than one list begins like this")]
    SeveralLists,
    /// Nobody of that name shares the list.
    #[error("nobody here has that name")]
    Nobody,
    /// More than one of that name.
    #[error("more than one name begins like this")]
    Several,
    /// No action of that name is offered.
    #[error("there is no such action")]
    NoSuchAction,
    /// A tag that cannot be kept.
    #[error(transparent)]
    Tag(crate::text::TextError),
    /// Something later in the text fills the slot.
    #[error("something later says otherwise")]
    SaidLater(Slot),
    /// A date or time that does not exist.
    #[error(transparent)]
    Impossible(WhenError),
}

/// Reads a line of text. It never fails: what is not understood is the title.
#[must_use]
pub fn parse(text: &str, context: &Context) -> QuickAdd {
    if text.len() > QUICK_ADD_MAX_BYTES {
        return QuickAdd {
            title: text.trim().to_owned(),
            ..QuickAdd::default()
        };
    }
    let mut pieces = pieces::split(text, &context.literal);
    let mut found = QuickAdd::default();
    let signs = signs::read(text, &mut pieces, context, &mut found);
    let mut with_words = found.clone();
    tail::read(text, &pieces, &signs, context, &mut with_words);
    with_words.title = title::rest(text, &pieces, &with_words.tokens);
    if !with_words.title.is_empty() {
        found = with_words;
    } else {
        // A task called "tomorrow": better a title than a date without one.
        found.title = title::rest(text, &pieces, &found.tokens);
    }
    found.tokens.sort_by_key(|token| token.span.start);
    found.ignored.sort_by_key(|ignored| ignored.span.start);
    found
}
