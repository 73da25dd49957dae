//! Rules as people say them: `every 2 weeks`, `every mon, thu`, `every last fri`, `every 3 days after done`.

use jiff::Zoned;
use jiff::civil::{Date, Weekday};

use super::parse::excerpt;
use super::{CountsFrom, End, Frequency, RepeatError, RepeatRule, Rule};
use crate::limits::{REPEAT_MAX_BYTES, REPEAT_NUMBER_MAX_COUNT};
use crate::when::{Hour, Style, WhenError, read_date, read_time};
use crate::words::{Cursor, Part, Unit, Word, digits};

/// A rule that was said, with what is said of the time of day.
#[derive(Clone, Debug)]
pub(crate) struct SpokenRepeat {
    pub(crate) rule: RepeatRule,
    pub(crate) part: Option<Part>,
    pub(crate) hour: Option<Hour>,
}

/// A rule, and the part of the day that belongs to its words: `every morning`.
struct Round {
    rule: Rule,
    part: Option<Part>,
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
    for lexicon in style.language.lexicons() {
        let words_of_text = lexicon.tokens(text);
        let mut cursor = Cursor::new(lexicon, &words_of_text);
        if let Some(said) = read_repeat(&mut cursor, now, style)?
            && cursor.is_at_end()
            && said.part.is_none()
            && said.hour.is_none()
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
    now: &Zoned,
    style: &Style,
) -> Result<Option<SpokenRepeat>, WhenError> {
    cursor.attempt(|cursor| {
        let Some(Round { mut rule, mut part }) = read_round(cursor, style) else {
            return Ok(None);
        };
        let mut hour = None;
        loop {
            if rule.from == CountsFrom::Due && cursor.eat(Word::AfterDone) {
                rule.from = CountsFrom::Done;
            } else if rule.end == End::Never
                && let Some(end) = read_end(cursor, now, style)?
            {
                rule.end = end;
            } else if hour.is_none()
                && part.is_none()
                && let Some(said) = cursor.eat_part()
            {
                part = Some(said);
            } else if hour.is_none()
                && let Some(said) = read_time(cursor)?
            {
                hour = Some(said);
            } else {
                return Ok(Some(SpokenRepeat {
                    rule: RepeatRule::from(rule),
                    part,
                    hour,
                }));
            }
        }
    })
}

fn read_end(cursor: &mut Cursor, now: &Zoned, style: &Style) -> Result<Option<End>, WhenError> {
    cursor.attempt(|cursor| {
        cursor.eat_comma();
        if cursor.eat(Word::Until) {
            return Ok(read_date(cursor, now, style)?.map(End::UntilDate));
        }
        let times = cursor.tried(eat_times);
        Ok(times
            .filter(|number| (1..=REPEAT_NUMBER_MAX_COUNT).contains(number))
            .map(End::Count))
    })
}

/// `5 times`, `5x`
fn eat_times(cursor: &mut Cursor) -> Option<u32> {
    let number = cursor.tried(|cursor| {
        let number = cursor.eat_number()?;
        cursor.eat(Word::Times).then_some(number)
    });
    number.or_else(|| {
        let number = cursor.peek()?.strip_suffix('x').and_then(digits)?;
        cursor.advance();
        Some(number)
    })
}

fn read_round(cursor: &mut Cursor, style: &Style) -> Option<Round> {
    let single = cursor.eat_as(|word| match word {
        Word::Daily => Some(Frequency::Daily),
        Word::Weekly => Some(Frequency::Weekly),
        Word::Monthly => Some(Frequency::Monthly),
        Word::Yearly => Some(Frequency::Yearly),
        _ => None,
    });
    if let Some(frequency) = single {
        return Some(Rule::every(frequency, 1).into());
    }
    if let Some(rule) = cursor
        .tried(read_habit)
        .or_else(|| cursor.tried(read_of_every_month))
    {
        return Some(rule.into());
    }
    if !cursor.eat(Word::Every) {
        return None;
    }
    if let Some(part) = cursor.eat_part() {
        return Some(Round {
            rule: Rule::every(Frequency::Daily, 1),
            part: Some(part),
        });
    }
    if cursor.eat(Word::Weekend) {
        return Some(weekly(1, &[style.weekend]).into());
    }
    let readers: [fn(&mut Cursor) -> Option<Rule>; 8] = [
        read_workdays,
        read_bare_days,
        read_nth_of_month,
        read_weekdays,
        read_interval,
        read_nth_weekday,
        read_day_of_year,
        read_days_of_month,
    ];
    let found = readers.iter().find_map(|read| cursor.tried(read));
    found.map(Round::from)
}

impl From<Rule> for Round {
    fn from(rule: Rule) -> Self {
        Self { rule, part: None }
    }
}

fn read_workdays(cursor: &mut Cursor) -> Option<Rule> {
    cursor.eat(Word::Workday).then(|| weekly(1, &WORKDAYS))
}

pub(super) const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// `on mondays and thursdays`
fn read_habit(cursor: &mut Cursor) -> Option<Rule> {
    let eat_habit = |cursor: &mut Cursor| {
        cursor.eat_as(|word| match word {
            Word::Habit(day) => Some(day),
            _ => None,
        })
    };
    let mut days = vec![eat_habit(cursor)?];
    days.extend(more(cursor, |cursor| {
        eat_habit(cursor).or_else(|| cursor.eat_any_weekday())
    }));
    Some(weekly(1, &days))
}

/// `on the 15th of every month`, `on the last friday of each month`
fn read_of_every_month(cursor: &mut Cursor) -> Option<Rule> {
    let bare = cursor.sees(Word::OnThe);
    let _ = cursor.eat(Word::OnThe) || cursor.eat(Word::On);
    cursor.eat(Word::The);
    let rule = read_days(cursor, bare)?;
    cursor.eat(Word::OfEveryMonth).then_some(rule)
}

/// `every 2 weeks`, `every other month`, `every 2 weeks on mon, thu`, `every 3 months on the 15th`, `every other fri`
fn read_interval(cursor: &mut Cursor) -> Option<Rule> {
    let (number, unit) = match cursor.eat_as(two) {
        Some(two) => two,
        None => {
            let other = cursor.eat(Word::Other).then_some(2);
            let number = other.or_else(|| cursor.eat_number());
            let place = match number {
                Some(_) => None,
                None => cursor.tried(|cursor| cursor.eat_ordinal()),
            };
            let Some(unit) = cursor.eat_unit() else {
                // "every other fri", "every 2 fridays"
                let days = list(cursor, |cursor| cursor.eat_any_weekday())?;
                return Some(weekly(interval_of(number?)?, &days));
            };
            (number.or(place).unwrap_or(1), unit)
        }
    };
    let interval = interval_of(number)?;
    let frequency = match unit {
        Unit::Minute => Frequency::Minutely,
        Unit::Hour => Frequency::Hourly,
        Unit::Day => Frequency::Daily,
        Unit::Week => Frequency::Weekly,
        Unit::Month => Frequency::Monthly,
        Unit::Year => Frequency::Yearly,
    };
    let on_days = cursor.tried(|cursor| {
        let bare = cursor.sees(Word::OnThe);
        let on = cursor.eat(Word::OnThe) || cursor.eat(Word::On);
        on.then(|| cursor.eat(Word::The))?;
        match unit {
            Unit::Week => {
                list(cursor, |cursor| cursor.eat_any_weekday()).map(|days| weekly(interval, &days))
            }
            Unit::Month => read_days(cursor, bare).map(|rule| Rule { interval, ..rule }),
            Unit::Year => read_day_of_year(cursor).map(|rule| Rule { interval, ..rule }),
            _ => None,
        }
    });
    Some(on_days.unwrap_or_else(|| Rule::every(frequency, interval)))
}

/// `every mon, thu`
fn read_weekdays(cursor: &mut Cursor) -> Option<Rule> {
    cursor.eat(Word::On);
    let days = list(cursor, |cursor| cursor.eat_any_weekday())?;
    // What says which one of a month follows in some languages.
    let is_nth = cursor.clone().eat_ordinal().is_some() || cursor.sees(Word::Last);
    (!is_nth).then(|| weekly(1, &days))
}

/// `every second tuesday of the month`, where that can be no other
fn read_nth_of_month(cursor: &mut Cursor) -> Option<Rule> {
    let rule = read_nth_weekday(cursor)?;
    cursor.eat(Word::OfMonth).then_some(rule)
}

/// `every last fri`, `every first mon`, `every 2nd tue of the month`, `every last day`
fn read_nth_weekday(cursor: &mut Cursor) -> Option<Rule> {
    let (number, day) = match eat_place(cursor) {
        Some(number) => (number, cursor.eat_any_weekday()),
        None => {
            let day = cursor.eat_any_weekday()?;
            (eat_place(cursor)?, Some(day))
        }
    };
    let mut rule = Rule::every(Frequency::Monthly, 1);
    match day {
        Some(day) => rule.weekdays = vec![(Some(number), day)],
        None if number == -1 && cursor.eat(Word::Unit(Unit::Day)) => rule.month_days = vec![-1],
        None => return None,
    }
    Some(rule)
}

/// `last`, `first`
fn eat_place(cursor: &mut Cursor) -> Option<i16> {
    if cursor.eat(Word::Last) {
        return Some(-1);
    }
    let number = cursor.tried(|cursor| cursor.eat_ordinal())?;
    i16::try_from(number)
        .ok()
        .filter(|number| (1..=5).contains(number))
}

/// `every 20 march`, `every march 20th`
fn read_day_of_year(cursor: &mut Cursor) -> Option<Rule> {
    let day = |cursor: &mut Cursor| {
        let number = cursor
            .eat_digits()
            .or_else(|| cursor.tried(|cursor| cursor.eat_ordinal()))?;
        i8::try_from(number).ok()
    };
    let (day, month) = if let Some(month) = cursor.eat_month() {
        (day(cursor)?, month)
    } else {
        let day = day(cursor)?;
        cursor.eat(Word::Of);
        (day, cursor.eat_month()?)
    };
    let month = u8::try_from(month).ok()?;
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

/// Bare numbers behind an article, and no number of times.
fn read_bare_days(cursor: &mut Cursor) -> Option<Rule> {
    let rule = cursor
        .eat(Word::OnThe)
        .then(|| month_days(cursor, true))??;
    (cursor.is_at_end() || cursor.sees(Word::Until)).then_some(rule)
}

/// `every 15th`, `every 1st and 15th`
fn read_days_of_month(cursor: &mut Cursor) -> Option<Rule> {
    let rule = month_days(cursor, false)?;
    cursor.eat(Word::OfMonth);
    Some(rule)
}

/// Days of a month: `15th`, `1st and 15th`, `last friday`, `last day`; and bare numbers where they are days.
fn read_days(cursor: &mut Cursor, bare: bool) -> Option<Rule> {
    let nth = cursor.tried(read_nth_weekday);
    nth.or_else(|| cursor.tried(|cursor| month_days(cursor, bare)))
}

fn month_days(cursor: &mut Cursor, bare: bool) -> Option<Rule> {
    let days = list(cursor, |cursor| {
        let ordinal = cursor.tried(|cursor| cursor.eat_ordinal());
        let number = ordinal.or_else(|| bare.then(|| cursor.eat_digits()).flatten())?;
        i8::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day))
    })?;
    Rule::every(Frequency::Monthly, 1).on_month_days(&days)
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

fn interval_of(number: u32) -> Option<u16> {
    u16::try_from(number).ok().filter(|interval| *interval > 0)
}

fn two(word: Word) -> Option<(u32, Unit)> {
    match word {
        Word::Two(unit) => Some((2, unit)),
        _ => None,
    }
}

/// One or more things with commas or "and" between them.
fn list<T>(cursor: &mut Cursor, mut read: impl FnMut(&mut Cursor) -> Option<T>) -> Option<Vec<T>> {
    let mut items = vec![read(cursor)?];
    items.extend(more(cursor, read));
    Some(items)
}

/// Further things, each behind a comma or "and".
fn more<T>(cursor: &mut Cursor, mut read: impl FnMut(&mut Cursor) -> Option<T>) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = cursor.tried(|cursor| {
        let comma = cursor.eat_comma();
        let and = cursor.eat(Word::And);
        (comma || and).then(|| cursor.eat(Word::On))?;
        read(cursor)
    }) {
        items.push(item);
    }
    items
}
