//! Reading a date or time that was asked for: the whole text has to be one.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::TimeZone;

use super::calendar::days_hint;
use super::error::{WhenError, excerpt};
use super::phrase::{read_when, resolve};
use super::style::Style;
use super::{When, is_writable, local_in_zone_of, zone_named};
use crate::words::Cursor;

/// Longest text that can be a date or time.
const TEXT_MAX_BYTES: usize = 200;

/// Reads a date or time: ISO 8601 (with an offset or a zone it is that instant), or words such as `tomorrow`,
/// `fri 17:00`, `in 3 days`. Times without a zone are in the zone of `now`; seconds are dropped.
pub fn parse_when(text: &str, now: &Zoned, style: &Style) -> Result<When, WhenError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(WhenError::Empty);
    }
    let not_understood = || WhenError::NotUnderstood {
        text: excerpt(text),
    };
    if text.len() > TEXT_MAX_BYTES {
        return Err(not_understood());
    }
    let mut impossible = None;
    for lexicon in style.language.lexicons() {
        let words_of_text = lexicon.tokens(text);
        let mut cursor = Cursor::new(lexicon, &words_of_text);
        match read_when(&mut cursor, now, style) {
            Ok(Some(spoken)) if cursor.is_at_end() => {
                return resolve(spoken, now, style)?.ok_or_else(not_understood);
            }
            Ok(_) => {}
            Err(error) => impossible = impossible.or(Some(error)),
        }
    }
    match (iso(text, now)?, impossible) {
        (Some(when), _) => Ok(when),
        (None, Some(error)) => Err(error),
        (None, None) => Err(not_understood()),
    }
}

/// The forms of ISO 8601 with a `T`, and the date without hyphens.
fn iso(text: &str, now: &Zoned) -> Result<Option<When>, WhenError> {
    let out_of_range = || WhenError::OutOfRange {
        text: excerpt(text),
    };
    if !starts_like_iso(text) {
        return Ok(None);
    }
    let Ok(pieces) = Pieces::parse(text) else {
        return impossible_iso(text).map_or(Ok(None), Err);
    };
    let Some(time) = pieces.time() else {
        let date = pieces.date();
        return if is_writable(date) {
            Ok(Some(When::Date(date)))
        } else {
            Err(out_of_range())
        };
    };
    let local = DateTime::from_parts(pieces.date(), time);
    let zone = match pieces.time_zone_annotation() {
        Some(_) => match annotated_zone(text) {
            Some(zone) => Some(zone),
            None => return Ok(None),
        },
        None => None,
    };
    let when = match (pieces.offset(), zone) {
        (None, None) => local_in_zone_of(local, now),
        (None, Some(zone)) => local_in_zone_of(local, &now.with_time_zone(zone)),
        (Some(_), zone) => {
            let plain = text.split_once('[').map_or(text, |(plain, _)| plain);
            let instant = DateTimeParser::new()
                .parse_timestamp(plain)
                .map_err(|_| out_of_range())?;
            When::at_instant(
                instant,
                &zone.map_or_else(|| now.clone(), |zone| now.with_time_zone(zone)),
            )
        }
    };
    // A day's distance from the ends keeps every zone's instant inside the calendar.
    if is_writable(when.date())
        && is_writable(
            TimeZone::UTC
                .to_datetime(when.instant(&TimeZone::UTC))
                .date(),
        )
    {
        Ok(Some(when))
    } else {
        Err(out_of_range())
    }
}

/// The zone in brackets, by its name in any case.
fn annotated_zone(text: &str) -> Option<TimeZone> {
    let (_, rest) = text.split_once('[')?;
    let (name, _) = rest.split_once(']')?;
    zone_named(name.trim_start_matches('!'))
}

/// Years of 4 digits first; signs and other calendars are not dates that people write.
fn starts_like_iso(text: &str) -> bool {
    text.len() >= 8 && text.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

/// Why a text with the form of a date and time is none.
fn impossible_iso(text: &str) -> Option<WhenError> {
    let (date, time) = text.split_once(['T', 't'])?;
    let is_form = date.len() == 10
        && date
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_form {
        return None;
    }
    if date.parse::<Date>().is_err() {
        let number = |range| crate::words::digits(date.get(range)?);
        let hint = days_hint(number(5..7)?, Some(number(0..4)?));
        return Some(WhenError::NoSuchDate {
            text: excerpt(date),
            hint,
        });
    }
    let looks_like_time = time.bytes().take(2).all(|byte| byte.is_ascii_digit());
    looks_like_time.then(|| WhenError::NoSuchTime {
        text: excerpt(time),
    })
}
