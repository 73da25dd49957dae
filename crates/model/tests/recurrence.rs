//! Repeating tasks: rules, their words, and the next occurrence.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::Zoned;
use jiff::civil::date;
use proptest::prelude::*;
use rota_model::limits::REPEAT_MAX_BYTES;
use rota_model::recurrence::{
    CountsFrom, RepeatError, RepeatRule, first_due, next_due, parse_repeat, shifted_start,
};
use rota_model::when::{Style, When, zone_named};
use rota_model::words::Language;

/// Wednesday, 18 March 2026, 10:30 in Berlin.
fn now() -> Zoned {
    date(2026, 3, 18)
        .at(10, 30, 0, 0)
        .to_zoned(zone_named("Europe/Berlin").unwrap())
        .unwrap()
}

fn when(text: &str) -> When {
    When::parse_stored(text).unwrap()
}

fn rule(text: &str) -> RepeatRule {
    RepeatRule::parse(text).unwrap()
}

/// The due dates of a task that is done again and again, as many as `n`.
fn series(text: &str, due: &str, n: usize) -> Vec<String> {
    let (mut rule, mut due) = (rule(text), when(due));
    let mut dates = Vec::new();
    while dates.len() < n {
        let Some(next) = next_due(&rule, Some(&due), &now()).unwrap() else {
            break;
        };
        dates.push(next.due.to_string());
        (rule, due) = (next.rule, next.due);
    }
    dates
}

#[test]
fn rules_of_the_rfc_run_as_the_rfc_says() {
    // From the examples of RFC 5545, section 3.8.5.3, and from what people say.
    let table = "
        FREQ=DAILY | 2026-03-18 | 2026-03-19 2026-03-20
        FREQ=DAILY;INTERVAL=10 | 2026-02-20 | 2026-03-02 2026-03-12
        FREQ=WEEKLY | 2026-12-28 | 2027-01-04 2027-01-11
        FREQ=WEEKLY;BYDAY=MO,TH | 2026-03-18 | 2026-03-19 2026-03-23 2026-03-26
        FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH | 2026-03-16 | 2026-03-19 2026-03-30 2026-04-02
        FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU | 1997-08-05 | 1997-08-17 1997-08-19 1997-08-31
        FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU | 1997-08-05 | 1997-08-10 1997-08-19 1997-08-24
        FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 2026-03-20 | 2026-03-23 2026-03-24
        FREQ=MONTHLY | 2026-01-31 | 2026-03-31 2026-05-31
        FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 | 2026-01-31 | 2026-02-28 2026-03-31 2026-04-30
        FREQ=MONTHLY;BYMONTHDAY=-1 | 2027-12-31 | 2028-01-31 2028-02-29 2028-03-31
        FREQ=MONTHLY;BYDAY=1FR | 1997-09-05 | 1997-10-03 1997-11-07
        FREQ=MONTHLY;BYDAY=-1FR | 2026-03-27 | 2026-04-24 2026-05-29
        FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | 1997-09-02 | 1998-02-13 1998-03-13 1998-11-13
        FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04 | 1997-10-07 1997-11-06
        FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09-29 | 1997-10-30 1997-11-27 1997-12-30
        FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12 | 1997-09-12 | 1999-03-10 1999-03-11
        FREQ=YEARLY | 2024-02-29 | 2028-02-29
        FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1 | 2024-02-29 | 2025-02-28 2026-02-28 2027-02-28 2028-02-29
        FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=20 | 2026-03-20 | 2027-03-20
        FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200 | 1997-01-01 | 1997-04-10 1997-07-19 2000-01-01 2000-04-09
        FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05-12 | 1998-05-11 1999-05-17
        FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05 | 2000-11-07 2004-11-02
        FREQ=DAILY;COUNT=3 | 2026-03-18 | 2026-03-19 2026-03-20
        FREQ=DAILY;COUNT=1 | 2026-03-18 |
        FREQ=DAILY;UNTIL=20260320 | 2026-03-18 | 2026-03-19 2026-03-20
        FREQ=DAILY;UNTIL=20260320T120000Z | 2026-03-18 | 2026-03-19 2026-03-20
        FREQ=DAILY;UNTIL=20260319T080000 | 2026-03-18T09:00[Europe/Berlin] |
        FREQ=DAILY;UNTIL=20260319T080000Z | 2026-03-18T09:00[Europe/Berlin] | 2026-03-19T09:00[Europe/Berlin]
        FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30 | 2026-03-18T09:30[UTC] | 2026-03-18T17:30[UTC] 2026-03-19T09:30[UTC]
        FREQ=DAILY;BYHOUR=9,17 | 2026-03-18 | 2026-03-19
        FREQ=HOURLY;INTERVAL=5 | 2026-03-18T22:00[UTC] | 2026-03-19T03:00[UTC]
        FREQ=HOURLY;INTERVAL=5 | 2026-03-18 | 2026-03-19
        FREQ=MINUTELY | 2026-03-18 | 2026-03-19
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let [text, due, expected] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let expected: Vec<&str> = expected.split_whitespace().collect();
        let ends = text.contains("COUNT") || text.contains("UNTIL");
        assert_eq!(
            series(text, due, expected.len() + usize::from(ends)),
            expected,
            "{text}"
        );
    }
}

