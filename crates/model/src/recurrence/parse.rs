//! The text of a rule: RFC 5545, section 3.3.10, with `X-ROTA-FROM`.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

use super::{CountsFrom, End, Frequency, RepeatError, Rule};
use crate::limits::{REPEAT_DAY_MAX_TIMES, REPEAT_MAX_BYTES, REPEAT_NUMBER_MAX_COUNT};
use crate::when::is_writable;

/// The RFC's two letters, from Monday.
pub(super) const WEEKDAY_CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The rule, with the text that says it: in capitals, without `RRULE:`.
pub(super) fn parse(text: &str) -> Result<(String, Rule), RepeatError> {
    let text = text.trim();
    if text.len() > REPEAT_MAX_BYTES {
        return Err(RepeatError::TooLong { bytes: text.len() });
    }
    let capitals = text.to_ascii_uppercase();
    let body = capitals
        .strip_prefix("RRULE:")
        .unwrap_or(&capitals)
        .trim_end_matches(';');
    if body.is_empty() || !body.is_ascii() {
        return Err(RepeatError::NotUnderstood {
            text: excerpt(text),
        });
    }
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for part in body.split(';') {
        let Some((name, value)) = part.split_once('=') else {
            return Err(RepeatError::NotUnderstood {
                text: excerpt(text),
            });
        };
        if parts.iter().any(|(known, _)| *known == name) {
            return Err(RepeatError::Twice {
                part: excerpt(name),
            });
        }
        parts.push((name, value));
    }
    let frequency = parts
        .iter()
        .find(|(name, _)| *name == "FREQ")
        .ok_or(RepeatError::NoFrequency)?
        .1;
    let mut rule = Rule::every(frequency_of(frequency)?, 1);
    for (name, value) in &parts {
        read_part(&mut rule, name, value)?;
    }
    in_order(&mut rule);
    check(&rule)?;
    Ok((body.to_owned(), rule))
}

/// Lists are sets, so that two ways to write one rule are equal. Numbers from the end stand behind the others.
fn in_order(rule: &mut Rule) {
    rule.months.sort_unstable();
    rule.hours.sort_unstable();
    rule.minutes.sort_unstable();
    rule.week_numbers
        .sort_unstable_by_key(|number| (*number < 0, *number));
    rule.year_days
        .sort_unstable_by_key(|number| (*number < 0, *number));
    rule.month_days
        .sort_unstable_by_key(|number| (*number < 0, *number));
    rule.positions
        .sort_unstable_by_key(|number| (*number < 0, *number));
    rule.weekdays
        .sort_unstable_by_key(|(number, day)| (*number, day.to_monday_zero_offset()));
    rule.months.dedup();
    rule.hours.dedup();
    rule.minutes.dedup();
    rule.week_numbers.dedup();
    rule.year_days.dedup();
    rule.month_days.dedup();
    rule.positions.dedup();
    rule.weekdays.dedup();
}

fn read_part(rule: &mut Rule, name: &str, value: &str) -> Result<(), RepeatError> {
    match name {
        "FREQ" => {}
        "INTERVAL" => rule.interval = number(name, value, 1..=most())?,
        "COUNT" => {
            set_end(
                rule,
                End::Count(number(name, value, 1..=REPEAT_NUMBER_MAX_COUNT)?),
            )?;
        }
        "UNTIL" => set_end(rule, until(value).ok_or_else(|| bad(name, value))?)?,
        "WKST" => {
            let day = weekday(value).ok_or_else(|| bad(name, value))?;
            // Monday is what a rule without the part says.
            rule.week_start = Some(day).filter(|day| *day != Weekday::Monday);
        }
        "BYMONTH" => rule.months = numbers(name, value, 1..=12)?,
        "BYWEEKNO" => rule.week_numbers = signed(name, value, 53)?,
        "BYYEARDAY" => rule.year_days = signed(name, value, 366)?,
        "BYMONTHDAY" => rule.month_days = signed(name, value, 31)?,
        "BYHOUR" => rule.hours = numbers(name, value, 0..=23)?,
        "BYMINUTE" => rule.minutes = numbers(name, value, 0..=59)?,
        "BYSETPOS" => rule.positions = signed(name, value, 366)?,
        "BYDAY" => {
            let days = value
                .split(',')
                .map(numbered_weekday)
                .collect::<Option<Vec<_>>>();
            rule.weekdays = days.ok_or_else(|| bad(name, value))?;
        }
        "X-ROTA-FROM" => {
            rule.from = match value {
                "DONE" => CountsFrom::Done,
                "DUE" => CountsFrom::Due,
                _ => return Err(bad(name, value)),
            }
        }
        _ => {
            return Err(RepeatError::Unsupported {
                part: excerpt(name),
            });
        }
    }
    Ok(())
}

