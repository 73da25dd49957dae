//! Days as people say them.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, Zoned};

use super::calendar::{read_day_of_month, read_day_of_next_month, read_month_day, read_numbers};
use super::clock::read_time;
use super::error::WhenError;
use super::is_writable;
use super::phrase::{Read, is_relative, span};
use super::style::Style;
use crate::words::{Cursor, Part, Unit, Word};

/// A day with what it says about the time.
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) time: DayTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayTime {
    Open,
    /// `tonight`: unless a time follows, which then is one of that part of the day.
    Part(Part),
    /// `in 2 hours`: nothing may follow.
    Exact(Time),
}

/// The small words before a day.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// Whether there are any, so that a day's short name or number is one.
    pub(super) any: bool,
    /// Whether a bare number behind them is a day.
    pub(super) number: bool,
}

impl Lead {
    /// Steps over the small words; `None` where they make what follows part of a sentence.
    pub(super) fn eat(cursor: &mut Cursor) -> Option<Self> {
        let mut lead = Self::default();
        while cursor.eat(Word::By) {
            lead.any = true;
        }
        lead.number = cursor.sees(Word::OnThe);
        if cursor.eat(Word::OnThe) || cursor.eat(Word::On) {
            if is_relative(cursor) {
                // "Turn the light on tomorrow"
                return None;
            }
            lead.any = true;
        }
        if lead.any {
            cursor.eat(Word::The);
        }
        Some(lead)
    }
}

/// Reads one form of a day, as it is meant on this one.
type Reader = fn(&mut Cursor, Date, &Style, &Lead) -> Read<Day>;

pub(super) fn read_day(cursor: &mut Cursor, now: &Zoned, style: &Style, lead: &Lead) -> Read<Day> {
    let today = now.date();
    let readers: [Reader; 8] = [
        read_near,
        read_part_of,
        read_this,
        read_named_date,
        read_weekday,
        read_next,
        read_end,
        read_of_calendar,
    ];
    if let Some(day) = cursor.attempt(|cursor| read_distance(cursor, now))? {
        return Ok(Some(day));
    }
    for read in readers {
        if let Some(day) = cursor.attempt(|cursor| read(cursor, today, style, lead))? {
            return Ok(Some(day));
        }
    }
    Ok(None)
}

/// `today`, `tomorrow`, `tonight`, `weekend`
fn read_near(cursor: &mut Cursor, today: Date, style: &Style, _: &Lead) -> Read<Day> {
    if cursor.eat(Word::AfterTomorrow) {
        return later(today, 2);
    }
    if cursor.eat(Word::Tonight) {
        return Ok(Some(part_of(today, Part::Night)));
    }
    if cursor.eat(Word::Weekend) {
        return match eat_next_behind(cursor) {
            Some(weeks) => later(today, in_weeks(weeks, today, style.weekend, style)),
            None => later(today, days_until(today.weekday(), style.weekend)),
        };
    }
    if cursor.eat(Word::Today) {
        return Ok(Some(open(today)));
    }
    if cursor.eat(Word::Tomorrow) {
        return later(today, 1);
    }
    Ok(None)
}

/// A part of the day before its day.
fn read_part_of(cursor: &mut Cursor, today: Date, style: &Style, lead: &Lead) -> Read<Day> {
    let part = cursor.eat_as(|word| match word {
        Word::PartOf(part) => Some(part),
        _ => None,
    });
    let Some(part) = part else { return Ok(None) };
    let day = match read_near(cursor, today, style, lead)? {
        Some(day) => Some(day),
        None => {
            cursor.eat(Word::On);
            read_weekday(cursor, today, style, lead)?
        }
    };
    Ok(day
        .filter(|day| day.time == DayTime::Open)
        .map(|day| part_of(day.date, part)))
}

