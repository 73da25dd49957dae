//! Rules as people say them: `every 2 weeks`, `every mon, thu`, `every last fri`, `every 3 days after done`.

use jiff::Zoned;
use jiff::civil::{Date, Time, Weekday};

use super::parse::excerpt;
use super::{CountsFrom, End, Frequency, RepeatError, RepeatRule, Rule};
use crate::limits::{REPEAT_MAX_BYTES, REPEAT_NUMBER_MAX_COUNT};
use crate::when::{Style, WhenError, eat_weekday, read_date, read_time};
use crate::words::{Cursor, Words, tokens};

/// A rule that was said, with the time of day behind it.
#[derive(Clone, Debug)]
pub(crate) struct SpokenRepeat {
    pub(crate) rule: RepeatRule,
    pub(crate) time: Option<Time>,
}

/// Reads a rule that was asked for: the text of RFC 5545, or words. The whole text has to be one.
pub fn parse_repeat(text: &str, now: &Zoned, style: &Style) -> Result<RepeatRule, RepeatError> {
    let text = text.trim();
    if text.contains('=') {
        return RepeatRule::parse(text);
    }
    if text.len() > REPEAT_MAX_BYTES {
        return Err(RepeatError::TooLong { bytes: text.len() });
    }
    let words_of_text = tokens(text);
    for words in style.language.tables() {
        let mut cursor = Cursor::new(&words_of_text);
        if let Some(said) = read_repeat(&mut cursor, words, now, style)?
            && cursor.is_at_end()
            && said.time.is_none()
        {
            return Ok(said.rule);
        }
    }
    Err(RepeatError::NotUnderstood {
        text: excerpt(text),
    })
}

/// Reads a rule with its end and a time of day behind it.
pub(crate) fn read_repeat(
    cursor: &mut Cursor,
    words: &Words,
    now: &Zoned,
    style: &Style,
) -> Result<Option<SpokenRepeat>, WhenError> {
    cursor.attempt(|cursor| {
        let Some(mut rule) = read_round(cursor, words) else {
            return Ok(None);
        };
        let mut time = None;
        loop {
            if rule.from == CountsFrom::Due && cursor.eat(words.after_done) {
                rule.from = CountsFrom::Done;
            } else if rule.end == End::Never
                && let Some(end) = read_end(cursor, words, now, style)?
            {
                rule.end = end;
            } else if time.is_none()
                && let Some(said) = read_time(cursor, words, style, false)?
            {
                time = Some(said);
            } else {
                return Ok(Some(SpokenRepeat {
                    rule: RepeatRule::from(rule),
                    time,
                }));
            }
        }
    })
}

fn read_end(
    cursor: &mut Cursor,
    words: &Words,
    now: &Zoned,
    style: &Style,
) -> Result<Option<End>, WhenError> {
    cursor.attempt(|cursor| {
        cursor.eat_comma();
        if cursor.eat(words.until) {
            return Ok(read_date(cursor, words, now, style)?.map(End::UntilDate));
        }
        let number = cursor
            .eat_number(words)
            .filter(|number| (1..=REPEAT_NUMBER_MAX_COUNT).contains(number));
        Ok(number.filter(|_| cursor.eat(words.times)).map(End::Count))
    })
}

fn read_round(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    let single = [words.daily, words.weekly, words.monthly, words.yearly];
    let frequencies = [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Yearly,
    ];
    if let Some(index) = cursor.eat_index(&single) {
        return Some(Rule::every(frequencies[index], 1));
    }
    if !cursor.eat(words.every) {
        return None;
    }
    let readers: [fn(&mut Cursor, &Words) -> Option<Rule>; 6] = [
        read_workdays,
        read_interval,
        read_weekdays,
        read_nth_weekday,
        read_day_of_year,
        read_days_of_month,
    ];
    readers
        .iter()
        .find_map(|read| tried(cursor, |cursor| read(cursor, words)))
}

fn read_workdays(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    cursor.eat(words.workday).then(|| weekly(1, &WORKDAYS))
}

