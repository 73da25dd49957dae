//! Moving tasks: within a list, below each other, to another list or space, several in one go.

use std::collections::BTreeMap;

use rota_api::{ApiError, Change, ManyChanged, Place, Skipped, Task, TaskArrange, TaskMove, Verb};
use rota_model::cell::task as field;
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::order::OrderKey;
use rota_model::value::Value;
use rota_store::{Reader, Row, Spot, TaskView, Tx};

use super::edit::{may_write, one, only_title};
use super::{Service, change, find, moving};
use crate::errors;
use crate::failure::{Failure, invalid};

/// Parents are followed no further: what is deeper in a damaged database is no reason to search for ever.
const ABOVE_MAX_COUNT: usize = 10_000;

impl Service {
    pub(super) async fn move_task(&self, input: TaskMove) -> Result<Task, ApiError> {
        let ends = std::sync::Arc::clone(&self.node.ends);
        let (id, step) = self
            .act("the move", move |tx| {
                let found = find::task(&tx.reader(), &input.id)?;
                let row = row_of(&found);
                let spot = spot(&tx.reader(), &input.to)?;
                let keys = keys(tx, &row, spot, &[found.id], 1)?;
                let draft = one(found.id, field::ORDER, Value::text(keys[0].as_str()));
                tx.write(found.space.id, vec![draft], By::Person)?;
                ends.forget();
                tx.is_about(Verb::Arrange.name(), 1, Some(found.title));
                Ok(found.id)
            })
            .await?;
        self.task_after(id, step).await
    }

    pub(super) async fn arrange_tasks(&self, input: TaskArrange) -> Result<ManyChanged, ApiError> {
        if input.list.is_none() && input.parent.is_none() && input.to.is_none() {
            let hint = "name a list, a task above, or a place";
            return Err(invalid("there is nowhere to move to", "to", hint));
        }
        let me = self.node.core().me;
        let ends = std::sync::Arc::clone(&self.node.ends);
        let ((ids, skipped), step) = self
            .act("the move", move |tx| {
                let target = Target::read(&tx.reader(), &input)?;
                let (tasks, skipped) = movable(tx, &target, &input.ids)?;
                let ids: Vec<EntityId> = tasks.iter().map(|task| task.id).collect();
                if let Some(parent) = target.parent.flatten() {
                    not_below_itself(&tx.reader(), parent, &ids)?;
                }
                let mut rows: Vec<(Row, Vec<TaskView>)> = Vec::new();
                for task in &tasks {
                    let row = target.row_for(task);
                    match rows.iter_mut().find(|(other, _)| *other == row) {
                        Some((_, tasks)) => tasks.push(task.clone()),
                        None => rows.push((row, vec![task.clone()])),
                    }
                }
                let mut moved = BTreeMap::new();
                for (row, tasks) in rows {
                    place(tx, &me, &target, &row, &tasks, &ids, &mut moved)?;
                }
                ends.forget();
                let (verb, name) = match &target.list_name {
                    Some(list) => (Verb::Move, Some(list.clone())),
                    None => (Verb::Arrange, only_title(&tasks)),
                };
                tx.is_about(verb.name(), tasks.len() as u64, name);
                let now = ids.iter().map(|id| *moved.get(id).unwrap_or(id)).collect();
                Ok((now, skipped))
            })
            .await?;
        Ok(ManyChanged {
            tasks: self.tasks_by_id(ids).await?,
            skipped,
            step,
        })
    }
}

/// Where tasks are to go.
struct Target {
    list: Option<(SpaceId, EntityId)>,
    /// The name of a list that was asked for.
    list_name: Option<String>,
    /// The task above; `Some(None)` for none.
    parent: Option<Option<EntityId>>,
    spot: Option<Spot>,
}

impl Target {
    fn read(reader: &Reader<'_>, input: &TaskArrange) -> Result<Self, Failure> {
        let spot = match &input.to {
            Some(to) => Some(spot(reader, to)?),
            None => None,
        };
        let beside = match spot {
            Some(Spot::Before(id) | Spot::After(id)) => reader.task(&id)?,
            Some(Spot::First | Spot::Last) | None => None,
        };
        let named = match &input.list {
            Some(text) => Some(find::list(reader, text, None)?),
            None => None,
        };
        let list_name = named.as_ref().map(|list| list.name.clone());
        let list = named.map(|list| (list.space.id, list.id));
        let of = |task: &TaskView| (task.space.id, task.list.id);
        Ok(match &input.parent {
            Some(Change::Set(text)) => {
                let above = find::task(reader, text)?;
                Self {
                    list: Some(of(&above)),
                    list_name,
                    parent: Some(Some(above.id)),
                    spot,
                }
            }
            Some(Change::Clear) => Self {
                list: list.or(beside.as_ref().map(of)),
                list_name,
                parent: Some(None),
                spot,
            },
            None => Self {
                parent: match (&beside, &list) {
                    (Some(beside), _) => Some(beside.parent),
                    (None, Some(_)) => Some(None),
                    (None, None) => None,
                },
                list: list.or(beside.as_ref().map(of)),
                list_name,
                spot,
            },
        })
    }

