//! What a person writes for a rule, and what is written for it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::Zoned;
use jiff::civil::date;
use rota_model::recurrence::{RepeatError, RepeatRule, parse_repeat};
use rota_model::when::{Style, zone_named};
use rota_model::words::Language;

/// Wednesday, 18 March 2026, 10:30 in Berlin.
fn now() -> Zoned {
    date(2026, 3, 18)
        .at(10, 30, 0, 0)
        .to_zoned(zone_named("Europe/Berlin").unwrap())
        .unwrap()
}

#[test]
fn words_are_rules_and_rules_are_words() {
    let table = "
        every day | FREQ=DAILY | every day
        daily | FREQ=DAILY | every day
        weekly | FREQ=WEEKLY | every week
        Monthly | FREQ=MONTHLY | every month
        yearly | FREQ=YEARLY | every year
        every weekday | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | every weekday
        every mon, thu | FREQ=WEEKLY;BYDAY=MO,TH | every Mon, Thu
        every thursday and monday | FREQ=WEEKLY;BYDAY=MO,TH | every Mon, Thu
        every fri | FREQ=WEEKLY;BYDAY=FR | every Friday
        every other fri | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR | every 2 weeks on Friday
        every 2 weeks on mon,thu | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH | every 2 weeks on Mon, Thu
        every 2 weeks | FREQ=WEEKLY;INTERVAL=2 | every 2 weeks
        every other day | FREQ=DAILY;INTERVAL=2 | every 2 days
        every second day | FREQ=DAILY;INTERVAL=2 | every 2 days
        every three months | FREQ=MONTHLY;INTERVAL=3 | every 3 months
        every 15th | FREQ=MONTHLY;BYMONTHDAY=15 | every 15th
        every 1st and 15th | FREQ=MONTHLY;BYMONTHDAY=1,15 | every 1st, 15th
        every 31st | FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 | every 31st
        every 30th | FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 | every 30th
        every 15th, 31st | FREQ=MONTHLY;BYMONTHDAY=15,28,29,30,31;BYSETPOS=1,-1 | every 15th, 31st
        every 28th, 31st | FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=1,-1 | every 28th, 31st
        every 3 months on the 31st | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 | every 3 months on the 31st
        every last day of the month | FREQ=MONTHLY;BYMONTHDAY=-1 | every last day
        every last fri | FREQ=MONTHLY;BYDAY=-1FR | every last Friday
        every first monday of the month | FREQ=MONTHLY;BYDAY=1MO | every first Monday
        every 2nd tue | FREQ=MONTHLY;BYDAY=2TU | every second Tuesday
        every 20 march | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=20 | every 20 March
        every march 20th | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=20 | every 20 March
        every 29 feb | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1 | every 29 February
        every 31 dec | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31 | every 31 December
        every 3 days after done | FREQ=DAILY;INTERVAL=3;X-ROTA-FROM=DONE | every 3 days after done
        every mon 5 times | FREQ=WEEKLY;COUNT=5;BYDAY=MO | every Monday 5 times
        every day until 1 apr | FREQ=DAILY;UNTIL=20260401 | every day until 1 April 2026
        every 4 hours | FREQ=HOURLY;INTERVAL=4 | every 4 hours
        FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let [text, expected, words] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let rule = parse_repeat(text, &now(), &Style::default())
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(rule.as_str(), expected, "{text}");
        assert_eq!(RepeatRule::parse(rule.as_str()).as_ref(), Ok(&rule));
        assert_eq!(rule.describe(Language::English), words, "{text}");
        assert_eq!(
            parse_repeat(&rule.describe(Language::English), &now(), &Style::default()).as_ref(),
            Ok(&rule),
            "{text}"
        );
    }
    for text in [
        "every",
        "every foo",
        "every 0 days",
        "every 30 feb",
        "every 29th, 31st",
        "every 15",
        "every mon 22:00",
        "every day twice",
        "every 32nd",
        "every mon,",
        "day",
        "every 0th",
        "every 6th fri",
        "every day until",
        "every day 0 times",
    ] {
        let error = parse_repeat(text, &now(), &Style::default()).unwrap_err();
        assert!(
            matches!(error, RepeatError::NotUnderstood { .. }),
            "{text}: {error}"
        );
    }
    let error = parse_repeat("every day until 30 feb", &now(), &Style::default()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.hint().as_str()),
        ("there is no 30 February", "February has 29 days")
    );
}
