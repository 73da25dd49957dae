//! Dates and times: their stored form, their instant, and what people may write.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use proptest::prelude::*;
use rota_model::when::{Clock, DateOrder, Style, When, WhenError, parse_when, zone_named};

/// Wednesday, 18 March 2026, 10:30 in Berlin.
fn now() -> Zoned {
    date(2026, 3, 18)
        .at(10, 30, 0, 0)
        .to_zoned(zone_named("Europe/Berlin").unwrap())
        .unwrap()
}

fn stored(text: &str) -> String {
    parse_when(text, &now(), &Style::default())
        .map_or_else(|error| format!("error: {error}"), |when| when.to_string())
}

#[test]
fn words_and_numbers_are_understood() {
    let table = "
        today => 2026-03-18
        Tomorrow => 2026-03-19
        the day after tomorrow => 2026-03-20
        tonight => 2026-03-18T19:00[Europe/Berlin]
        tonight at 8 => 2026-03-18T20:00[Europe/Berlin]
        tonight 21:15 => 2026-03-18T21:15[Europe/Berlin]
        tomorrow morning => 2026-03-19T09:00[Europe/Berlin]
        fri afternoon => 2026-03-20T14:00[Europe/Berlin]
        fri => 2026-03-20
        Friday => 2026-03-20
        wed => 2026-03-25
        tue => 2026-03-24
        next fri => 2026-03-27
        next wednesday => 2026-03-25
        next mon => 2026-03-23
        weekend => 2026-03-21
        end of month => 2026-03-31
        in 3 days => 2026-03-21
        in three days => 2026-03-21
        in a week => 2026-03-25
        in 2 weeks => 2026-04-01
        in 1 month => 2026-04-18
        in 1 year => 2027-03-18
        in 2 hours => 2026-03-18T12:30[Europe/Berlin]
        in 45 min => 2026-03-18T11:15[Europe/Berlin]
        20 mar => 2026-03-20
        20th of March => 2026-03-20
        mar 20 => 2026-03-20
        march 20th, 2027 => 2027-03-20
        18 mar => 2026-03-18
        17 mar => 2027-03-17
        29 feb => 2028-02-29
        20.3. => 2026-03-20
        20.3.2027 => 2027-03-20
        1.2.27 => 2027-02-01
        20/3 => 2026-03-20
        3/20 => 2026-03-20
        3/4 => 2026-04-03
        2026-03-20 => 2026-03-20
        2026-03-20 17:00 => 2026-03-20T17:00[Europe/Berlin]
        2026-03-20T17:00 => 2026-03-20T17:00[Europe/Berlin]
        2026-03-20T17:00:59 => 2026-03-20T17:00[Europe/Berlin]
        2026-03-20T16:00:00Z => 2026-03-20T17:00[Europe/Berlin]
        2026-03-20T17:00+05:30 => 2026-03-20T12:30[Europe/Berlin]
        2026-03-20T17:00[Asia/Tokyo] => 2026-03-20T17:00[Asia/Tokyo]
        20260320 => 2026-03-20
        17:00 => 2026-03-18T17:00[Europe/Berlin]
        9:00 => 2026-03-19T09:00[Europe/Berlin]
        10:30 => 2026-03-19T10:30[Europe/Berlin]
        5pm => 2026-03-18T17:00[Europe/Berlin]
        ٢٠٢٦-٠٣-٢٠ => 2026-03-20
        5 pm => 2026-03-18T17:00[Europe/Berlin]
        5:30 pm => 2026-03-18T17:30[Europe/Berlin]
        12am => 2026-03-19T00:00[Europe/Berlin]
        12pm => 2026-03-18T12:00[Europe/Berlin]
        17h => 2026-03-18T17:00[Europe/Berlin]
        noon => 2026-03-18T12:00[Europe/Berlin]
        at 5 => 2026-03-19T05:00[Europe/Berlin]
        at 17 => 2026-03-18T17:00[Europe/Berlin]
        fri 17:00 => 2026-03-20T17:00[Europe/Berlin]
        17:00 fri => 2026-03-20T17:00[Europe/Berlin]
        on friday at 5pm => 2026-03-20T17:00[Europe/Berlin]
        at 17 on friday => 2026-03-20T17:00[Europe/Berlin]
        due by 20 mar 8am => 2026-03-20T08:00[Europe/Berlin]
        2026-03-29T02:30 => 2026-03-29T02:30[Europe/Berlin]
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once(" => ").unwrap();
        assert_eq!(stored(text), expected, "{text}");
        assert_eq!(
            stored(&text.to_uppercase().replace('Ä', "ä")),
            expected,
            "{text} in capitals"
        );
    }
}

