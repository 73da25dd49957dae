//! A damaged database: it is set aside, and its tasks come back from what can be read.

use std::collections::BTreeSet;
use std::path::Path;

use rota_api::ApiError;
use rota_model::frontier::Frontier;
use rota_model::id::SpaceId;
use rota_model::limits::READ_BUDGET_BYTES;
use rota_model::op::ComputerKey;
use rota_model::payload::SpaceKind;
use rota_store::{Act, Backup, Reader, Store, StoreError};

use crate::clock::Clock;
use crate::errors;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::known::Known;
use crate::node::open_store;
use crate::records;

/// Begins a new log and fills it from the file that was set aside and the backups in the folder.
///
/// # Errors
/// `damaged` where none of them can be read.
pub(crate) fn start_over(
    folder: &Folder,
    key: &ComputerKey,
    aside: Option<&Path>,
    damaged: StoreError,
    clock: &Clock,
) -> Result<Store, ApiError> {
    let mut sources: Vec<Backup> = Vec::new();
    sources.extend(aside.and_then(|aside| Backup::open_set_aside(aside).ok()));
    sources.extend(
        folder
            .backups()
            .iter()
            .filter_map(|file| Backup::open(file).ok()),
    );
    let known = Known::read(&folder.known());
    if sources.is_empty() && known.spaces().is_empty() {
        return Err(errors::from_store(damaged));
    }
    let store = open_store(folder, key).map_err(errors::from_store)?;
    for source in &sources {
        let reader = source.reader();
        let taken = reader
            .space_ids()
            .and_then(|spaces| take(&store, &reader, &spaces.into_iter().collect(), clock));
        if let Err(error) = taken {
            tracing::warn!(%error, "a part could not be read");
        }
    }
    let me = key.public();
    let name = aside
        .map(|aside| aside.display().to_string())
        .unwrap_or_default();
    let settled = store.act(Act::of_machine(clock.op_time()), move |tx| {
        let mine = tx
            .reader()
            .spaces(&me)?
            .into_iter()
            .filter(|space| space.kind == Some(SpaceKind::Mine) && space.role.is_some())
            .max_by_key(|space| (space.computers, space.tasks));
        if let Some(mine) = &mine {
            records::set_mine(tx, &mine.id)?;
        }
        let lost_mine = known.mine().filter(|_| mine.is_none());
        records::set_lost_mine(tx, lost_mine.as_ref())?;
        for (space, others) in known.spaces() {
            if !tx.reader().is_member(&space, &me)? {
                records::set_lost(tx, &space, &others)?;
            }
        }
        for (key, address) in known.addresses() {
            tx.remember_address(key, address)?;
        }
        tx.raise("database_restarted", "", &name)?;
        Ok::<_, Failure>(())
    });
    match settled {
        Ok(_) => Ok(store),
        Err(failure) => {
            store.close();
            Err(failure.0)
        }
    }
}

/// Stores all ops of these spaces that can be read from another log. What cannot be read is left out.
pub(crate) fn take(
    store: &Store,
    source: &Reader<'_>,
    spaces: &BTreeSet<SpaceId>,
    clock: &Clock,
) -> Result<(), StoreError> {
    for space in spaces {
        let mut from_seq = 0;
        loop {
            let read = source.ops_after(space, &Frontier::default(), from_seq, READ_BUDGET_BYTES);
            let batch = match read {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(%error, %space, "the rest of a space could not be read");
                    break;
                }
            };
            from_seq = batch.last_seq;
            if !batch.ops.is_empty() {
                store.accept(*space, batch.ops, clock.op_time())?;
            }
            if !batch.more {
                break;
            }
        }
    }
    Ok(())
}
