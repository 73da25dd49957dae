//! Rules in Spanish.

use jiff::civil::Weekday;

use super::{Ending, Round, Words, list, month_name, nth, place, unit, weekday_name};

const ONE: [&str; 6] = ["minuto", "hora", "día", "semana", "mes", "año"];
const MANY: [&str; 6] = ["minutos", "horas", "días", "semanas", "meses", "años"];
const WEEKDAYS: [&str; 7] = [
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];
const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const PLACES: [&str; 5] = ["primer", "segundo", "tercer", "cuarto", "quinto"];

pub(super) static WORDS: Words = Words {
    round,
    after_done: " después de hacerlo",
    ending,
};

fn round(round: &Round) -> Option<String> {
    Some(match round {
        Round::Interval(frequency, 1) => format!("cada {}", nth(&ONE, unit(*frequency))?),
        Round::Interval(frequency, interval) => {
            format!("cada {interval} {}", nth(&MANY, unit(*frequency))?)
        }
        Round::Workdays => "cada día laborable".to_owned(),
        Round::Weekdays(1, days) => format!("cada {}", weekdays(days)),
        Round::Weekdays(interval, days) => {
            format!("cada {interval} semanas el {}", weekdays(days))
        }
        Round::NthWeekday(number, day) => {
            let place = place(&PLACES, "último", *number)?;
            format!("cada {place} {} del mes", weekday_name(&WEEKDAYS, *day))
        }
        Round::LastDay => "cada último día del mes".to_owned(),
        Round::MonthDays(1, days) => format!("el {} de cada mes", numbers(days)),
        Round::MonthDays(interval, days) => {
            format!("cada {interval} meses el día {}", numbers(days))
        }
        Round::DayOfYear(day, month) => {
            format!("cada {day} de {}", month_name(&MONTHS, *month)?)
        }
    })
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Never => String::new(),
        Ending::Count(1) => " 1 vez".to_owned(),
        Ending::Count(count) => format!(" {count} veces"),
        Ending::Until(date) => {
            let month = month_name(&MONTHS, date.month().unsigned_abs()).unwrap_or_default();
            format!(" hasta el {} de {month} de {}", date.day(), date.year())
        }
    }
}

fn weekdays(days: &[Weekday]) -> String {
    let names = days
        .iter()
        .map(|day| weekday_name(&WEEKDAYS, *day).to_owned());
    list(names, " y ")
}

fn numbers(days: &[i8]) -> String {
    list(days.iter().map(ToString::to_string), " y ")
}
