//! Reminders: their stored form and their moment.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::time;
use proptest::prelude::*;
use rota_model::limits::REMINDER_LEAD_MAX_COUNT;
use rota_model::reminder::{Lead, LeadUnit, Reminder};
use rota_model::when::{When, zone_named};

fn moment(reminder: &str, due: Option<&str>, zone: &str) -> Option<String> {
    let due = due.map(|due| When::parse_stored(due).unwrap());
    let zone = zone_named(zone).unwrap();
    let reminder = Reminder::parse_stored(reminder).unwrap();
    let moment = reminder.moment(due.as_ref(), &zone, time(9, 0, 0, 0));
    moment.map(|moment| moment.to_string())
}

#[test]
fn each_has_its_moment() {
    let timed = Some("2026-03-20T17:00[Europe/Berlin]");
    for (reminder, due, expected) in [
        ("due", timed, Some("2026-03-20T16:00:00Z")),
        ("before 10m", timed, Some("2026-03-20T15:50:00Z")),
        ("before 2h", timed, Some("2026-03-20T14:00:00Z")),
        ("before 0m", timed, Some("2026-03-20T16:00:00Z")),
        ("before 1d", timed, Some("2026-03-19T16:00:00Z")),
        // A day is due in the morning of whoever is reminded.
        ("due", Some("2026-03-20"), Some("2026-03-20T08:00:00Z")),
        (
            "before 1h",
            Some("2026-03-20"),
            Some("2026-03-20T07:00:00Z"),
        ),
        (
            "before 1d",
            Some("2026-03-20"),
            Some("2026-03-19T08:00:00Z"),
        ),
        // The clock goes forward on 29 March: a day before is the same time of day, 24 hours before are not.
        (
            "before 1d",
            Some("2026-03-29T12:00[Europe/Berlin]"),
            Some("2026-03-28T11:00:00Z"),
        ),
        (
            "before 24h",
            Some("2026-03-29T12:00[Europe/Berlin]"),
            Some("2026-03-28T10:00:00Z"),
        ),
        (
            "2026-03-01T08:30[Europe/Berlin]",
            timed,
            Some("2026-03-01T07:30:00Z"),
        ),
        (
            "2026-03-01T08:30[Europe/Berlin]",
            None,
            Some("2026-03-01T07:30:00Z"),
        ),
        ("due", None, None),
        ("before 10m", None, None),
    ] {
        let found = moment(reminder, due, "Europe/Berlin");
        assert_eq!(found.as_deref(), expected, "{reminder} {due:?}");
    }
    let abroad = moment("due", timed, "America/New_York");
    assert_eq!(abroad.as_deref(), Some("2026-03-20T16:00:00Z"));
    let day_abroad = moment("due", Some("2026-03-20"), "America/New_York");
    assert_eq!(day_abroad.as_deref(), Some("2026-03-20T13:00:00Z"));
}

#[test]
fn the_ends_of_the_calendar_are_no_moments_beyond_it() {
    for due in ["0001-01-01", "9998-12-31T23:59[Pacific/Niue]"] {
        for reminder in ["due", "before 9999d", "before 9999h", "before 9999m"] {
            moment(reminder, Some(due), "Pacific/Kiritimati");
        }
    }
}

#[test]
fn only_the_stored_form_is_read() {
    for text in [
        "",
        "Due",
        "due ",
        "before",
        "before ",
        "before m",
        "before 10",
        "before -1m",
        "before +1m",
        "before 01m",
        "before 10000m",
        "before 99999999999999999999m",
        "before 10 m",
        "before 1w",
        "before 10é",
        "2026-03-20",
        "2026-03-20T17:00",
        "tomorrow",
    ] {
        assert!(Reminder::parse_stored(text).is_err(), "{text}");
    }
    assert!(!Reminder::parse_stored("x").unwrap_err().hint().is_empty());
}

proptest! {
    #[test]
    fn the_stored_form_comes_back(count in 0..=REMINDER_LEAD_MAX_COUNT + 5, unit in 0_usize..3) {
        let unit = [LeadUnit::Minutes, LeadUnit::Hours, LeadUnit::Days][unit];
        let lead = Lead::new(count, unit);
        prop_assert_eq!(lead.is_some(), count <= REMINDER_LEAD_MAX_COUNT);
        if let Some(lead) = lead {
            let reminder = Reminder::Before(lead);
            prop_assert_eq!(Reminder::parse_stored(&reminder.to_string()), Ok(reminder));
            prop_assert_eq!((lead.count(), lead.unit()), (count, unit));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(before )?\\PC{0,12}") {
        let _ = Reminder::parse_stored(&text);
    }
}
