//! Rules in Arabic. What is counted has a form for one, for two, for 3 to 10 and for more.

use jiff::civil::Weekday;

use super::{Ending, Round, Words, month_name, nth, place, unit, weekday_name};

const ONE: [&str; 6] = ["دقيقة", "ساعة", "يوم", "أسبوع", "شهر", "سنة"];
const TWO: [&str; 6] = ["دقيقتين", "ساعتين", "يومين", "أسبوعين", "شهرين", "سنتين"];
const FEW: [&str; 6] = ["دقائق", "ساعات", "أيام", "أسابيع", "أشهر", "سنوات"];
const MANY: [&str; 6] = ["دقيقة", "ساعة", "يوماً", "أسبوعاً", "شهراً", "سنة"];
const WEEKDAYS: [&str; 7] = ["اثنين", "ثلاثاء", "أربعاء", "خميس", "جمعة", "سبت", "أحد"];
const MONTHS: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const PLACES: [&str; 5] = ["أول", "ثاني", "ثالث", "رابع", "خامس"];

pub(super) static WORDS: Words = Words {
    round,
    after_done: " بعد الإنجاز",
    ending,
};

fn round(round: &Round) -> Option<String> {
    Some(match round {
        Round::Interval(frequency, interval) => every(unit(*frequency), *interval)?,
        Round::Workdays => "كل يوم عمل".to_owned(),
        Round::Weekdays(1, days) => format!("كل {}", weekdays(days, "")),
        Round::Weekdays(interval, days) => {
            format!("{} يوم {}", every(3, *interval)?, weekdays(days, "ال"))
        }
        Round::NthWeekday(number, day) => {
            let place = place(&PLACES, "آخر", *number)?;
            format!("كل {place} {} من الشهر", weekday_name(&WEEKDAYS, *day))
        }
        Round::LastDay => "كل آخر يوم من الشهر".to_owned(),
        Round::MonthDays(1, days) => format!("يوم {} من كل شهر", numbers(days)),
        Round::MonthDays(interval, days) => {
            format!("{} يوم {}", every(4, *interval)?, numbers(days))
        }
        Round::DayOfYear(day, month) => format!("كل {day} {}", month_name(&MONTHS, *month)?),
    })
}

fn every(unit: usize, interval: u16) -> Option<String> {
    Some(match interval {
        1 => format!("كل {}", nth(&ONE, unit)?),
        2 => format!("كل {}", nth(&TWO, unit)?),
        3..=10 => format!("كل {interval} {}", nth(&FEW, unit)?),
        _ => format!("كل {interval} {}", nth(&MANY, unit)?),
    })
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Never => String::new(),
        Ending::Count(count @ 3..=10) => format!(" {count} مرات"),
        Ending::Count(count) => format!(" {count} مرة"),
        Ending::Until(date) => {
            let month = month_name(&MONTHS, date.month().unsigned_abs()).unwrap_or_default();
            format!(" حتى {} {month} {}", date.day(), date.year())
        }
    }
}

/// "And" stands before each but the first, and is written as one with it. Sunday comes first: behind an "and" its name
/// without the article is the word for one.
fn weekdays(days: &[Weekday], article: &str) -> String {
    let mut days = days.to_vec();
    days.sort_by_key(|day| day.to_sunday_zero_offset());
    let name = |day: &Weekday| format!("{article}{}", weekday_name(&WEEKDAYS, *day));
    let names: Vec<String> = days.iter().map(name).collect();
    names.join(" و")
}

fn numbers(days: &[i8]) -> String {
    let numbers: Vec<String> = days.iter().map(ToString::to_string).collect();
    numbers.join(" و")
}
