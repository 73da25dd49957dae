//! Times of day as people say them.

use jiff::civil::Time;

use super::calendar::two_digits;
use super::error::{WhenError, excerpt};
use super::phrase::Read;
use super::style::Clock;
use crate::words::{Cursor, Part, Word, digits};

/// What behind an hour says which half of the day it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// From six in the evening to six in the morning.
    Night,
}

/// A time of day as it was said. Which half of the day an hour is in can depend on the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hour {
    hour: u32,
    /// Before or behind the hour.
    minutes: i32,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `at 5`
    Bare,
    /// `5:30`
    Digits,
    /// `5pm`, `noon`: no other word moves it into another half of the day.
    Sure,
    /// Worked out, as of `in 2 hours`: it is of the very day beside it.
    Exact,
}

impl Hour {
    const NOON: Self = Self::new(12, 0, Form::Sure);
    const MIDNIGHT: Self = Self::new(0, 0, Form::Sure);

    const fn new(hour: u32, minutes: i32, form: Form) -> Self {
        Self {
            hour,
            minutes,
            form,
        }
    }

    /// A time that is known.
    pub(crate) fn exact(time: Time) -> Self {
        let hour = u32::from(time.hour().unsigned_abs());
        Self::new(hour, i32::from(time.minute()), Form::Exact)
    }

    /// The minute of the day that was said with it. The night of a day ends on the next one: past midnight the minutes count
    /// on.
    pub(super) fn minute_of_day(self, part: Option<Part>, clock: Clock) -> i32 {
        let hour = match (self.form, part, self.hour) {
            (Form::Exact, _, hour) => hour,
            (Form::Sure, Some(Part::Evening | Part::Night), hour @ 0..=11) => hour + 24,
            (Form::Sure, _, hour) => hour,
            (_, Some(Part::Evening | Part::Night), 12) => 24,
            (_, Some(Part::Evening), hour @ 0..=2) => hour + 24,
            (_, Some(Part::Night), hour @ 0..=4) => hour + 24,
            (_, Some(Part::Afternoon | Part::Evening | Part::Night), hour @ 1..=11) => hour + 12,
            (Form::Bare, None, hour @ 1..=6) if clock == Clock::Hours12 => hour + 12,
            (_, _, hour) => hour,
        };
        let hour = i32::try_from(hour).unwrap_or(0);
        hour * 60 + self.minutes
    }

    /// Whether words said it, and not the digits of a clock alone.
    pub(super) fn is_in_words(self) -> bool {
        matches!(self.form, Form::Bare | Form::Sure)
    }
}

/// Reads a time of day: `17:00`, `5pm`, `5:30 pm`, `17h`, `noon`, `at 5`, `half past 5`.
pub(crate) fn read_time(cursor: &mut Cursor) -> Read<Hour> {
    cursor.attempt(|cursor| {
        let named = cursor.eat(Word::At);
        if cursor.eat(Word::Noon) {
            return Ok(Some(Hour::NOON));
        }
        if cursor.eat(Word::Midnight) {
            return Ok(Some(Hour::MIDNIGHT));
        }
        if let Some(hour) = cursor.attempt(|cursor| joined(cursor))? {
            return Ok(Some(hour));
        }
        Ok(cursor.tried(|cursor| spoken(cursor, named)))
    })
}

/// A time that needs no word before it: its digits, or the words behind them, say so.
fn joined(cursor: &mut Cursor) -> Read<Hour> {
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
        return hour_or_error(token, hour, minute, Form::Digits).map(Some);
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
        return hour_or_error(token, hour, minute.unwrap_or(0), Form::Sure).map(Some);
    }
    let Some(minute) = minute else {
        return Ok(None);
    };
    let read = hour_or_error(token, hour, minute, Form::Digits)?;
    cursor.advance();
    let _ = cursor.eat(Word::Clock) || cursor.eat(Word::ClockSign);
    Ok(match eat_half(cursor) {
        None => Some(read),
        Some(half) => in_half(hour, half).map(|hour| Hour {
            hour,
            form: Form::Sure,
            ..read
        }),
    })
}

/// An hour that a word beside it makes one, with minutes to add: `at 5`, `5 pm`, `5 o'clock`, `half past 5`.
fn spoken(cursor: &mut Cursor, named: bool) -> Option<Hour> {
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
    let (hour, form) = match eat_half(cursor) {
        Some(half) => (in_half(hour, half)?, Form::Sure),
        None if is_time => (hour, Form::Bare),
        None => return None,
    };
    // "a quarter to 0" is of another day.
    (hour > 0 || minutes >= 0).then_some(Hour::new(hour, minutes, form))
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

/// The hour of the day, which at night ends with its 24th; one that is past noon already stays.
fn in_half(hour: u32, half: Half) -> Option<u32> {
    match (half, hour) {
        (_, 24..) => None,
        (Half::Pm, 1..=11) | (Half::Night, 6..=11) => Some(hour + 12),
        (Half::Am, 12) => Some(0),
        (Half::Night, 12) => Some(24),
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

fn hour_or_error(text: &str, hour: u32, minute: u32, form: Form) -> Result<Hour, WhenError> {
    let minutes = i32::try_from(minute).ok();
    let minutes = minutes.filter(|minute| hour < 24 && *minute < 60);
    minutes
        .map(|minutes| Hour::new(hour, minutes, form))
        .ok_or_else(|| WhenError::NoSuchTime {
            text: excerpt(text),
        })
}
