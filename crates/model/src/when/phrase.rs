//! Dates with times as people say them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Zoned};

use super::clock::{Hour, read_time};
use super::day::{Day, DayTime, Lead, read_day};
use super::error::WhenError;
use super::style::Style;
use super::{When, is_writable, local_in_zone_of};
use crate::words::{Cursor, Part, Unit, Word};

/// What was said: a day, a part of the day, a time of day, or several of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) date: Option<Date>,
    pub(crate) part: Option<Part>,
    pub(crate) hour: Option<Hour>,
}

impl Spoken {
    /// Whether it says anything about the time of day.
    pub(crate) fn has_time(&self) -> bool {
        self.part.is_some() || self.hour.is_some()
    }

    /// The minute counted from the beginning of the day; a time goes before the one at which its part of the day begins.
    fn minute_of_day(&self, style: &Style) -> Option<i32> {
        match (self.hour, self.part) {
            (Some(hour), part) => Some(hour.minute_of_day(part, style.clock)),
            (None, Some(part)) => {
                Some(Hour::exact(part_time(part, style)).minute_of_day(None, style.clock))
            }
            (None, None) => None,
        }
    }

    /// How many days behind the one that was said it is: a night ends on the next day.
    fn days_later(&self, date: Date, minute: i32, now: &Zoned) -> i32 {
        let days = minute / MINUTES_OF_DAY;
        if date != now.date() {
            return days;
        }
        let in_words = self.hour.is_some_and(Hour::is_in_words);
        match (days, time_at(minute)) {
            // Today's midnight is the one to come.
            (0, time) if time == Time::midnight() && in_words => 1,
            // Past midnight, the night that was said has begun yesterday.
            (_, time) if time > now.time() => 0,
            _ => days,
        }
    }
}

const MINUTES_OF_DAY: i32 = 24 * 60;

/// What the clock shows in that minute.
fn time_at(minute: i32) -> Time {
    let of_day = i8::try_from(minute.rem_euclid(MINUTES_OF_DAY) / 60);
    let of_hour = i8::try_from(minute.rem_euclid(60));
    Time::constant(of_day.unwrap_or(0), of_hour.unwrap_or(0), 0, 0)
}

/// What was read, nothing, or a date that does not exist.
pub(crate) type Read<T> = Result<Option<T>, WhenError>;

/// Reads a date with a time or a time with a date, in either order, with the small words before them.
pub(crate) fn read_when(cursor: &mut Cursor, now: &Zoned, style: &Style) -> Read<Spoken> {
    cursor.attempt(|cursor| {
        let Some(lead) = Lead::eat(cursor) else {
            return Ok(None);
        };
        if let Some(day) = read_day(cursor, now, style, &lead)? {
            return time_behind(cursor, &day).map(Some);
        }
        let Some(hour) = read_time(cursor)? else {
            return Ok(None);
        };
        let day = cursor.attempt(|cursor| {
            cursor.eat_comma();
            match Lead::eat(cursor) {
                Some(lead) => read_day(cursor, now, style, &lead),
                None => Ok(None),
            }
        })?;
        let hour = Some(hour);
        let Some(day) = day else {
            return Ok(Some(Spoken {
                hour,
                ..Spoken::default()
            }));
        };
        // "at 8 tomorrow evening"
        let part = match day.time {
            DayTime::Exact(_) => return Ok(None),
            DayTime::Part(part) => Some(part),
            DayTime::Open => cursor.eat_part(),
        };
        Ok(Some(Spoken {
            date: Some(day.date),
            part,
            hour,
        }))
    })
}

/// Reads a day that says nothing about the time.
pub(crate) fn read_date(cursor: &mut Cursor, now: &Zoned, style: &Style) -> Read<Date> {
    cursor.attempt(|cursor| {
        let Some(lead) = Lead::eat(cursor) else {
            return Ok(None);
        };
        let day = read_day(cursor, now, style, &lead)?;
        Ok(day
            .filter(|day| day.time == DayTime::Open)
            .map(|day| day.date))
    })
}

/// The day and time meant; a time alone is the next one that the clock will show.
pub(crate) fn resolve(spoken: Spoken, now: &Zoned, style: &Style) -> Read<When> {
    let out_of_range = |date: Date| WhenError::OutOfRange {
        text: date.to_string(),
    };
    let minute = spoken.minute_of_day(style);
    let (date, days) = match (spoken.date, minute) {
        (None, None) => return Ok(None),
        (Some(date), None) => (date, 0),
        (Some(date), Some(minute)) => (date, spoken.days_later(date, minute, now)),
        (None, Some(minute)) => (now.date(), i32::from(time_at(minute) <= now.time())),
    };
    let date = date
        .checked_add(Span::new().days(days))
        .map_err(|_| out_of_range(date))?;
    let when = match minute.map(time_at) {
        None => When::Date(date),
        Some(time) => local_in_zone_of(DateTime::from_parts(date, time), now),
    };
    if is_writable(when.date()) {
        Ok(Some(when))
    } else {
        Err(out_of_range(when.date()))
    }
}

/// A length of time as a span of the calendar.
pub(crate) fn span(number: u32, unit: Unit) -> Span {
    let number = i64::from(number);
    match unit {
        Unit::Minute => Span::new().minutes(number),
        Unit::Hour => Span::new().hours(number),
        Unit::Day => Span::new().days(number),
        Unit::Week => Span::new().weeks(number),
        Unit::Month => Span::new().months(number),
        Unit::Year => Span::new().years(number),
    }
}

/// When a part of the day begins.
fn part_time(part: Part, style: &Style) -> Time {
    match part {
        Part::Morning => style.morning,
        Part::Afternoon => style.afternoon,
        Part::Evening | Part::Night => style.evening,
    }
}

fn time_behind(cursor: &mut Cursor, day: &Day) -> Result<Spoken, WhenError> {
    let part = match day.time {
        DayTime::Exact(time) => {
            return Ok(Spoken {
                date: Some(day.date),
                part: None,
                hour: Some(Hour::exact(time)),
            });
        }
        DayTime::Part(part) => Some(part),
        DayTime::Open => cursor.eat_part(),
    };
    let hour = cursor.attempt(|cursor| {
        cursor.eat_comma();
        read_time(cursor)
    })?;
    Ok(Spoken {
        date: Some(day.date),
        part,
        hour,
    })
}

/// Whether the next words are a day that stands without "on".
pub(super) fn is_relative(cursor: &Cursor) -> bool {
    let relative = |word| {
        let is = matches!(
            word,
            Word::Today | Word::Tomorrow | Word::AfterTomorrow | Word::Tonight | Word::In
        );
        is.then_some(())
    };
    cursor.clone().eat_as(relative).is_some()
}
