//! Why a text is no rule.

use thiserror::Error;

use crate::limits::{REPEAT_DAY_MAX_TIMES, REPEAT_MAX_BYTES, REPEAT_NUMBER_MAX_COUNT};
use crate::when::WhenError;

/// Why a text is no rule for repeating.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RepeatError {
    /// Neither a rule of RFC 5545 nor words for one.
    #[error("\"{text}\" is not a rule for repeating")]
    NotUnderstood {
        /// The beginning of what was written.
        text: String,
    },
    /// More than [`REPEAT_MAX_BYTES`].
    #[error("the rule has {bytes} bytes; at most {REPEAT_MAX_BYTES} are kept")]
    TooLong {
        /// What it has.
        bytes: usize,
    },
    /// A part that Rota does not know or does not do.
    #[error("a task cannot repeat by {part}")]
    Unsupported {
        /// The part's name.
        part: String,
    },
    /// A part with a value that it cannot have.
    #[error("{part}={value} is not possible")]
    BadValue {
        /// The part's name.
        part: String,
        /// Its value.
        value: String,
    },
    /// A part that stands twice.
    #[error("{part} stands twice in the rule")]
    Twice {
        /// The part's name.
        part: String,
    },
    /// No `FREQ`.
    #[error("the rule does not say how often")]
    NoFrequency,
    /// Both `COUNT` and `UNTIL`.
    #[error("a rule ends by COUNT or by UNTIL, not by both")]
    TwoEnds,
    /// Parts that do not go together.
    #[error("the parts of the rule do not go together: {reason}")]
    Contradiction {
        /// Which and why.
        reason: String,
    },
    /// More times of day than [`REPEAT_DAY_MAX_TIMES`].
    #[error("a rule names at most {REPEAT_DAY_MAX_TIMES} times of day")]
    TooManyTimes,
    /// The end of the rule is no date.
    #[error(transparent)]
    Until(#[from] WhenError),
}

impl RepeatError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Until(error) => error.hint().to_owned(),
            Self::BadValue { part, .. } if part == "INTERVAL" || part == "COUNT" => {
                format!("{part} goes from 1 to {REPEAT_NUMBER_MAX_COUNT}")
            }
            Self::TooLong { .. } | Self::TooManyTimes => "make the rule simpler, or make two tasks".to_owned(),
            _ => "write for example every 2 weeks, every mon, thu, every 15th, or FREQ=WEEKLY;BYDAY=MO".to_owned(),
        }
    }
}
