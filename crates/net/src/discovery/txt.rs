//! What an announcement says beside its addresses. Nothing in it comes from a task, a space or a code.

use rota_model::limits::{ANNOUNCED_INVITATIONS_MAX_COUNT, ANNOUNCED_NAME_MAX_BYTES};

use crate::identity::{PeerKey, peer_id_text, peer_key_from_text};

/// The version of what this program announces and speaks.
const VERSION: u32 = 1;

/// The keys of an announcement and what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Txt {
    pub(super) version: u32,
    pub(super) peer: PeerKey,
    pub(super) name: String,
    pub(super) boot: u64,
    pub(super) invites: Vec<u32>,
    /// Counts the announcements of one start. A text that comes back within a second, as when an invitation opens and
    /// closes, counts as known in caches and would change nothing there.
    pub(super) revision: u32,
}

impl Txt {
    pub(super) fn new(
        peer: PeerKey,
        name: &str,
        boot: u64,
        invites: &[u32],
        revision: u32,
    ) -> Self {
        let mut invites = invites.to_vec();
        invites.sort_unstable();
        invites.dedup();
        invites.truncate(ANNOUNCED_INVITATIONS_MAX_COUNT);
        Self {
            version: VERSION,
            peer,
            name: announced_name(name),
            boot,
            invites,
            revision,
        }
    }

    /// Keys and values as they are announced.
    pub(super) fn entries(&self) -> Vec<(&'static str, String)> {
        let mut entries = vec![
            ("v", self.version.to_string()),
            ("id", peer_id_text(&self.peer)),
            ("name", self.name.clone()),
            ("boot", format!("{:016x}", self.boot)),
            ("rev", self.revision.to_string()),
        ];
        if !self.invites.is_empty() {
            let numbers: Vec<String> = self.invites.iter().map(u32::to_string).collect();
            entries.push(("invite", numbers.join(",")));
        }
        entries
    }

    /// Reads what anyone may have written; `None` if it names no computer.
    pub(super) fn parse<'a>(value: impl Fn(&str) -> Option<&'a [u8]>) -> Option<Self> {
        let text = |key| value(key).and_then(|bytes| std::str::from_utf8(bytes).ok());
        Some(Self {
            version: text("v")?.parse().ok()?,
            peer: peer_key_from_text(text("id")?)?,
            name: announced_name(&String::from_utf8_lossy(value("name").unwrap_or_default())),
            boot: u64::from_str_radix(text("boot")?, 16).ok()?,
            invites: text("invite")
                .unwrap_or_default()
                .split(',')
                .filter_map(|number| number.parse().ok())
                .take(ANNOUNCED_INVITATIONS_MAX_COUNT)
                .collect(),
            revision: text("rev")
                .and_then(|number| number.parse().ok())
                .unwrap_or_default(),
        })
    }
}

/// A name without control characters, cut between two characters.
fn announced_name(name: &str) -> String {
    let mut kept = String::new();
    for character in name.chars().filter(|character| !character.is_control()) {
        if kept.len() + character.len_utf8() > ANNOUNCED_NAME_MAX_BYTES {
            break;
        }
        kept.push(character);
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::identity::public_key;

    fn reparsed(txt: &Txt) -> Option<Txt> {
        let entries: HashMap<_, _> = txt.entries().into_iter().collect();
        Txt::parse(|key| entries.get(key).map(String::as_bytes))
    }

    #[test]
    fn an_announcement_has_the_keys_of_the_contract() {
        let key = public_key(&[1; 32]).unwrap();
        let keys = |invites: &[u32]| -> Vec<&str> {
            Txt::new(key, "laptop", 7, invites, 0)
                .entries()
                .into_iter()
                .map(|(key, _)| key)
                .collect()
        };
        assert_eq!(keys(&[]), ["v", "id", "name", "boot", "rev"]);
        assert_eq!(keys(&[4]), ["v", "id", "name", "boot", "rev", "invite"]);
        let entries = Txt::new(key, "laptop", 7, &[12, 4, 12], 3).entries();
        assert_eq!(entries[0].1, "1");
        assert_eq!(entries[1].1, peer_id_text(&key));
        assert_eq!(entries[5].1, "4,12");
    }

    #[test]
    fn what_names_no_computer_is_no_announcement() {
        let id = peer_id_text(&public_key(&[1; 32]).unwrap());
        let parse = |entries: &[(&str, &str)]| {
            Txt::parse(|key| {
                entries
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map(|(_, value)| value.as_bytes())
            })
        };
        assert!(
            parse(&[("v", "1"), ("id", &id), ("boot", "1f")]).is_some_and(|txt| txt.boot == 31)
        );
        assert_eq!(parse(&[("v", "1"), ("id", "nobody"), ("boot", "1f")]), None);
        assert_eq!(parse(&[("v", "x"), ("id", &id), ("boot", "1f")]), None);
        assert_eq!(parse(&[("v", "1"), ("id", &id)]), None);
        assert_eq!(parse(&[]), None);
    }

    #[test]
    fn a_number_that_is_none_does_not_hide_the_others() {
        let id = peer_id_text(&public_key(&[1; 32]).unwrap());
        let entries = [
            ("v", "1"),
            ("id", id.as_str()),
            ("boot", "0"),
            ("invite", "3,,x,-1,99999999999,5"),
        ];
        let txt = Txt::parse(|key| {
            entries
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value.as_bytes())
        });
        assert_eq!(txt.unwrap().invites, [3, 5]);
    }

    proptest! {
        #[test]
        fn an_announcement_is_read_as_it_was_written(seed: [u8; 32], name: String, boot: u64, invites: Vec<u32>, revision: u32) {
            let txt = Txt::new(public_key(&seed).unwrap(), &name, boot, &invites, revision);
            for (key, value) in txt.entries() {
                prop_assert!(key.len() + 1 + value.len() <= 255, "{key}={value}");
            }
            prop_assert_eq!(reparsed(&txt), Some(txt));
        }

        #[test]
        fn any_bytes_are_read_without_panic(value: Vec<u8>) {
            let id = peer_id_text(&public_key(&[1; 32]).unwrap());
            for garbled in ["v", "id", "name", "boot", "rev", "invite"] {
                let txt = Txt::parse(|key| match key {
                    _ if key == garbled => Some(value.as_slice()),
                    "id" => Some(id.as_bytes()),
                    _ => Some(b"1".as_slice()),
                });
                if let Some(txt) = txt {
                    prop_assert!(txt.name.len() <= ANNOUNCED_NAME_MAX_BYTES);
                    prop_assert!(!txt.name.contains(char::is_control));
                    prop_assert!(txt.invites.len() <= ANNOUNCED_INVITATIONS_MAX_COUNT);
                }
            }
        }
    }
}