fn check(rule: &Rule) -> Result<(), RepeatError> {
    let has_numbers = rule.weekdays.iter().any(|(number, _)| number.is_some());
    let may_number = match rule.frequency {
        Frequency::Monthly => true,
        Frequency::Yearly => rule.week_numbers.is_empty(),
        _ => false,
    };
    if has_numbers && !may_number {
        let reason =
            "numbered weekdays need FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO".to_owned();
        return Err(RepeatError::Contradiction { reason });
    }
    let has_set = !(rule.has_no_days() && rule.hours.is_empty() && rule.minutes.is_empty());
    if !rule.positions.is_empty() && !has_set {
        let reason = "BYSETPOS needs another part that names days or times".to_owned();
        return Err(RepeatError::Contradiction { reason });
    }
    if rule.hours.len().max(1) * rule.minutes.len().max(1) > REPEAT_DAY_MAX_TIMES {
        return Err(RepeatError::TooManyTimes);
    }
    Ok(())
}

fn set_end(rule: &mut Rule, end: End) -> Result<(), RepeatError> {
    if rule.end != End::Never {
        return Err(RepeatError::TwoEnds);
    }
    rule.end = end;
    Ok(())
}

fn most() -> u16 {
    u16::try_from(REPEAT_NUMBER_MAX_COUNT).unwrap_or(u16::MAX)
}

fn bad(name: &str, value: &str) -> RepeatError {
    RepeatError::BadValue {
        part: name.to_owned(),
        value: excerpt(value),
    }
}

fn number<N: FromStr + PartialOrd>(
    name: &str,
    value: &str,
    range: RangeInclusive<N>,
) -> Result<N, RepeatError> {
    let plain = !value.starts_with('+');
    value
        .parse()
        .ok()
        .filter(|number| plain && range.contains(number))
        .ok_or_else(|| bad(name, value))
}

fn numbers(name: &str, value: &str, range: RangeInclusive<u8>) -> Result<Vec<u8>, RepeatError> {
    value
        .split(',')
        .map(|item| number(name, item, range.clone()))
        .collect()
}

/// Numbers from 1 to `most` or from the end, from -1 to -`most`.
fn signed<N: TryFrom<i32>>(name: &str, value: &str, most: i32) -> Result<Vec<N>, RepeatError> {
    let one = |item: &str| {
        let number: i32 = item.strip_prefix('+').unwrap_or(item).parse().ok()?;
        let fits = number != 0 && (-most..=most).contains(&number);
        if fits { N::try_from(number).ok() } else { None }
    };
    value
        .split(',')
        .map(|item| one(item).ok_or_else(|| bad(name, value)))
        .collect()
}