#[test]
fn what_no_calendar_has_is_an_error_with_a_hint() {
    for (text, message, hint) in [
        (
            "2026-02-30",
            "there is no 2026-02-30",
            "February 2026 has 28 days",
        ),
        (
            "2026-02-30T10:00",
            "there is no 2026-02-30",
            "February 2026 has 28 days",
        ),
        (
            "2026-13-01",
            "there is no 2026-13-01",
            "months go from 1 to 12",
        ),
        ("31.4.", "there is no 31.4.", "April has 30 days"),
        ("31/4", "there is no 31/4", "April has 30 days"),
        ("30 feb", "there is no 30 February", "February has 29 days"),
        (
            "feb 29 2027",
            "there is no 29 February",
            "February 2027 has 28 days",
        ),
        (
            "25:00",
            "there is no time 25:00",
            "hours go from 0 to 23 and minutes from 0 to 59",
        ),
        (
            "fri 12:60",
            "there is no time 12:60",
            "hours go from 0 to 23 and minutes from 0 to 59",
        ),
        (
            "2026-03-20T25:00",
            "there is no time 25:00",
            "hours go from 0 to 23 and minutes from 0 to 59",
        ),
        (
            "9999-01-01",
            "\"9999-01-01\" is outside the years 1 to 9998",
            "choose a nearer date",
        ),
        (
            "in 9999 years",
            "\"in 9999 years\" is outside the years 1 to 9998",
            "choose a nearer date",
        ),
        (
            "",
            "the date is empty",
            "write for example 2026-03-20, tomorrow, fri 17:00 or in 3 days",
        ),
        (
            "soon",
            "\"soon\" is not a date or time",
            "write for example 2026-03-20, tomorrow, fri 17:00 or in 3 days",
        ),
    ] {
        let error = parse_when(text, &now(), &Style::default()).unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.hint()),
            (message, hint),
            "{text}"
        );
    }
    for text in [
        "fri sat",
        "17:00 18:00",
        "tomorrow,",
        "5",
        "13pm",
        "1:5",
        "20.3",
        "99/99",
        "2026-3-1",
        "next",
        "in 3",
        "2026-03-20T17:00[Mars/Base]",
        "-2026-01-01",
        "today x",
    ] {
        assert!(
            matches!(
                parse_when(text, &now(), &Style::default()),
                Err(WhenError::NotUnderstood { .. })
            ),
            "{text}"
        );
    }
}

