//! What a change of a task's fields becomes: drafts for its cells, worked out before anything is written.

use jiff::Zoned;
use rota_api::{ApiError, Change, Code, NewFields, TaskChange, TaskStatus, Verb};
use rota_model::cell::{Cell, Kind, task as field};
use rota_model::edit::Draft;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::limits::{REPEAT_MAX_BYTES, ROTATION_MAX_PERSONS};
use rota_model::recurrence::{RepeatRule, parse_repeat};
use rota_model::reminder::Reminder;
use rota_model::task::{Assignee, Status, assignee_value, status_value};
use rota_model::text;
use rota_model::value::Value;
use rota_model::when::{Style, When, parse_when};
use rota_store::{Reader, TaskView};

use super::edit::one;
use super::find::{self, Who};
use crate::errors;
use crate::failure::{Failure, invalid};

/// With what the words of a change are read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) me: AuthorKey,
    pub(super) now: Zoned,
    pub(super) style: Style,
}

/// Values of a new task that were given beside its text, as they are stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) notes: Option<String>,
    pub(super) due: Option<When>,
    pub(super) start: Option<When>,
    pub(super) repeat: Option<RepeatRule>,
    pub(super) reminder: Option<Reminder>,
    pub(super) tags: Vec<String>,
    pub(super) priority: Option<u8>,
    pub(super) assignee: Option<Assignee>,
    pub(super) rotation: Vec<EntityId>,
    pub(super) status: Option<Status>,
}

impl Reading {
    /// The drafts of all fields but status, list and parent.
    pub(super) fn fields(
        &self,
        reader: &Reader<'_>,
        found: &TaskView,
        change: &TaskChange,
    ) -> Result<Vec<Draft>, Failure> {
        let (id, space) = (found.id, found.space.id);
        let mut drafts = Vec::new();
        if let Some(title) = &change.title {
            let title = super::add::title(title)?;
            drafts.push(one(id, field::TITLE, Value::text(&title)));
        }
        if let Some(text) = &change.notes {
            drafts.push(one(id, field::NOTES, Value::text(&notes(text)?)));
        }
        let mut due = None;
        if let Some(new) = self.moment(
            &change.due,
            (&change.due_day, &change.due_time),
            &found.due,
            "due",
        )? {
            drafts.push(one(id, field::DUE, text_of(new.as_ref())));
            due = new;
        }
        if let Some(new) = self.moment(
            &change.start,
            (&change.start_day, &change.start_time),
            &found.start,
            "start",
        )? {
            drafts.push(one(id, field::START, text_of(new.as_ref())));
        }
        if let Some(number) = change.priority {
            let number = Value::uint(u64::from(priority(number)?));
            drafts.push(one(id, field::PRIORITY, number));
        }
        drafts.extend(tags(id, change)?);
        if let Some(change) = &change.assignee {
            let assignee = match change {
                Change::Clear => None,
                Change::Set(text) => Some(self.who(reader, &space, text)?),
            };
            drafts.push(one(id, field::ASSIGNEE, assignee_value(assignee)));
        }
        if let Some(change) = &change.repeat {
            let rule = match change {
                Change::Clear => None,
                Change::Set(text) => {
                    let stored = found.due.as_deref();
                    let stored = stored.and_then(|text| When::parse_stored(text).ok());
                    Some(self.repeat(text, due.or(stored).as_ref())?)
                }
            };
            let text = rule.as_ref().map(RepeatRule::as_str);
            drafts.push(one(id, field::REPEAT, Value::text_or_null(text)));
        }
        if let Some(change) = &change.reminder {
            let reminder = match change {
                Change::Clear => None,
                Change::Set(text) => Some(self.reminder(text)?.to_string()),
            };
            let value = Value::text_or_null(reminder.as_deref());
            drafts.push(one(id, field::REMINDER, value));
        }
        if let Some(change) = &change.rotation {
            let persons = match change {
                Change::Clear => Vec::new(),
                Change::Set(persons) => self.rotation(reader, &space, persons)?,
            };
            drafts.push(one(id, field::ROTATION, rotation_value(&persons)));
        }
        drafts.extend(waits_for(reader, found, change)?);
        Ok(drafts)
    }

