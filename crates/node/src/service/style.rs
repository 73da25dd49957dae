//! How this person writes dates and signs: the locale, and what the settings of this computer say.

use jiff::civil::{Time, Weekday};
use rota_api::{DateOrder, FirstWeekday, HourCycle, Language, Settings, SignStyle};
use rota_model::when::{self, Clock, Signs, Style};
use rota_store::{Reader, StoreError};

use super::settings;

/// The habits that go for a text; `locale` is the language of its words, if that is known.
pub(super) fn of(reader: &Reader<'_>, locale: Option<&str>) -> Result<Style, StoreError> {
    Ok(with(&settings::read(reader)?, locale))
}

fn with(settings: &Settings, locale: Option<&str>) -> Style {
    let language = settings.language.map(|language| match language {
        Language::En => "en",
        Language::De => "de",
        Language::Es => "es",
        Language::Ar => "ar",
    });
    let mut style = match locale.or(language) {
        Some(tag) => Style::of_locale(tag),
        None => Style::default(),
    };
    match settings.first_weekday {
        Some(FirstWeekday::Monday) => style.week_start = Weekday::Monday,
        Some(FirstWeekday::Saturday) => style.week_start = Weekday::Saturday,
        Some(FirstWeekday::Sunday) => style.week_start = Weekday::Sunday,
        None => {}
    }
    match settings.hour_cycle {
        Some(HourCycle::H12) => style.clock = Clock::Hours12,
        Some(HourCycle::H23) => style.clock = Clock::Hours24,
        None => {}
    }
    match settings.date_order {
        Some(DateOrder::Dmy) => style.date_order = when::DateOrder::DayMonth,
        Some(DateOrder::Mdy) => style.date_order = when::DateOrder::MonthDay,
        Some(DateOrder::Ymd) => style.date_order = when::DateOrder::YearMonthDay,
        None => {}
    }
    style.signs = match settings.signs {
        SignStyle::Rota => Signs::Rota,
        SignStyle::Todoist => Signs::Todoist,
        SignStyle::Vikunja => Signs::Vikunja,
    };
    let set = |at: &mut Time, text: &str| {
        if let Some(time) = settings::time(text) {
            *at = time;
        }
    };
    set(&mut style.morning, &settings.morning);
    set(&mut style.afternoon, &settings.afternoon);
    set(&mut style.evening, &settings.evening);
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_goes_before_what_the_locale_says() {
        let settings = Settings {
            first_weekday: Some(FirstWeekday::Saturday),
            evening: "20:15".to_owned(),
            signs: SignStyle::Todoist,
            ..Settings::default()
        };
        let style = with(&settings, Some("en-US"));
        assert_eq!(style.week_start, Weekday::Saturday);
        assert_eq!(style.date_order, when::DateOrder::MonthDay);
        assert_eq!(style.evening, Time::constant(20, 15, 0, 0));
        assert_eq!(style.signs, Signs::Todoist);
    }
}
