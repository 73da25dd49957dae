//! The settings of this computer.

use jiff::civil::Time;
use rota_api::{ApiError, Settings, SettingsChange, SettingsShow, WatchKind};
use rota_model::limits::{SETTING_TEXT_MAX_BYTES, SETTINGS_KEYS_MAX_COUNT};
use rota_store::{Reader, StoreError};

use super::Service;
use crate::failure::invalid;

/// Name of what the folder keeps them under.
const NAME: &str = "settings";

/// The sizes that a window can have, in percent.
const ZOOM_PERCENT: std::ops::RangeInclusive<u16> = 90..=200;
/// How wide the sidebar can be, in pixels.
const SIDEBAR_PIXELS: std::ops::RangeInclusive<u16> = 200..=320;

impl Service {
    pub(super) async fn settings(&self, _: SettingsShow) -> Result<Settings, ApiError> {
        self.read(|reader| Ok(shown(reader, read(reader)?)?)).await
    }

    pub(super) async fn change_settings(
        &self,
        change: SettingsChange,
    ) -> Result<Settings, ApiError> {
        let settings = self
            .act_unlabelled(move |tx| {
                let mut settings = read(&tx.reader())?;
                settings.take(change);
                // No key at all is how it is turned off.
                settings.global_shortcut = settings
                    .global_shortcut
                    .filter(|shortcut| !shortcut.trim().is_empty());
                check(&settings)?;
                let bytes = serde_json::to_vec(&settings).map_err(crate::errors::broken)?;
                tx.set_setting(NAME, Some(&bytes))?;
                Ok(shown(&tx.reader(), settings)?)
            })
            .await?;
        self.node.hub.tell(WatchKind::Settings, Vec::new());
        Ok(settings)
    }
}

/// The settings as a window gets them: a folder that commands filled, or that joined others, is past its first run.
fn shown(reader: &Reader<'_>, mut settings: Settings) -> Result<Settings, StoreError> {
    settings.first_run_done |= !reader.lists(None)?.is_empty();
    Ok(settings)
}

/// The settings as they are kept; what cannot be read is as at first.
pub(super) fn read(reader: &Reader<'_>) -> Result<Settings, StoreError> {
    let bytes = reader.setting(NAME)?;
    Ok(bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default())
}

/// Reads `HH:MM`.
pub(super) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i8>().ok()).flatten()
    };
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

fn check(settings: &Settings) -> Result<(), ApiError> {
    let mut before = None;
    for (field, text) in [
        ("morning", &settings.morning),
        ("afternoon", &settings.afternoon),
        ("evening", &settings.evening),
    ] {
        let Some(time) = time(text) else {
            return Err(invalid(
                format!("{} is no time of day", quoted(text)),
                field,
                "write hours and minutes, such as 09:00",
            ));
        };
        if before.is_some_and(|before| before >= time) {
            return Err(invalid(
                format!("the {field} begins before the part of the day before it"),
                field,
                "morning, afternoon and evening follow each other",
            ));
        }
        before = Some(time);
    }
    if !ZOOM_PERCENT.contains(&settings.zoom) {
        return Err(invalid(
            format!("{} % is no size for the window", settings.zoom),
            "zoom",
            "choose 90 to 200 percent",
        ));
    }
    if settings
        .sidebar_width
        .is_some_and(|width| !SIDEBAR_PIXELS.contains(&width))
    {
        return Err(invalid(
            "the sidebar cannot be so wide",
            "sidebar_width",
            "choose 200 to 320 pixels",
        ));
    }
    if let Some(shortcut) = &settings.global_shortcut {
        check_key(shortcut, "global_shortcut")?;
    }
    check_keys(settings)
}

fn check_keys(settings: &Settings) -> Result<(), ApiError> {
    if settings.keys.len() > SETTINGS_KEYS_MAX_COUNT {
        return Err(invalid("too many keys", "keys", "leave some as they are"));
    }
    for (command, key) in &settings.keys {
        let is_name = !command.is_empty()
            && command.len() <= SETTING_TEXT_MAX_BYTES
            && command.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.-".contains(&byte)
            });
        if !is_name {
            return Err(invalid(
                format!("{} is no command", quoted(command)),
                "keys",
                "commands are named as on the key sheet",
            ));
        }
        if !key.is_empty() {
            check_key(key, "keys")?;
        }
    }
    Ok(())
}

fn check_key(key: &str, field: &str) -> Result<(), ApiError> {
    let sound = key.len() <= SETTING_TEXT_MAX_BYTES
        && !key.chars().any(char::is_control)
        && key.split('+').enumerate().all(|(index, part)| {
            // "Ctrl++" ends in the key plus.
            !part.trim().is_empty() || index > 0 && key.ends_with("++")
        });
    if sound {
        return Ok(());
    }
    Err(invalid(
        format!("{} is no key", quoted(key)),
        field,
        "write modifiers and a key, such as Ctrl+Alt+Space",
    ))
}

fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!("{shown:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_have_two_digits_each() {
        assert_eq!(time("09:05"), Some(Time::constant(9, 5, 0, 0)));
        for wrong in [
            "", "9:00", "24:00", "12:60", "12", "12:00:00", "+1:00", "ab:cd",
        ] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_are_names_joined_by_plus() {
        for right in ["Ctrl+Alt+Space", "g t", "Ctrl++", "F1", "?"] {
            assert!(check_key(right, "keys").is_ok(), "{right}");
        }
        for wrong in ["Ctrl+", "+A+", "Ctrl+\u{1}", " "] {
            assert!(check_key(wrong, "keys").is_err(), "{wrong}");
        }
    }
}
