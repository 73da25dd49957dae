//! Who shares which space, kept beside the database: where that is lost, its spaces come back from these computers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use rota_model::id::{AuthorKey, SpaceId};
use rota_model::payload::SpaceKind;
use rota_store::{Reader, StoreError};
use serde::{Deserialize, Serialize};

use crate::folder::replace_private;
use crate::records;

/// Longest file that is read.
const FILE_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Who shares which space. Ids and keys are hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// The personal space, if other computers are in it.
    mine: Option<String>,
    /// The other computers of each space.
    spaces: BTreeMap<String, BTreeSet<String>>,
    /// Where these computers were reached, the latest first.
    addresses: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// Reads it from the log.
    pub(crate) fn of(reader: &Reader<'_>, me: &AuthorKey) -> Result<Self, StoreError> {
        let mine = records::mine(reader)?;
        let mut known = Self::default();
        for space in reader.spaces(me)? {
            let is_other_mine = space.kind == Some(SpaceKind::Mine) && Some(space.id) != mine;
            if space.role.is_none() || is_other_mine || records::is_removed(reader, &space.id, me)?
            {
                continue;
            }
            let mut others = BTreeSet::new();
            for admission in reader.admissions(&space.id)? {
                let key = admission.computer.id;
                if admission.removed_ms.is_none() && key != *me {
                    others.insert(key.to_string());
                    let addresses = records::addresses(reader, &key)?;
                    let addresses = addresses.iter().map(ToString::to_string).collect();
                    known.addresses.insert(key.to_string(), addresses);
                }
            }
            if others.is_empty() {
                continue;
            }
            if Some(space.id) == mine {
                known.mine = Some(space.id.to_string());
            }
            known.spaces.insert(space.id.to_string(), others);
        }
        Ok(known)
    }

    /// Reads it from its file; what cannot be read is nothing.
    pub(crate) fn read(path: &Path) -> Self {
        let is_sound = fs::metadata(path).is_ok_and(|file| file.len() <= FILE_MAX_BYTES);
        let bytes = is_sound
            .then(|| fs::read(path).ok())
            .flatten()
            .unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Writes it to its file, if it is another than before.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        if *self == Self::read(path) {
            return Ok(());
        }
        replace_private(path, &serde_json::to_vec(self)?)
    }

    /// The spaces, each with the other computers in it.
    pub(crate) fn spaces(&self) -> BTreeMap<SpaceId, BTreeSet<AuthorKey>> {
        let keys = |keys: &BTreeSet<String>| {
            keys.iter()
                .filter_map(|key| AuthorKey::from_hex(key))
                .collect()
        };
        self.spaces
            .iter()
            .filter_map(|(space, others)| Some((SpaceId::from_hex(space)?, keys(others))))
            .collect()
    }

    /// The personal space, if other computers are in it.
    pub(crate) fn mine(&self) -> Option<SpaceId> {
        SpaceId::from_hex(self.mine.as_deref()?)
    }

    /// Where the computers were reached, the earliest first.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (AuthorKey, &str)> {
        self.addresses.iter().flat_map(|(key, addresses)| {
            let key = AuthorKey::from_hex(key);
            addresses
                .iter()
                .rev()
                .filter_map(move |address| Some((key?, address.as_str())))
        })
    }
}
