//! When to remind of a task: at its due time, some time before it, or at a time of its own.

use std::fmt;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use thiserror::Error;

use crate::limits::REMINDER_LEAD_MAX_COUNT;
use crate::when::{When, zone_of};

/// When to remind of a task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reminder {
    /// At the due time; of a day, in the morning.
    Due,
    /// So long before that.
    Before(Lead),
    /// At a time, whatever the due date. Never a mere day.
    At(When),
}

/// How long before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lead {
    count: u32,
    unit: LeadUnit,
}

/// What a lead counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadUnit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of the calendar: the same time of day.
    Days,
}

/// A text that is no reminder.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("this is no reminder")]
pub struct ReminderError;

impl ReminderError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        "write for example \"due\", \"before 10m\", \"before 1d\" or 2026-03-20T17:00[Europe/Berlin]"
    }
}

impl Lead {
    /// So many of a unit; none beyond what is kept.
    #[must_use]
    pub fn new(count: u32, unit: LeadUnit) -> Option<Self> {
        (count <= REMINDER_LEAD_MAX_COUNT).then_some(Self { count, unit })
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// Of what.
    #[must_use]
    pub fn unit(self) -> LeadUnit {
        self.unit
    }

    fn span(self) -> Span {
        let count = i64::from(self.count);
        match self.unit {
            LeadUnit::Minutes => Span::new().minutes(count),
            LeadUnit::Hours => Span::new().hours(count),
            LeadUnit::Days => Span::new().days(count),
        }
    }
}

impl Reminder {
    /// Reads what [`Reminder`] prints, and nothing else.
    pub fn parse_stored(text: &str) -> Result<Self, ReminderError> {
        if text == "due" {
            return Ok(Self::Due);
        }
        if let Some(lead) = text.strip_prefix("before ") {
            return parse_lead(lead).map(Self::Before).ok_or(ReminderError);
        }
        match When::parse_stored(text) {
            Ok(when @ When::At { .. }) => Ok(Self::At(when)),
            Ok(When::Date(_)) | Err(_) => Err(ReminderError),
        }
    }

    /// The instant to remind at, for a reader in a zone whose mornings begin at `morning`; `None` for one that counts from
    /// a due date that there is not.
    #[must_use]
    pub fn moment(&self, due: Option<&When>, zone: &TimeZone, morning: Time) -> Option<Timestamp> {
        let lead = match self {
            Self::At(when) => return Some(when.instant(zone)),
            Self::Due => None,
            Self::Before(lead) => Some(lead),
        };
        let due = due?;
        let local = due.date().to_datetime(due.time().unwrap_or(morning));
        let zone = zone_of(Some(due), zone);
        let instant = |local| zone.to_ambiguous_timestamp(local).compatible().ok();
        match lead {
            None => instant(local),
            Some(Lead {
                unit: LeadUnit::Days,
                ..
            }) => instant(local.checked_sub(lead?.span()).ok()?),
            Some(lead) => instant(local)?.checked_sub(lead.span()).ok(),
        }
    }
}

/// The stored form: `due`, `before 10m`, `before 2h`, `before 1d` or that of a time.
impl fmt::Display for Reminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Due => f.write_str("due"),
            Self::Before(lead) => write!(f, "before {lead}"),
            Self::At(when) => when.fmt(f),
        }
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            LeadUnit::Minutes => 'm',
            LeadUnit::Hours => 'h',
            LeadUnit::Days => 'd',
        };
        write!(f, "{}{unit}", self.count)
    }
}

fn parse_lead(text: &str) -> Option<Lead> {
    let unit = match text.chars().last()? {
        'm' => LeadUnit::Minutes,
        'h' => LeadUnit::Hours,
        'd' => LeadUnit::Days,
        _ => return None,
    };
    let lead = Lead::new(text[..text.len() - 1].parse().ok()?, unit)?;
    // One text a value.
    (lead.to_string() == text).then_some(lead)
}
