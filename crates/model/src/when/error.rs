//! Why a text is no date or time.

use thiserror::Error;

/// Why a text is no date or time.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WhenError {
    /// Nothing was written.
    #[error("the date is empty")]
    Empty,
    /// No form of date or time.
    #[error("\"{text}\" is not a date or time")]
    NotUnderstood {
        /// The beginning of what was written.
        text: String,
    },
    /// The form of a date, but the calendar has no such day.
    #[error("there is no {text}")]
    NoSuchDate {
        /// What was written.
        text: String,
        /// What the calendar has instead.
        hint: String,
    },
    /// The form of a time, but no clock shows it.
    #[error("there is no time {text}")]
    NoSuchTime {
        /// What was written.
        text: String,
    },
    /// Before the year 1 or after the year 9998.
    #[error("\"{text}\" is outside the years 1 to 9998")]
    OutOfRange {
        /// What was written.
        text: String,
    },
}

impl WhenError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        match self {
            Self::NoSuchDate { hint, .. } => hint,
            Self::NoSuchTime { .. } => "hours go from 0 to 23 and minutes from 0 to 59",
            Self::OutOfRange { .. } => "choose a nearer date",
            Self::Empty | Self::NotUnderstood { .. } => {
                "write for example 2026-03-20, tomorrow, fri 17:00 or in 3 days"
            }
        }
    }
}

/// The beginning of a text, short enough for a message of one line.
pub(super) fn excerpt(text: &str) -> String {
    const SHOWN_MAX_CHARS: usize = 60;
    let line: String = text
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if line.chars().count() <= SHOWN_MAX_CHARS {
        return line;
    }
    line.chars().take(SHOWN_MAX_CHARS).chain(['…']).collect()
}
