//! Copying tasks: open, with their subtasks, each behind its original.

use std::collections::BTreeMap;

use rota_api::{ApiError, Verb};
use rota_model::cell::{Cell, Kind, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId};
use rota_model::order::OrderKey;
use rota_model::task::{Mark, mark_value};
use rota_model::value::Value;
use rota_store::{Spot, TaskView, Tx};

use super::edit::{one, only_title};
use super::many::{Done, Many};
use super::{Service, add, arrange};
use crate::failure::Failure;

impl Service {
    pub(super) async fn duplicate(&self, many: Many) -> Result<Done, ApiError> {
        let me = self.node.core().me;
        let ends = std::sync::Arc::clone(&self.node.ends);
        let copied = self.act("the copies", move |tx| {
            let (all, skipped) = many.each(tx, |_, _| Ok(()))?;
            let mut copies = Vec::new();
            let mut along: Vec<EntityId> = Vec::new();
            for task in &all {
                // What is below another of them is copied with it.
                if !along.contains(&task.id) {
                    let below = tx.reader().subtasks(&task.id)?;
                    along.extend(below.iter().map(|task| task.id));
                    copies.push(copy(tx, &me, task, below)?);
                }
            }
            ends.forget();
            let count = copies.len() as u64;
            tx.is_about(Verb::Duplicate.name(), count, only_title(&all));
            Ok((copies, skipped))
        });
        let ((ids, skipped), step) = copied.await?;
        Ok(Done { ids, skipped, step })
    }
}

fn copy(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    task: &TaskView,
    below: Vec<TaskView>,
) -> Result<EntityId, Failure> {
    let row = arrange::row_of(task);
    let order = match tx.reader().beside(&row, Spot::After(task.id), &[])? {
        Some(_) => arrange::keys(tx, &row, Spot::After(task.id), &[], 1)?,
        // A task in the trash has no place: its copy goes to the end.
        None => arrange::keys(tx, &row, Spot::Last, &[], 1)?,
    };
    let person = add::person_in(tx, me, task.space.id)?;
    let mark = Mark {
        at_ms: tx.time().ms(),
        computer: *me,
        person: None,
    };
    let all: Vec<TaskView> = std::iter::once(task.clone())
        .chain(below.into_iter().filter(|task| task.deleted_ms.is_none()))
        .collect();
    let ids: BTreeMap<EntityId, EntityId> = all
        .iter()
        .map(|task| (task.id, EntityId::new(tx.random())))
        .collect();
    let mut drafts = Vec::new();
    for original in &all {
        let Some(id) = ids.get(&original.id).copied() else {
            continue;
        };
        let is_root = original.id == task.id;
        drafts.extend(cells(tx, original, id, &ids, is_root.then_some(&order[0]))?);
        drafts.push(one(id, field::CREATED, mark_value(mark, person)));
    }
    tx.write(task.space.id, drafts, By::Person)?;
    Ok(*ids.get(&task.id).unwrap_or(&task.id))
}

/// The cells of a copy: all of the original's, also of fields that this version does not know, but for what it went
/// through; of what was done about its reminder it keeps word, for nobody wants to be told again. `order` is its own
/// place; what is below keeps that of its original.
fn cells(
    tx: &mut Tx<'_>,
    original: &TaskView,
    id: EntityId,
    ids: &BTreeMap<EntityId, EntityId>,
    order: Option<&OrderKey>,
) -> Result<Vec<Draft>, Failure> {
    let held = tx.held(original.space.id, Kind::TASK, original.id)?;
    Ok(held
        .into_iter()
        .filter_map(|held| {
            let new = |old: EntityId| ids.get(&old).copied().unwrap_or(old);
            let mut cell = Cell {
                kind: Kind::TASK,
                entity: id,
                field: held.field,
                key: held.key,
            };
            let value = match held.field {
                field::STATUS
                | field::DELETED
                | field::MOVED
                | field::CREATED
                | field::PREDECESSOR => return None,
                field::ORDER => order.map_or(held.value, |order| Value::text(order.as_str())),
                field::LIST => Value::entity(Some(original.list.id)),
                field::PARENT => Value::entity(original.parent.map(new)),
                field::WAITS_FOR => {
                    let waited = EntityId::from_slice(&cell.key)?;
                    cell.key = new(waited).0.to_vec();
                    held.value
                }
                _ => held.value,
            };
            Some(Draft { cell, value })
        })
        .collect())
}
