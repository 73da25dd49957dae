//! Inputs of quick add and of what is being typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Span;

/// Asks what a quick-add text means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct QuickAddParse {
    /// The text.
    pub text: String,
    /// Where the caret stands, in UTF-16 units; completions are for there.
    pub caret: Option<u32>,
    /// The language of the words, as a BCP 47 tag; without one that of the settings.
    pub locale: Option<String>,
    /// Parts of the text that are not read as anything.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Span>>")]
    pub literal: Vec<Span>,
    /// The list it would go to.
    pub list: Option<String>,
    /// The space it would go to.
    pub space: Option<String>,
}

/// Asks for a text that was being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftShow {
    /// What it is for, such as `quick_add` or `notes/` and a task's id.
    pub key: String,
}

/// Keeps a text that is being typed, on this computer alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftSet {
    /// What it is for.
    pub key: String,
    /// The text; null forgets it.
    pub text: Option<String>,
}
