//! Dates of the calendar: in numbers, and with a month's name.

use jiff::civil::Date;

use super::error::{WhenError, excerpt};
use super::is_writable;
use super::phrase::Read;
use super::style::{DateOrder, Style};
use crate::words::{Cursor, Words, digits};

/// `2026-03-20`, `20.3.`, `20.3.2026`, `20/3`, `3/20/26`
pub(super) fn read_numbers(cursor: &mut Cursor, today: Date, style: &Style) -> Read<Date> {
    let Some(token) = cursor.peek() else {
        return Ok(None);
    };
    let separator = if token.contains('-') {
        '-'
    } else if token.contains('.') {
        '.'
    } else {
        '/'
    };
    let parts: Vec<&str> = token.split(separator).collect();
    let (day, month, year) = match (separator, parts.as_slice()) {
        ('-', [year, month, day]) if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            (*day, *month, Some(*year))
        }
        ('.', [day, month, ""]) => (*day, *month, None),
        ('.' | '/', [first, second, year]) if matches!(year.len(), 2 | 4) => {
            (*first, *second, Some(*year))
        }
        ('/', [first, second]) => (*first, *second, None),
        _ => return Ok(None),
    };
    let (Some(mut day), Some(mut month)) = (two_digits(day), two_digits(month)) else {
        return Ok(None);
    };
    let year = match year {
        None => None,
        Some(year) => match digits(year) {
            None => return Ok(None),
            Some(number) if year.len() == 2 => Some(2000 + number),
            Some(number) => Some(number),
        },
    };
    if separator == '/' {
        // Where only one order makes sense it is meant, whatever the locale.
        let month_first = match style.date_order {
            DateOrder::MonthDay | DateOrder::YearMonthDay => day <= 12 || month > 12,
            DateOrder::DayMonth => month > 12,
        };
        if month_first {
            (day, month) = (month, day);
        }
        if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
            return Ok(None);
        }
    }
    let date = to_date(token, day, month, year, today)?;
    cursor.advance();
    Ok(Some(date))
}

/// `20 mar`, `20th of march 2026`, `mar 20`, `march 20th, 2026`
pub(super) fn read_month_day(cursor: &mut Cursor, words: &Words, today: Date) -> Read<Date> {
    let (day, month) = if let Some(month) = cursor.eat_index(&words.months) {
        cursor.eat(words.the);
        (eat_day(cursor, words), Some(month))
    } else {
        cursor.eat(words.the);
        let day = eat_day(cursor, words);
        cursor.eat(words.of);
        (day, cursor.eat_index(&words.months))
    };
    let (Some(day), Some(month)) = (day, month) else {
        return Ok(None);
    };
    let year = cursor.attempt(|cursor| {
        cursor.eat_comma();
        Ok::<_, WhenError>(
            cursor
                .eat_digits()
                .filter(|year| (1900..=9998).contains(year)),
        )
    })?;
    let month = u32::try_from(month + 1).unwrap_or(u32::MAX);
    let text = format!("{day} {}", month_name(month));
    to_date(&text, day, month, year, today).map(Some)
}

fn eat_day(cursor: &mut Cursor, words: &Words) -> Option<u32> {
    let read = |cursor: &mut Cursor| {
        let day = cursor.eat_digits().or_else(|| cursor.eat_ordinal(words));
        Ok::<_, ()>(day.filter(|day| (1..=31).contains(day)))
    };
    cursor.attempt(read).ok().flatten()
}

/// The date, or why the calendar has none. Without a year it is the next one, today included.
fn to_date(
    text: &str,
    day: u32,
    month: u32,
    year: Option<u32>,
    today: Date,
) -> Result<Date, WhenError> {
    let new = |year: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let found = match year.map(i16::try_from) {
        Some(year) => year.ok().and_then(new),
        // 29 February comes again after at most 8 years.
        None => (today.year()..=today.year().saturating_add(8))
            .filter_map(new)
            .find(|date| *date >= today),
    };
    match found {
        Some(date) if is_writable(date) => Ok(date),
        Some(_) => Err(WhenError::OutOfRange {
            text: excerpt(text),
        }),
        None => Err(WhenError::NoSuchDate {
            text: excerpt(text),
            hint: days_hint(month, year),
        }),
    }
}

/// How many days the month has, for a message.
pub(super) fn days_hint(month: u32, year: Option<u32>) -> String {
    let first = year
        .map_or(Ok(2024), i16::try_from)
        .ok()
        .zip(i8::try_from(month).ok())
        .and_then(|(year, month)| Date::new(year, month, 1).ok());
    match (first, year) {
        (None, _) => "months go from 1 to 12".to_owned(),
        (Some(first), Some(year)) => {
            format!(
                "{} {year} has {} days",
                month_name(month),
                first.days_in_month()
            )
        }
        (Some(first), None) => format!("{} has {} days", month_name(month), first.days_in_month()),
    }
}

/// The month's name in messages.
pub(crate) fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    month
        .checked_sub(1)
        .and_then(|index| NAMES.get(index as usize))
        .copied()
        .unwrap_or("")
}

/// The number, of one or two digits.
pub(super) fn two_digits(text: &str) -> Option<u32> {
    digits(text).filter(|_| text.len() <= 2)
}