fn weekday(code: &str) -> Option<Weekday> {
    let index = WEEKDAY_CODES.iter().position(|known| *known == code)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

fn numbered_weekday(item: &str) -> Option<(Option<i16>, Weekday)> {
    let at = item.len().checked_sub(2)?;
    let (number, code) = (item.get(..at)?, item.get(at..)?);
    let number = match number {
        "" => None,
        _ => {
            let number: i16 = number.strip_prefix('+').unwrap_or(number).parse().ok()?;
            Some(Some(number).filter(|number| *number != 0 && (-53..=53).contains(number))?)
        }
    };
    Some((number, weekday(code)?))
}

fn frequency_of(value: &str) -> Result<Frequency, RepeatError> {
    match value {
        "YEARLY" => Ok(Frequency::Yearly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "WEEKLY" => Ok(Frequency::Weekly),
        "DAILY" => Ok(Frequency::Daily),
        "HOURLY" => Ok(Frequency::Hourly),
        "MINUTELY" => Ok(Frequency::Minutely),
        "SECONDLY" => Err(RepeatError::Unsupported {
            part: "the second".to_owned(),
        }),
        _ => Err(bad("FREQ", value)),
    }
}

/// `20260320`, `20260320T170000` or `20260320T160000Z`
fn until(value: &str) -> Option<End> {
    let (date, time) = value
        .split_once('T')
        .map_or((value, None), |(date, time)| (date, Some(time)));
    let date = compact(date, [4, 2, 2])?;
    let date = Date::new(
        i16::try_from(date[0]).ok()?,
        i8::try_from(date[1]).ok()?,
        i8::try_from(date[2]).ok()?,
    )
    .ok()?;
    if !is_writable(date) {
        return None;
    }
    let Some(time) = time else {
        return Some(End::UntilDate(date));
    };
    let (time, is_utc) = time
        .strip_suffix('Z')
        .map_or((time, false), |time| (time, true));
    let time = compact(time, [2, 2, 2])?;
    let small = |index: usize| i8::try_from(time[index]).ok();
    let time = Time::new(small(0)?, small(1)?, small(2)?, 0).ok()?;
    let local = DateTime::from_parts(date, time);
    if is_utc {
        return TimeZone::UTC
            .to_timestamp(local)
            .ok()
            .map(End::UntilInstant);
    }
    Some(End::UntilLocal(local))
}

/// Three numbers of fixed width with nothing between them.
fn compact(text: &str, widths: [usize; 3]) -> Option<[u32; 3]> {
    if text.len() != widths.iter().sum::<usize>() {
        return None;
    }
    let mut at = 0;
    let mut parts = [0; 3];
    for (part, width) in parts.iter_mut().zip(widths) {
        *part = crate::words::digits(text.get(at..at + width)?)?;
        at += width;
    }
    Some(parts)
}

pub(super) fn excerpt(text: &str) -> String {
    text.chars()
        .take(60)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Yearly => "YEARLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Daily => "DAILY",
            Frequency::Hourly => "HOURLY",
            Frequency::Minutely => "MINUTELY",
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(f, ";COUNT={count}")?,
            End::UntilDate(date) => write!(f, ";UNTIL={}", date.strftime("%Y%m%d"))?,
            End::UntilLocal(local) => write!(f, ";UNTIL={}", local.strftime("%Y%m%dT%H%M%S"))?,
            End::UntilInstant(instant) => {
                write!(
                    f,
                    ";UNTIL={}Z",
                    TimeZone::UTC.to_datetime(instant).strftime("%Y%m%dT%H%M%S")
                )?;
            }
        }
        list(f, "BYMONTH", &self.months)?;
        list(f, "BYWEEKNO", &self.week_numbers)?;
        list(f, "BYYEARDAY", &self.year_days)?;
        list(f, "BYMONTHDAY", &self.month_days)?;
        let days = self.weekdays.iter().map(|(number, day)| {
            format!(
                "{}{}",
                number.map_or(String::new(), |number| number.to_string()),
                code(*day)
            )
        });
        list(f, "BYDAY", &days.collect::<Vec<_>>())?;
        list(f, "BYHOUR", &self.hours)?;
        list(f, "BYMINUTE", &self.minutes)?;
        list(f, "BYSETPOS", &self.positions)?;
        if let Some(day) = self.week_start {
            write!(f, ";WKST={}", code(day))?;
        }
        if self.from == CountsFrom::Done {
            f.write_str(";X-ROTA-FROM=DONE")?;
        }
        Ok(())
    }
}

fn list<N: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, items: &[N]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index == 0 {
            write!(f, ";{name}={item}")?;
        } else {
            write!(f, ",{item}")?;
        }
    }
    Ok(())
}

fn code(day: Weekday) -> &'static str {
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    WEEKDAY_CODES[index % 7]
}