    /// Reads the values that were given for a new task in a space.
    pub(super) fn given(
        &self,
        reader: &Reader<'_>,
        space: &SpaceId,
        set: &NewFields,
    ) -> Result<Given, Failure> {
        let when = |text: &Option<String>, field| {
            let read = text.as_ref().map(|text| self.when(text, field));
            read.transpose()
        };
        let due = when(&set.due, "due")?;
        let mut tags = Vec::new();
        for tag in set.tags.iter().flatten() {
            let tag = text::tag(tag.trim_start_matches('#'));
            tags.push(tag.map_err(|error| errors::from_text(&error))?);
        }
        Ok(Given {
            notes: set.notes.as_deref().map(notes).transpose()?,
            start: when(&set.start, "start")?,
            repeat: match &set.repeat {
                Some(text) => Some(self.repeat(text, due.as_ref())?),
                None => None,
            },
            due,
            reminder: set
                .reminder
                .as_deref()
                .map(|text| self.reminder(text))
                .transpose()?,
            tags,
            priority: set.priority.map(priority).transpose()?,
            assignee: match &set.assignee {
                Some(text) => Some(self.who(reader, space, text)?),
                None => None,
            },
            rotation: match &set.rotation {
                Some(persons) => self.rotation(reader, space, persons)?,
                None => Vec::new(),
            },
            status: set.status.map(status),
        })
    }

    /// Reads a date or time.
    pub(super) fn when(&self, text: &str, field: &str) -> Result<When, Failure> {
        parse_when(text, &self.now, &self.style)
            .map_err(|error| errors::from_when(&error, field).into())
    }

    /// What a due or a start becomes: as it was given; on another day, at the time of day that it has; or at another
    /// time of the day that it has.
    fn moment(
        &self,
        whole: &Option<Change<String>>,
        (day, time): (&Option<String>, &Option<String>),
        stored: &Option<String>,
        field: &str,
    ) -> Result<Option<Option<When>>, Failure> {
        let stored = || When::parse_stored(stored.as_deref()?).ok();
        Ok(match (whole, day, time) {
            (Some(Change::Clear), ..) => Some(None),
            (Some(Change::Set(text)), ..) => Some(Some(self.when(text, field)?)),
            (None, Some(day), Some(time)) => {
                Some(Some(self.when(&format!("{day}T{time}"), field)?))
            }
            (None, Some(day), None) => {
                let date = self.when(day, field)?.date();
                Some(Some(
                    stored().map_or(When::Date(date), |when| when.on(date)),
                ))
            }
            (None, None, Some(time)) => {
                let day =
                    stored().map_or(self.now.date(), |when| when.date_for(self.now.time_zone()));
                Some(Some(self.when(&format!("{day}T{time}"), field)?))
            }
            (None, None, None) => None,
        })
    }

    fn repeat(&self, text: &str, due: Option<&When>) -> Result<RepeatRule, Failure> {
        if text.len() > REPEAT_MAX_BYTES {
            return Err(invalid("the rule is too long", "repeat", "make the rule simpler").into());
        }
        let rule = parse_repeat(text, &self.now, &self.style)
            .map_err(|error| errors::from_repeat(&error))?;
        Ok(match due {
            Some(due) => rule.pinned_to(due.date()),
            None => rule,
        })
    }

    /// A stored reminder, or a time in a person's words.
    fn reminder(&self, text: &str) -> Result<Reminder, Failure> {
        let text = text.trim();
        if let Ok(reminder) = Reminder::parse_stored(text) {
            return Ok(reminder);
        }
        match parse_when(text, &self.now, &self.style) {
            Ok(when @ When::At { .. }) => Ok(Reminder::At(when)),
            _ => Err(invalid(
                format!("{:?} is no reminder", shortened(text)),
                "reminder",
                "write due, before 10m, before 2h, before 1d, or a date and a time",
            )
            .into()),
        }
    }

