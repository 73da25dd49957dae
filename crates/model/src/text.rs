//! What people write: what a title, a name, a tag and notes may contain, and how names are found.
//!
//! Everything that Unicode allows stays (emoji with their joiners, right-to-left text, rare scripts), in normal form C so
//! that two keyboards write one tag. What would break a line or a terminal becomes a space.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::limits::{NAME_MAX_BYTES, NOTES_MAX_BYTES, TAG_MAX_BYTES, TITLE_MAX_BYTES};

/// A field that a person fills with text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The title of a task.
    Title,
    /// The notes of a task.
    Notes,
    /// A tag.
    Tag,
    /// The name of a list, space, person or computer.
    Name,
}

/// Why a text cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing that can be seen.
    #[error("the {field} is empty")]
    Empty {
        /// Where it was to go.
        field: TextField,
    },
    /// More bytes of UTF-8 than the field takes.
    #[error("the {field} has {bytes} bytes; at most {max_bytes} are kept")]
    TooLong {
        /// Where it was to go.
        field: TextField,
        /// What it has.
        bytes: usize,
        /// What the field takes.
        max_bytes: usize,
    },
    /// The character U+0000, which no text has and which other programs take for its end.
    #[error("the {field} contains a NUL character")]
    Nul {
        /// Where it was to go.
        field: TextField,
    },
}

impl TextError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "write at least one visible character",
            Self::TooLong {
                field: TextField::Title,
                ..
            } => "put the rest into the notes",
            Self::TooLong { .. } => "make it shorter",
            Self::Nul { .. } => "remove the NUL character",
        }
    }

    /// The field that refused the text.
    #[must_use]
    pub fn field(&self) -> TextField {
        match *self {
            Self::Empty { field } | Self::TooLong { field, .. } | Self::Nul { field } => field,
        }
    }
}

impl TextField {
    /// Most bytes of UTF-8 that the field takes.
    #[must_use]
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Title => TITLE_MAX_BYTES,
            Self::Notes => NOTES_MAX_BYTES,
            Self::Tag => TAG_MAX_BYTES,
            Self::Name => NAME_MAX_BYTES,
        }
    }
}

impl fmt::Display for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Notes => "notes",
            Self::Tag => "tag",
            Self::Name => "name",
        })
    }
}

/// The title as it is kept: one line, trimmed, normal form C.
pub fn title(text: &str) -> Result<String, TextError> {
    one_line(TextField::Title, text)
}

/// The name as it is kept: one line, trimmed, normal form C.
pub fn name(text: &str) -> Result<String, TextError> {
    one_line(TextField::Name, text)
}

/// The tag as it is kept, without its sign: one line, trimmed, normal form C, case kept.
pub fn tag(text: &str) -> Result<String, TextError> {
    one_line(TextField::Tag, text)
}

/// The notes as they are kept: lines end in `\n`, normal form C; empty notes are none.
pub fn notes(text: &str) -> Result<String, TextError> {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: char| {
        if c.is_control() && c != '\n' && c != '\t' {
            ' '
        } else {
            c
        }
    };
    checked(
        TextField::Notes,
        text,
        lines.chars().map(kept).nfc().collect(),
    )
}

/// The text with neither case nor accents, for comparing only.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|&c| !is_accent(c))
        // Down to the small ß, up to SS, with which the two small sigmas meet, too, and down again.
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// What a name leads to among several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// One, by its index.
    One(usize),
    /// More than one, by their indexes: the person has to say which.
    Several(Vec<usize>),
    /// None.
    None,
}

/// Finds a name: as it is written, then without case and accents, then by its beginning.
pub fn find_name<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> NameMatch {
    let exact: String = wanted.trim().nfc().collect();
    let folded = fold(wanted.trim());
    if folded.is_empty() {
        return NameMatch::None;
    }
    let (mut same, mut alike, mut beginning) = (Vec::new(), Vec::new(), Vec::new());
    for (index, name) in names.into_iter().enumerate() {
        let name_folded = fold(name);
        if name == exact {
            same.push(index);
        } else if name_folded == folded {
            alike.push(index);
        } else if name_folded.starts_with(&folded) {
            beginning.push(index);
        }
    }
    let found = [same, alike, beginning]
        .into_iter()
        .find(|found| !found.is_empty());
    match found {
        None => NameMatch::None,
        Some(found) if found.len() == 1 => NameMatch::One(found[0]),
        Some(found) => NameMatch::Several(found),
    }
}

fn one_line(field: TextField, text: &str) -> Result<String, TextError> {
    let spaced: String = text
        .replace("\r\n", " ")
        .chars()
        .map(on_one_line)
        .nfc()
        .collect();
    let trimmed = spaced.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let kept = checked(field, text, trimmed.to_owned())?;
    if kept.chars().all(is_invisible) {
        return Err(TextError::Empty { field });
    }
    Ok(kept)
}

fn checked(field: TextField, original: &str, kept: String) -> Result<String, TextError> {
    if original.contains('\0') {
        return Err(TextError::Nul { field });
    }
    let (bytes, max_bytes) = (kept.len(), field.max_bytes());
    if bytes > max_bytes {
        return Err(TextError::TooLong {
            field,
            bytes,
            max_bytes,
        });
    }
    Ok(kept)
}

fn on_one_line(c: char) -> char {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
        ' '
    } else {
        c
    }
}

/// Characters that draw nothing by themselves: a title of these alone would be an empty row.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that a person may leave out when typing a name. Vowel signs of Indic scripts and the voicing marks of kana are
/// not among them: without those it is another word.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}'..='\u{05c2}'
        | '\u{05c4}'..='\u{05c5}' | '\u{05c7}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}