pub(super) const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// `every day`, `every 2 weeks`, `every other month`, `every 2 weeks on mon, thu`, `every 3 months on the 15th`
fn read_interval(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    let other = if cursor.eat(words.other) {
        Some(2)
    } else {
        None
    };
    let number = other.or_else(|| {
        tried(cursor, |cursor| {
            cursor
                .eat_number(words)
                .or_else(|| cursor.eat_ordinal(words))
        })
    });
    let interval = u16::try_from(number.unwrap_or(1))
        .ok()
        .filter(|interval| *interval > 0)?;
    let units = [
        words.minute,
        words.hour,
        words.day,
        words.week,
        words.month,
        words.year,
    ];
    let frequencies = [
        Frequency::Minutely,
        Frequency::Hourly,
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Yearly,
    ];
    let Some(unit) = cursor.eat_index(&units) else {
        // "every other fri"
        other?;
        return Some(weekly(interval, &weekday_list(cursor, words)?));
    };
    let on_days = tried(cursor, |cursor| {
        cursor.eat(words.on).then_some(())?;
        match frequencies[unit] {
            Frequency::Weekly => weekday_list(cursor, words).map(|days| weekly(interval, &days)),
            Frequency::Monthly => {
                cursor.eat(words.the);
                let days = ordinal_list(cursor, words)?;
                Rule::every(Frequency::Monthly, interval).on_month_days(&days)
            }
            _ => None,
        }
    });
    Some(on_days.unwrap_or_else(|| Rule::every(frequencies[unit], interval)))
}

/// `every mon, thu`
fn read_weekdays(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    weekday_list(cursor, words).map(|days| weekly(1, &days))
}

/// `every last fri`, `every first mon`, `every 2nd tue of the month`, `every last day`
fn read_nth_weekday(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    let number = if cursor.eat(words.last) {
        -1
    } else {
        i16::try_from(cursor.eat_ordinal(words)?)
            .ok()
            .filter(|number| (1..=5).contains(number))?
    };
    let mut rule = Rule::every(Frequency::Monthly, 1);
    if let Some(day) = eat_weekday(cursor, words) {
        rule.weekdays = vec![(Some(number), day)];
    } else if number == -1 && cursor.eat(words.day) {
        rule.month_days = vec![-1];
    } else {
        return None;
    }
    tried(cursor, |cursor| {
        let of = cursor.eat(words.of);
        cursor.eat(words.the);
        (of && cursor.eat(words.month)).then_some(())
    });
    Some(rule)
}

/// `every 20 march`, `every march 20th`
fn read_day_of_year(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    let day = |cursor: &mut Cursor| {
        let number = tried(cursor, |cursor| {
            cursor.eat_digits().or_else(|| cursor.eat_ordinal(words))
        })?;
        i8::try_from(number).ok()
    };
    let (day, month) = if let Some(month) = cursor.eat_index(&words.months) {
        (day(cursor)?, month)
    } else {
        let day = day(cursor)?;
        cursor.eat(words.of);
        (day, cursor.eat_index(&words.months)?)
    };
    let month = u8::try_from(month + 1).ok()?;
    // A leap year, so that 29 February is a day.
    Date::new(2024, i8::try_from(month).ok()?, day).ok()?;
    let mut rule = Rule::every(Frequency::Yearly, 1);
    if month == 2 {
        rule = rule.on_month_days(&[day])?;
    } else {
        rule.month_days = vec![day];
    }
    rule.months = vec![month];
    Some(rule)
}

/// `every 15th`, `every 1st and 15th`
fn read_days_of_month(cursor: &mut Cursor, words: &Words) -> Option<Rule> {
    Rule::every(Frequency::Monthly, 1).on_month_days(&ordinal_list(cursor, words)?)
}

fn weekly(interval: u16, days: &[Weekday]) -> Rule {
    let mut days = days.to_vec();
    days.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    let weekdays = days.into_iter().map(|day| (None, day)).collect();
    Rule {
        weekdays,
        ..Rule::every(Frequency::Weekly, interval)
    }
}

fn weekday_list(cursor: &mut Cursor, words: &Words) -> Option<Vec<Weekday>> {
    list(cursor, words, |cursor| eat_weekday(cursor, words))
}

fn ordinal_list(cursor: &mut Cursor, words: &Words) -> Option<Vec<i8>> {
    list(cursor, words, |cursor| {
        let number = tried(cursor, |cursor| cursor.eat_ordinal(words))?;
        i8::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day))
    })
}

/// One or more things with commas or "and" between them.
fn list<T>(
    cursor: &mut Cursor,
    words: &Words,
    mut read: impl FnMut(&mut Cursor) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = vec![read(cursor)?];
    while let Some(item) = tried(cursor, |cursor| {
        let comma = cursor.eat_comma();
        let and = cursor.eat(words.and);
        if comma || and { read(cursor) } else { None }
    }) {
        items.push(item);
    }
    Some(items)
}

fn tried<T>(cursor: &mut Cursor, read: impl FnOnce(&mut Cursor) -> Option<T>) -> Option<T> {
    let answer: Result<_, std::convert::Infallible> = cursor.attempt(|cursor| Ok(read(cursor)));
    answer.ok().flatten()
}
