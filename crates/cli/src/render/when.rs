//! Dates and times as people say them.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Zoned};

use super::text;

/// A date or time in words, and whether it is over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The words.
    pub(crate) words: String,
    /// Whether the day, or the time, is over.
    pub(crate) over: bool,
}

/// Says a date (`2026-03-18`) or a UTC time (`2026-03-18T16:00:00Z`) in the reader's zone.
pub(crate) fn say(value: &str, now: &Zoned) -> Said {
    if let Ok(timestamp) = value.parse::<Timestamp>() {
        let local = timestamp.to_zoned(now.time_zone().clone()).datetime();
        return Said {
            words: format!("{} {}", day(local.date(), now), clock(local)),
            over: timestamp < now.timestamp(),
        };
    }
    match value.parse::<Date>() {
        Ok(date) => Said {
            words: day(date, now),
            over: date < now.date(),
        },
        // A newer version may know a form that this one does not; what it says is still worth showing.
        Err(_) => Said {
            words: text::one_line(value),
            over: false,
        },
    }
}

fn clock(time: DateTime) -> String {
    time.strftime("%H:%M").to_string()
}

fn day(date: Date, now: &Zoned) -> String {
    let today = now.date();
    let days = today.until(date).map_or(i32::MAX, |span| span.get_days());
    match days {
        -1 => "Yesterday".to_owned(),
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        2..=6 => date.strftime("%a").to_string(),
        _ if date.year() == today.year() => date.strftime("%a %-d %b").to_string(),
        _ => date.strftime("%-d %b %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str) -> Said {
        let now: Zoned = "2026-03-18T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
        say(value, &now)
    }

    #[test]
    fn days_are_said_as_people_do() {
        let words: Vec<String> = [
            "2026-03-17",
            "2026-03-18",
            "2026-03-19",
            "2026-03-20",
            "2026-03-24",
            "2026-03-25",
            "2026-03-16",
            "2025-12-31",
            "9999-12-31",
        ]
        .iter()
        .map(|date| said(date).words)
        .collect();
        assert_eq!(
            words,
            [
                "Yesterday",
                "Today",
                "Tomorrow",
                "Fri",
                "Tue",
                "Wed 25 Mar",
                "Mon 16 Mar",
                "31 Dec 2025",
                "31 Dec 9999"
            ]
        );
    }

    #[test]
    fn times_are_said_in_the_readers_zone() {
        assert_eq!(said("2026-03-18T16:00:00Z").words, "Today 17:00");
        assert_eq!(said("2026-03-18T23:30:00Z").words, "Tomorrow 00:30");
    }

    #[test]
    fn over_is_a_day_that_has_ended_or_a_time_that_has_passed() {
        assert!(said("2026-03-17").over);
        assert!(!said("2026-03-18").over);
        assert!(said("2026-03-18T10:59:00Z").over);
        assert!(!said("2026-03-18T11:01:00Z").over);
    }

    #[test]
    fn an_unknown_form_is_shown_as_it_is() {
        assert_eq!(said("next\u{1b} age").words, "next<U+001B> age");
    }
}
