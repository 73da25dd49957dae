//! What this computer keeps for itself in the database, never sent to anyone.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use rota_model::id::{AuthorKey, SpaceId};
use rota_store::{Reader, StoreError, Tx};

const MINE: &str = "mine";
const PORT: &str = "port";
const LOST: &str = "lost";
const LOST_MINE: &str = "lost mine";

/// The personal space.
pub(crate) fn mine(reader: &Reader<'_>) -> Result<Option<SpaceId>, StoreError> {
    Ok(reader
        .setting(MINE)?
        .and_then(|bytes| SpaceId::from_slice(&bytes)))
}

/// Makes a space the personal one.
pub(crate) fn set_mine(tx: &mut Tx<'_>, space: &SpaceId) -> Result<(), StoreError> {
    tx.set_setting(MINE, Some(&space.0))
}

/// The port that the node listened at the last time.
pub(crate) fn port(reader: &Reader<'_>) -> Result<Option<u16>, StoreError> {
    Ok(reader
        .setting(PORT)?
        .and_then(|bytes| bytes.try_into().ok())
        .map(u16::from_be_bytes))
}

/// Remembers the port.
pub(crate) fn set_port(tx: &mut Tx<'_>, port: u16) -> Result<(), StoreError> {
    tx.set_setting(PORT, Some(&port.to_be_bytes()))
}

/// Whether a member has said that this computer is out of a space, and it was not admitted again since.
pub(crate) fn is_removed(
    reader: &Reader<'_>,
    space: &SpaceId,
    me: &AuthorKey,
) -> Result<bool, StoreError> {
    let noted = reader.setting(&removed_name(space))?;
    let Some(noted) = noted.and_then(|bytes| bytes.try_into().ok()) else {
        return Ok(false);
    };
    Ok(admissions_of(reader, space, me)? <= u64::from_be_bytes(noted))
}

/// Whether this computer is or ever was in a space.
pub(crate) fn was_admitted(
    reader: &Reader<'_>,
    space: &SpaceId,
    me: &AuthorKey,
) -> Result<bool, StoreError> {
    Ok(admissions_of(reader, space, me)? > 0)
}

/// Notes that this computer is out of a space.
pub(crate) fn note_removed(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    me: &AuthorKey,
) -> Result<(), StoreError> {
    let admissions = admissions_of(&tx.reader(), space, me)?;
    tx.set_setting(&removed_name(space), Some(&admissions.to_be_bytes()))
}

/// Whether this person left a space, and did not join it again since.
pub(crate) fn is_left(reader: &Reader<'_>, space: &SpaceId) -> Result<bool, StoreError> {
    Ok(reader.setting(&left_name(space))?.is_some())
}

/// Notes that this person left a space, or is in it again.
pub(crate) fn set_left(tx: &mut Tx<'_>, space: &SpaceId, left: bool) -> Result<(), StoreError> {
    tx.set_setting(&left_name(space), left.then_some(&[1][..]))
}

/// Spaces that are to be taken from these computers, because the log that had them is lost.
pub(crate) fn lost_spaces(
    reader: &Reader<'_>,
) -> Result<BTreeMap<SpaceId, BTreeSet<AuthorKey>>, StoreError> {
    let spaces = reader.setting(LOST)?.unwrap_or_default();
    let mut lost = BTreeMap::new();
    for space in spaces
        .chunks_exact(SpaceId::LEN)
        .filter_map(SpaceId::from_slice)
    {
        let keys = reader.setting(&lost_name(&space))?.unwrap_or_default();
        let keys = keys
            .chunks_exact(AuthorKey::LEN)
            .filter_map(AuthorKey::from_slice);
        lost.insert(space, keys.collect());
    }
    Ok(lost)
}

/// Notes a space that is to be taken from these computers, or with none that it is here again.
pub(crate) fn set_lost(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    from: &BTreeSet<AuthorKey>,
) -> Result<(), StoreError> {
    let mut spaces: BTreeSet<SpaceId> = lost_spaces(&tx.reader())?.into_keys().collect();
    if from.is_empty() {
        spaces.remove(space);
        tx.set_setting(&lost_name(space), None)?;
    } else {
        spaces.insert(*space);
        let keys: Vec<u8> = from.iter().flat_map(|key| key.0).collect();
        tx.set_setting(&lost_name(space), Some(&keys))?;
    }
    let spaces: Vec<u8> = spaces.iter().flat_map(|space| space.0).collect();
    tx.set_setting(LOST, (!spaces.is_empty()).then_some(&spaces[..]))
}

/// The personal space that was lost and may come back from another computer of this person.
pub(crate) fn lost_mine(reader: &Reader<'_>) -> Result<Option<SpaceId>, StoreError> {
    Ok(reader
        .setting(LOST_MINE)?
        .and_then(|bytes| SpaceId::from_slice(&bytes)))
}

/// Notes the personal space that was lost, or that none is.
pub(crate) fn set_lost_mine(tx: &mut Tx<'_>, space: Option<&SpaceId>) -> Result<(), StoreError> {
    tx.set_setting(LOST_MINE, space.map(|space| &space.0[..]))
}

/// Where a computer was reached before, the latest first.
pub(crate) fn addresses(
    reader: &Reader<'_>,
    key: &AuthorKey,
) -> Result<Vec<SocketAddr>, StoreError> {
    Ok(reader
        .addresses(key)?
        .iter()
        .filter_map(|(text, _)| text.parse().ok())
        .collect())
}

/// Remembers where a computer was reached.
pub(crate) fn remember_address(
    tx: &mut Tx<'_>,
    key: &AuthorKey,
    address: SocketAddr,
) -> Result<(), StoreError> {
    tx.remember_address(*key, &address.to_string())
}

/// What a computer is called in any space that knows it; empty where none does.
pub(crate) fn computer_name(reader: &Reader<'_>, key: &AuthorKey) -> Result<String, StoreError> {
    for space in reader.space_ids()? {
        let found = reader
            .admissions(&space)?
            .into_iter()
            .find(|admission| admission.computer.id == *key);
        if let Some(admission) = found {
            return Ok(admission.computer.name);
        }
    }
    Ok(String::new())
}

/// What every computer is called that any space knows.
pub(crate) fn computer_names(
    reader: &Reader<'_>,
) -> Result<BTreeMap<AuthorKey, String>, StoreError> {
    let mut names = BTreeMap::new();
    for space in reader.space_ids()? {
        for admission in reader.admissions(&space)? {
            let computer = admission.computer;
            names.entry(computer.id).or_insert(computer.name);
        }
    }
    Ok(names)
}

fn admissions_of(reader: &Reader<'_>, space: &SpaceId, me: &AuthorKey) -> Result<u64, StoreError> {
    let admissions = reader.admissions(space)?;
    let mine = admissions
        .iter()
        .filter(|admission| admission.computer.id == *me);
    Ok(mine.count() as u64)
}

fn lost_name(space: &SpaceId) -> String {
    format!("lost {space}")
}

fn removed_name(space: &SpaceId) -> String {
    format!("removed {space}")
}

fn left_name(space: &SpaceId) -> String {
    format!("left {space}")
}