/// `this friday`, `this evening`
fn read_this(cursor: &mut Cursor, today: Date, style: &Style, _: &Lead) -> Read<Day> {
    if !cursor.eat(Word::This) {
        return Ok(None);
    }
    if let Some(part) = cursor.eat_part() {
        return Ok(Some(part_of(today, part)));
    }
    let weekday = if cursor.eat(Word::Weekend) {
        Some(style.weekend)
    } else {
        cursor.eat_any_weekday()
    };
    weekday.map_or(Ok(None), |weekday| {
        later(today, days_until(today.weekday(), weekday))
    })
}

/// A weekday before the date that falls on it: `Friday, December 4`
fn read_named_date(cursor: &mut Cursor, today: Date, style: &Style, lead: &Lead) -> Read<Day> {
    let Some(weekday) = cursor.eat_any_weekday() else {
        return Ok(None);
    };
    cursor.eat_comma();
    let number = lead.number || cursor.sees(Word::OnThe);
    let _ = cursor.eat(Word::OnThe) || cursor.eat(Word::On);
    cursor.eat(Word::The);
    let any = true;
    let day = read_of_calendar(cursor, today, style, &Lead { any, number })?;
    Ok(day.filter(|day| day.date.weekday() == weekday))
}

/// `fri`, and in some languages `friday next`
fn read_weekday(cursor: &mut Cursor, today: Date, style: &Style, lead: &Lead) -> Read<Day> {
    let Some(weekday) = cursor.eat_weekday().or_else(|| weak_weekday(cursor, lead)) else {
        return Ok(None);
    };
    match eat_next_behind(cursor) {
        Some(weeks) => later(today, in_weeks(weeks, today, weekday, style)),
        None => later(today, days_until(today.weekday(), weekday)),
    }
}

/// A short name counts behind a small word or before a time in digits.
fn weak_weekday(cursor: &mut Cursor, lead: &Lead) -> Option<Weekday> {
    cursor.tried(|cursor| {
        let weekday = cursor.eat_any_weekday()?;
        (lead.any || sees_hour(cursor)).then_some(weekday)
    })
}

/// Whether a time is next that has an hour, and be it one that no clock has: "do mittags" may still be a title.
fn sees_hour(cursor: &Cursor) -> bool {
    let is_named = cursor.sees(Word::Noon) || cursor.sees(Word::Midnight);
    !is_named && (cursor.sees(Word::At) || !matches!(read_time(&mut cursor.clone()), Ok(None)))
}

/// `next friday`, `next week`, `the week after next`
fn read_next(cursor: &mut Cursor, today: Date, style: &Style, _: &Lead) -> Read<Day> {
    let next = cursor.attempt(|cursor| coming(cursor, 1, today, style))?;
    if next.is_none() && cursor.eat(Word::The) {
        return coming(cursor, 2, today, style);
    }
    Ok(next)
}

/// A day that is at least so many of its own length ahead.
fn coming(cursor: &mut Cursor, least: i64, today: Date, style: &Style) -> Read<Day> {
    let before = eat_next(cursor);
    let weekday = if cursor.eat(Word::Weekend) {
        Some(style.weekend)
    } else if before.is_some() {
        cursor.eat_any_weekday()
    } else {
        cursor.eat_weekday()
    };
    let unit = match weekday {
        Some(_) => None,
        None => cursor.eat_unit(),
    };
    let count = before.or_else(|| eat_next_behind(cursor));
    let Some(count) = count.filter(|count| *count >= least) else {
        return Ok(None);
    };
    let date = match (weekday, unit) {
        (Some(weekday), _) => return later(today, in_weeks(count, today, weekday, style)),
        (None, Some(Unit::Week)) => {
            return later(today, in_weeks(count, today, style.week_start, style));
        }
        (None, Some(Unit::Month)) => moved(today.first_of_month(), Span::new().months(count)),
        (None, Some(Unit::Year)) => moved(today.first_of_year(), Span::new().years(count)),
        _ => return Ok(None),
    };
    date.map(|date| Some(open(date)))
}

