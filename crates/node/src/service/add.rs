//! Adding one task.

use rota_api::{ApiError, Code, Task, TaskAdd, Verb};
use rota_model::cell::{Cell, Kind, list as list_field, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::order::OrderKey;
use rota_model::task::{Mark, Status, assignee_value, mark_value, status_value};
use rota_model::text;
use rota_model::value::Value;
use rota_model::words::Language;
use rota_store::{ListView, Row, Spot, TaskView, Tx};

use super::change::{self, Given, Reading};
use super::words::Words;
use super::{Service, arrange, find, view};
use crate::errors;
use crate::failure::Failure;

/// The name of the list that takes what names no list.
pub(super) const INBOX: &str = "Inbox";

/// A task that is to be made.
#[derive(Clone, Debug, Default)]
pub(super) struct New {
    pub(super) title: String,
    pub(super) given: Given,
}

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) space: SpaceId,
    pub(super) list: EntityId,
}

impl Service {
    pub(super) async fn add_task(&self, input: TaskAdd) -> Result<Task, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        let ends = std::sync::Arc::clone(&self.node.ends);
        let (id, step) = self
            .act("the new task", move |tx| {
                let style = super::style::of(&tx.reader(), input.locale.as_deref())?;
                let reading = Reading { me, now, style };
                let plain = input.plain;
                let mut words = Words::new(&tx.reader(), reading, plain, input.space.as_deref())?;
                words.leave_out(&input.text, &input.literal);
                words.due_is(input.set.due.as_deref())?;
                let find_one = |tx: &Tx<'_>, text: &Option<String>| {
                    let found = text.as_ref().map(|text| find::task(&tx.reader(), text));
                    found.transpose()
                };
                let parent = find_one(tx, &input.parent)?;
                let after = find_one(tx, &input.after)?;
                let before = find_one(tx, &input.before)?;
                let beside = after.as_ref().or(before.as_ref());
                let of = |task: &TaskView| Target {
                    space: task.space.id,
                    list: task.list.id,
                };
                let named = match parent.as_ref().or(beside) {
                    Some(task) => Some(of(task)),
                    None => words.named(&tx.reader(), input.list.as_deref())?,
                };
                let (mut new, said) = words.read(&tx.reader(), &input.text, named)?;
                let target = match named.or(said) {
                    Some(target) => target,
                    None => words.default_target(tx)?,
                };
                words.set(&tx.reader(), &mut new, &target.space, &input.set)?;
                let parent = match (&parent, beside) {
                    (Some(parent), _) => Some(parent.id),
                    (None, Some(beside)) => beside.parent,
                    (None, None) => None,
                };
                let spot = match (&after, &before) {
                    (Some(after), _) => Some(Spot::After(after.id)),
                    (None, Some(before)) => Some(Spot::Before(before.id)),
                    (None, None) => None,
                };
                let order = match spot {
                    Some(spot) => {
                        ends.forget();
                        let row = Row {
                            space: target.space,
                            list: target.list,
                            parent,
                        };
                        arrange::keys(tx, &row, spot, &[], 1)?
                    }
                    None => ends.next(tx, target.space, target.list, 1)?,
                };
                let id = EntityId::new(tx.random());
                let person = person_in(tx, &me, target.space)?;
                let created = Created {
                    at_ms: tx.time().ms(),
                    computer: me,
                    person,
                };
                let drafts = drafts(id, &new, target.list, parent, &order[0], created);
                tx.write(target.space, drafts, By::Person)?;
                tx.is_about(Verb::Add.name(), 1, Some(new.title));
                Ok(id)
            })
            .await?;
        self.task_after(id, step).await
    }

    /// A task as it is after a step.
    pub(super) async fn task_after(
        &self,
        id: EntityId,
        step: Option<u64>,
    ) -> Result<Task, ApiError> {
        Ok(Task {
            step,
            ..self.task_by_id(id).await?
        })
    }

    /// A task as it is now.
    pub(super) async fn task_by_id(&self, id: EntityId) -> Result<Task, ApiError> {
        let mut tasks = self.tasks_by_id(vec![id]).await?;
        tasks.pop().ok_or_else(errors::cut_off)
    }

    /// Tasks as they are now.
    pub(super) async fn tasks_by_id(&self, ids: Vec<EntityId>) -> Result<Vec<Task>, ApiError> {
        let zone = self.node.clock.zoned().time_zone().clone();
        self.read(move |reader| {
            let mut tasks = Vec::with_capacity(ids.len());
            for id in &ids {
                tasks.extend(reader.task(id)?.map(|task| view::task(task, &zone)));
            }
            Ok(tasks)
        })
        .await
    }
}

/// Who makes a task, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Created {
    pub(super) at_ms: u64,
    pub(super) computer: AuthorKey,
    pub(super) person: EntityId,
}

