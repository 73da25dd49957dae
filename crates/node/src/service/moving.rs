//! Moving tasks: within a list, to another list, to another space.

use std::collections::BTreeMap;

use rota_api::{ApiError, Place, Task, TaskMove};
use rota_model::cell::{Kind, task as field};
use rota_model::edit::By;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::moves::{self, Held, Moving, copy_id};
use rota_model::order::OrderKey;
use rota_model::value::Value;
use rota_store::{ListView, Page, Reader, StoreError, TaskFilter, TaskView, Tx};

use super::order::Ends;
use super::{Service, add, edit, find};
use crate::failure::{Failure, invalid};

impl Service {
    pub(super) async fn move_task(&self, input: TaskMove) -> Result<Task, ApiError> {
        let ends = std::sync::Arc::clone(&self.node.ends);
        let id = self
            .act("the move", move |tx| {
                let found = find::task(&tx.reader(), &input.id)?;
                let siblings = siblings(&tx.reader(), &found)?;
                let at = |text: &str, tx: &Tx<'_>| -> Result<usize, Failure> {
                    let other = find::task(&tx.reader(), text)?;
                    siblings
                        .iter()
                        .position(|task| task.id == other.id)
                        .ok_or_else(|| {
                            let message =
                                format!("{:?} is not beside {:?}", other.title, found.title);
                            invalid(
                                message,
                                "to",
                                "name a task of the same list and the same task above",
                            )
                            .into()
                        })
                };
                // The place in the row without the task itself.
                let place = match &input.to {
                    Place::First => 0,
                    Place::Last => siblings.len(),
                    Place::Before(text) => at(text, tx)?,
                    Place::After(text) => at(text, tx)? + 1,
                };
                let key = |index: Option<usize>| {
                    index
                        .and_then(|index| siblings.get(index))
                        .map(|task| OrderKey::from_foreign(&task.order))
                };
                let (before, after) = (key(place.checked_sub(1)), key(Some(place)));
                let random = u32::from_be_bytes(tx.random());
                let order = OrderKey::between(before.as_ref(), after.as_ref(), random);
                let draft = edit::one(found.id, field::ORDER, Value::text(order.as_str()));
                tx.write(found.space.id, vec![draft], By::Person)?;
                ends.forget();
                Ok(found.id)
            })
            .await?;
        self.task_by_id(id).await
    }
}

/// The tasks beside one, in display order, without itself.
fn siblings(reader: &Reader<'_>, found: &TaskView) -> Result<Vec<TaskView>, StoreError> {
    let all = match found.parent {
        Some(parent) => reader.subtasks(&parent)?,
        None => {
            let filter = TaskFilter {
                space: Some(found.space.id),
                list: Some(found.list.id),
                done: true,
                ..TaskFilter::default()
            };
            reader.tasks(&filter, Page::default())?.tasks
        }
    };
    let mut beside: Vec<TaskView> = all
        .into_iter()
        .filter(|task| task.parent == found.parent && task.id != found.id)
        .collect();
    beside.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    Ok(beside)
}

/// Puts a task into a list, with its subtasks; gives the id that it has there.
pub(super) fn to_list(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    ends: &Ends,
    found: &TaskView,
    list: &ListView,
) -> Result<EntityId, Failure> {
    if found.list.id == list.id && found.space.id == list.space.id {
        return Ok(found.id);
    }
    let order = ends.next(tx, list.space.id, list.id, 1)?;
    if found.space.id == list.space.id {
        let mut drafts = vec![
            edit::one(found.id, field::LIST, Value::entity(Some(list.id))),
            edit::one(found.id, field::ORDER, Value::text(order[0].as_str())),
        ];
        if found.parent.is_some() {
            drafts.push(edit::one(found.id, field::PARENT, Value::null()));
        }
        tx.write(found.space.id, drafts, By::Person)?;
        return Ok(found.id);
    }
    let mut moving = vec![found.clone()];
    moving.extend(tx.reader().subtasks(&found.id)?);
    copy_all(tx, me, &moving, list.space.id, |_| list.id)?;
    let id = copy_id(&list.space.id, &found.id);
    let last = edit::one(id, field::ORDER, Value::text(order[0].as_str()));
    tx.write(list.space.id, vec![last], By::Person)?;
    Ok(id)
}

/// Copies tasks into another space and marks those left behind. `list_of` says which list there takes what is in a
/// list here. Tasks that are copied together stay below and after each other.
pub(super) fn copy_all(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    tasks: &[TaskView],
    target: SpaceId,
    list_of: impl Fn(EntityId) -> EntityId,
) -> Result<(), Failure> {
    let ids: BTreeMap<EntityId, EntityId> = tasks
        .iter()
        .map(|task| (task.id, copy_id(&target, &task.id)))
        .collect();
    for task in tasks {
        let held: Vec<Held> = tx
            .held(task.space.id, Kind::TASK, task.id)?
            .into_iter()
            .map(|held| Held {
                field: held.field,
                key: held.key,
                value: held.value,
            })
            .collect();
        let fields = edit::folded(tx, task)?;
        let own = add::person_in(tx, me, task.space.id)?;
        let there = add::person_in(tx, me, target)?;
        let of = |person: EntityId| if person == own { there } else { person };
        let moving = Moving {
            id: task.id,
            held: &held,
            fields: &fields,
            created_person: of(task.created_by.person.id),
            completed_person: task
                .completed_by
                .as_ref()
                .map_or(there, |author| of(author.person.id)),
        };
        let drafts = moves::copy(&moving, &target, list_of(task.list.id), &ids);
        let copy = copy_id(&target, &task.id);
        // What was moved there before and deleted comes back.
        let deleted = tx
            .reader()
            .task(&copy)?
            .is_some_and(|found| found.deleted_ms.is_some());
        tx.write(target, drafts, By::Rule)?;
        if deleted {
            let draft = edit::one(copy, field::DELETED, Value::bool(false));
            tx.write(target, vec![draft], By::Person)?;
        }
    }
    let marks: BTreeMap<SpaceId, Vec<_>> = tasks.iter().fold(BTreeMap::new(), |mut marks, task| {
        marks
            .entry(task.space.id)
            .or_insert_with(Vec::new)
            .push(moves::mark_moved(task.id));
        marks
    });
    for (space, drafts) in marks {
        tx.write(space, drafts, By::Person)?;
    }
    Ok(())
}
