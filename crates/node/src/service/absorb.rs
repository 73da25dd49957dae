//! One `Mine` moves into another: everything in it becomes a copy there, as in a move.

use std::collections::BTreeMap;

use rota_model::cell::{Cell, Kind, list as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId};
use rota_model::moves::copy_id;
use rota_model::payload::Role;
use rota_model::value::Value;
use rota_store::{Page, TaskFilter, Tx};

use super::{find, moving};
use crate::failure::Failure;

/// Copies the lists and tasks of a personal space into another, and gives the number of tasks.
pub(super) fn copy(tx: &mut Tx<'_>, old: SpaceId, target: SpaceId) -> Result<u64, Failure> {
    let me = tx.me();
    let inbox = |space: &SpaceId| EntityId::derive("rota inbox 1", &[&space.0]);
    let mut lists: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    let mut drafts = Vec::new();
    for list in tx.reader().lists(Some(&old))? {
        if list.id == inbox(&old) {
            let there = super::add::default_list(tx, target, target)?;
            lists.insert(list.id, there.list);
            continue;
        }
        let copy = copy_id(&target, &list.id);
        lists.insert(list.id, copy);
        for held in tx.held(old, Kind::LIST, list.id)? {
            if held.field == field::DELETED {
                continue;
            }
            drafts.push(Draft {
                cell: Cell {
                    kind: Kind::LIST,
                    entity: copy,
                    field: held.field,
                    key: held.key,
                },
                value: held.value,
            });
        }
    }
    tx.write(target, drafts, By::Rule)?;
    let filter = TaskFilter {
        space: Some(old),
        done: true,
        ..TaskFilter::default()
    };
    let tasks = tx.reader().tasks(&filter, Page::default())?.tasks;
    let fallback = if tasks.iter().all(|task| lists.contains_key(&task.list.id)) {
        None
    } else {
        Some(super::add::default_list(tx, target, target)?.list)
    };
    let list_of = |list: EntityId| {
        lists
            .get(&list)
            .copied()
            .or(fallback)
            .unwrap_or_else(|| inbox(&target))
    };
    moving::copy_all(tx, &me, &tasks, target, list_of)?;
    Ok(tasks.len() as u64)
}

/// Moves a personal space into another and lays it down.
pub(super) fn leave_behind(tx: &mut Tx<'_>, old: SpaceId, target: SpaceId) -> Result<(), Failure> {
    copy(tx, old, target)?;
    let me = tx.me();
    let may_write = tx.my_admission(old, Role::Editor).is_ok();
    if may_write {
        let lists = tx.reader().lists(Some(&old))?;
        let drafts = lists
            .iter()
            .map(|list| super::lists::one(list.id, field::DELETED, Value::bool(true)))
            .collect();
        tx.write(old, drafts, By::Person)?;
    }
    debug_assert!(find::my_person(&tx.reader(), &me, &target).is_ok());
    Ok(())
}