/// The cells of a new task.
pub(super) fn drafts(
    id: EntityId,
    new: &New,
    list: EntityId,
    parent: Option<EntityId>,
    order: &OrderKey,
    created: Created,
) -> Vec<Draft> {
    let one = |field, value| Draft {
        cell: Cell::of(Kind::TASK, id, field),
        value,
    };
    let mark = Mark {
        at_ms: created.at_ms,
        computer: created.computer,
        person: None,
    };
    let mut drafts = vec![
        one(field::TITLE, Value::text(&new.title)),
        one(field::LIST, Value::entity(Some(list))),
        one(field::ORDER, Value::text(order.as_str())),
        one(field::CREATED, mark_value(mark, created.person)),
    ];
    if let Some(parent) = parent {
        drafts.push(one(field::PARENT, Value::entity(Some(parent))));
    }
    let given = &new.given;
    let mut text = |field, text: Option<String>| {
        drafts.extend(text.map(|text| one(field, Value::text(&text))));
    };
    text(
        field::NOTES,
        given.notes.clone().filter(|notes| !notes.is_empty()),
    );
    text(field::DUE, given.due.as_ref().map(ToString::to_string));
    text(field::START, given.start.as_ref().map(ToString::to_string));
    text(
        field::REPEAT,
        given.repeat.as_ref().map(|rule| rule.as_str().to_owned()),
    );
    text(
        field::REMINDER,
        given.reminder.as_ref().map(ToString::to_string),
    );
    if let Some(priority) = given.priority.filter(|priority| *priority > 0) {
        drafts.push(one(field::PRIORITY, Value::uint(u64::from(priority))));
    }
    if given.assignee.is_some() {
        drafts.push(one(field::ASSIGNEE, assignee_value(given.assignee)));
    }
    if !given.rotation.is_empty() {
        drafts.push(one(
            field::ROTATION,
            change::rotation_value(&given.rotation),
        ));
    }
    if let Some(status) = given.status.filter(|status| *status != Status::Open) {
        drafts.push(one(field::STATUS, status_value(status, None)));
    }
    drafts.extend(given.tags.iter().map(|tag| Draft {
        cell: Cell::element(Kind::TASK, id, field::TAG, tag.as_bytes()),
        value: Value::bool(true),
    }));
    drafts
}

/// This computer's person in a space.
pub(super) fn person_in(tx: &Tx<'_>, me: &AuthorKey, space: SpaceId) -> Result<EntityId, Failure> {
    Ok(find::my_person(&tx.reader(), me, &space)?
        .map_or_else(|| EntityId::of_computer(me), |(person, _)| person))
}

fn inbox_of(space: &SpaceId) -> EntityId {
    EntityId::derive("rota inbox 1", &[&space.0])
}

/// Whether a list is the one that takes what names no list.
pub(super) fn is_inbox(list: &ListView) -> bool {
    list.id == inbox_of(&list.space.id)
}

/// What windows call an inbox that nobody named, in their language: it can be typed, too, where no list is called so.
pub(super) fn inbox_also(
    lists: &[ListView],
    language: Language,
) -> Option<(&'static str, &ListView)> {
    let name = match language {
        Language::English => return None,
        Language::German => "Eingang",
        Language::Spanish => "Entrada",
        Language::Arabic => "الوارد",
    };
    let inbox = lists
        .iter()
        .find(|list| is_inbox(list) && list.name == INBOX)?;
    let is_taken = lists
        .iter()
        .any(|list| text::fold(&list.name) == text::fold(name));
    (!is_taken).then_some((name, inbox))
}

/// The list of a space that takes what names no list; made when first needed, on every computer the same.
pub(super) fn default_list(
    tx: &mut Tx<'_>,
    space: SpaceId,
    mine: SpaceId,
) -> Result<Target, Failure> {
    if space != mine
        && let Some(first) = tx.reader().lists(Some(&space))?.into_iter().next()
    {
        return Ok(Target {
            space,
            list: first.id,
        });
    }
    let list = inbox_of(&space);
    let one = |field, value| Draft {
        cell: Cell::of(Kind::LIST, list, field),
        value,
    };
    match tx.reader().list(&list)? {
        None => {
            let drafts = vec![
                one(list_field::NAME, Value::text(INBOX)),
                one(list_field::ORDER, Value::text(OrderKey::default().as_str())),
            ];
            // A rule, so that whatever a person writes to it anywhere stands.
            tx.write(space, drafts, By::Rule)?;
        }
        Some(found) if found.deleted_ms.is_some() => {
            tx.write(
                space,
                vec![one(list_field::DELETED, Value::bool(false))],
                By::Person,
            )?;
        }
        Some(_) => {}
    }
    Ok(Target { space, list })
}

/// A title that can be kept.
pub(super) fn title(text: &str) -> Result<String, Failure> {
    text::title(text).map_err(|error| {
        let mut error = errors::from_text(&error);
        if error.code == Code::InvalidInput {
            error
                .hint
                .get_or_insert_with(|| "say what is to be done".to_owned());
        }
        error.into()
    })
}
