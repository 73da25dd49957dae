//! What quick add understood.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Assignee, Named};

/// What a quick-add text means. Places in it are UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuickAddParsed {
    /// The title that would be stored.
    pub title: String,
    /// The parts that mean something, by place.
    pub tokens: Vec<Token>,
    /// By when, in the form of a task's.
    pub due: Option<String>,
    /// Before when it is not shown as to be done, in the form of a task's.
    pub start: Option<String>,
    /// The rule by which it comes again.
    pub repeat: Option<String>,
    /// The rule in words.
    pub repeat_words: Option<String>,
    /// When to remind of it, in the form of a task's.
    pub reminder: Option<String>,
    /// Its tags.
    pub tags: Vec<ParsedTag>,
    /// 1 to 3.
    pub priority: Option<u8>,
    /// The list that the text names.
    pub list: Option<Named>,
    /// Who is to do it.
    pub assignee: Option<Assignee>,
    /// The space it would go to.
    pub space: Named,
    /// The parts that look as if they meant something and stay text.
    pub ignored: Vec<Ignored>,
    /// What could stand at the caret.
    pub completions: Vec<Completion>,
    /// The other people who would see the task.
    pub seen_by: Vec<Named>,
}

/// What a part of a quick-add text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenSlot {
    /// By when.
    Due,
    /// How it comes again.
    Repeat,
    /// When to remind.
    Reminder,
    /// Before when it is not shown as to be done.
    Start,
    /// A tag.
    Tag,
    /// The priority.
    Priority,
    /// The list.
    List,
    /// Who is to do it.
    Who,
}

/// A part of a quick-add text that means something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Token {
    /// Its first unit.
    pub start: u32,
    /// The unit behind its last.
    pub end: u32,
    /// What it is for.
    pub slot: TokenSlot,
    /// What it means: a date or rule as a task has it, or a name.
    pub value: String,
    /// Whether it makes something new: a tag that no task has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub new: Option<bool>,
}

/// A tag of a quick-add text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParsedTag {
    /// The tag without the sign.
    pub name: String,
    /// Whether no task has it.
    pub new: bool,
}

/// Why a part of a quick-add text stays text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IgnoredReason {
    /// No list is called so.
    UnknownList,
    /// Nobody who shares the list is called so.
    UnknownWho,
    /// More than one is called so; `detail` has the names.
    Ambiguous,
    /// Priorities go from 1 to 3.
    BadPriority,
    /// A later part says the same.
    Taken,
    /// Nobody offers an action of that name.
    UnknownAction,
    /// A tag that cannot be kept.
    BadTag,
    /// A reminder that counts from a due date that there is not.
    NoDue,
    /// A date or time that does not exist.
    BadDate,
}

/// A part of a quick-add text that looks as if it meant something and stays text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ignored {
    /// Its first unit.
    pub start: u32,
    /// The unit behind its last.
    pub end: u32,
    /// Why.
    pub reason: IgnoredReason,
    /// More of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detail: Option<String>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CompletionKind {
    /// A tag.
    Tag,
    /// A list.
    List,
    /// A person.
    Person,
    /// A computer.
    Computer,
    /// A word of a date or rule.
    Word,
}

/// What could stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Completion {
    /// The first unit of what it replaces.
    pub start: u32,
    /// The unit behind the last.
    pub end: u32,
    /// What is put there.
    pub insert: String,
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// A text that was being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The text; null if there is none.
    pub text: Option<String>,
    /// When it was kept.
    pub at: Option<String>,
}
