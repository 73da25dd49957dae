//! Times of day as people say them.

use jiff::civil::Time;

use super::calendar::two_digits;
use super::error::{WhenError, excerpt};
use super::phrase::Read;
use super::style::{Clock, Style};
use crate::words::{Cursor, Part, Word, digits};

/// What behind an hour says which half of the day it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// From six in the evening to six in the morning.
    Night,
}

/// Reads a time of day: `17:00`, `5pm`, `5:30 pm`, `17h`, `noon`, `at 5`, `half past 5`. Behind a part of the day (`tonight
/// at 8`) it is one of that part.
pub(crate) fn read_time(cursor: &mut Cursor, style: &Style, part: Option<Part>) -> Read<Time> {
    cursor.attempt(|cursor| {
        let named = cursor.eat(Word::At);
        if cursor.eat(Word::Noon) {
            return Ok(Some(Time::constant(12, 0, 0, 0)));
        }
        if cursor.eat(Word::Midnight) {
            return Ok(Some(Time::midnight()));
        }
        if let Some(time) = cursor.attempt(|cursor| joined(cursor))? {
            return Ok(Some(part.map_or(time, |part| in_part(time, part))));
        }
        let spoken = cursor.tried(|cursor| spoken(cursor, named));
        Ok(spoken.and_then(|(hour, minutes, half)| {
            let hour = match (half, part, style.clock, hour) {
                (Some(half), ..) => in_half(hour, half)?,
                (None, Some(Part::Afternoon | Part::Evening), _, 1..=11) => hour + 12,
                (None, None, Clock::Hours12, 1..=6) => hour + 12,
                _ => hour,
            };
            let minutes = (hour * 60).checked_add_signed(minutes)?;
            to_time(minutes / 60 % 24, minutes % 60).filter(|_| hour < 24)
        }))
    })
}

/// A time moved into a part of the day: 8 in the evening is 20:00.
pub(super) fn in_part(time: Time, part: Part) -> Time {
    let hour = match (part, time.hour()) {
        (Part::Afternoon | Part::Evening, hour @ 1..=11) => hour + 12,
        (_, hour) => hour,
    };
    Time::constant(hour, time.minute(), 0, 0)
}

/// A time that needs no word before it: its digits, or the words behind them, say so.
fn joined(cursor: &mut Cursor) -> Read<Time> {
    let Some(token) = cursor.peek() else {
        return Ok(None);
    };
    let glued = [
        ("am", Half::Am),
        ("a.m.", Half::Am),
        ("pm", Half::Pm),
        ("p.m.", Half::Pm),
    ]
    .into_iter()
    .find_map(|(sign, half)| Some((token.strip_suffix(sign)?, half)));
    let number = glued.map_or(token, |(number, _)| number);
    if let Some((hour, minute)) = with_hour_sign(token) {
        cursor.advance();
        return time_or_error(token, hour, minute).map(Some);
    }
    let (hour, minute) = match number.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (two_digits(hour), two_digits(minute)),
        Some(_) => return Ok(None),
        None => (two_digits(number), None),
    };
    let Some(hour) = hour else { return Ok(None) };
    if number.contains(':') && minute.is_none() {
        return Ok(None);
    }
    if let Some((_, half)) = glued {
        let hour = Some(hour).filter(|hour| (1..=12).contains(hour));
        let Some(hour) = hour.and_then(|hour| in_half(hour, half)) else {
            return Ok(None);
        };
        cursor.advance();
        return time_or_error(token, hour, minute.unwrap_or(0)).map(Some);
    }
    let Some(minute) = minute else {
        return Ok(None);
    };
    let time = time_or_error(token, hour, minute)?;
    cursor.advance();
    let _ = cursor.eat(Word::Clock) || cursor.eat(Word::ClockSign);
    match eat_half(cursor) {
        None => Ok(Some(time)),
        Some(half) => Ok(in_half(hour, half).and_then(|hour| to_time(hour, minute))),
    }
}

/// An hour that a word beside it makes one, with minutes to add: `at 5`, `5 pm`, `5 o'clock`, `half past 5`.
fn spoken(cursor: &mut Cursor, named: bool) -> Option<(u32, i32, Option<Half>)> {
    let before = cursor.eat_as(|word| match word {
        Word::BeforeHour(minutes) => Some(minutes),
        _ => None,
    });
    let (hour, minutes) = eat_hour(cursor, named || before.is_some())?;
    let behind = cursor.eat_as(|word| match word {
        Word::AfterHour(minutes) => Some(minutes),
        _ => None,
    });
    let mut is_time = named || before.is_some();
    let mut minutes = minutes.unwrap_or(0) + before.or(behind).unwrap_or(0);
    if cursor.eat(Word::Clock) {
        is_time = true;
        // "17 Uhr 30"
        let said = cursor
            .peek()
            .filter(|text| text.len() == 2)
            .and_then(digits);
        if let Some(said) = said.filter(|said| *said < 60 && minutes == 0) {
            minutes = i32::try_from(said).unwrap_or(0);
            cursor.advance();
        }
        let behind = cursor.eat_as(|word| match word {
            Word::AfterHour(minutes) => Some(minutes),
            _ => None,
        });
        minutes += behind.unwrap_or(0);
    }
    let half = eat_half(cursor);
    (is_time || half.is_some()).then_some((hour, minutes, half))
}

/// An hour in digits, or as a word where it is known to be one; with minutes behind a dot.
fn eat_hour(cursor: &mut Cursor, known: bool) -> Option<(u32, Option<i32>)> {
    let token = cursor.peek()?;
    if let Some((hour, minute)) = token.split_once('.')
        && minute.len() == 2
        && let (Some(hour), Some(minute)) = (two_digits(hour), two_digits(minute))
        && hour < 24
        && minute < 60
    {
        cursor.advance();
        return Some((hour, i32::try_from(minute).ok()));
    }
    let hour = match two_digits(token) {
        Some(hour) => {
            cursor.advance();
            hour
        }
        None if known => cursor.eat_number()?,
        None => return None,
    };
    (hour < 24).then_some((hour, None))
}

fn eat_half(cursor: &mut Cursor) -> Option<Half> {
    cursor.eat_as(|word| match word {
        Word::Am => Some(Half::Am),
        Word::Pm => Some(Half::Pm),
        Word::AtNight => Some(Half::Night),
        _ => None,
    })
}

/// The hour of the day; one that is past noon already stays.
fn in_half(hour: u32, half: Half) -> Option<u32> {
    match (half, hour) {
        (_, 24..) => None,
        (Half::Pm, 1..=11) | (Half::Night, 6..=11) => Some(hour + 12),
        (Half::Am | Half::Night, 12) => Some(0),
        (Half::Am, 13..) => None,
        _ => Some(hour),
    }
}

/// `17h`, `17h30`
fn with_hour_sign(token: &str) -> Option<(u32, u32)> {
    let (hour, minute) = token.split_once('h')?;
    let minute = match minute {
        "" => 0,
        minute if minute.len() == 2 => two_digits(minute)?,
        _ => return None,
    };
    Some((two_digits(hour)?, minute))
}

fn time_or_error(text: &str, hour: u32, minute: u32) -> Result<Time, WhenError> {
    to_time(hour, minute).ok_or_else(|| WhenError::NoSuchTime {
        text: excerpt(text),
    })
}

fn to_time(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}
