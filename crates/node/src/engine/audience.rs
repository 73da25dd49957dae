//! Who may be told about which space, and who may connect.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use rota_model::id::{AuthorKey, SpaceId};
use rota_model::stamp::Time;
use rota_store::{Act, Reader, Store, StoreError};
use rota_sync::Audience;

use crate::known::Known;
use crate::records;

/// Whether a space is told to others: this computer is or was in it, and nobody has said that it is out. One that was
/// left is told until the others know.
pub(super) fn is_served(
    reader: &Reader<'_>,
    space: &SpaceId,
    me: &AuthorKey,
) -> Result<bool, StoreError> {
    Ok(records::was_admitted(reader, space, me)? && !records::is_removed(reader, space, me)?)
}

/// The spaces that are told to others.
pub(super) fn served_spaces(
    reader: &Reader<'_>,
    me: &AuthorKey,
) -> Result<Vec<SpaceId>, StoreError> {
    let mut served = Vec::new();
    for space in reader.space_ids()? {
        if is_served(reader, &space, me)? {
            served.push(space);
        }
    }
    Ok(served)
}

/// Who may be told about a space.
pub(super) fn of_space(reader: &Reader<'_>, space: &SpaceId) -> Result<Audience, StoreError> {
    let mut audience = Audience::default();
    for admission in reader.admissions(space)? {
        match admission.removed_ms {
            None => audience.members.insert(admission.computer.id),
            Some(_) => audience.removed.insert(admission.computer.id),
        };
    }
    audience
        .removed
        .retain(|key| !audience.members.contains(key));
    Ok(audience)
}

/// The other computers of the spaces that are served.
pub(crate) fn member_keys(
    reader: &Reader<'_>,
    me: &AuthorKey,
) -> Result<BTreeSet<AuthorKey>, StoreError> {
    let mut keys = BTreeSet::new();
    for space in served_spaces(reader, me)? {
        keys.extend(of_space(reader, &space)?.members);
    }
    keys.remove(me);
    Ok(keys)
}

/// Who may connect, and what each is called.
#[derive(Debug)]
pub(super) struct Members {
    pub(super) addresses: BTreeMap<AuthorKey, Vec<SocketAddr>>,
    pub(super) names: BTreeMap<AuthorKey, String>,
}

/// Who may connect, each with the addresses that worked before. Those removed get in too, to be told so: a connection
/// with nothing in common is soon closed.
pub(super) fn members(
    store: &Store,
    me: &AuthorKey,
    taking: &[AuthorKey],
) -> Result<Members, StoreError> {
    store.read(|reader| {
        let mut keys = member_keys(reader, me)?;
        keys.extend(taking);
        for space in served_spaces(reader, me)? {
            keys.extend(of_space(reader, &space)?.removed);
        }
        keys.remove(me);
        let mut members = Members {
            addresses: BTreeMap::new(),
            names: records::computer_names(reader)?,
        };
        for key in keys {
            let addresses = records::addresses(reader, &key)?;
            members.addresses.insert(key, addresses);
        }
        Ok(members)
    })
}

/// Whether a computer is one of this person's own.
pub(super) fn is_in_mine(reader: &Reader<'_>, peer: &AuthorKey) -> Result<bool, StoreError> {
    match records::mine(reader)? {
        Some(mine) => reader.is_member(&mine, peer),
        None => Ok(false),
    }
}

/// Remembers where a computer was reached.
pub(super) fn remember(
    store: &Store,
    peer: AuthorKey,
    address: SocketAddr,
    now: Time,
) -> Result<(), StoreError> {
    store
        .act(Act::of_machine(now), move |tx| {
            records::remember_address(tx, &peer, address)
        })
        .map(drop)
}

/// Notes that this computer is out of a space.
pub(super) fn note_removed(
    store: &Store,
    space: SpaceId,
    me: AuthorKey,
    now: Time,
) -> Result<(), StoreError> {
    store
        .act(Act::of_machine(now), move |tx| {
            records::note_removed(tx, &space, &me)
        })
        .map(drop)
}

/// Notes that a space that was lost is here again.
pub(super) fn found_again(store: &Store, space: SpaceId, now: Time) -> Result<(), StoreError> {
    let is_lost = store
        .read(|reader| Ok::<_, StoreError>(records::lost_spaces(reader)?.contains_key(&space)))?;
    if !is_lost {
        return Ok(());
    }
    store
        .act(Act::of_machine(now), move |tx| {
            records::set_lost(tx, &space, &BTreeSet::new())
        })
        .map(drop)
}

/// Keeps who shares which space beside the database. While spaces are lost, what was kept of them stays.
pub(super) fn keep_known(store: &Store, me: &AuthorKey, file: &Path) {
    let known = store.read(|reader| {
        let is_whole = records::lost_spaces(reader)?.is_empty();
        Ok::<_, StoreError>(if is_whole {
            Some(Known::of(reader, me)?)
        } else {
            None
        })
    });
    let kept = match known {
        Ok(Some(known)) => known.write(file),
        Ok(None) => Ok(()),
        Err(error) => Err(std::io::Error::other(error)),
    };
    if let Err(error) = kept {
        tracing::warn!(%error, "who shares which space was not kept");
    }
}