    fn row_for(&self, task: &TaskView) -> Row {
        let (space, list) = self.list.unwrap_or((task.space.id, task.list.id));
        Row {
            space,
            list,
            parent: self.parent.unwrap_or(task.parent),
        }
    }
}

/// The tasks that may be moved, without those that go along with another of them anyway.
fn movable(
    tx: &mut Tx<'_>,
    target: &Target,
    texts: &[String],
) -> Result<(Vec<TaskView>, Vec<Skipped>), Failure> {
    let mut tasks: Vec<TaskView> = Vec::new();
    let mut skipped = Vec::new();
    for text in texts {
        let found = find::task(&tx.reader(), text).and_then(|found| {
            may_write(tx, found.space.id)?;
            if let Some((space, _)) = target.list {
                may_write(tx, space)?;
            }
            Ok(found)
        });
        match found {
            Ok(found) if tasks.iter().any(|task| task.id == found.id) => {}
            Ok(found) => tasks.push(found),
            Err(failure) if change::is_of_one_task(&failure) => skipped.push(Skipped {
                id: text.clone(),
                reason: failure.0,
            }),
            Err(failure) => return Err(failure),
        }
    }
    let ids: Vec<EntityId> = tasks.iter().map(|task| task.id).collect();
    let mut roots = Vec::with_capacity(tasks.len());
    for task in tasks {
        let above = above(&tx.reader(), task.parent)?;
        if !above.iter().any(|above| ids.contains(above)) {
            roots.push(task);
        }
    }
    Ok((roots, skipped))
}

/// Puts tasks into a row, beside each other.
fn place(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    target: &Target,
    row: &Row,
    tasks: &[TaskView],
    ids: &[EntityId],
    moved: &mut BTreeMap<EntityId, EntityId>,
) -> Result<(), Failure> {
    let spot = match target.spot {
        Some(spot) => spot,
        // Without a place, what is there already stays where it is.
        None if tasks.iter().all(|task| row_of(task) == *row) => return Ok(()),
        None => Spot::Last,
    };
    let keys = keys(tx, row, spot, ids, tasks.len())?;
    let mut drafts: Vec<Draft> = Vec::new();
    for (task, key) in tasks.iter().zip(&keys) {
        if task.space.id != row.space {
            let to = (row.space, row.list, row.parent);
            moved.insert(task.id, moving::copy_to(tx, me, task, to, key)?);
            continue;
        }
        drafts.push(one(task.id, field::ORDER, Value::text(key.as_str())));
        let another_parent = task.parent != row.parent;
        if another_parent {
            drafts.push(one(task.id, field::PARENT, Value::entity(row.parent)));
        }
        // A subtask has the list of the task above, whatever its own cell says.
        if task.list.id != row.list || another_parent {
            drafts.push(one(task.id, field::LIST, Value::entity(Some(row.list))));
        }
    }
    if !drafts.is_empty() {
        tx.write(row.space, drafts, By::Person)?;
    }
    Ok(())
}

/// Order keys for so many tasks at a place.
pub(super) fn keys(
    tx: &mut Tx<'_>,
    row: &Row,
    spot: Spot,
    without: &[EntityId],
    n: usize,
) -> Result<Vec<OrderKey>, Failure> {
    let beside = tx.reader().beside(row, spot, without)?;
    let Some((before, after)) = beside else {
        let hint = "name a task of the same list and the same task above";
        return Err(invalid("the task of that place is somewhere else", "to", hint).into());
    };
    let key = |text: Option<String>| text.map(|text| OrderKey::from_foreign(&text));
    let (before, after) = (key(before), key(after));
    let keys = OrderKey::many_between(before.as_ref(), after.as_ref(), n, || {
        u32::from_be_bytes(tx.random())
    });
    if keys.len() == n {
        Ok(keys)
    } else {
        Err(errors::broken("no order keys").into())
    }
}

/// The row that a task is in.
pub(super) fn row_of(task: &TaskView) -> Row {
    Row {
        space: task.space.id,
        list: task.list.id,
        parent: task.parent,
    }
}

pub(super) fn spot(reader: &Reader<'_>, to: &Place) -> Result<Spot, Failure> {
    Ok(match to {
        Place::First => Spot::First,
        Place::Last => Spot::Last,
        Place::Before(text) => Spot::Before(find::task(reader, text)?.id),
        Place::After(text) => Spot::After(find::task(reader, text)?.id),
    })
}

fn not_below_itself(
    reader: &Reader<'_>,
    parent: EntityId,
    ids: &[EntityId],
) -> Result<(), Failure> {
    let above = above(reader, Some(parent))?;
    if above.iter().any(|above| ids.contains(above)) {
        return Err(invalid(
            "a task cannot be below itself",
            "parent",
            "choose a task that is not one of its subtasks",
        )
        .into());
    }
    Ok(())
}

/// A task and all that it is below.
fn above(reader: &Reader<'_>, first: Option<EntityId>) -> Result<Vec<EntityId>, Failure> {
    let mut found = Vec::new();
    let mut next = first;
    while let Some(id) = next {
        if found.len() >= ABOVE_MAX_COUNT {
            break;
        }
        found.push(id);
        next = reader.task(&id)?.and_then(|task| task.parent);
    }
    Ok(found)
}