#[test]
fn nine_o_clock_stays_nine_o_clock() {
    let zone = zone_named("Europe/Berlin").unwrap();
    let days = series("FREQ=DAILY", "2026-03-27T09:00[Europe/Berlin]", 3);
    assert_eq!(
        days,
        [
            "2026-03-28T09:00[Europe/Berlin]",
            "2026-03-29T09:00[Europe/Berlin]",
            "2026-03-30T09:00[Europe/Berlin]"
        ]
    );
    let utc: Vec<String> = days
        .iter()
        .map(|day| when(day).to_json_text(&zone))
        .collect();
    assert_eq!(
        utc,
        [
            "2026-03-28T08:00:00Z",
            "2026-03-29T07:00:00Z",
            "2026-03-30T07:00:00Z"
        ]
    );
    // 02:30 does not exist on 29 March and comes twice on 25 October; the series itself is not moved by either.
    let spring = series("FREQ=DAILY", "2026-03-28T02:30[Europe/Berlin]", 2);
    assert_eq!(
        spring,
        [
            "2026-03-29T02:30[Europe/Berlin]",
            "2026-03-30T02:30[Europe/Berlin]"
        ]
    );
    let autumn = series("FREQ=DAILY", "2026-10-24T02:30[Europe/Berlin]", 2);
    assert_eq!(
        autumn,
        [
            "2026-10-25T02:30[Europe/Berlin]",
            "2026-10-26T02:30[Europe/Berlin]"
        ]
    );
}

#[test]
fn after_done_counts_from_the_day_of_completion() {
    for (text, due, done, expected) in [
        (
            "FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE",
            Some("2026-03-01"),
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-21",
        ),
        (
            "FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE",
            Some("2026-04-01"),
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-21",
        ),
        (
            "FREQ=MONTHLY;X-ROTA-FROM=DONE",
            Some("2026-01-10"),
            "2026-01-31T10:30[Europe/Berlin]",
            "2026-02-28",
        ),
        (
            "FREQ=YEARLY;X-ROTA-FROM=DONE",
            Some("2024-01-10"),
            "2024-02-29T10:30[Europe/Berlin]",
            "2025-02-28",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO;X-ROTA-FROM=DONE",
            Some("2026-03-02"),
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-23",
        ),
        // 23:30 in New York is the next morning in Berlin: the zone of the task decides.
        (
            "FREQ=DAILY;X-ROTA-FROM=DONE",
            Some("2026-03-01T09:00[America/New_York]"),
            "2026-03-19T04:30[Europe/Berlin]",
            "2026-03-19T09:00[America/New_York]",
        ),
        (
            "FREQ=HOURLY;INTERVAL=4;X-ROTA-FROM=DONE",
            Some("2026-03-01T09:00[Europe/Berlin]"),
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-18T14:30[Europe/Berlin]",
        ),
        (
            "FREQ=DAILY;INTERVAL=3",
            None,
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-21",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO",
            None,
            "2026-03-18T10:30[Europe/Berlin]",
            "2026-03-23",
        ),
    ] {
        let zone = zone_named("Europe/Berlin").unwrap();
        let done = when(done).instant(&zone).to_zoned(zone);
        let due = due.map(when);
        let next = next_due(&rule(text), due.as_ref(), &done).unwrap().unwrap();
        assert_eq!(next.due.to_string(), expected, "{text} {due:?}");
    }
}

