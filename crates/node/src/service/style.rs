//! How this person writes dates and signs: the locale, and what the settings of this computer say.

use jiff::civil::{Time, Weekday};
use rota_api::{DateOrder, FirstWeekday, HourCycle, Language, Settings, SignStyle, WeekendStart};
use rota_model::when::{self, Clock, Signs, Style};
use rota_model::words;
use rota_store::{Reader, StoreError};

use super::settings;

/// The habits that go for a text; `locale` is the language of its words, if that is known.
pub(super) fn of(reader: &Reader<'_>, locale: Option<&str>) -> Result<Style, StoreError> {
    let system = system(|name| std::env::var(name).ok());
    Ok(with(&settings::read(reader)?, locale, system))
}

/// The habits that the system's own names for languages say: that of messages, and that of dates where it has another.
fn system(variable: impl Fn(&str) -> Option<String>) -> Style {
    let named = |category: &str| {
        let mut names = ["LC_ALL", category, "LANG"].into_iter();
        let name = names.find_map(|name| variable(name).filter(|value| !value.is_empty()));
        Style::of_locale(&name.unwrap_or_default())
    };
    Style {
        language: named("LC_MESSAGES").language,
        ..named("LC_TIME")
    }
}

fn with(settings: &Settings, locale: Option<&str>, system: Style) -> Style {
    let language = settings.language.map(|language| match language {
        Language::En => "en",
        Language::De => "de",
        Language::Es => "es",
        Language::Ar => "ar",
    });
    let is_systems = |tag: &&str| words::Language::of_locale(tag) == Some(system.language);
    let mut style = match locale.or(language.filter(|tag| !is_systems(tag))) {
        Some(tag) => Style::of_locale(tag),
        // The system knows the region as well.
        None => system,
    };
    match settings.first_weekday {
        Some(FirstWeekday::Monday) => style.week_start = Weekday::Monday,
        Some(FirstWeekday::Saturday) => style.week_start = Weekday::Saturday,
        Some(FirstWeekday::Sunday) => style.week_start = Weekday::Sunday,
        None => {}
    }
    match settings.weekend {
        Some(WeekendStart::Friday) => style.weekend = Weekday::Friday,
        Some(WeekendStart::Saturday) => style.weekend = Weekday::Saturday,
        Some(WeekendStart::Sunday) => style.weekend = Weekday::Sunday,
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
            weekend: Some(WeekendStart::Friday),
            evening: "20:15".to_owned(),
            signs: SignStyle::Todoist,
            ..Settings::default()
        };
        let style = with(&settings, Some("en-US"), Style::default());
        assert_eq!(style.week_start, Weekday::Saturday);
        assert_eq!(style.weekend, Weekday::Friday);
        assert_eq!(style.date_order, when::DateOrder::MonthDay);
        assert_eq!(style.evening, Time::constant(20, 15, 0, 0));
        assert_eq!(style.signs, Signs::Todoist);
    }

    #[test]
    fn where_nothing_else_says_so_the_system_does() {
        let german = system(|name| (name == "LANG").then(|| "de_AT.UTF-8".to_owned()));
        assert_eq!(german, Style::of_locale("de-AT"));
        let mixed = system(|name| match name {
            "LANG" => Some("en_US.UTF-8".to_owned()),
            "LC_TIME" => Some("de_DE.UTF-8".to_owned()),
            "LC_ALL" => Some(String::new()),
            _ => None,
        });
        assert_eq!(
            mixed,
            Style {
                language: words::Language::English,
                ..Style::of_locale("de-DE")
            }
        );
        assert_eq!(system(|_| None), Style::default());
        let (none, english) = (
            Settings::default(),
            Settings {
                language: Some(Language::En),
                ..Settings::default()
            },
        );
        assert_eq!(with(&none, None, german), german);
        assert_eq!(
            with(&none, Some("es-ES"), german),
            Style::of_locale("es-ES")
        );
        assert_eq!(with(&english, None, german), Style::of_locale("en"));
        assert_eq!(with(&english, None, mixed), mixed);
    }
}
