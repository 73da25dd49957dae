//! Dates of the calendar: in numbers, and with a month's name.

use jiff::Span;
use jiff::civil::Date;

use super::day::{Lead, eat_next, eat_next_behind};
use super::error::{WhenError, excerpt};
use super::is_writable;
use super::phrase::Read;
use super::style::{DateOrder, Style};
use crate::words::{Cursor, Unit, Word, digits};

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
        ('/', [year, month, day]) if year.len() == 4 => (*day, *month, Some(*year)),
        ('.' | '/', [first, second, year]) if matches!(year.len(), 2 | 4) => {
            (*first, *second, Some(*year))
        }
        ('/', [first, second]) => (*first, *second, None),
        _ => return Ok(None),
    };
    let (Some(mut day), Some(mut month)) = (two_digits(day), two_digits(month)) else {
        return Ok(None);
    };
    let is_full = year.is_some_and(|year| year.len() == 4);
    let year = match year {
        None => None,
        Some(year) => match digits(year) {
            Some(number) if is_full => Some(number),
            // Of the years gone by, two digits are rather a version: 20.1.10.
            Some(number) if number >= u32::from(today.year().unsigned_abs() % 100) => {
                Some(2000 + number)
            }
            _ => return Ok(None),
        },
    };
    let year_first = parts.first().is_some_and(|part| part.len() == 4);
    if separator == '/' && !year_first {
        // Where only one order makes sense it is meant, whatever the locale.
        let month_first = match style.date_order {
            DateOrder::MonthDay | DateOrder::YearMonthDay => day <= 12 || month > 12,
            DateOrder::DayMonth => month > 12,
        };
        if month_first {
            (day, month) = (month, day);
        }
    }
    let is_possible = (1..=31).contains(&day) && (1..=12).contains(&month);
    if !is_full && !is_possible {
        return Ok(None);
    }
    let date = to_date(token, day, month, year, today)?;
    cursor.advance();
    Ok(Some(date))
}

/// `20 mar`, `20th of march 2026`, `mar 20`, `march 20th, 2026`
pub(super) fn read_month_day(cursor: &mut Cursor, today: Date) -> Read<Date> {
    let (day, month) = if let Some(month) = cursor.eat_month() {
        cursor.eat(Word::The);
        (eat_day(cursor), Some(month))
    } else {
        cursor.eat(Word::The);
        let day = eat_day(cursor);
        cursor.eat(Word::Of);
        (day, cursor.eat_month())
    };
    let (Some(day), Some(month)) = (day, month) else {
        return Ok(None);
    };
    let year = cursor.tried(|cursor| {
        let _ = cursor.eat_comma() || cursor.eat(Word::Of);
        let year = cursor.eat_digits();
        year.filter(|year| (1900..=9998).contains(year))
    });
    let text = format!("{day} {}", month_name(month));
    to_date(&text, day, month, year, today).map(Some)
}

/// `the 15th of next month`, `on the 15th next month`
pub(super) fn read_day_of_next_month(cursor: &mut Cursor, today: Date, lead: &Lead) -> Read<Date> {
    cursor.eat(Word::The);
    let Some(day) = eat_day(cursor) else {
        return Ok(None);
    };
    if !cursor.eat(Word::Of) && !lead.any {
        return Ok(None);
    }
    cursor.eat(Word::The);
    let Some(months) = eat_months_ahead(cursor) else {
        return Ok(None);
    };
    let first = today.first_of_month();
    let Ok(month) = first.checked_add(Span::new().months(months)) else {
        return Ok(None);
    };
    let year = u32::try_from(month.year()).ok();
    let month = u32::from(month.month().unsigned_abs());
    let text = format!("{day} {}", month_name(month));
    to_date(&text, day, month, year, today).map(Some)
}

/// `this month`, `next month`
fn eat_months_ahead(cursor: &mut Cursor) -> Option<i64> {
    let before = if cursor.eat(Word::This) {
        Some(0)
    } else {
        eat_next(cursor)
    };
    cursor.eat_unit().filter(|unit| *unit == Unit::Month)?;
    before.or_else(|| eat_next_behind(cursor))
}

/// `on the 15th`, and in some languages a bare number behind the article
pub(super) fn read_day_of_month(cursor: &mut Cursor, today: Date, lead: &Lead) -> Read<Date> {
    if !lead.any {
        return Ok(None);
    }
    let ordinal = cursor.tried(|cursor| cursor.eat_ordinal());
    let bare = || lead.number.then(|| cursor.eat_digits()).flatten();
    let Some(day) = ordinal.or_else(bare).and_then(|day| i8::try_from(day).ok()) else {
        return Ok(None);
    };
    let months = (0..12).filter_map(|months| {
        let month = today
            .first_of_month()
            .checked_add(Span::new().months(months));
        month.ok()?.with().day(day).build().ok()
    });
    Ok(months
        .filter(|date| is_writable(*date))
        .find(|date| *date >= today))
}

fn eat_day(cursor: &mut Cursor) -> Option<u32> {
    cursor.tried(|cursor| {
        let day = cursor.eat_digits().or_else(|| cursor.eat_ordinal());
        day.filter(|day| (1..=31).contains(day))
    })
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
