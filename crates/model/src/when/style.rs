//! How a person writes dates and times.

use jiff::civil::{Time, Weekday};

use crate::words::Language;

/// Whether 3/4 is in April or in March.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// `20/3`.
    #[default]
    DayMonth,
    /// `3/20`.
    MonthDay,
    /// `2026/3/20`, and `3/20` without a year.
    YearMonthDay,
}

/// How long a clock counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// `at 5` is 05:00.
    #[default]
    Hours24,
    /// `at 5` is 17:00.
    Hours12,
}

/// Which signs stand for what in quick add.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// `#tag !1..3 +List @who`.
    #[default]
    Rota,
    /// `@label p1..p4 #Project +assignee`.
    Todoist,
    /// `*label !1..5 +Project @assignee`.
    Vikunja,
}

/// What the words and numbers of a person mean; from the system or the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language of the interface; English is understood too.
    pub language: Language,
    /// The order of day and month in numbers.
    pub date_order: DateOrder,
    /// The clock.
    pub clock: Clock,
    /// The signs of quick add.
    pub signs: Signs,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The first day of a weekend.
    pub weekend: Weekday,
    /// When a morning begins.
    pub morning: Time,
    /// When an afternoon begins.
    pub afternoon: Time,
    /// When an evening begins; `tonight`.
    pub evening: Time,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            language: Language::default(),
            date_order: DateOrder::default(),
            clock: Clock::default(),
            signs: Signs::default(),
            week_start: Weekday::Monday,
            weekend: Weekday::Saturday,
            morning: Time::constant(9, 0, 0, 0),
            afternoon: Time::constant(14, 0, 0, 0),
            evening: Time::constant(19, 0, 0, 0),
        }
    }
}