    fn who(&self, reader: &Reader<'_>, space: &SpaceId, text: &str) -> Result<Assignee, Failure> {
        Ok(match find::who(reader, &self.me, space, text)? {
            Who::Person(person) => Assignee::Person(person),
            Who::Computer(key) => Assignee::Computer(key),
        })
    }

    fn rotation(
        &self,
        reader: &Reader<'_>,
        space: &SpaceId,
        persons: &[String],
    ) -> Result<Vec<EntityId>, Failure> {
        if persons.len() > ROTATION_MAX_PERSONS {
            let message = "too many people take turns";
            return Err(invalid(message, "rotation", "name fewer of them").into());
        }
        let mut found = Vec::new();
        for text in persons {
            match find::who(reader, &self.me, space, text)? {
                Who::Person(person) if !found.contains(&person) => found.push(person),
                Who::Person(_) => {}
                Who::Computer(_) => {
                    let message = format!("{:?} is a computer", shortened(text));
                    return Err(invalid(message, "rotation", "people take turns").into());
                }
            }
        }
        Ok(found)
    }
}

/// The value of a rotation's cell.
pub(super) fn rotation_value(persons: &[EntityId]) -> Value {
    if persons.is_empty() {
        return Value::null();
    }
    let persons: Vec<_> = persons
        .iter()
        .map(|person| Value::entity(Some(*person)))
        .collect();
    Value::array(&persons)
}

/// What a window calls a change of these fields.
pub(super) fn verb(change: &TaskChange) -> Verb {
    let TaskChange {
        title,
        title_seen: _,
        notes,
        notes_seen: _,
        due,
        due_day,
        due_time,
        start,
        start_day,
        start_time,
        priority,
        add_tags,
        remove_tags,
        assignee,
        list,
        parent,
        repeat,
        status,
        reminder,
        rotation,
        add_waits_for,
        remove_waits_for,
    } = change;
    let dated = due.is_some() || due_day.is_some() || due_time.is_some();
    let starts = start.is_some() || start_day.is_some() || start_time.is_some();
    let undated = matches!(due, Some(Change::Clear));
    let unassigned = matches!(assignee, Some(Change::Clear));
    let kinds = [
        (title.is_some(), Verb::Rename),
        (notes.is_some(), Verb::Notes),
        // What goes by the date is given with it.
        (dated && !undated, Verb::Schedule),
        (undated, Verb::Unschedule),
        (!dated && starts, Verb::Start),
        (!dated && repeat.is_some(), Verb::Repeat),
        (!dated && reminder.is_some(), Verb::Remind),
        (priority.is_some(), Verb::Prioritize),
        (!add_tags.is_empty() || !remove_tags.is_empty(), Verb::Tag),
        (assignee.is_some() && !unassigned, Verb::Assign),
        (unassigned, Verb::Unassign),
        (rotation.is_some(), Verb::Rotate),
        (list.is_some(), Verb::Move),
        (parent.is_some(), Verb::Arrange),
        (
            !add_waits_for.is_empty() || !remove_waits_for.is_empty(),
            Verb::Edit,
        ),
        (
            status.is_some(),
            match status {
                Some(TaskStatus::Done) => Verb::Complete,
                Some(TaskStatus::Cancelled) => Verb::Cancel,
                _ => Verb::Reopen,
            },
        ),
    ];
    let mut said = kinds.iter().filter(|(is, _)| *is).map(|(_, verb)| *verb);
    match (said.next(), said.next()) {
        (Some(verb), None) => verb,
        _ => Verb::Edit,
    }
}

