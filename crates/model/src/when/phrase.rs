//! Dates and times as people say them.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Zoned};

use super::calendar::{read_month_day, read_numbers, two_digits};
use super::error::{WhenError, excerpt};
use super::style::{Clock, Style};
use super::{When, is_writable, local_in_zone_of};
use crate::words::{Cursor, Words};

/// What was said: a day, a time of day, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) date: Option<Date>,
    pub(crate) time: Option<Time>,
}

/// What was read, nothing, or a date that does not exist.
pub(super) type Read<T> = Result<Option<T>, WhenError>;

/// A day with what it says about the time.
struct Day {
    date: Date,
    time: DayTime,
}

enum DayTime {
    Open,
    /// `tonight`: unless a time follows, which then is one of the evening.
    Evening(Time),
    /// `in 2 hours`: nothing may follow.
    Exact(Time),
}

/// Reads a date with a time or a time with a date, in either order, with the small words before them.
pub(crate) fn read_when(
    cursor: &mut Cursor,
    words: &Words,
    now: &Zoned,
    style: &Style,
) -> Read<Spoken> {
    cursor.attempt(|cursor| {
        while cursor.eat(words.before_date) {}
        if cursor.eat(words.on) && is_relative(cursor, words) {
            // "Turn the light on tomorrow"
            return Ok(None);
        }
        if let Some(day) = read_day(cursor, words, now, style)? {
            return after_day(cursor, words, style, &day).map(Some);
        }
        let Some(time) = read_time(cursor, words, style, false)? else {
            return Ok(None);
        };
        let date = cursor.attempt(|cursor| {
            cursor.eat(words.on);
            read_date(cursor, words, now, style)
        })?;
        Ok(Some(Spoken {
            date,
            time: Some(time),
        }))
    })
}

/// Reads a day that says nothing about the time.
pub(crate) fn read_date(
    cursor: &mut Cursor,
    words: &Words,
    now: &Zoned,
    style: &Style,
) -> Read<Date> {
    cursor.attempt(|cursor| {
        let day = read_day(cursor, words, now, style)?;
        Ok(day
            .filter(|day| matches!(day.time, DayTime::Open))
            .map(|day| day.date))
    })
}

/// Reads a time of day: `17:00`, `5pm`, `5:30 pm`, `17h`, `noon`, `at 5`.
pub(crate) fn read_time(
    cursor: &mut Cursor,
    words: &Words,
    style: &Style,
    evening: bool,
) -> Read<Time> {
    cursor.attempt(|cursor| {
        let named = cursor.eat(words.before_time);
        if cursor.eat(words.noon) {
            return Ok(Some(Time::constant(12, 0, 0, 0)));
        }
        let Some(token) = cursor.peek() else {
            return Ok(None);
        };
        if let Some(time) = clock_time(cursor, words, token)? {
            return Ok(Some(time));
        }
        let Some(hour) = named.then(|| cursor.eat_digits()).flatten() else {
            return Ok(None);
        };
        let hour = match (evening, style.clock, hour) {
            (true, _, 1..=11) | (false, Clock::Hours12, 1..=6) => hour + 12,
            _ => hour,
        };
        Ok(to_time(hour, 0))
    })
}

