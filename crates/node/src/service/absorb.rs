//! One `Mine` moves into another: everything in it becomes a copy there, as in a move.

use std::collections::BTreeMap;

use rota_model::cell::{Cell, Kind, list as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId};
use rota_model::moves::copy_id;
use rota_model::payload::Role;
use rota_model::value::Value;
use rota_store::{Held, Page, TaskFilter, Tx};

use super::moving::{self, Copying, Gathered};
use super::{add, lists};
use crate::failure::Failure;

/// All that a personal space holds.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    space: SpaceId,
    lists: Vec<(EntityId, Vec<Held>)>,
    tasks: Vec<Gathered>,
}

impl Contents {
    /// How many tasks there are.
    pub(super) fn tasks(&self) -> u64 {
        self.tasks.len() as u64
    }
}

/// Reads the lists and tasks of a personal space that are not in the trash.
pub(super) fn gather(tx: &mut Tx<'_>, space: SpaceId) -> Result<Contents, Failure> {
    let mut all = Vec::new();
    for list in tx.reader().lists(Some(&space))? {
        all.push((list.id, tx.held(space, Kind::LIST, list.id)?));
    }
    let filter = TaskFilter {
        space: Some(space),
        done: true,
        ..TaskFilter::default()
    };
    let tasks = tx.reader().tasks(&filter, Page::default())?.tasks;
    Ok(Contents {
        space,
        lists: all,
        tasks: moving::gather(tx, tasks)?,
    })
}

/// Writes copies into another personal space.
pub(super) fn write(tx: &mut Tx<'_>, contents: &Contents, target: SpaceId) -> Result<(), Failure> {
    let me = tx.me();
    let inbox = EntityId::derive("rota inbox 1", &[&contents.space.0]);
    let there = add::default_list(tx, target, target)?.list;
    let mut drafts = Vec::new();
    let mut copies = BTreeMap::from([(inbox, there)]);
    for (list, held) in &contents.lists {
        if *list == inbox {
            continue;
        }
        let copy = copy_id(&target, list);
        copies.insert(*list, copy);
        let kept = held.iter().filter(|held| held.field != field::DELETED);
        drafts.extend(kept.map(|held| Draft {
            cell: Cell {
                kind: Kind::LIST,
                entity: copy,
                field: held.field,
                key: held.key.clone(),
            },
            value: held.value.clone(),
        }));
    }
    tx.write(target, drafts, By::Rule)?;
    let person = add::person_in(tx, &me, target)?;
    let to = Copying {
        target,
        list_of: |list| copies.get(&list).copied().unwrap_or(there),
        // All who wrote in a personal space are one person.
        person_of: |_| person,
    };
    moving::write_copies(tx, &contents.tasks, &to)
}

/// Moves a personal space into another and lays it down.
pub(super) fn leave_behind(tx: &mut Tx<'_>, old: SpaceId, target: SpaceId) -> Result<(), Failure> {
    let contents = gather(tx, old)?;
    write(tx, &contents, target)?;
    if tx.my_admission(old, Role::Editor).is_ok() {
        moving::mark_left(tx, old, &contents.tasks)?;
        let drafts = contents
            .lists
            .iter()
            .map(|(list, _)| lists::one(*list, field::DELETED, Value::bool(true)))
            .collect();
        tx.write(old, drafts, By::Person)?;
    }
    Ok(())
}
