//! A rule in words, such as quick add reads in the same language.

use jiff::civil::{Date, Weekday};

use super::spoken::WORKDAYS;
use super::{CountsFrom, End, Frequency, Rule};
use crate::words::Language;

mod arabic;
mod english;
mod german;
mod spanish;

/// What a rule says, where words can.
pub(super) enum Round {
    Interval(Frequency, u16),
    Workdays,
    /// On these weekdays, every so many weeks.
    Weekdays(u16, Vec<Weekday>),
    /// The first, or with -1 the last such day of a month.
    NthWeekday(i16, Weekday),
    LastDay,
    /// On these days, every so many months.
    MonthDays(u16, Vec<i8>),
    /// A day of a month, from 1.
    DayOfYear(i8, u8),
}

/// When a rule ends, where words can say it.
pub(super) enum Ending {
    Never,
    Count(u32),
    Until(Date),
}

/// One language's words for a rule.
struct Words {
    round: fn(&Round) -> Option<String>,
    after_done: &'static str,
    ending: fn(&Ending) -> String,
}

/// The words for a rule, or `None` where it has none that would lead back to it.
pub(super) fn describe(rule: &Rule, language: Language) -> Option<String> {
    if rule.week_start.is_some() && rule.interval > 1 {
        return None;
    }
    if !(rule.week_numbers.is_empty()
        && rule.year_days.is_empty()
        && rule.hours.is_empty()
        && rule.minutes.is_empty())
    {
        return None;
    }
    let ending = match rule.end {
        End::Never => Ending::Never,
        End::Count(count) => Ending::Count(count),
        End::UntilDate(date) if date.year() >= 1900 => Ending::Until(date),
        End::UntilDate(_) | End::UntilLocal(_) | End::UntilInstant(_) => return None,
    };
    let words = match language {
        Language::English => &english::WORDS,
        Language::German => &german::WORDS,
        Language::Spanish => &spanish::WORDS,
        Language::Arabic => &arabic::WORDS,
    };
    let round = (words.round)(&round(rule)?)?;
    let from = match rule.from {
        CountsFrom::Due => "",
        CountsFrom::Done => words.after_done,
    };
    Some(format!("{round}{from}{}", (words.ending)(&ending)))
}

fn round(rule: &Rule) -> Option<Round> {
    if rule.has_no_days() && rule.positions.is_empty() {
        return Some(Round::Interval(rule.frequency, rule.interval));
    }
    let only_weekdays =
        rule.months.is_empty() && rule.month_days.is_empty() && rule.positions.is_empty();
    let only_month_days = rule.months.is_empty() && rule.weekdays.is_empty();
    match rule.frequency {
        Frequency::Weekly if only_weekdays => weekdays(rule),
        Frequency::Monthly if only_weekdays && rule.interval == 1 => nth_weekday(rule),
        Frequency::Monthly if only_month_days => month_days(rule),
        Frequency::Yearly if rule.interval == 1 && rule.weekdays.is_empty() => day_of_year(rule),
        _ => None,
    }
}

fn weekdays(rule: &Rule) -> Option<Round> {
    let days: Option<Vec<Weekday>> = rule
        .weekdays
        .iter()
        .map(|(number, day)| if number.is_none() { Some(*day) } else { None })
        .collect();
    let days = days?;
    if days == WORKDAYS && rule.interval == 1 {
        return Some(Round::Workdays);
    }
    Some(Round::Weekdays(rule.interval, days))
}

fn nth_weekday(rule: &Rule) -> Option<Round> {
    match rule.weekdays.as_slice() {
        [(Some(number @ (-1 | 1..=5)), day)] => Some(Round::NthWeekday(*number, *day)),
        _ => None,
    }
}

fn month_days(rule: &Rule) -> Option<Round> {
    if rule.month_days == [-1] && rule.positions.is_empty() && rule.interval == 1 {
        return Some(Round::LastDay);
    }
    Some(Round::MonthDays(rule.interval, plain_days(rule)?))
}

fn day_of_year(rule: &Rule) -> Option<Round> {
    let [month] = rule.months.as_slice() else {
        return None;
    };
    let plain = if *month == 2 || rule.positions.is_empty() {
        plain_days(rule)?
    } else {
        return None;
    };
    match plain.as_slice() {
        [day] => Some(Round::DayOfYear(*day, *month)),
        _ => None,
    }
}

/// The days that the person named: without those that stand in for a missing last one.
fn plain_days(rule: &Rule) -> Option<Vec<i8>> {
    let mut days = rule.month_days.clone();
    let in_short_months = rule.frequency == Frequency::Monthly || rule.months == [2];
    if let Some(early) = rule.positions.len().checked_sub(1) {
        let late = days.last().copied()?;
        days.truncate(early);
        days.push(late);
    }
    if days.iter().any(|day| *day < 1) {
        return None;
    }
    if in_short_months {
        let again = Rule::every(rule.frequency, rule.interval).on_month_days(&days)?;
        if again.month_days != rule.month_days || again.positions != rule.positions {
            return None;
        }
    }
    Some(days)
}

/// The word at the place of a month or weekday.
fn nth(words: &[&'static str], index: usize) -> Option<&'static str> {
    words.get(index).copied()
}

/// The name of a weekday from a list that begins with Monday.
fn weekday_name(names: &[&'static str; 7], day: Weekday) -> &'static str {
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    names[index.min(6)]
}

/// The name of a month from a list that begins with January.
fn month_name(names: &[&'static str; 12], month: u8) -> Option<&'static str> {
    nth(names, usize::from(month).checked_sub(1)?)
}

/// The word for a place, from a list of the first five; the last has a word of its own.
fn place(first: &[&'static str; 5], last: &'static str, number: i16) -> Option<&'static str> {
    match usize::try_from(number) {
        Ok(number) => nth(first, number.checked_sub(1)?),
        Err(_) => Some(last),
    }
}

/// Things in a row: commas between them, and a word before the last.
fn list(items: impl IntoIterator<Item = String>, and: &str) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    let last = items.pop().unwrap_or_default();
    if items.is_empty() {
        last
    } else {
        format!("{}{and}{last}", items.join(", "))
    }
}

/// The index of a frequency in a list of units from minutes to years.
fn unit(frequency: Frequency) -> usize {
    match frequency {
        Frequency::Minutely => 0,
        Frequency::Hourly => 1,
        Frequency::Daily => 2,
        Frequency::Weekly => 3,
        Frequency::Monthly => 4,
        Frequency::Yearly => 5,
    }
}
