//! Moving tasks to another list and to another space.

use std::collections::BTreeMap;

use rota_model::cell::{Kind, task as field};
use rota_model::edit::By;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::moves::{self, Held, Moving, copy_id};
use rota_model::order::OrderKey;
use rota_model::task::TaskFields;
use rota_model::value::Value;
use rota_store::{ListView, TaskView, Tx};

use super::order::Ends;
use super::{add, edit};
use crate::failure::Failure;

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
    copy_to(tx, me, found, (list.space.id, list.id, None), &order[0])
}

/// Moves a task with its subtasks to another space, at a place there; gives the id that it has there.
pub(super) fn copy_to(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    found: &TaskView,
    (space, list, parent): (SpaceId, EntityId, Option<EntityId>),
    order: &OrderKey,
) -> Result<EntityId, Failure> {
    let mut moving = vec![found.clone()];
    moving.extend(tx.reader().subtasks(&found.id)?);
    let gathered = gather(tx, moving)?;
    let own = add::person_in(tx, me, found.space.id)?;
    let there = add::person_in(tx, me, space)?;
    let to = Copying {
        target: space,
        list_of: |_| list,
        person_of: |person| if person == own { there } else { person },
    };
    write_copies(tx, &gathered, &to)?;
    mark_left(tx, found.space.id, &gathered)?;
    let id = copy_id(&space, &found.id);
    let mut place = vec![edit::one(id, field::ORDER, Value::text(order.as_str()))];
    if parent.is_some() {
        place.push(edit::one(id, field::PARENT, Value::entity(parent)));
    }
    tx.write(space, place, By::Person)?;
    Ok(id)
}

/// A task with all that stands in its cells, on its way to another space.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    task: TaskView,
    held: Vec<Held>,
    fields: TaskFields,
}

/// Where copies go.
pub(super) struct Copying<L, P> {
    pub(super) target: SpaceId,
    /// The list there for one here.
    pub(super) list_of: L,
    /// Who somebody is there.
    pub(super) person_of: P,
}

/// Reads what is to be copied.
pub(super) fn gather(tx: &mut Tx<'_>, tasks: Vec<TaskView>) -> Result<Vec<Gathered>, Failure> {
    let mut gathered = Vec::with_capacity(tasks.len());
    for task in tasks {
        let fields = edit::folded(tx, &task)?;
        let held = tx.held(task.space.id, Kind::TASK, task.id)?;
        let held = held
            .into_iter()
            .map(|held| Held {
                field: held.field,
                key: held.key,
                value: held.value,
            })
            .collect();
        gathered.push(Gathered { task, held, fields });
    }
    Ok(gathered)
}

/// Writes copies of tasks into another space. Tasks that are copied together stay below and after each other.
pub(super) fn write_copies(
    tx: &mut Tx<'_>,
    gathered: &[Gathered],
    to: &Copying<impl Fn(EntityId) -> EntityId, impl Fn(EntityId) -> EntityId>,
) -> Result<(), Failure> {
    let ids: BTreeMap<EntityId, EntityId> = gathered
        .iter()
        .map(|one| (one.task.id, copy_id(&to.target, &one.task.id)))
        .collect();
    let mut copies = Vec::new();
    let mut revived = Vec::new();
    for Gathered { task, held, fields } in gathered {
        let completed_by = task.completed_by.as_ref().unwrap_or(&task.created_by);
        let moving = Moving {
            id: task.id,
            held,
            fields,
            created_person: (to.person_of)(task.created_by.person.id),
            completed_person: (to.person_of)(completed_by.person.id),
        };
        let list = (to.list_of)(task.list.id);
        copies.extend(moves::copy(&moving, &to.target, list, &ids));
        // What was moved there before and deleted comes back.
        let copy = copy_id(&to.target, &task.id);
        let found = tx.reader().task(&copy)?;
        if found.is_some_and(|found| found.deleted_ms.is_some()) {
            revived.push(edit::one(copy, field::DELETED, Value::bool(false)));
        }
    }
    tx.write(to.target, copies, By::Rule)?;
    tx.write(to.target, revived, By::Person)?;
    Ok(())
}

/// Marks tasks as moved away.
pub(super) fn mark_left(
    tx: &mut Tx<'_>,
    space: SpaceId,
    gathered: &[Gathered],
) -> Result<(), Failure> {
    let marks = gathered
        .iter()
        .map(|one| moves::mark_moved(one.task.id))
        .collect();
    tx.write(space, marks, By::Person)?;
    Ok(())
}
