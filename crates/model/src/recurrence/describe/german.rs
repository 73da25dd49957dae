//! Rules in German.

use jiff::civil::Weekday;

use super::{Ending, Round, Words, list, month_name, nth, place, unit, weekday_name};

const ONE: [&str; 6] = [
    "jede Minute",
    "jede Stunde",
    "jeden Tag",
    "jede Woche",
    "jeden Monat",
    "jedes Jahr",
];
const MANY: [&str; 6] = ["Minuten", "Stunden", "Tage", "Wochen", "Monate", "Jahre"];
const WEEKDAYS: [&str; 7] = [
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
];
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const PLACES: [&str; 5] = ["ersten", "zweiten", "dritten", "vierten", "fünften"];

pub(super) static WORDS: Words = Words {
    round,
    after_done: " nach Erledigung",
    ending,
};

fn round(round: &Round) -> Option<String> {
    Some(match round {
        Round::Interval(frequency, 1) => nth(&ONE, unit(*frequency))?.to_owned(),
        Round::Interval(frequency, interval) => {
            format!("alle {interval} {}", nth(&MANY, unit(*frequency))?)
        }
        Round::Workdays => "jeden Werktag".to_owned(),
        Round::Weekdays(1, days) => format!("jeden {}", weekdays(days)),
        Round::Weekdays(interval, days) => format!("alle {interval} Wochen am {}", weekdays(days)),
        Round::NthWeekday(number, day) => {
            let place = place(&PLACES, "letzten", *number)?;
            format!("jeden {place} {} im Monat", weekday_name(&WEEKDAYS, *day))
        }
        Round::LastDay => "jeden letzten Tag im Monat".to_owned(),
        Round::MonthDays(1, days) => format!("jeden {}", ordinals(days)),
        Round::MonthDays(interval, days) => format!("alle {interval} Monate am {}", ordinals(days)),
        Round::DayOfYear(day, month) => format!("jeden {day}. {}", month_name(&MONTHS, *month)?),
    })
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Never => String::new(),
        Ending::Count(count) => format!(" {count} Mal"),
        Ending::Until(date) => {
            let month = month_name(&MONTHS, date.month().unsigned_abs()).unwrap_or_default();
            format!(" bis {}. {month} {}", date.day(), date.year())
        }
    }
}

fn weekdays(days: &[Weekday]) -> String {
    let names = days
        .iter()
        .map(|day| weekday_name(&WEEKDAYS, *day).to_owned());
    list(names, " und ")
}

fn ordinals(days: &[i8]) -> String {
    list(days.iter().map(|day| format!("{day}.")), " und ")
}