#[test]
fn a_counted_rule_carries_one_fewer() {
    let next = next_due(
        &rule("FREQ=WEEKLY;COUNT=3;BYDAY=MO"),
        Some(&when("2026-03-16")),
        &now(),
    )
    .unwrap()
    .unwrap();
    assert_eq!(next.rule.as_str(), "FREQ=WEEKLY;COUNT=2;BYDAY=MO");
    let same = next_due(
        &rule("FREQ=WEEKLY;UNTIL=20270101;BYDAY=MO"),
        Some(&when("2026-03-16")),
        &now(),
    )
    .unwrap()
    .unwrap();
    assert_eq!(same.rule.as_str(), "FREQ=WEEKLY;UNTIL=20270101;BYDAY=MO");
}

#[test]
fn hostile_rules_end() {
    // Rules that never match, or match very seldom: an answer comes, and it is "no more".
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=53",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3",
        "FREQ=MONTHLY;BYDAY=5FR;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=9999;BYDAY=53MO",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3;BYMINUTE=7",
    ] {
        let next = next_due(&rule(text), Some(&when("2026-03-18T10:30[UTC]")), &now()).unwrap();
        assert_eq!(next, None, "{text}");
        assert_eq!(
            first_due(&rule(text), &when("2026-03-18T10:30[UTC]")).unwrap(),
            None,
            "{text}"
        );
    }
    for (text, due) in [
        ("FREQ=YEARLY;INTERVAL=9999", "2026-03-18"),
        ("FREQ=YEARLY", "9998-12-31"),
        ("FREQ=DAILY;X-ROTA-FROM=DONE;INTERVAL=9999", "9998-01-01"),
    ] {
        let next = next_due(&rule(text), Some(&when(due)), &now()).unwrap();
        assert!(
            next.is_none_or(|next| next.due.date().year() <= 9998),
            "{text}"
        );
    }
}

const LANGUAGES: [Language; 4] = [
    Language::English,
    Language::German,
    Language::Spanish,
    Language::Arabic,
];

fn style(language: Language) -> Style {
    Style {
        language,
        ..Style::default()
    }
}

