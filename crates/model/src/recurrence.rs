//! Repeating tasks: RFC 5545 recurrence rules, run on the clock of the task's zone.
//!
//! Rota adds one part to the RFC's: `X-ROTA-FROM=DONE` counts from the day on which a task was done instead of the one on
//! which it was due. A program that does not know it reads the same rule, counted from the due date. "The 31st, or the last day
//! of a shorter month" needs no addition: it is `BYMONTHDAY=28,29,30,31;BYSETPOS=-1`.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};

use crate::words::Language;

mod describe;
mod error;
mod next;
mod parse;
mod spoken;

pub use error::RepeatError;
pub use next::{Next, first_due, next_due, shifted_start};
pub use spoken::parse_repeat;
pub(crate) use spoken::{SpokenRepeat, read_repeat};

/// The rule of a repeating task, checked.
#[derive(Clone, Debug)]
pub struct RepeatRule {
    text: String,
    rule: Rule,
}

/// What a rule counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsFrom {
    /// The day on which the task was due.
    Due,
    /// The day on which it was done.
    Done,
}

/// The parts of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    frequency: Frequency,
    interval: u16,
    from: CountsFrom,
    end: End,
    week_start: Option<Weekday>,
    months: Vec<u8>,
    week_numbers: Vec<i8>,
    year_days: Vec<i16>,
    month_days: Vec<i8>,
    /// With a number: the first, or with -1 the last such day of the month or year.
    weekdays: Vec<(Option<i16>, Weekday)>,
    hours: Vec<u8>,
    minutes: Vec<u8>,
    positions: Vec<i32>,
}

/// How long one round of a rule is. The RFC's seconds are left out: no clock of a task shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
}

/// When a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Never,
    /// After this many tasks, the present one counted.
    Count(u32),
    UntilDate(Date),
    /// A local time of the task's own zone.
    UntilLocal(DateTime),
    UntilInstant(Timestamp),
}

impl RepeatRule {
    /// Reads the text of a rule, with or without `RRULE:` before it.
    pub fn parse(text: &str) -> Result<Self, RepeatError> {
        let (text, rule) = parse::parse(text)?;
        next::check(&rule)?;
        Ok(Self { text, rule })
    }

    /// The text of the rule, without `RRULE:`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the rule counts from.
    #[must_use]
    pub fn counts_from(&self) -> CountsFrom {
        self.rule.from
    }

    /// Whether the rule counts in hours or minutes, so that a date alone cannot say when.
    pub(crate) fn is_within_days(&self) -> bool {
        matches!(self.rule.frequency, Frequency::Hourly | Frequency::Minutely)
    }

    /// The rule in words of a language, as quick add understands it again; a rule that has no words is its own text.
    #[must_use]
    pub fn describe(&self, language: Language) -> String {
        describe::describe(&self.rule, language).unwrap_or_else(|| self.text.clone())
    }

    /// The same rule for a task first due on this day: "every month" from the 31st means the last day of shorter months, and
    /// "every year" from 29 February the 28th of most years. The RFC's own reading leaves those months and years out.
    #[must_use]
    pub fn pinned_to(&self, due: Date) -> Self {
        Self::from(self.rule.clone().pinned_to(due))
    }
}

impl PartialEq for RepeatRule {
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule
    }
}

impl Eq for RepeatRule {}

impl From<Rule> for RepeatRule {
    fn from(rule: Rule) -> Self {
        Self {
            text: rule.to_string(),
            rule,
        }
    }
}

impl fmt::Display for RepeatRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Rule {
    pub(crate) fn every(frequency: Frequency, interval: u16) -> Self {
        Self {
            frequency,
            interval,
            from: CountsFrom::Due,
            end: End::Never,
            week_start: None,
            months: Vec::new(),
            week_numbers: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            positions: Vec::new(),
        }
    }

    /// Days of a month; one after the 28th falls on the last day of a month that is too short for it. `None` for two such
    /// days, which no rule can hold.
    pub(crate) fn on_month_days(mut self, days: &[i8]) -> Option<Self> {
        let mut days = days.to_vec();
        days.sort_unstable();
        days.dedup();
        let late = days.iter().filter(|&&day| day > 28).count();
        if late > 1 || (late == 1 && days.iter().any(|&day| day < 0)) {
            return None;
        }
        if let Some(late) = days.pop_if(|day| *day > 28) {
            // The early days are the first ones of the month's set and the late one its last.
            self.positions = (1_i32..).take(days.len()).chain([-1]).collect();
            days.extend(28..=late);
        }
        days.dedup();
        self.month_days = days;
        Some(self)
    }

    fn has_no_days(&self) -> bool {
        self.months.is_empty()
            && self.week_numbers.is_empty()
            && self.year_days.is_empty()
            && self.month_days.is_empty()
            && self.weekdays.is_empty()
    }

    fn pinned_to(self, due: Date) -> Self {
        if !self.has_no_days() || due.day() <= 28 || self.from == CountsFrom::Done {
            return self;
        }
        let as_it_was = self.clone();
        match self.frequency {
            Frequency::Monthly => self.on_month_days(&[due.day()]),
            Frequency::Yearly if due.month() == 2 => {
                let months = vec![2];
                self.on_month_days(&[due.day()])
                    .map(|rule| Self { months, ..rule })
            }
            _ => None,
        }
        .unwrap_or(as_it_was)
    }
}
