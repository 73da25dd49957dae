//! Quick add: one line of text becomes a task.
//!
//! Signs (`#tag`, `!1`, `+List`, `@who`) count anywhere, words for dates and repeats only at the end, and whatever is not
//! understood stays in the title. Only text that a person has just typed is read like this; titles from elsewhere never are.

use std::ops::Range;

use jiff::Zoned;

use crate::limits::QUICK_ADD_MAX_BYTES;
use crate::recurrence::RepeatRule;
use crate::reminder::Reminder;
use crate::when::{Style, When, WhenError};
use pieces::Kind;

mod complete;
mod lines;
mod pieces;
mod remind;
mod said;
mod signs;
mod tail;
mod title;

pub use complete::{Completion, CompletionKind, complete};
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
    /// When the task is due where the text does not say, so that a reminder has something to count from.
    pub due: Option<When>,
}

impl Context {
    /// A context without names.
    #[must_use]
    pub fn new(now: Zoned, style: Style) -> Self {
        Self {
            now,
            style,
            lists: Vec::new(),
            who: Vec::new(),
            tags: Vec::new(),
            literal: Vec::new(),
            due: None,
        }
    }
}

/// Somebody who can take a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name, as shown.
    pub name: String,
    /// Whether `@me` means this one.
    pub me: bool,
    /// Whether it is a computer and no person.
    pub computer: bool,
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
    /// When to remind; never one that counts from a due date that there is not.
    pub reminder: Option<Reminder>,
    /// When it can begin.
    pub start: Option<When>,
    /// Its tags, in order, none twice.
    pub tags: Vec<Tag>,
    /// 1 (highest) to 3, or 0 where the text says "none" (Todoist's `p4`).
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
    /// What it says, as it is kept: the stored text of a date, rule or reminder, the number of a priority, the whole name of a
    /// tag, list, person or computer. Two parts that make one due date both have the whole of it.
    pub value: String,
    /// Whether it is a tag that no task has yet.
    pub new: bool,
}

/// What a part of the text can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The due date.
    Due,
    /// The rule for repeating.
    Repeat,
    /// The reminder.
    Reminder,
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
    /// A number that is no priority.
    #[error("there is no such priority")]
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
    /// A reminder that counts from the due date, and there is none.
    #[error("there is no due date to be reminded of")]
    NoDue,
    /// A date or time that does not exist.
    #[error(transparent)]
    Impossible(WhenError),
}

impl Reason {
    /// A stable word for the reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchPriority => "bad_priority",
            Self::NoSuchList => "unknown_list",
            Self::SeveralLists | Self::Several => "ambiguous",
            Self::Nobody => "unknown_who",
            Self::NoSuchAction => "unknown_action",
            Self::Tag(_) => "bad_tag",
            Self::SaidLater(_) => "taken",
            Self::NoDue => "no_due",
            Self::Impossible(_) => "bad_date",
        }
    }
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
    let mut pieces = pieces::split(text, &context.literal, context.style.signs);
    let mut found = QuickAdd::default();
    let signs = signs::read(&mut pieces, context, &mut found);
    let mut with_words = found.clone();
    tail::read(text, &pieces, &signs, context, &mut with_words);
    if let Some(reminder) = said::without_due(&with_words) {
        for piece in &mut pieces {
            if reminder.span.contains(&piece.span.start) {
                piece.kind = Kind::Literal;
            }
        }
        found.ignored.push(reminder);
        with_words = found.clone();
        tail::read(text, &pieces, &signs, context, &mut with_words);
    }
    with_words.title = title::rest(text, &pieces, &with_words.tokens);
    if !with_words.title.is_empty() {
        found = with_words;
    } else {
        // A task called "tomorrow": better a title than a date without one.
        found.title = title::rest(text, &pieces, &found.tokens);
    }
    fill_values(&mut found, context);
    found.tokens.sort_by_key(|token| token.span.start);
    found.ignored.sort_by_key(|ignored| ignored.span.start);
    found
}

/// What the tokens of words say is known only when all were read.
fn fill_values(found: &mut QuickAdd, context: &Context) {
    let shown = |value: Option<String>| value.unwrap_or_default();
    for token in &mut found.tokens {
        token.value = match token.slot {
            Slot::Due => shown(found.due.as_ref().map(ToString::to_string)),
            Slot::Repeat => shown(found.repeat.as_ref().map(ToString::to_string)),
            Slot::Reminder => shown(found.reminder.as_ref().map(ToString::to_string)),
            Slot::Start => shown(found.start.as_ref().map(ToString::to_string)),
            Slot::Priority => shown(found.priority.map(|number| number.to_string())),
            Slot::List => shown(
                found
                    .list
                    .and_then(|index| context.lists.get(index))
                    .cloned(),
            ),
            Slot::Who => shown(
                found
                    .who
                    .and_then(|index| context.who.get(index))
                    .map(|who| who.name.clone()),
            ),
            Slot::Tag => continue,
        };
    }
}