/// The texts of a task that the caller had read, by their cells, as they are kept: what one typed oneself is known to one
/// as it was typed.
pub(super) fn read(id: EntityId, change: &TaskChange) -> Vec<(Cell, String)> {
    let kept =
        |field, seen: &Option<String>, clean: fn(&str) -> Result<String, text::TextError>| {
            let seen = seen.as_deref()?;
            let text = clean(seen).unwrap_or_else(|_| seen.to_owned());
            Some((Cell::of(Kind::TASK, id, field), text))
        };
    let title = kept(field::TITLE, &change.title_seen, text::title);
    let notes = kept(field::NOTES, &change.notes_seen, text::notes);
    title.into_iter().chain(notes).collect()
}

/// A status as it is stored.
pub(super) fn status(status: TaskStatus) -> Status {
    match status {
        TaskStatus::Open => Status::Open,
        TaskStatus::Done => Status::Done,
        TaskStatus::Cancelled => Status::Cancelled,
    }
}

/// The draft of a status.
pub(super) fn status_draft(id: EntityId, status: Status) -> Draft {
    one(id, field::STATUS, status_value(status, None))
}

fn notes(given: &str) -> Result<String, Failure> {
    text::notes(given).map_err(|error| errors::from_text(&error).into())
}

fn priority(number: u8) -> Result<u8, ApiError> {
    if number > 3 {
        return Err(invalid(
            format!("there is no priority {number}"),
            "priority",
            "priorities go from 1 (highest) to 3; 0 is none",
        ));
    }
    Ok(number)
}

fn tags(id: EntityId, change: &TaskChange) -> Result<Vec<Draft>, Failure> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (tags, stands) in [(&change.add_tags, true), (&change.remove_tags, false)] {
        for tag in tags {
            let tag = text::tag(tag.trim_start_matches('#'))
                .map_err(|error| errors::from_text(&error))?;
            let draft = Draft {
                cell: Cell::element(Kind::TASK, id, field::TAG, tag.as_bytes()),
                value: Value::bool(stands),
            };
            drafts.retain(|other| other.cell != draft.cell);
            drafts.push(draft);
        }
    }
    Ok(drafts)
}

fn waits_for(
    reader: &Reader<'_>,
    found: &TaskView,
    change: &TaskChange,
) -> Result<Vec<Draft>, Failure> {
    let mut drafts = Vec::new();
    for (texts, stands) in [
        (&change.add_waits_for, true),
        (&change.remove_waits_for, false),
    ] {
        for text in texts {
            let other = find::task(reader, text)?;
            if stands {
                can_wait(reader, found, &other)?;
            }
            drafts.push(Draft {
                cell: Cell::element(Kind::TASK, found.id, field::WAITS_FOR, &other.id.0),
                value: Value::bool(stands),
            });
        }
    }
    Ok(drafts)
}

/// Whether a task can wait for another: they share a space, and the other does not wait for the first.
fn can_wait(reader: &Reader<'_>, found: &TaskView, other: &TaskView) -> Result<(), Failure> {
    if other.space.id != found.space.id {
        return Err(invalid(
            "the two tasks are in different spaces",
            "add_waits_for",
            "move one of them to the other's space first",
        )
        .into());
    }
    let mut open = vec![other.clone()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(task) = open.pop() {
        if task.id == found.id {
            return Err(invalid(
                format!("{:?} waits for {:?} already", other.title, found.title),
                "add_waits_for",
                "two tasks cannot wait for each other",
            )
            .into());
        }
        for waited in &task.waits_for {
            if seen.insert(waited.id) {
                open.extend(reader.task(&waited.id)?);
            }
        }
    }
    Ok(())
}

fn text_of(when: Option<&When>) -> Value {
    Value::text_or_null(when.map(ToString::to_string).as_deref())
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether a failure is about the one task, so that others may still be changed.
pub(super) fn is_of_one_task(failure: &Failure) -> bool {
    let error = &failure.0;
    match error.code {
        Code::NotFound | Code::NotAllowed | Code::Removed | Code::Ambiguous | Code::Stale => true,
        Code::InvalidInput => {
            matches!(error.field.as_deref(), Some("parent" | "add_waits_for"))
        }
        _ => false,
    }
}
