//! Changing fields of a task, its status, and the trash.

use std::collections::{BTreeMap, HashMap};

use rota_api::{
    ApiError, Change, ManyChanged, Skipped, Task, TaskChange, TaskEdit, TaskEditMany, Verb,
};
use rota_model::cell::{Cell, Field, Kind, list as list_field, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{EntityId, SpaceId};
use rota_model::order::OrderKey;
use rota_model::payload::Role;
use rota_model::successor::{successor, successor_id};
use rota_model::task::{Status, TaskFields, Winner};
use rota_model::value::Value;
use rota_store::{Held, ListView, NotAllowed, TaskView, Tx};

use super::change::{self, Reading};
use super::many::{Done, Many};
use super::order::Ends;
use super::{Service, find, moving};
use crate::errors;
use crate::failure::{Failure, invalid};
use crate::records;

impl Service {
    pub(super) async fn edit_task(&self, input: TaskEdit) -> Result<Task, ApiError> {
        let many = Many::all(vec![input.id]);
        let done = self.change_all(many, input.change).await?;
        let id = done.ids.first().copied().ok_or_else(errors::cut_off)?;
        self.task_after(id, done.step).await
    }

    pub(super) async fn edit_tasks(&self, input: TaskEditMany) -> Result<ManyChanged, ApiError> {
        let many = Many::skipping(input.ids);
        let done = self.change_all(many, input.change).await?;
        self.many_changed(done).await
    }

    /// Changes tasks in one action.
    async fn change_all(&self, many: Many, change: TaskChange) -> Result<Done, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        let ends = std::sync::Arc::clone(&self.node.ends);
        let changed = self.act("the edit", move |tx| {
            let style = super::style::of(&tx.reader(), None)?;
            let reading = Reading { me, now, style };
            let list = match &change.list {
                Some(text) => Some(find::list(&tx.reader(), text, None)?),
                None => None,
            };
            let mut all: Vec<TaskView> = Vec::with_capacity(many.texts.len());
            let mut skipped = Vec::new();
            let mut drafts: BTreeMap<SpaceId, Vec<Draft>> = BTreeMap::new();
            let mut read = HashMap::new();
            for text in many.texts {
                match prepare(tx, &reading, &text, &change, list.as_ref()) {
                    Ok((found, _)) if all.iter().any(|other| other.id == found.id) => {}
                    Ok((found, own)) => {
                        drafts.entry(found.space.id).or_default().extend(own);
                        read.extend(change::read(found.id, &change));
                        all.push(found);
                    }
                    Err(failure) if many.skip && change::is_of_one_task(&failure) => {
                        skipped.push(Skipped {
                            id: text,
                            reason: failure.0,
                        });
                    }
                    Err(failure) => return Err(failure),
                }
            }
            for (space, drafts) in drafts {
                tx.write_having_seen(space, drafts, By::Person, &read)?;
            }
            if change.status.is_some() {
                for found in &all {
                    go_on(tx, &reading, &ends, found)?;
                }
            }
            if change.parent.is_some() {
                ends.forget();
            }
            let mut ids = Vec::with_capacity(all.len());
            for found in &all {
                ids.push(match &list {
                    Some(list) => moving::to_list(tx, &me, &ends, found, list)?,
                    None => found.id,
                });
            }
            let name = match (change::verb(&change), &list, &change.title) {
                (Verb::Move, Some(list), _) => Some(list.name.clone()),
                (_, _, Some(title)) => Some(title.clone()),
                _ => only_title(&all),
            };
            tx.is_about(change::verb(&change).name(), ids.len() as u64, name);
            Ok((ids, skipped))
        });
        let ((ids, skipped), step) = changed.await?;
        Ok(Done { ids, skipped, step })
    }

    pub(super) async fn complete(&self, many: Many) -> Result<Done, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        let ends = std::sync::Arc::clone(&self.node.ends);
        self.each("the completion", Verb::Complete, many, move |tx, found| {
            // What follows it was written with the completion, and may have been changed since.
            if found.status == Status::Done {
                return Ok(());
            }
            let style = super::style::of(&tx.reader(), None)?;
            let now = now.clone();
            let reading = Reading { me, now, style };
            let draft = change::status_draft(found.id, Status::Done);
            tx.write(found.space.id, vec![draft], By::Person)?;
            go_on(tx, &reading, &ends, found)
        })
        .await
    }

    pub(super) async fn reopen(&self, many: Many) -> Result<Done, ApiError> {
        self.each("the reopening", Verb::Reopen, many, |tx, found| {
            if found.status != Status::Open {
                let draft = change::status_draft(found.id, Status::Open);
                tx.write(found.space.id, vec![draft], By::Person)?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn delete(&self, many: Many) -> Result<Done, ApiError> {
        self.each("the deletion", Verb::Delete, many, |tx, found| {
            let draft = one(found.id, field::DELETED, Value::bool(true));
            tx.write(found.space.id, vec![draft], By::Person)?;
            Ok(())
        })
        .await
    }

    pub(super) async fn restore(&self, many: Many) -> Result<Done, ApiError> {
        self.each("the restoring", Verb::Restore, many, |tx, found| {
            // A subtask went with what is above it: that has to come back for it to be seen.
            let mut next = Some(found.clone());
            while let Some(task) = next {
                if task.deleted_ms.is_none() {
                    break;
                }
                let draft = one(task.id, field::DELETED, Value::bool(false));
                tx.write(task.space.id, vec![draft], By::Person)?;
                next = match task.parent {
                    Some(parent) => tx.reader().task(&parent)?,
                    None => None,
                };
            }
            let list = tx.reader().list(&found.list.id)?;
            if list.is_some_and(|list| list.deleted_ms.is_some()) {
                let drafts = list_back(found.list.id);
                tx.write(found.space.id, drafts, By::Person)?;
            }
            Ok(())
        })
        .await
    }

    /// Does the same to several tasks in one action.
    async fn each(
        &self,
        label: &str,
        verb: Verb,
        many: Many,
        change: impl FnMut(&mut Tx<'_>, &TaskView) -> Result<(), Failure> + Send + 'static,
    ) -> Result<Done, ApiError> {
        let done = self.act(label, move |tx| {
            let (all, skipped) = many.each(tx, change)?;
            tx.is_about(verb.name(), all.len() as u64, only_title(&all));
            let ids: Vec<EntityId> = all.into_iter().map(|task| task.id).collect();
            Ok((ids, skipped))
        });
        let ((ids, skipped), step) = done.await?;
        Ok(Done { ids, skipped, step })
    }
}

/// A key right after another; a next occurrence stands where its predecessor stood.
fn next_order(tx: &mut Tx<'_>, order: &OrderKey) -> OrderKey {
    let random = u32::from_be_bytes(tx.random());
    OrderKey::between(Some(order), None, random)
}

pub(super) fn one(id: EntityId, field: Field, value: Value) -> Draft {
    Draft {
        cell: Cell::of(Kind::TASK, id, field),
        value,
    }
}

/// A task folded from what stands in its cells.
pub(super) fn folded(tx: &mut Tx<'_>, task: &TaskView) -> Result<TaskFields, Failure> {
    Ok(fold(&tx.held(task.space.id, Kind::TASK, task.id)?))
}

fn fold(held: &[Held]) -> TaskFields {
    TaskFields::fold(held.iter().map(|held| Winner {
        field: held.field,
        key: &held.key,
        rank: held.rank,
        value: &held.value,
        time: held.time,
        author: held.author,
    }))
}

/// What is to be written to one task, if it may be written to.
fn prepare(
    tx: &mut Tx<'_>,
    reading: &Reading,
    text: &str,
    change: &TaskChange,
    list: Option<&ListView>,
) -> Result<(TaskView, Vec<Draft>), Failure> {
    let found = find::task(&tx.reader(), text)?;
    may_write(tx, found.space.id)?;
    if let Some(list) = list {
        may_write(tx, list.space.id)?;
    }
    let mut drafts = reading.fields(&tx.reader(), &found, change)?;
    if let Some(parent) = &change.parent {
        drafts.push(parent_draft(tx, &found, parent)?);
    }
    if let Some(status) = change.status.map(change::status)
        && status != found.status
    {
        drafts.push(change::status_draft(found.id, status));
    }
    Ok((found, drafts))
}

/// Whether this computer may write in a space.
pub(super) fn may_write(tx: &mut Tx<'_>, space: SpaceId) -> Result<(), Failure> {
    let me = tx.me();
    tx.my_admission(space, Role::Editor)?;
    if records::is_removed(&tx.reader(), &space, &me)? {
        return Err(errors::not_allowed(NotAllowed::Removed).into());
    }
    Ok(())
}

/// Writes the next occurrence of a task that was completed just now, if it repeats.
fn go_on(tx: &mut Tx<'_>, reading: &Reading, ends: &Ends, found: &TaskView) -> Result<(), Failure> {
    let fields = folded(tx, found)?;
    if fields.status != Status::Done || found.status == Status::Done {
        return Ok(());
    }
    let order = OrderKey::from_foreign(&found.order);
    let after = next_order(tx, &order);
    let members = tx.reader().members(&found.space.id)?;
    let is_member = |person: &EntityId| {
        let mut present = members.iter().filter(|member| member.removed_ms.is_none());
        present.any(|member| member.person.id == *person)
    };
    let next = successor(&found.id, &fields, &reading.now, after.as_str(), is_member)
        .map_err(|error| errors::from_repeat(&error))?;
    let drafts = instead(tx, found, next)?;
    if !drafts.is_empty() {
        tx.write(found.space.id, drafts, By::Rule)?;
        ends.forget();
    }
    Ok(())
}

/// What is to be written of the next occurrence where an earlier completion, taken back since, has left one: what that
/// had and this one has not is taken away, and all of it where the rule was.
fn instead(
    tx: &mut Tx<'_>,
    found: &TaskView,
    next: Option<Vec<Draft>>,
) -> Result<Vec<Draft>, Failure> {
    let id = successor_id(&found.id);
    let held = tx.held(found.space.id, Kind::TASK, id)?;
    let Some(mut drafts) = next else {
        let is_proposal = !held.is_empty() && !fold(&held).touched_by_person;
        let gone = is_proposal.then(|| one(id, field::DELETED, Value::bool(true)));
        return Ok(gone.into_iter().collect());
    };
    for held in held.iter().filter(|held| held.rank.stamp.is_of_rule()) {
        let cell = Cell::element(Kind::TASK, id, held.field, &held.key);
        if drafts.iter().all(|draft| draft.cell != cell) {
            let value = Value::null();
            drafts.push(Draft { cell, value });
        }
    }
    Ok(drafts)
}

/// What takes a list out of the trash.
pub(super) fn list_back(list: EntityId) -> Vec<Draft> {
    let one = |field, value| Draft {
        cell: Cell::of(Kind::LIST, list, field),
        value,
    };
    vec![
        one(list_field::DELETED, Value::bool(false)),
        one(list_field::SEEN, Value::null()),
    ]
}

/// The title, if it is one task.
pub(super) fn only_title(tasks: &[TaskView]) -> Option<String> {
    match tasks {
        [one] => Some(one.title.clone()),
        _ => None,
    }
}

fn parent_draft(tx: &Tx<'_>, found: &TaskView, change: &Change<String>) -> Result<Draft, Failure> {
    let parent = match change {
        Change::Clear => None,
        Change::Set(text) => {
            let parent = find::task(&tx.reader(), text)?;
            if parent.space.id != found.space.id {
                return Err(invalid(
                    "the two tasks are in different spaces",
                    "parent",
                    "move the task to the other's list first (--to-list)",
                )
                .into());
            }
            let below = tx.reader().subtasks(&found.id)?;
            if parent.id == found.id || below.iter().any(|task| task.id == parent.id) {
                return Err(invalid(
                    "a task cannot be below itself",
                    "parent",
                    "choose a task that is not one of its subtasks",
                )
                .into());
            }
            Some(parent.id)
        }
    };
    Ok(one(found.id, field::PARENT, Value::entity(parent)))
}
