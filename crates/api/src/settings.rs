//! The settings of this computer: what they are, and how they are changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::input::given;

/// The language of the interface and of quick add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Arabic.
    Ar,
}

/// The day on which a week begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FirstWeekday {
    /// Monday.
    Monday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// The first day of a weekend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WeekendStart {
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// How hours are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HourCycle {
    /// 1 to 12, twice a day.
    H12,
    /// 0 to 23.
    H23,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system is.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// With room.
    Comfortable,
    /// Close.
    Compact,
}

/// How much moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system says.
    System,
    /// Nothing that need not.
    Less,
    /// All of it, whatever the system says.
    Full,
}

/// Which signs quick add reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignStyle {
    /// Rota's own: `#tag !1 +List @who`.
    Rota,
    /// Those of Todoist.
    Todoist,
    /// Those of Vikunja.
    Vikunja,
}

/// The order of day, month and year in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// Declares the settings once: doc, name, type as it is shown, type as it is given, default.
macro_rules! settings {
    ($($(#[doc = $doc:literal])* $name:ident: $shown:ty, $given:ty = $default:expr;)*) => {
        /// The settings of this computer. Those that are null follow the system.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(default)]
        pub struct Settings {
            $($(#[doc = $doc])* pub $name: $shown,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        /// Changes settings; what is absent stays, null brings the default back.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(deny_unknown_fields)]
        pub struct SettingsChange {
            $(
                $(#[doc = $doc])*
                #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
                #[ts(optional)]
                pub $name: Option<Option<$given>>,
            )*
        }

        impl Settings {
            /// Takes over what a change says.
            pub fn take(&mut self, change: SettingsChange) {
                let default = Self::default();
                $(if let Some(given) = change.$name {
                    self.$name = given.map_or(default.$name, Into::into);
                })*
            }
        }
    };
}

settings! {
    /// The language.
    language: Option<Language>, Language = None;
    /// The day on which a week begins.
    first_weekday: Option<FirstWeekday>, FirstWeekday = None;
    /// The first day of a weekend.
    weekend: Option<WeekendStart>, WeekendStart = None;
    /// How hours are counted.
    hour_cycle: Option<HourCycle>, HourCycle = None;
    /// The order of day, month and year in a date of numbers.
    date_order: Option<DateOrder>, DateOrder = None;
    /// Light or dark.
    theme: Theme, Theme = Theme::System;
    /// How close rows stand.
    density: Density, Density = Density::Comfortable;
    /// How much moves.
    motion: Motion, Motion = Motion::System;
    /// The size of all, in percent: 90 to 200.
    zoom: u16, u16 = 100;
    /// Whether single letters are commands in a list.
    letter_keys: bool, bool = true;
    /// Other keys for commands, by the command's name; an empty key leaves the command without one.
    keys: BTreeMap<String, String>, BTreeMap<String, String> = BTreeMap::new();
    /// Which signs quick add reads.
    signs: SignStyle, SignStyle = SignStyle::Rota;
    /// What time "morning" is, as `HH:MM`.
    morning: String, String = "09:00".to_owned();
    /// What time "afternoon" is, as `HH:MM`.
    afternoon: String, String = "14:00".to_owned();
    /// What time "evening" and "tonight" are, as `HH:MM`.
    evening: String, String = "19:00".to_owned();
    /// Whether Rota starts with the desktop.
    autostart: bool, bool = false;
    /// Whether closing the window leaves Rota in the background.
    keep_running: bool, bool = true;
    /// The key that opens quick add from everywhere; empty text turns it off, which is then null.
    global_shortcut: Option<String>, String = Some("Ctrl+Alt+Space".to_owned());
    /// Whether reminders are shown as notifications.
    notifications: bool, bool = true;
    /// Whether toasts stay until they are closed.
    toasts_stay: bool, bool = false;
    /// Whether the first run was gone through.
    first_run_done: bool, bool = false;
    /// Whether lists show what is done.
    show_done: bool, bool = false;
    /// The sidebar's width in pixels at 100 %.
    sidebar_width: Option<u16>, u16 = None;
}

/// Asks for the settings of this computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsShow {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_brings_the_default_back_and_what_is_absent_stays() {
        let mut settings = Settings {
            zoom: 150,
            language: Some(Language::De),
            theme: Theme::Dark,
            ..Settings::default()
        };
        let change = serde_json::json!({"zoom": null, "language": null, "evening": "20:00"});
        settings.take(serde_json::from_value(change).unwrap());
        let expected = Settings {
            theme: Theme::Dark,
            evening: "20:00".to_owned(),
            ..Settings::default()
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn what_no_setting_is_called_is_refused() {
        let change = serde_json::json!({"colour": "red"});
        assert!(serde_json::from_value::<SettingsChange>(change).is_err());
    }

    #[test]
    fn settings_of_an_older_version_get_what_they_lack() {
        let old = serde_json::json!({"zoom": 120, "gone": true});
        let read: Settings = serde_json::from_value(old).unwrap();
        assert_eq!(
            read,
            Settings {
                zoom: 120,
                ..Settings::default()
            }
        );
    }
}
