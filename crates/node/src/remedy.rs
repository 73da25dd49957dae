//! What can be done about a condition by a click.

use std::path::Path;

use rota_api::{Remedy, RemedyKind};
use rota_model::id::{AuthorKey, SpaceId};
use rota_net::peer_id_text;
use serde_json::json;

use crate::conditions::{self, Kind};

/// What can be done about a condition, by what it is and what it is about.
pub(crate) fn of(kind: Kind, subject: &str) -> Option<Remedy> {
    match kind {
        conditions::COPIED_FOLDER => Some(rekey()),
        conditions::PAUSED_CHAIN => lift_pause(subject),
        conditions::DISCOVERY_UNAVAILABLE => {
            let command = open_discovery(|program| Path::new(program).exists());
            Some(command.map_or_else(try_again, copy))
        }
        // Of another computer's clock nothing can be done here.
        conditions::CLOCK_WRONG if subject.is_empty() => set_clock().map(copy),
        conditions::DIVERGED => Some(copy("rota backup rota.backup")),
        conditions::NO_NETWORK => Some(open_settings("network")),
        conditions::PORT_IN_USE
        | conditions::CANNOT_LISTEN
        | conditions::DISK_FULL
        | conditions::READ_ONLY
        | conditions::PART_FAILING => Some(try_again()),
        _ => None,
    }
}

/// A new key for this folder.
pub(crate) fn rekey() -> Remedy {
    Remedy {
        kind: RemedyKind::Rekey,
        text: None,
        input: None,
    }
}

/// The same again.
pub(crate) fn try_again() -> Remedy {
    Remedy {
        kind: RemedyKind::TryAgain,
        text: None,
        input: None,
    }
}

/// A command to copy.
pub(crate) fn copy(command: &str) -> Remedy {
    Remedy {
        kind: RemedyKind::Copy,
        text: Some(command.to_owned()),
        input: None,
    }
}

/// A page of the system's settings.
fn open_settings(page: &str) -> Remedy {
    Remedy {
        kind: RemedyKind::OpenSettings,
        text: Some(page.to_owned()),
        input: None,
    }
}

/// The space and the author that a condition about an author's chains is about.
pub(crate) fn space_and_author(subject: &str) -> Option<(SpaceId, AuthorKey)> {
    let (space, author) = subject.split_once('/')?;
    Some((SpaceId::from_hex(space)?, AuthorKey::from_hex(author)?))
}

fn lift_pause(subject: &str) -> Option<Remedy> {
    let (space, author) = space_and_author(subject)?;
    Some(Remedy {
        kind: RemedyKind::LiftPause,
        text: None,
        input: Some(json!({"space": space.to_string(), "author": peer_id_text(&author.0)})),
    })
}

/// A firewall whose commands are known.
#[derive(Clone, Copy)]
enum Firewall {
    Firewalld,
    Ufw,
}

/// The firewall that is here, if it is one that is known.
fn firewall(exists: impl Fn(&str) -> bool) -> Option<Firewall> {
    const PROGRAMS: [(&str, Firewall); 3] = [
        ("/usr/bin/firewall-cmd", Firewall::Firewalld),
        ("/usr/sbin/ufw", Firewall::Ufw),
        ("/sbin/ufw", Firewall::Ufw),
    ];
    let here = PROGRAMS.iter().find(|(program, _)| exists(program));
    here.map(|(_, firewall)| *firewall)
}

/// The command that lets announcements through the firewall that is here.
fn open_discovery(exists: impl Fn(&str) -> bool) -> Option<&'static str> {
    Some(match firewall(exists)? {
        Firewall::Firewalld => {
            "sudo firewall-cmd --permanent --add-service=mdns && sudo firewall-cmd --reload"
        }
        Firewall::Ufw => "sudo ufw allow 5353/udp",
    })
}

/// The command that lets others through the firewall that is here to a port.
pub(crate) fn open_port(port: u16) -> Option<String> {
    let here = firewall(|program| Path::new(program).exists())?;
    Some(open_port_of(here, port))
}

fn open_port_of(firewall: Firewall, port: u16) -> String {
    match firewall {
        Firewall::Firewalld => format!(
            "sudo firewall-cmd --permanent --add-port={port}/tcp && sudo firewall-cmd --reload"
        ),
        Firewall::Ufw => format!("sudo ufw allow {port}/tcp"),
    }
}

/// The command that sets the clock by the network.
fn set_clock() -> Option<&'static str> {
    if cfg!(target_os = "linux") {
        Some("sudo timedatectl set-ntp true")
    } else if cfg!(target_os = "macos") {
        Some("sudo sntp -sS time.apple.com")
    } else if cfg!(windows) {
        Some("w32tm /resync")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_names_whose_it_lifts() {
        let (space, author) = (SpaceId([1; 32]), AuthorKey([2; 32]));
        let subject = format!("{space}/{author}");
        assert_eq!(space_and_author(&subject), Some((space, author)));
        let remedy = of(conditions::PAUSED_CHAIN, &subject).unwrap();
        assert_eq!(remedy.kind, RemedyKind::LiftPause);
        let input = remedy.input.unwrap();
        assert_eq!(input["space"], space.to_string());
        assert_eq!(input["author"], peer_id_text(&author.0));
        assert_eq!(of(conditions::PAUSED_CHAIN, "neither"), None);
    }

    #[test]
    fn the_command_fits_the_firewall_that_is_here() {
        let ufw = open_discovery(|program| program.ends_with("/ufw"));
        assert_eq!(ufw, Some("sudo ufw allow 5353/udp"));
        assert!(open_discovery(|_| true).unwrap().contains("firewall-cmd"));
        assert_eq!(open_discovery(|_| false), None);
        assert_eq!(open_port_of(Firewall::Ufw, 4917), "sudo ufw allow 4917/tcp");
        assert!(open_port_of(Firewall::Firewalld, 4917).contains("--add-port=4917/tcp"));
    }

    #[test]
    fn a_copy_is_ended_by_a_new_key_and_anothers_clock_by_nothing_here() {
        let remedy = of(conditions::COPIED_FOLDER, "network").unwrap();
        assert_eq!(remedy.kind, RemedyKind::Rekey);
        assert_eq!(of(conditions::CLOCK_WRONG, "some peer"), None);
        assert_eq!(
            of(conditions::DISK_FULL, "").unwrap().kind,
            RemedyKind::TryAgain
        );
        assert_eq!(of(conditions::NEWER_VERSION, ""), None);
        let remedy = of(conditions::NO_NETWORK, "").unwrap();
        assert_eq!(remedy.kind, RemedyKind::OpenSettings);
        assert_eq!(remedy.text.as_deref(), Some("network"));
    }
}