/// How far ahead the word before a day says: 1 is next, 2 the one after next.
pub(super) fn eat_next(cursor: &mut Cursor) -> Option<i64> {
    cursor.eat_as(|word| match word {
        Word::Next => Some(1),
        Word::AfterNext => Some(2),
        _ => None,
    })
}

/// The same behind the day.
pub(super) fn eat_next_behind(cursor: &mut Cursor) -> Option<i64> {
    cursor.eat_as(|word| match word {
        Word::NextBehind => Some(1),
        Word::AfterNextBehind => Some(2),
        _ => None,
    })
}

/// `end of month`
fn read_end(cursor: &mut Cursor, today: Date, _: &Style, _: &Lead) -> Read<Day> {
    Ok(if cursor.eat(Word::EndOfMonth) {
        Some(open(today.last_of_month()))
    } else if cursor.eat(Word::EndOfYear) {
        Some(open(today.last_of_year()))
    } else {
        None
    })
}

fn read_of_calendar(cursor: &mut Cursor, today: Date, style: &Style, lead: &Lead) -> Read<Day> {
    if let Some(date) = cursor.attempt(|cursor| read_numbers(cursor, today, style))? {
        return Ok(Some(open(date)));
    }
    if let Some(date) = cursor.attempt(|cursor| read_month_day(cursor, today))? {
        return Ok(Some(open(date)));
    }
    if let Some(date) = cursor.attempt(|cursor| read_day_of_next_month(cursor, today, lead))? {
        return Ok(Some(open(date)));
    }
    Ok(cursor
        .attempt(|cursor| read_day_of_month(cursor, today, lead))?
        .map(open))
}

/// `in 3 days`
fn read_distance(cursor: &mut Cursor, now: &Zoned) -> Read<Day> {
    if cursor.sees(Word::AfterTomorrow) || !cursor.eat(Word::In) {
        return Ok(None);
    }
    let Some((number, unit)) = cursor.eat_length() else {
        return Ok(None);
    };
    let distance = span(number, unit);
    let unwritable = || WhenError::OutOfRange {
        text: format!("in {number} {}", name_of(unit, number)),
    };
    if matches!(unit, Unit::Minute | Unit::Hour) {
        let later = now
            .checked_add(distance)
            .ok()
            .filter(|later| is_writable(later.date()))
            .ok_or_else(unwritable)?;
        return Ok(Some(Day {
            date: later.date(),
            time: DayTime::Exact(later.time()),
        }));
    }
    let date = moved(now.date(), distance).map_err(|_| unwritable())?;
    Ok(Some(open(date)))
}

fn open(date: Date) -> Day {
    Day {
        date,
        time: DayTime::Open,
    }
}

fn part_of(date: Date, part: Part) -> Day {
    Day {
        date,
        time: DayTime::Part(part),
    }
}

fn later(today: Date, days: i64) -> Read<Day> {
    moved(today, Span::new().days(days)).map(|date| Some(open(date)))
}

/// Days from a weekday to the next one of that name, which is never the same day.
fn days_until(from: Weekday, to: Weekday) -> i64 {
    match i64::from(to.since(from)) {
        0 => 7,
        days => days,
    }
}

/// Days from today to a weekday of a week ahead: 1 is next week.
fn in_weeks(weeks: i64, today: Date, weekday: Weekday, style: &Style) -> i64 {
    let into_week = i64::from(today.weekday().since(style.week_start));
    7 * weeks - into_week + i64::from(weekday.since(style.week_start))
}

fn moved(date: Date, span: Span) -> Result<Date, WhenError> {
    let later = date.checked_add(span).ok();
    later
        .filter(|date| is_writable(*date))
        .ok_or_else(|| WhenError::OutOfRange {
            text: date.to_string(),
        })
}

/// The unit in a message.
fn name_of(unit: Unit, number: u32) -> String {
    let name = match unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    format!("{name}{}", if number == 1 { "" } else { "s" })
}