#[test]
fn the_style_decides_what_is_ambiguous() {
    let american = Style {
        date_order: DateOrder::MonthDay,
        clock: Clock::Hours12,
        week_start: Weekday::Sunday,
        ..Style::default()
    };
    for (text, expected) in [
        ("3/4", "2027-03-04"),
        ("3/20", "2026-03-20"),
        ("20/3", "2026-03-20"),
        ("at 5", "2026-03-18T17:00[Europe/Berlin]"),
        ("at 7", "2026-03-19T07:00[Europe/Berlin]"),
        ("at 12", "2026-03-18T12:00[Europe/Berlin]"),
        ("next sun", "2026-03-22"),
        ("next sat", "2026-03-28"),
    ] {
        assert_eq!(
            parse_when(text, &now(), &american).unwrap().to_string(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn months_end_where_they_end() {
    let january = date(2026, 1, 31).at(8, 0, 0, 0).in_tz("UTC").unwrap();
    let when = parse_when("in 1 month", &january, &Style::default()).unwrap();
    assert_eq!(when, When::Date(date(2026, 2, 28)));
}

#[test]
fn a_zone_without_a_name_is_kept_as_the_instant() {
    let zone = TimeZone::fixed(jiff::tz::offset(5).saturating_add(jiff::Span::new().minutes(30)));
    let here = date(2026, 3, 18)
        .at(10, 30, 0, 0)
        .to_zoned(zone.clone())
        .unwrap();
    let when = parse_when("17:00", &here, &Style::default()).unwrap();
    assert_eq!(when.to_string(), "2026-03-18T11:30[UTC]");
    assert_eq!(
        zone.to_datetime(when.instant(&zone)),
        date(2026, 3, 18).at(17, 0, 0, 0)
    );
}

#[test]
fn instants_follow_the_zone() {
    let reader = TimeZone::UTC;
    for (text, json) in [
        ("2026-03-20", "2026-03-20"),
        ("2026-03-20T17:00[Europe/Berlin]", "2026-03-20T16:00:00Z"),
        ("2026-07-20T17:00[Europe/Berlin]", "2026-07-20T15:00:00Z"),
        ("2026-03-29T02:30[Europe/Berlin]", "2026-03-29T01:30:00Z"),
        ("2026-10-25T02:30[Europe/Berlin]", "2026-10-25T00:30:00Z"),
        ("2026-03-20T17:00[Mars/Base]", "2026-03-20T17:00:00Z"),
    ] {
        let when = When::parse_stored(text).unwrap();
        assert_eq!(when.to_json_text(&reader), json);
        assert_eq!(when.to_string(), text);
    }
    let late = When::parse_stored("2026-03-20T23:30[America/New_York]").unwrap();
    assert_eq!(late.date(), date(2026, 3, 20));
    assert_eq!(
        late.date_for(&zone_named("Europe/Berlin").unwrap()),
        date(2026, 3, 21)
    );
    let strange = When::parse_stored("2026-03-20T17:00[Mars/Base]").unwrap();
    assert_eq!(
        strange.date_for(&zone_named("Asia/Tokyo").unwrap()),
        date(2026, 3, 20)
    );
    let last = When::parse_stored("9998-12-31T23:59[Pacific/Niue]").unwrap();
    assert!(last.instant(&reader) < Timestamp::MAX);
}

#[test]
fn only_the_stored_form_is_read_as_stored() {
    for text in [
        "",
        "2026-3-20",
        "20260320",
        "2026-03-20T17:00",
        "2026-03-20T17:00Z",
        "2026-03-20 17:00[UTC]",
        "2026-03-20T17:00:00[UTC]",
        "2026-03-20T17:00[]",
        "2026-03-20T17:00[a b]",
        "2026-03-20T17:00[UTC",
        "2026-02-30",
        "+002026-03-20",
        "-000001-03-20",
        "9999-01-01",
        "2026-03-20T24:00[UTC]",
        "2026-03-20t17:00[UTC]",
    ] {
        assert!(When::parse_stored(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        let _ = parse_when(&text, &now(), &Style::default());
        let _ = When::parse_stored(&text);
    }

    #[test]
    fn no_text_of_the_right_shape_makes_it_panic(
        words in prop::collection::vec("(in|next|at|on|fri|mar|[0-9]{1,5}|[0-9]{1,3}[:./-][0-9]{1,3}([./-][0-9]{0,5})?|pm|weeks|years|2026-0[1-3]-[0-3][0-9]T[0-9:]{2,8}(Z|[+]99:99|\\[[A-Za-z/]{1,9}\\])?|,)", 0..6)
    ) {
        if let Ok(when) = parse_when(&words.join(" "), &now(), &Style::default()) {
            prop_assert_eq!(When::parse_stored(&when.to_string()), Ok(when));
        }
    }

    #[test]
    fn the_stored_form_comes_back(days in -700_000_i32..2_900_000, minutes in 0_i16..1440, timed: bool) {
        let day = date(2026, 3, 18).saturating_add(jiff::Span::new().days(days));
        prop_assume!((1..=9998).contains(&day.year()));
        let when = if timed {
            When::at(day.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0), "Europe/Berlin")
        } else {
            When::Date(day)
        };
        prop_assert_eq!(When::parse_stored(&when.to_string()), Ok(when));
    }
}
