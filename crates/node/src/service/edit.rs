//! Changing fields of a task, its status, and the trash.

use rota_api::{ApiError, Change, Task, TaskChange, TaskDelete, TaskDone, TaskEdit, TaskReopen, TaskRestore};
use rota_model::cell::{Cell, Field, Kind, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId};
use rota_model::limits::REPEAT_MAX_BYTES;
use rota_model::order::OrderKey;
use rota_model::recurrence::{RepeatRule, parse_repeat};
use rota_model::successor::successor;
use rota_model::task::{Assignee, Status, TaskFields, Winner, assignee_value, status_value};
use rota_model::text;
use rota_model::value::Value;
use rota_model::when::{Style, When, parse_when};
use rota_store::{TaskView, Tx};

use super::find::{self, Who};
use super::{Service, moving};
use crate::errors;
use crate::failure::{Failure, invalid};

impl Service {
    pub(super) async fn edit_task(&self, input: TaskEdit) -> Result<Task, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        let ends = std::sync::Arc::clone(&self.node.ends);
        let id = self
            .act("the edit", move |tx| {
                let found = find::task(&tx.reader(), &input.id)?;
                let id = found.id;
                let mut drafts = fields(tx, &me, &now, &found, &input.change)?;
                if let Some(parent) = &input.change.parent {
                    drafts.push(parent_draft(tx, &found, parent)?);
                }
                if !drafts.is_empty() {
                    tx.write(found.space.id, drafts, By::Person)?;
                }
                let Some(list) = &input.change.list else {
                    return Ok(id);
                };
                let list = find::list(&tx.reader(), list, None)?;
                moving::to_list(tx, &me, &ends, &found, &list)
            })
            .await?;
        self.task_by_id(id).await
    }

    pub(super) async fn complete(&self, input: TaskDone) -> Result<Vec<Task>, ApiError> {
        let now = self.node.clock.zoned();
        let ends = std::sync::Arc::clone(&self.node.ends);
        self.each("the completion", input.ids, move |tx, found| {
            // What follows it was written with the completion, and may have been changed since.
            if found.status == Status::Done {
                return Ok(());
            }
            let draft = one(found.id, field::STATUS, status_value(Status::Done, None));
            tx.write(found.space.id, vec![draft], By::Person)?;
            let fields = folded(tx, found)?;
            let order = OrderKey::from_foreign(&found.order);
            let after = next_order(tx, &order);
            let members = tx.reader().members(&found.space.id)?;
            let is_member = |person: &EntityId| {
                let mut present = members.iter().filter(|member| member.removed_ms.is_none());
                present.any(|member| member.person.id == *person)
            };
            let next = successor(&found.id, &fields, &now, after.as_str(), is_member)
                .map_err(|error| errors::from_repeat(&error))?;
            if let Some(drafts) = next {
                tx.write(found.space.id, drafts, By::Rule)?;
                ends.forget();
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn reopen(&self, input: TaskReopen) -> Result<Vec<Task>, ApiError> {
        self.each("the reopening", input.ids, |tx, found| {
            if found.status != Status::Open {
                let draft = one(found.id, field::STATUS, status_value(Status::Open, None));
                tx.write(found.space.id, vec![draft], By::Person)?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn delete(&self, input: TaskDelete) -> Result<Vec<Task>, ApiError> {
        self.each("the deletion", input.ids, |tx, found| {
            let draft = one(found.id, field::DELETED, Value::bool(true));
            tx.write(found.space.id, vec![draft], By::Person)?;
            Ok(())
        })
        .await
    }

    pub(super) async fn restore(&self, input: TaskRestore) -> Result<Vec<Task>, ApiError> {
        self.each("the restoring", input.ids, |tx, found| {
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
                let draft = Draft {
                    cell: Cell::of(Kind::LIST, found.list.id, rota_model::cell::list::DELETED),
                    value: Value::bool(false),
                };
                tx.write(found.space.id, vec![draft], By::Person)?;
            }
            Ok(())
        })
        .await
    }

    /// Does the same to several tasks in one go, and gives them as they are then.
    async fn each(
        &self,
        label: &str,
        texts: Vec<String>,
        mut change: impl FnMut(&mut Tx<'_>, &TaskView) -> Result<(), Failure> + Send + 'static,
    ) -> Result<Vec<Task>, ApiError> {
        let ids = self
            .act(label, move |tx| {
                let mut ids = Vec::with_capacity(texts.len());
                for text in &texts {
                    let found = find::task(&tx.reader(), text)?;
                    if !ids.contains(&found.id) {
                        change(tx, &found)?;
                        ids.push(found.id);
                    }
                }
                Ok(ids)
            })
            .await?;
        self.tasks_by_id(ids).await
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
    let held = tx.held(task.space.id, Kind::TASK, task.id)?;
    Ok(TaskFields::fold(held.iter().map(|held| Winner {
        field: held.field,
        key: &held.key,
        rank: held.rank,
        value: &held.value,
        time: held.time,
        author: held.author,
    })))
}

/// The drafts of all fields but list and parent.
fn fields(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    now: &jiff::Zoned,
    found: &TaskView,
    input: &TaskChange,
) -> Result<Vec<Draft>, Failure> {
    let id = found.id;
    let mut drafts = Vec::new();
    if let Some(title) = &input.title {
        drafts.push(one(
            id,
            field::TITLE,
            Value::text(&super::add::title(title)?),
        ));
    }
    if let Some(notes) = &input.notes {
        let notes = text::notes(notes).map_err(|error| errors::from_text(&error))?;
        drafts.push(one(id, field::NOTES, Value::text(&notes)));
    }
    let mut due = None;
    if let Some(change) = &input.due {
        due = when(change, now, "due")?;
        drafts.push(one(id, field::DUE, text_of(due.as_ref())));
    }
    if let Some(change) = &input.start {
        let start = when(change, now, "start")?;
        drafts.push(one(id, field::START, text_of(start.as_ref())));
    }
    if let Some(priority) = input.priority {
        if priority > 3 {
            let message = format!("there is no priority {priority}");
            return Err(invalid(
                message,
                "priority",
                "priorities go from 1 (highest) to 3; 0 is none",
            )
            .into());
        }
        drafts.push(one(id, field::PRIORITY, Value::uint(u64::from(priority))));
    }
    for (tags, stands) in [(&input.add_tags, true), (&input.remove_tags, false)] {
        for tag in tags {
            let tag = text::tag(tag.trim_start_matches('#'))
                .map_err(|error| errors::from_text(&error))?;
            let draft = Draft {
                cell: Cell::element(Kind::TASK, id, field::TAG, tag.as_bytes()),
                value: Value::bool(stands),
            };
            drafts.retain(|other: &Draft| other.cell != draft.cell);
            drafts.push(draft);
        }
    }
    if let Some(change) = &input.assignee {
        let assignee = match change {
            Change::Clear => None,
            Change::Set(text) => Some(match find::who(&tx.reader(), me, &found.space.id, text)? {
                Who::Person(person) => Assignee::Person(person),
                Who::Computer(key) => Assignee::Computer(key),
            }),
        };
        drafts.push(one(id, field::ASSIGNEE, assignee_value(assignee)));
    }
    if let Some(change) = &input.repeat {
        let rule = match change {
            Change::Clear => None,
            Change::Set(text) => Some(rule(text, now, due.as_ref(), found)?),
        };
        let text = rule.as_ref().map(RepeatRule::as_str);
        drafts.push(one(id, field::REPEAT, Value::text_or_null(text)));
    }
    Ok(drafts)
}

fn rule(
    text: &str,
    now: &jiff::Zoned,
    due: Option<&When>,
    found: &TaskView,
) -> Result<RepeatRule, Failure> {
    if text.len() > REPEAT_MAX_BYTES {
        return Err(invalid("the rule is too long", "repeat", "make the rule simpler").into());
    }
    let rule =
        parse_repeat(text, now, &Style::default()).map_err(|error| errors::from_repeat(&error))?;
    let stored = found
        .due
        .as_deref()
        .and_then(|text| When::parse_stored(text).ok());
    Ok(match due.or(stored.as_ref()) {
        Some(due) => rule.pinned_to(due.date()),
        None => rule,
    })
}

fn when(change: &Change<String>, now: &jiff::Zoned, field: &str) -> Result<Option<When>, Failure> {
    match change {
        Change::Clear => Ok(None),
        Change::Set(text) => parse_when(text, now, &Style::default())
            .map(Some)
            .map_err(|error| errors::from_when(&error, field).into()),
    }
}

fn text_of(when: Option<&When>) -> Value {
    Value::text_or_null(when.map(ToString::to_string).as_deref())
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
