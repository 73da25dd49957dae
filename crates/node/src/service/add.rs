//! Adding one task.

use jiff::Zoned;
use rota_api::{ApiError, Code, Task, TaskAdd};
use rota_model::cell::{Cell, Kind, list as list_field, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::order::OrderKey;
use rota_model::quick_add::{self, Candidate, Context};
use rota_model::recurrence::RepeatRule;
use rota_model::task::{Assignee, Mark, Status, assignee_value, mark_value, status_value};
use rota_model::text;
use rota_model::value::Value;
use rota_model::when::{Style, When};
use rota_store::{MemberView, Tx};

use super::find;
use super::{Service, view};
use crate::errors;
use crate::failure::Failure;
use crate::records;

/// The name of the list that takes what names no list.
pub(super) const INBOX: &str = "Inbox";

/// A task that is to be made.
#[derive(Clone, Debug, Default)]
pub(super) struct New {
    pub(super) title: String,
    pub(super) due: Option<When>,
    pub(super) start: Option<When>,
    pub(super) repeat: Option<RepeatRule>,
    pub(super) tags: Vec<String>,
    pub(super) priority: u8,
    pub(super) assignee: Option<Assignee>,
    pub(super) done: bool,
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
        let id = self
            .act("the new task", move |tx| {
                let mut words = Words::new(tx, &me, &now, input.plain, input.space.as_deref())?;
                let parent = match &input.parent {
                    Some(text) => Some(find::task(&tx.reader(), text)?),
                    None => None,
                };
                let named = match &parent {
                    Some(parent) => Some(Target {
                        space: parent.space.id,
                        list: parent.list.id,
                    }),
                    None => words.named(tx, input.list.as_deref())?,
                };
                let (new, said) = words.read(tx, &input.text, named)?;
                let target = match named.or(said) {
                    Some(target) => target,
                    None => words.default_target(tx)?,
                };
                let order = ends.next(tx, target.space, target.list, 1)?;
                let id = EntityId::new(tx.random());
                let person = words.person_in(tx, target.space)?;
                let created = Created {
                    at_ms: tx.time().ms(),
                    computer: me,
                    person,
                };
                let parent = parent.map(|parent| parent.id);
                let drafts = drafts(id, &new, target.list, parent, &order[0], created);
                tx.write(target.space, drafts, By::Person)?;
                Ok(id)
            })
            .await?;
        self.task_by_id(id).await
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
    if let Some(due) = &new.due {
        drafts.push(one(field::DUE, Value::text(&due.to_string())));
    }
    if let Some(start) = &new.start {
        drafts.push(one(field::START, Value::text(&start.to_string())));
    }
    if let Some(repeat) = &new.repeat {
        drafts.push(one(field::REPEAT, Value::text(repeat.as_str())));
    }
    if new.priority > 0 {
        drafts.push(one(field::PRIORITY, Value::uint(u64::from(new.priority))));
    }
    if new.assignee.is_some() {
        drafts.push(one(field::ASSIGNEE, assignee_value(new.assignee)));
    }
    if new.done {
        drafts.push(one(field::STATUS, status_value(Status::Done, None)));
    }
    drafts.extend(new.tags.iter().map(|tag| Draft {
        cell: Cell::element(Kind::TASK, id, field::TAG, tag.as_bytes()),
        value: Value::bool(true),
    }));
    drafts
}

/// Reads what a person wrote, with the names that it can refer to.
pub(super) struct Words {
    me: AuthorKey,
    plain: bool,
    /// The space that the call names.
    space: Option<SpaceId>,
    mine: SpaceId,
    context: Context,
    lists: Vec<Target>,
    /// Of which space the members are in the context.
    who_of: Option<SpaceId>,
    members: Vec<MemberView>,
}

impl Words {
    pub(super) fn new(
        tx: &Tx<'_>,
        me: &AuthorKey,
        now: &Zoned,
        plain: bool,
        space: Option<&str>,
    ) -> Result<Self, Failure> {
        let reader = tx.reader();
        let space = match space {
            Some(text) => Some(find::space(&reader, me, text)?.id),
            None => None,
        };
        let mine = records::mine(&reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
        let lists = if plain {
            Vec::new()
        } else {
            find::visible_lists(&reader, space.as_ref())?
        };
        Ok(Self {
            me: *me,
            plain,
            space,
            mine,
            context: Context {
                lists: lists.iter().map(|list| list.name.clone()).collect(),
                ..Context::new(now.clone(), Style::default())
            },
            lists: lists
                .iter()
                .map(|list| Target {
                    space: list.space.id,
                    list: list.id,
                })
                .collect(),
            who_of: None,
            members: Vec::new(),
        })
    }

    /// The list that the call names.
    pub(super) fn named(&self, tx: &Tx<'_>, list: Option<&str>) -> Result<Option<Target>, Failure> {
        let Some(text) = list else { return Ok(None) };
        let list = find::list(&tx.reader(), text, self.space.as_ref())?;
        Ok(Some(Target {
            space: list.space.id,
            list: list.id,
        }))
    }

    /// Reads a text, and the list that it names.
    pub(super) fn read(
        &mut self,
        tx: &Tx<'_>,
        text: &str,
        named: Option<Target>,
    ) -> Result<(New, Option<Target>), Failure> {
        if self.plain {
            let new = New {
                title: title(text)?,
                ..New::default()
            };
            return Ok((new, None));
        }
        if text.contains('@') {
            // Whom a name means depends on the space, which the text itself may name.
            let first = quick_add::parse(text, &self.context);
            let space = named
                .or(first.list.and_then(|index| self.lists.get(index)).copied())
                .map(|target| target.space)
                .or(self.space)
                .unwrap_or(self.mine);
            self.know_members(tx, space)?;
        }
        let parsed = quick_add::parse(text, &self.context);
        let target = parsed.list.and_then(|index| self.lists.get(index)).copied();
        let assignee = parsed
            .who
            .and_then(|index| self.members.get(index))
            .map(|member| Assignee::Person(member.person.id));
        let new = New {
            title: title(&parsed.title)?,
            due: parsed.due,
            start: parsed.start,
            repeat: parsed.repeat,
            tags: parsed.tags.into_iter().map(|tag| tag.name).collect(),
            priority: parsed.priority.unwrap_or(0),
            assignee,
            done: false,
        };
        Ok((new, target))
    }

    /// Where a task goes that names no list.
    pub(super) fn default_target(&self, tx: &mut Tx<'_>) -> Result<Target, Failure> {
        let space = self.space.unwrap_or(self.mine);
        default_list(tx, space, self.mine)
    }

    /// This computer's person in a space.
    pub(super) fn person_in(&self, tx: &Tx<'_>, space: SpaceId) -> Result<EntityId, Failure> {
        person_in(tx, &self.me, space)
    }

    fn know_members(&mut self, tx: &Tx<'_>, space: SpaceId) -> Result<(), Failure> {
        if self.who_of == Some(space) {
            return Ok(());
        }
        let mut members = tx.reader().members(&space)?;
        members.retain(|member| member.removed_ms.is_none());
        self.context.who = members
            .iter()
            .map(|member| Candidate {
                name: member.person.name.clone(),
                me: member
                    .computers
                    .iter()
                    .any(|computer| computer.id == self.me),
                computer: false,
            })
            .collect();
        self.members = members;
        self.who_of = Some(space);
        Ok(())
    }
}

/// This computer's person in a space.
pub(super) fn person_in(tx: &Tx<'_>, me: &AuthorKey, space: SpaceId) -> Result<EntityId, Failure> {
    Ok(find::my_person(&tx.reader(), me, &space)?
        .map_or_else(|| EntityId::of_computer(me), |(person, _)| person))
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
    let list = EntityId::derive("rota inbox 1", &[&space.0]);
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
