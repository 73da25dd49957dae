//! How people of a language and region write dates and times, after the Unicode CLDR's tables of weeks, weekends and clocks.

use jiff::civil::Weekday;

use super::style::{Clock, DateOrder, Style};
use crate::words::Language;

/// Regions whose week begins on a Sunday.
const SUNDAY_FIRST: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX \
    MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
/// Regions whose week begins on a Saturday.
const SATURDAY_FIRST: &str = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
/// Regions whose weekend begins on a Friday, or is that day alone. The window's pickers have the same in
/// `ui/src/lib/locale.ts`.
const FRIDAY_WEEKENDS: &str = "AF BH DZ EG IL IQ IR JO KW LY OM QA SA SD SY YE";
/// Regions where a weekend is Sunday alone.
const SUNDAY_WEEKENDS: &str = "IN UG";
/// Regions where a clock counts to 12.
const HALF_DAYS: &str = "AE AG AS AU BB BD BH BM BS CA CO CY DM DO DZ EG ER FJ GD GR GU GY HK HN IN IQ JM JO KN KW KY LB LC \
    LR LY MA MR MX MY NZ OM PA PG PH PK PR PS QA SA SD SG SS SV SY TC TD TN TT TW UM US VC VE VG VI WS YE ZM";
/// Regions that write the month before the day.
const MONTH_FIRST: &str = "AS FM GU MH MP PR PW UM US VI";
/// Regions that write the year first.
const YEAR_FIRST: &str = "BT CA CN HU IR JP KP KR LT MN SE TW ZA";

impl Style {
    /// The habits of a locale, by a BCP 47 tag or the name that a system has for it: `de-AT`, `es_MX.UTF-8`, `ar-u-fw-mon-hc-h23`
    /// (`fw` is the first weekday, `hc` the clock).
    /// What the tag leaves open is what most who speak the language do; an unknown language is taken for English.
    #[must_use]
    pub fn of_locale(tag: &str) -> Self {
        let parts = subtags(tag);
        let language = Language::of_locale(tag);
        let region = region(&parts).unwrap_or_else(|| likely_region(language));
        let is_in = |regions: &str| regions.split_whitespace().any(|known| known == region);
        Self {
            language: language.unwrap_or_default(),
            date_order: if is_in(MONTH_FIRST) {
                DateOrder::MonthDay
            } else if is_in(YEAR_FIRST) {
                DateOrder::YearMonthDay
            } else {
                DateOrder::DayMonth
            },
            clock: match extension(&parts, "hc") {
                Some("h11" | "h12") => Clock::Hours12,
                Some("h23" | "h24") => Clock::Hours24,
                _ if is_in(HALF_DAYS) => Clock::Hours12,
                _ => Clock::Hours24,
            },
            week_start: if let Some(day) = extension(&parts, "fw").and_then(weekday) {
                day
            } else if is_in(SUNDAY_FIRST) {
                Weekday::Sunday
            } else if is_in(SATURDAY_FIRST) {
                Weekday::Saturday
            } else {
                Weekday::Monday
            },
            weekend: if is_in(FRIDAY_WEEKENDS) {
                Weekday::Friday
            } else if is_in(SUNDAY_WEEKENDS) {
                Weekday::Sunday
            } else {
                Weekday::Saturday
            },
            ..Self::default()
        }
    }
}

impl Language {
    /// The language of a locale, by a BCP 47 tag or the name that a system has for it; `None` for one without words here.
    #[must_use]
    pub fn of_locale(tag: &str) -> Option<Self> {
        match subtags(tag).first()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "es" => Some(Self::Spanish),
            "ar" => Some(Self::Arabic),
            _ => None,
        }
    }
}

/// The parts of a tag, without the encoding and variant that systems put behind a dot or an at sign.
fn subtags(tag: &str) -> Vec<&str> {
    let plain = tag.split(['.', '@']).next().unwrap_or_default();
    plain.split(['-', '_']).collect()
}

/// The region that the tag names: two letters or three digits behind the language, and a script's four letters between
/// them at most.
fn region(parts: &[&str]) -> Option<String> {
    let all = |part: &str, is: fn(&u8) -> bool| part.bytes().all(|byte| is(&byte));
    let is_region = |part: &&&str| match part.len() {
        2 => all(part, u8::is_ascii_alphabetic),
        3 => all(part, u8::is_ascii_digit),
        _ => false,
    };
    let plain = parts.iter().skip(1).take_while(|part| part.len() > 1);
    plain
        .take(2)
        .find(is_region)
        .map(|part| part.to_ascii_uppercase())
}

/// Where most live who write this language, as CLDR has it.
fn likely_region(language: Option<Language>) -> String {
    let known = match language {
        Some(Language::English) => "US",
        Some(Language::German) => "DE",
        Some(Language::Spanish) => "ES",
        Some(Language::Arabic) => "EG",
        // The world, as for `C` and `POSIX`.
        None => "001",
    };
    known.to_owned()
}

/// The value of a key in the Unicode extension: `mon` of `fw` in `de-AT-u-fw-mon-hc-h23`.
fn extension<'a>(parts: &[&'a str], key: &str) -> Option<&'a str> {
    let extension = parts
        .iter()
        .skip_while(|part| !part.eq_ignore_ascii_case("u"));
    extension
        .skip_while(|part| !part.eq_ignore_ascii_case(key))
        .nth(1)
        .copied()
}

fn weekday(code: &str) -> Option<Weekday> {
    let codes = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let index = codes.iter().position(|known| *known == code)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}
