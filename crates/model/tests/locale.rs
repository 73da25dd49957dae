//! What a locale says about dates and times.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday};
use rota_model::when::{Clock, DateOrder, Style};
use rota_model::words::Language;

#[test]
fn habits_follow_language_and_region() {
    use Clock::{Hours12, Hours24};
    use DateOrder::{DayMonth, MonthDay, YearMonthDay};
    use Language::{Arabic, English, German, Spanish};
    for (tag, expected) in [
        ("de", (German, DayMonth, Hours24, Monday, Saturday)),
        ("de-AT", (German, DayMonth, Hours24, Monday, Saturday)),
        ("de_DE.UTF-8", (German, DayMonth, Hours24, Monday, Saturday)),
        ("de-Latn-CH", (German, DayMonth, Hours24, Monday, Saturday)),
        ("en-US", (English, MonthDay, Hours12, Sunday, Saturday)),
        ("en", (English, MonthDay, Hours12, Sunday, Saturday)),
        (
            "en_GB.UTF-8@euro",
            (English, DayMonth, Hours24, Monday, Saturday),
        ),
        ("en-001", (English, DayMonth, Hours24, Monday, Saturday)),
        ("en-CA", (English, YearMonthDay, Hours12, Sunday, Saturday)),
        ("en-IN", (English, DayMonth, Hours12, Sunday, Sunday)),
        ("es", (Spanish, DayMonth, Hours24, Monday, Saturday)),
        ("es-MX", (Spanish, DayMonth, Hours12, Sunday, Saturday)),
        ("ar", (Arabic, DayMonth, Hours12, Saturday, Friday)),
        ("ar-MA", (Arabic, DayMonth, Hours12, Monday, Saturday)),
        ("ar-SA", (Arabic, DayMonth, Hours12, Sunday, Friday)),
        (
            "ar-EG-u-nu-latn-fw-mon-hc-h23",
            (Arabic, DayMonth, Hours24, Monday, Friday),
        ),
        (
            "DE-u-hc-h12-fw-sun",
            (German, DayMonth, Hours12, Sunday, Saturday),
        ),
        ("hu-HU", (English, YearMonthDay, Hours24, Monday, Saturday)),
        ("C", (English, DayMonth, Hours24, Monday, Saturday)),
        ("POSIX", (English, DayMonth, Hours24, Monday, Saturday)),
        ("", (English, DayMonth, Hours24, Monday, Saturday)),
        (
            "x-\u{0}é-u-fw",
            (English, DayMonth, Hours24, Monday, Saturday),
        ),
    ] {
        let style = Style::of_locale(tag);
        let found = (
            style.language,
            style.date_order,
            style.clock,
            style.week_start,
            style.weekend,
        );
        assert_eq!(found, expected, "{tag}");
    }
    assert_eq!(Language::of_locale("fr-FR"), None);
    assert_eq!(Language::of_locale("C.UTF-8"), None);
}
