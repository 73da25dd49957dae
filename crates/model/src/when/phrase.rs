//! Dates with times as people say them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Zoned};

use super::clock::{in_part, read_time};
use super::day::{Day, DayTime, Lead, read_day};
use super::error::WhenError;
use super::style::Style;
use super::{When, is_writable, local_in_zone_of};
use crate::words::{Cursor, Part, Unit, Word};

/// What was said: a day, a time of day, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) date: Option<Date>,
    pub(crate) time: Option<Time>,
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
            return time_behind(cursor, style, &day).map(Some);
        }
        let Some(time) = read_time(cursor, style, None)? else {
            return Ok(None);
        };
        let day = cursor.attempt(|cursor| {
            cursor.eat_comma();
            match Lead::eat(cursor) {
                Some(lead) => read_day(cursor, now, style, &lead),
                None => Ok(None),
            }
        })?;
        let Some(day) = day else {
            return Ok(Some(Spoken {
                date: None,
                time: Some(time),
            }));
        };
        // "at 8 tomorrow evening"
        let part = match day.time {
            DayTime::Exact(_) => return Ok(None),
            DayTime::Part(part, _) => Some(part),
            DayTime::Open => cursor.eat_part(),
        };
        Ok(Some(Spoken {
            date: Some(day.date),
            time: Some(part.map_or(time, |part| in_part(time, part))),
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
pub(crate) fn resolve(spoken: Spoken, now: &Zoned) -> Read<When> {
    let out_of_range = |date: Date| WhenError::OutOfRange {
        text: date.to_string(),
    };
    let when = match (spoken.date, spoken.time) {
        (None, None) => return Ok(None),
        (Some(date), None) => When::Date(date),
        (Some(date), Some(time)) => local_in_zone_of(DateTime::from_parts(date, time), now),
        (None, Some(time)) => {
            let today = now.date();
            let date = if time > now.time() {
                Ok(today)
            } else {
                today.tomorrow()
            };
            let date = date.map_err(|_| out_of_range(today))?;
            local_in_zone_of(DateTime::from_parts(date, time), now)
        }
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
pub(crate) fn part_time(part: Part, style: &Style) -> Time {
    match part {
        Part::Morning => style.morning,
        Part::Afternoon => style.afternoon,
        Part::Evening => style.evening,
    }
}

fn time_behind(cursor: &mut Cursor, style: &Style, day: &Day) -> Result<Spoken, WhenError> {
    let (part, own) = match day.time {
        DayTime::Exact(time) => {
            return Ok(Spoken {
                date: Some(day.date),
                time: Some(time),
            });
        }
        DayTime::Part(part, time) => (Some(part), Some(time)),
        DayTime::Open => {
            let part = cursor.eat_part();
            (part, part.map(|part| part_time(part, style)))
        }
    };
    let said = cursor.attempt(|cursor| {
        cursor.eat_comma();
        read_time(cursor, style, part)
    })?;
    Ok(Spoken {
        date: Some(day.date),
        time: said.or(own),
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