/// The day and time meant; a time alone is the next one that the clock will show.
pub(crate) fn resolve(spoken: Spoken, now: &Zoned) -> Result<Option<When>, WhenError> {
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

fn after_day(
    cursor: &mut Cursor,
    words: &Words,
    style: &Style,
    day: &Day,
) -> Result<Spoken, WhenError> {
    let (own, evening) = match day.time {
        DayTime::Exact(time) => {
            return Ok(Spoken {
                date: Some(day.date),
                time: Some(time),
            });
        }
        DayTime::Evening(time) => (Some(time), true),
        DayTime::Open => (None, false),
    };
    let said = match cursor.eat_index(&[words.morning, words.afternoon, words.evening]) {
        Some(0) => Some(style.morning),
        Some(1) => Some(style.afternoon),
        Some(_) => Some(style.evening),
        None => read_time(cursor, words, style, evening)?,
    };
    Ok(Spoken {
        date: Some(day.date),
        time: said.or(own),
    })
}

fn is_relative(cursor: &Cursor, words: &Words) -> bool {
    let relative = [
        words.today,
        words.tomorrow,
        words.day_after_tomorrow,
        words.tonight,
        words.within,
    ];
    cursor.clone().eat_index(&relative).is_some()
}

fn read_day(cursor: &mut Cursor, words: &Words, now: &Zoned, style: &Style) -> Read<Day> {
    let today = now.date();
    let open = |date: Date| {
        Ok(Some(Day {
            date,
            time: DayTime::Open,
        }))
    };
    let shifted = |days: i64| moved(today, Span::new().days(days), today.to_string());
    if cursor.eat(words.day_after_tomorrow) {
        return open(shifted(2)?);
    }
    if cursor.eat(words.today) {
        return open(today);
    }
    if cursor.eat(words.tomorrow) {
        return open(shifted(1)?);
    }
    if cursor.eat(words.tonight) {
        return Ok(Some(Day {
            date: today,
            time: DayTime::Evening(style.evening),
        }));
    }
    if cursor.eat(words.end_of_month) {
        return open(today.last_of_month());
    }
    if cursor.eat(words.weekend) {
        return open(shifted(days_until(today.weekday(), style.weekend))?);
    }
    if let Some(weekday) = eat_weekday(cursor, words) {
        return open(shifted(days_until(today.weekday(), weekday))?);
    }
    if let Some(weekday) = cursor.attempt(|cursor| {
        Ok::<_, WhenError>(
            cursor
                .eat(words.next)
                .then(|| eat_weekday(cursor, words))
                .flatten(),
        )
    })? {
        let into_week = i64::from(today.weekday().since(style.week_start));
        return open(shifted(
            7 - into_week + i64::from(weekday.since(style.week_start)),
        )?);
    }
    if let Some(day) = cursor.attempt(|cursor| read_distance(cursor, words, now))? {
        return Ok(Some(day));
    }
    if let Some(date) = cursor.attempt(|cursor| read_numbers(cursor, today, style))? {
        return open(date);
    }
    match cursor.attempt(|cursor| read_month_day(cursor, words, today))? {
        Some(date) => open(date),
        None => Ok(None),
    }
}

/// `in 3 days`
fn read_distance(cursor: &mut Cursor, words: &Words, now: &Zoned) -> Read<Day> {
    if !cursor.eat(words.within) {
        return Ok(None);
    }
    let Some(number) = cursor.eat_number(words).map(i64::from) else {
        return Ok(None);
    };
    let text = format!("in {number} {}", cursor.peek().unwrap_or_default());
    let units = [
        words.minute,
        words.hour,
        words.day,
        words.week,
        words.month,
        words.year,
    ];
    let span = match cursor.eat_index(&units) {
        Some(unit @ (0 | 1)) => {
            let minutes = if unit == 0 { number } else { number * 60 };
            let later = now
                .checked_add(Span::new().minutes(minutes))
                .map_err(|_| WhenError::OutOfRange { text })?;
            return Ok(Some(Day {
                date: later.date(),
                time: DayTime::Exact(later.time()),
            }));
        }
        Some(2) => Span::new().days(number),
        Some(3) => Span::new().weeks(number),
        Some(4) => Span::new().months(number),
        Some(_) => Span::new().years(number),
        None => return Ok(None),
    };
    Ok(Some(Day {
        date: moved(now.date(), span, text)?,
        time: DayTime::Open,
    }))
}

pub(crate) fn eat_weekday(cursor: &mut Cursor, words: &Words) -> Option<Weekday> {
    let index = cursor.eat_index(&words.weekdays)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

/// The time that this token, with `am` or `pm` in it or behind it, shows.
fn clock_time(cursor: &mut Cursor, words: &Words, token: &str) -> Read<Time> {
    let joined =
        |ways: &'static [&'static str]| ways.iter().find_map(|way| token.strip_suffix(way));
    let (number, half) = match (joined(words.pm), joined(words.am), joined(words.hour_sign)) {
        (Some(number), _, _) => (number, Some(12)),
        (_, Some(number), _) => (number, Some(0)),
        (_, _, Some(hour)) if two_digits(hour).is_some() => {
            cursor.advance();
            return time_or_error(token, two_digits(hour), 0).map(Some);
        }
        _ => (token, None),
    };
    let (hour, minute) = match number.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (two_digits(hour), two_digits(minute)),
        Some(_) => return Ok(None),
        None => (two_digits(number), Some(0)),
    };
    let (Some(hour), Some(minute)) = (hour, minute) else {
        return Ok(None);
    };
    let has_minutes = number.contains(':');
    let mut ahead = cursor.clone();
    ahead.advance();
    let half = half.or_else(|| {
        [(words.pm, 12), (words.am, 0)]
            .into_iter()
            .find(|(ways, _)| ahead.eat(ways))
            .map(|(_, half)| half)
    });
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Ok(None),
        None if has_minutes => hour,
        None => return Ok(None),
    };
    let time = time_or_error(token, Some(hour), minute)?;
    *cursor = ahead;
    Ok(Some(time))
}

fn time_or_error(text: &str, hour: Option<u32>, minute: u32) -> Result<Time, WhenError> {
    hour.and_then(|hour| to_time(hour, minute))
        .ok_or_else(|| WhenError::NoSuchTime {
            text: excerpt(text),
        })
}

fn to_time(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// Days from a weekday to the next one of that name, which is never the same day.
fn days_until(from: Weekday, to: Weekday) -> i64 {
    match i64::from(to.since(from)) {
        0 => 7,
        days => days,
    }
}

fn moved(date: Date, span: Span, text: String) -> Result<Date, WhenError> {
    let later = date.checked_add(span).ok();
    later
        .filter(|date| is_writable(*date))
        .ok_or(WhenError::OutOfRange { text })
}
