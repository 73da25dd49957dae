//! A rule in English words, such as quick add reads.

use jiff::civil::Weekday;

use super::spoken::WORKDAYS;
use super::{CountsFrom, End, Frequency, Rule};
use crate::when::month_name;

/// The words for a rule, or `None` where it has none that would lead back to it.
pub(super) fn describe(rule: &Rule) -> Option<String> {
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
    let from = match rule.from {
        CountsFrom::Due => "",
        CountsFrom::Done => " after done",
    };
    let end = match rule.end {
        End::Never => String::new(),
        End::Count(count) => format!(" {count} times"),
        End::UntilDate(date) if date.year() >= 1900 => {
            let month = u32::try_from(date.month()).unwrap_or(0);
            format!(
                " until {} {} {}",
                date.day(),
                month_name(month),
                date.year()
            )
        }
        End::UntilDate(_) | End::UntilLocal(_) | End::UntilInstant(_) => return None,
    };
    Some(format!("{}{from}{end}", round(rule)?))
}

fn round(rule: &Rule) -> Option<String> {
    if rule.has_no_days() && rule.positions.is_empty() {
        return Some(interval(rule));
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

fn interval(rule: &Rule) -> String {
    let unit = match rule.frequency {
        Frequency::Yearly => "year",
        Frequency::Monthly => "month",
        Frequency::Weekly => "week",
        Frequency::Daily => "day",
        Frequency::Hourly => "hour",
        Frequency::Minutely => "minute",
    };
    match rule.interval {
        1 => format!("every {unit}"),
        interval => format!("every {interval} {unit}s"),
    }
}

fn weekdays(rule: &Rule) -> Option<String> {
    let days: Option<Vec<Weekday>> = rule
        .weekdays
        .iter()
        .map(|(number, day)| if number.is_none() { Some(*day) } else { None })
        .collect();
    let days = days?;
    if days == WORKDAYS && rule.interval == 1 {
        return Some("every weekday".to_owned());
    }
    let names = match days.as_slice() {
        [day] => full_name(*day).to_owned(),
        _ => days
            .iter()
            .map(|day| &full_name(*day)[..3])
            .collect::<Vec<_>>()
            .join(", "),
    };
    Some(match rule.interval {
        1 => format!("every {names}"),
        interval => format!("every {interval} weeks on {names}"),
    })
}

fn nth_weekday(rule: &Rule) -> Option<String> {
    let [(Some(number), day)] = rule.weekdays.as_slice() else {
        return None;
    };
    let place = match number {
        -1 => "last",
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => return None,
    };
    Some(format!("every {place} {}", full_name(*day)))
}

fn month_days(rule: &Rule) -> Option<String> {
    if rule.month_days == [-1] && rule.positions.is_empty() && rule.interval == 1 {
        return Some("every last day".to_owned());
    }
    let days: Vec<String> = plain_days(rule)?.into_iter().map(ordinal).collect();
    let days = days.join(", ");
    Some(match rule.interval {
        1 => format!("every {days}"),
        interval => format!("every {interval} months on the {days}"),
    })
}

fn day_of_year(rule: &Rule) -> Option<String> {
    let [month] = rule.months.as_slice() else {
        return None;
    };
    let plain = if *month == 2 || rule.positions.is_empty() {
        plain_days(rule)?
    } else {
        return None;
    };
    let [day] = plain.as_slice() else { return None };
    Some(format!("every {day} {}", month_name(u32::from(*month))))
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

fn full_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
