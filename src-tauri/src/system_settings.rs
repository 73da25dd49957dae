//! Pages of the system's own settings, for what only they can mend.

use std::process::{Command, Stdio};

use rota_api::{ApiError, Code};
use serde::Deserialize;

/// A page that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Page {
    /// Networks and how this computer is connected.
    Network,
    /// Date and time.
    Clock,
}

/// What shows a page, the most likely first: a program with its words, or an address that the system knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Program(&'static str, &'static [&'static str]),
    Address(&'static str),
}

/// Opens a page in the program that this system has for it.
pub(crate) fn open(page: Page) -> Result<(), ApiError> {
    let opened = ways(std::env::consts::OS, page)
        .iter()
        .any(|way| match way {
            Way::Program(program, words) => started(program, words),
            Way::Address(address) => open::that_detached(address).is_ok(),
        });
    if opened {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Failed,
        "no program for the settings of this system was found",
    )
    .with_hint("open them by hand"))
}

fn ways(system: &str, page: Page) -> &'static [Way] {
    use Way::{Address, Program};
    match (system, page) {
        ("windows", Page::Network) => &[Address("ms-settings:network-status")],
        ("windows", Page::Clock) => &[Address("ms-settings:dateandtime")],
        ("macos", Page::Network) => &[Address(
            "x-apple.systempreferences:com.apple.Network-Settings.extension",
        )],
        ("macos", Page::Clock) => &[Address(
            "x-apple.systempreferences:com.apple.Date-Time-Settings.extension",
        )],
        (_, Page::Network) => &[
            Program("gnome-control-center", &["network"]),
            Program("systemsettings", &["kcm_networkmanagement"]),
            Program("cinnamon-settings", &["network"]),
            Program("nm-connection-editor", &[]),
        ],
        (_, Page::Clock) => &[
            Program("gnome-control-center", &["datetime"]),
            Program("systemsettings", &["kcm_clock"]),
            Program("cinnamon-settings", &["calendar"]),
            Program("time-admin", &[]),
        ],
    }
}

/// Starts a program that nobody waits for.
fn started(program: &str, words: &[&str]) -> bool {
    let spawned = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match spawned {
        Ok(mut child) => {
            // Somebody has to be there when it ends.
            std::thread::spawn(move || child.wait());
            true
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_has_a_way_to_every_page() {
        for system in ["linux", "macos", "windows"] {
            let [network, clock] = [Page::Network, Page::Clock].map(|page| ways(system, page));
            assert!(!network.is_empty() && !clock.is_empty(), "{system}");
            assert_ne!(network, clock, "{system}");
        }
    }

    #[test]
    fn a_page_is_named_as_the_remedy_names_it() {
        let read = |text: &str| serde_json::from_str::<Page>(text).ok();
        assert_eq!(read(r#""network""#), Some(Page::Network));
        assert_eq!(read(r#""clock""#), Some(Page::Clock));
        assert_eq!(read(r#""../bin/sh""#), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_passed_over() {
        assert!(!started("rota-no-such-program", &[]));
    }
}