#[test]
fn rules_have_words_in_every_language() {
    let table = "
        FREQ=DAILY | every day | jeden Tag | cada día | كل يوم
        FREQ=DAILY;INTERVAL=2 | every 2 days | alle 2 Tage | cada 2 días | كل يومين
        FREQ=DAILY;INTERVAL=3 | every 3 days | alle 3 Tage | cada 3 días | كل 3 أيام
        FREQ=DAILY;INTERVAL=14 | every 14 days | alle 14 Tage | cada 14 días | كل 14 يوماً
        FREQ=HOURLY;INTERVAL=4 | every 4 hours | alle 4 Stunden | cada 4 horas | كل 4 ساعات
        FREQ=WEEKLY | every week | jede Woche | cada semana | كل أسبوع
        FREQ=WEEKLY;INTERVAL=2 | every 2 weeks | alle 2 Wochen | cada 2 semanas | كل أسبوعين
        FREQ=MONTHLY | every month | jeden Monat | cada mes | كل شهر
        FREQ=YEARLY | every year | jedes Jahr | cada año | كل سنة
        FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | every weekday | jeden Werktag | cada día laborable | كل يوم عمل
        FREQ=WEEKLY;BYDAY=FR | every Friday | jeden Freitag | cada viernes | كل جمعة
        FREQ=WEEKLY;BYDAY=MO,WE,SU | every Mon, Wed, Sun | jeden Montag, Mittwoch und Sonntag | \
            cada lunes, miércoles y domingo | كل أحد واثنين وأربعاء
        FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH | every 2 weeks on Mon, Thu | alle 2 Wochen am Montag und Donnerstag | \
            cada 2 semanas el lunes y jueves | كل أسبوعين يوم الاثنين والخميس
        FREQ=MONTHLY;BYDAY=-1FR | every last Friday | jeden letzten Freitag im Monat | cada último viernes del mes | \
            كل آخر جمعة من الشهر
        FREQ=MONTHLY;BYDAY=2TU | every second Tuesday | jeden zweiten Dienstag im Monat | cada segundo martes del mes | \
            كل ثاني ثلاثاء من الشهر
        FREQ=MONTHLY;BYMONTHDAY=-1 | every last day | jeden letzten Tag im Monat | cada último día del mes | كل آخر يوم من الشهر
        FREQ=MONTHLY;BYMONTHDAY=15 | every 15th | jeden 15. | el 15 de cada mes | يوم 15 من كل شهر
        FREQ=MONTHLY;BYMONTHDAY=1,15 | every 1st, 15th | jeden 1. und 15. | el 1 y 15 de cada mes | يوم 1 و15 من كل شهر
        FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15 | every 3 months on the 15th | alle 3 Monate am 15. | cada 3 meses el día 15 | \
            كل 3 أشهر يوم 15
        FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=20 | every 20 March | jeden 20. März | cada 20 de marzo | كل 20 مارس
        FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE | every 3 days after done | alle 3 Tage nach Erledigung | \
            cada 3 días después de hacerlo | كل 3 أيام بعد الإنجاز
        FREQ=WEEKLY;BYDAY=MO;UNTIL=20260601 | every Monday until 1 June 2026 | jeden Montag bis 1. Juni 2026 | \
            cada lunes hasta el 1 de junio de 2026 | كل اثنين حتى 1 يونيو 2026
        FREQ=WEEKLY;BYDAY=MO;COUNT=5 | every Monday 5 times | jeden Montag 5 Mal | cada lunes 5 veces | كل اثنين 5 مرات
    ";
    let table = table.replace("\\\n", "");
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let rule = rule(columns[0]);
        for (language, words) in LANGUAGES.into_iter().zip(&columns[1..]) {
            assert_eq!(rule.describe(language), *words);
            let again = parse_repeat(words, &now(), &style(language));
            assert_eq!(again.as_ref(), Ok(&rule), "{words}");
        }
        assert_eq!(columns.len(), 5, "{line}");
    }
}

