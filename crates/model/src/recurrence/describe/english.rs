//! Rules in English.

use jiff::civil::Weekday;

use super::{Ending, Round, Words, nth, place, unit, weekday_name};
use crate::when;

const UNITS: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

pub(super) static WORDS: Words = Words {
    round,
    after_done: " after done",
    ending,
};

fn round(round: &Round) -> Option<String> {
    Some(match round {
        Round::Interval(frequency, interval) => match (nth(&UNITS, unit(*frequency))?, interval) {
            (unit, 1) => format!("every {unit}"),
            (unit, interval) => format!("every {interval} {unit}s"),
        },
        Round::Workdays => "every weekday".to_owned(),
        Round::Weekdays(1, days) => format!("every {}", weekdays(days)),
        Round::Weekdays(interval, days) => format!("every {interval} weeks on {}", weekdays(days)),
        Round::NthWeekday(number, day) => {
            let place = place(&PLACES, "last", *number)?;
            format!("every {place} {}", weekday_name(&WEEKDAYS, *day))
        }
        Round::LastDay => "every last day".to_owned(),
        Round::MonthDays(1, days) => format!("every {}", ordinals(days)),
        Round::MonthDays(interval, days) => {
            format!("every {interval} months on the {}", ordinals(days))
        }
        Round::DayOfYear(day, month) => format!("every {day} {}", month_name(*month)),
    })
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Never => String::new(),
        Ending::Count(count) => format!(" {count} times"),
        Ending::Until(date) => {
            let month = month_name(date.month().unsigned_abs());
            format!(" until {} {month} {}", date.day(), date.year())
        }
    }
}

fn month_name(month: u8) -> &'static str {
    when::month_name(u32::from(month))
}

/// One day with its whole name, several with three letters each.
fn weekdays(days: &[Weekday]) -> String {
    let name = |day: &Weekday| weekday_name(&WEEKDAYS, *day);
    match days {
        [day] => name(day).to_owned(),
        _ => {
            let short: Vec<&str> = days.iter().map(|day| &name(day)[..3]).collect();
            short.join(", ")
        }
    }
}

fn ordinals(days: &[i8]) -> String {
    let all: Vec<String> = days.iter().map(|day| ordinal(*day)).collect();
    all.join(", ")
}

fn ordinal(day: i8) -> String {
    let sign = match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{sign}")
}