#[test]
fn what_is_no_rule_is_refused() {
    let long = format!("FREQ=DAILY;BYMONTHDAY=1{}", ",1".repeat(REPEAT_MAX_BYTES));
    for (text, message) in [
        ("", "\"\" is not a rule for repeating"),
        ("RRULE:", "\"RRULE:\" is not a rule for repeating"),
        ("often", "\"often\" is not a rule for repeating"),
        ("FREQ=SECONDLY", "a task cannot repeat by the second"),
        ("FREQ=DAILY;BYSECOND=1", "a task cannot repeat by BYSECOND"),
        ("FREQ=DAILY;X-OTHER=1", "a task cannot repeat by X-OTHER"),
        (
            "FREQ=DAILY\nEXDATE:20260320",
            "FREQ=DAILY EXDATE:20260320 is not possible",
        ),
        ("INTERVAL=2", "the rule does not say how often"),
        ("FREQ=NEVER", "FREQ=NEVER is not possible"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands twice in the rule"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not possible"),
        (
            "FREQ=DAILY;INTERVAL=10000",
            "INTERVAL=10000 is not possible",
        ),
        ("FREQ=DAILY;COUNT=0", "COUNT=0 is not possible"),
        ("FREQ=DAILY;COUNT=-1", "COUNT=-1 is not possible"),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20260320",
            "a rule ends by COUNT or by UNTIL, not by both",
        ),
        (
            "FREQ=DAILY;UNTIL=20260230",
            "UNTIL=20260230 is not possible",
        ),
        ("FREQ=DAILY;UNTIL=2026", "UNTIL=2026 is not possible"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "BYMONTHDAY=32 is not possible",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0 is not possible"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX is not possible"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY= is not possible"),
        (
            "FREQ=WEEKLY;BYDAY=ÄÖ",
            "\"FREQ=WEEKLY;BYDAY=ÄÖ\" is not a rule for repeating",
        ),
        ("FREQ=MONTHLY;BYDAY=99MO", "BYDAY=99MO is not possible"),
        (
            long.as_str(),
            "the rule has 1023 bytes; at most 500 are kept",
        ),
    ] {
        assert_eq!(
            RepeatRule::parse(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
    for contradiction in [
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;BYWEEKNO=3",
    ] {
        let error = RepeatRule::parse(contradiction).unwrap_err();
        assert!(
            matches!(error, RepeatError::Contradiction { .. }),
            "{contradiction}: {error}"
        );
    }
    let times = format!(
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE={}",
        (0..50).map(|m| m.to_string()).collect::<Vec<_>>().join(",")
    );
    assert_eq!(
        RepeatRule::parse(&times).unwrap_err(),
        RepeatError::TooManyTimes
    );
}

#[test]
fn the_text_of_a_rule_is_kept() {
    for text in [
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=1",
        "COUNT=3;FREQ=DAILY",
        "FREQ=DAILY",
    ] {
        assert_eq!(rule(text).as_str(), text);
        assert_eq!(
            rule(&format!("RRULE:{}", text.to_lowercase())).as_str(),
            text
        );
    }
    assert_eq!(rule("FREQ=DAILY;INTERVAL=1"), rule("FREQ=DAILY"));
    assert_eq!(
        rule("FREQ=WEEKLY;BYDAY=FR,WE,FR"),
        rule("FREQ=WEEKLY;BYDAY=WE,FR")
    );
}

#[test]
fn a_rule_from_the_31st_means_the_last_day() {
    let pinned = |text: &str, due: &str| rule(text).pinned_to(when(due).date()).to_string();
    assert_eq!(
        pinned("FREQ=MONTHLY", "2026-01-31"),
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
    );
    assert_eq!(
        pinned("FREQ=MONTHLY;INTERVAL=3;COUNT=4", "2026-01-29"),
        "FREQ=MONTHLY;INTERVAL=3;COUNT=4;BYMONTHDAY=28,29;BYSETPOS=-1"
    );
    assert_eq!(
        pinned("FREQ=YEARLY", "2024-02-29"),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    );
    for (same, due) in [
        ("FREQ=MONTHLY", "2026-01-28"),
        ("FREQ=YEARLY", "2026-01-31"),
        ("FREQ=DAILY", "2026-01-31"),
        ("FREQ=MONTHLY;BYDAY=1FR", "2026-01-31"),
        ("FREQ=MONTHLY;X-ROTA-FROM=DONE", "2026-01-31"),
    ] {
        assert_eq!(pinned(same, due), same);
    }
}

#[test]
fn the_first_occurrence_may_be_the_earliest_day_itself() {
    for (text, earliest, expected) in [
        ("FREQ=DAILY", "2026-03-18", "2026-03-18"),
        ("FREQ=WEEKLY;BYDAY=WE", "2026-03-18", "2026-03-18"),
        ("FREQ=WEEKLY;BYDAY=TU", "2026-03-18", "2026-03-24"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "2026-03-18",
            "2026-03-31",
        ),
        (
            "FREQ=WEEKLY;BYDAY=SU",
            "2026-03-18T22:00[Europe/Berlin]",
            "2026-03-22T22:00[Europe/Berlin]",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2026-02-01",
            "2026-02-28",
        ),
    ] {
        assert_eq!(
            first_due(&rule(text), &when(earliest)).unwrap(),
            Some(when(expected)),
            "{text}"
        );
    }
    assert_eq!(
        first_due(&rule("FREQ=DAILY;UNTIL=20260301"), &when("2026-03-18")).unwrap(),
        None
    );
}

#[test]
fn the_start_keeps_its_distance() {
    for (start, old_due, new_due, expected) in [
        ("2026-03-16", "2026-03-18", "2026-03-25", "2026-03-23"),
        (
            "2026-03-16T08:00[UTC]",
            "2026-03-18",
            "2026-03-25",
            "2026-03-23T08:00[UTC]",
        ),
        (
            "2026-03-16",
            "2026-03-18T17:00[UTC]",
            "2026-03-25T17:00[UTC]",
            "2026-03-23",
        ),
        (
            "2026-03-18T08:00[Europe/Berlin]",
            "2026-03-18T17:00[Europe/Berlin]",
            "2026-03-18T21:00[Europe/Berlin]",
            "2026-03-18T12:00[Europe/Berlin]",
        ),
        (
            "2026-03-28T08:00[Europe/Berlin]",
            "2026-03-28T17:00[Europe/Berlin]",
            "2026-03-29T17:00[Europe/Berlin]",
            "2026-03-29T08:00[Europe/Berlin]",
        ),
    ] {
        let moved = shifted_start(&when(start), &when(old_due), &when(new_due));
        assert_eq!(moved, Some(when(expected)), "{start} {new_due}");
    }
    assert_eq!(
        shifted_start(
            &when("9998-12-30"),
            &when("2026-01-01"),
            &when("2027-01-01")
        ),
        None
    );
}

/// Rules that the parser takes, however odd.
fn any_rule() -> impl Strategy<Value = RepeatRule> {
    let parts = prop::collection::vec(
        prop_oneof![
            "INTERVAL=([1-9]|[1-9][0-9]{0,3})",
            "COUNT=[1-9]",
            "UNTIL=20(2[6-9]|99)0[1-9][0-2][1-9](T120000Z?)?",
            "BYMONTH=([1-9],)?1[0-2]",
            "BYMONTHDAY=-?(30|31|29|1)(,-?[1-9])?",
            "BYDAY=((-?[1-5])?(MO|FR),)?(SU|WE)",
            "BYYEARDAY=-?(366|1)",
            "BYWEEKNO=-?(53|1)",
            "BYHOUR=2[0-3](,[0-9])?",
            "BYMINUTE=[0-5][0-9]",
            "BYSETPOS=-?(366|1|2)",
            "WKST=(SU|SA)",
            "X-ROTA-FROM=DONE",
        ],
        0..5,
    );
    ("(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY)", parts).prop_filter_map(
        "no rule",
        |(frequency, parts)| {
            RepeatRule::parse(&format!("FREQ={frequency};{}", parts.join(";"))).ok()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_next_occurrence_is_later(rule in any_rule(), days in 0_i32..20_000, minutes in 0_i16..1440, timed: bool) {
        let day = date(2020, 1, 1).saturating_add(jiff::Span::new().days(days));
        let due = if timed {
            When::at(day.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0), "Europe/Berlin")
        } else {
            When::Date(day)
        };
        let done = day.at(12, 0, 0, 0).to_zoned(zone_named("Europe/Berlin").unwrap()).unwrap();
        if let Some(next) = next_due(&rule, Some(&due), &done).unwrap() {
            let local = (next.due.date(), next.due.time());
            let later = match rule.counts_from() {
                CountsFrom::Due => local > (due.date(), due.time()),
                CountsFrom::Done => local > (day, Some(jiff::civil::time(12, 0, 0, 0))),
            };
            prop_assert!(later, "{} after {}", next.due, due);
            prop_assert_eq!(RepeatRule::parse(next.rule.as_str()), Ok(next.rule.clone()));
            prop_assert_eq!(next.due.time().is_some(), timed);
        }
    }

    #[test]
    fn words_for_a_rule_lead_back_to_it(rule in any_rule()) {
        for language in LANGUAGES {
            let words = rule.describe(language);
            // Which day a week begins with has no words.
            if !rule.as_str().contains("WKST") {
                let again = parse_repeat(&words, &now(), &style(language));
                prop_assert_eq!(again.as_ref(), Ok(&rule), "{}", words);
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}|FREQ=[A-Z0-9=;,-]{0,60}|every [a-z0-9 ,]{0,30}") {
        let _ = parse_repeat(&text, &now(), &Style::default());
        let _ = RepeatRule::parse(&text);
    }
}
