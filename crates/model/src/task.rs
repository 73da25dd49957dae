//! A task, folded from the winners of its cells.

use std::collections::BTreeSet;

use crate::cell::{Field, task};
use crate::id::{AuthorKey, EntityId};
use crate::register::Rank;
use crate::reminded::Reminded;
use crate::stamp::Time;
use crate::value::Value;

/// Whether a task is to be done, was, or was dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// To be done.
    #[default]
    Open = 0,
    /// Done.
    Done = 1,
    /// Dropped.
    Cancelled = 2,
}

/// Who is to do a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assignee {
    /// A person.
    Person(EntityId),
    /// A computer.
    Computer(AuthorKey),
}

/// When something was done, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Unix milliseconds.
    pub at_ms: u64,
    /// The computer.
    pub computer: AuthorKey,
    /// The person, where the value itself names one (a copy keeps whose it was); else the computer's person.
    pub person: Option<EntityId>,
}

/// The winner of one of the task's cells.
#[derive(Clone, Copy, Debug)]
pub struct Winner<'a> {
    /// The field.
    pub field: Field,
    /// The element, for sets.
    pub key: &'a [u8],
    /// What it won by.
    pub rank: Rank,
    /// The value.
    pub value: &'a Value,
    /// Time of its op.
    pub time: Time,
    /// Author of its op.
    pub author: AuthorKey,
}

/// A task as its own cells tell it. What follows from other entities (its list's deletion, a cut cycle of parents, a
/// hidden next occurrence) is decided where those are at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFields {
    /// The title; empty until one is written.
    pub title: String,
    /// Markdown.
    pub notes: String,
    /// Open, done or cancelled.
    pub status: Status,
    /// The list it names itself.
    pub list: Option<EntityId>,
    /// The parent it names, and what that edge won by (a cycle is cut at its greatest edge).
    pub parent: Option<(EntityId, Rank)>,
    /// The order key as written.
    pub order: String,
    /// 0 to 3; 0 for none, 1 highest.
    pub priority: u8,
    /// Text form of [`crate::when`].
    pub start: Option<String>,
    /// Text form of [`crate::when`].
    pub due: Option<String>,
    /// RRULE text.
    pub repeat: Option<String>,
    /// Who does it.
    pub assignee: Option<Assignee>,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// The tasks it waits for.
    pub waits_for: BTreeSet<EntityId>,
    /// When to remind.
    pub reminder: Option<String>,
    /// What became of the reminder.
    pub reminded: Option<Reminded>,
    /// The persons among whom the next occurrence passes on.
    pub rotation: Vec<EntityId>,
    /// The task whose next occurrence it is.
    pub predecessor: Option<EntityId>,
    /// When it went to the trash.
    pub deleted: Option<Mark>,
    /// Whether it moved to another space.
    pub moved: bool,
    /// When it was made.
    pub created: Option<Mark>,
    /// When it was completed or cancelled.
    pub completed: Option<Mark>,
    /// Time of the latest winner, in Unix milliseconds.
    pub updated_ms: u64,
    /// Whether a person wrote any of its cells; until then it is a rule's proposal.
    pub touched_by_person: bool,
}

impl TaskFields {
    /// Folds the winners of a task's cells, in any order. A value of an unexpected type reads as none.
    #[must_use]
    pub fn fold<'a>(winners: impl IntoIterator<Item = Winner<'a>>) -> Self {
        let mut fields = Self::default();
        for winner in winners {
            fields.take(&winner);
        }
        fields
    }

    /// Whether it is done or cancelled.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.status != Status::Open
    }

    fn take(&mut self, winner: &Winner<'_>) {
        let value = winner.value;
        if winner.field == task::REMINDED {
            self.reminded = Reminded::read(value);
            return;
        }
        self.updated_ms = self.updated_ms.max(winner.time.ms());
        self.touched_by_person |= !winner.rank.stamp.is_of_rule();
        match winner.field {
            task::TITLE => self.title = value.as_text().unwrap_or_default().to_owned(),
            task::NOTES => self.notes = value.as_text().unwrap_or_default().to_owned(),
            task::STATUS => (self.status, self.completed) = read_status(winner),
            task::LIST => self.list = value.as_entity(),
            task::PARENT => self.parent = value.as_entity().map(|parent| (parent, winner.rank)),
            task::ORDER => self.order = value.as_text().unwrap_or_default().to_owned(),
            task::PRIORITY => {
                self.priority = value
                    .as_uint()
                    .and_then(|n| u8::try_from(n).ok())
                    .filter(|n| *n <= 3)
                    .unwrap_or(0)
            }
            task::START => self.start = value.as_text().map(str::to_owned),
            task::DUE => self.due = value.as_text().map(str::to_owned),
            task::REPEAT => self.repeat = value.as_text().map(str::to_owned),
            task::ASSIGNEE => self.assignee = read_assignee(value),
            task::REMINDER => self.reminder = value.as_text().map(str::to_owned),
            task::ROTATION => {
                self.rotation = value
                    .as_array()
                    .unwrap_or_default()
                    .iter()
                    .filter_map(Value::as_entity)
                    .collect();
            }
            task::PREDECESSOR => self.predecessor = value.as_entity(),
            task::MOVED => self.moved = value.as_bool() == Some(true),
            task::DELETED => self.deleted = (value.as_bool() == Some(true)).then(|| winner.mark()),
            task::CREATED => self.created = Some(read_mark(value).unwrap_or_else(|| winner.mark())),
            task::TAG if value.as_bool() == Some(true) => {
                self.tags
                    .extend(std::str::from_utf8(winner.key).ok().map(str::to_owned));
            }
            task::WAITS_FOR if value.as_bool() == Some(true) => {
                self.waits_for.extend(EntityId::from_slice(winner.key))
            }
            _ => {}
        }
    }
}

impl Winner<'_> {
    fn mark(&self) -> Mark {
        Mark {
            at_ms: self.time.ms(),
            computer: self.author,
            person: None,
        }
    }
}

/// The value of a status: a number; or, in a copy that keeps when and by whom, an array of it and a mark.
#[must_use]
pub fn status_value(status: Status, mark: Option<(Mark, EntityId)>) -> Value {
    let number = Value::uint(status as u64);
    mark.map_or(number.clone(), |(mark, person)| {
        Value::array(&[number, mark_value(mark, person)])
    })
}

/// The value of `created`, or of the mark in a status: `[Unix ms, person, computer]`.
#[must_use]
pub fn mark_value(mark: Mark, person: EntityId) -> Value {
    let person = mark.person.unwrap_or(person);
    Value::array(&[
        Value::uint(mark.at_ms),
        Value::entity(Some(person)),
        Value::bytes(&mark.computer.0),
    ])
}

/// The value of an assignee: `[0, person]`, `[1, computer]` or null.
#[must_use]
pub fn assignee_value(assignee: Option<Assignee>) -> Value {
    match assignee {
        None => Value::null(),
        Some(Assignee::Person(id)) => Value::array(&[Value::uint(0), Value::entity(Some(id))]),
        Some(Assignee::Computer(key)) => Value::array(&[Value::uint(1), Value::bytes(&key.0)]),
    }
}

/// Reads what [`assignee_value`] wrote.
#[must_use]
pub fn read_assignee(value: &Value) -> Option<Assignee> {
    let items = value.as_array()?;
    match (items.first()?.as_uint()?, items.get(1)?) {
        (0, id) => id.as_entity().map(Assignee::Person),
        (1, key) => key
            .as_bytes()
            .and_then(AuthorKey::from_slice)
            .map(Assignee::Computer),
        _ => None,
    }
}

fn read_status(winner: &Winner<'_>) -> (Status, Option<Mark>) {
    let items = winner.value.as_array();
    let number = items
        .as_ref()
        .map_or_else(|| winner.value.as_uint(), |items| items.first()?.as_uint());
    let status = match number {
        Some(1) => Status::Done,
        Some(2) => Status::Cancelled,
        _ => return (Status::Open, None),
    };
    let kept = items.and_then(|items| items.get(1).and_then(read_mark));
    (status, Some(kept.unwrap_or_else(|| winner.mark())))
}

fn read_mark(value: &Value) -> Option<Mark> {
    let items = value.as_array()?;
    Some(Mark {
        at_ms: items.first()?.as_uint()?,
        person: Some(items.get(1)?.as_entity()?),
        computer: AuthorKey::from_slice(items.get(2)?.as_bytes()?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OpId;
    use crate::stamp::Stamp;

    fn winner<'a>(field: Field, key: &'a [u8], value: &'a Value, stamp: u64) -> Winner<'a> {
        Winner {
            field,
            key,
            rank: Rank {
                stamp: Stamp(stamp),
                op: OpId([1; 32]),
            },
            value,
            time: Time::new(1_000, 0),
            author: AuthorKey([2; 32]),
        }
    }

    #[test]
    fn cells_fold_in_any_order() {
        let values = [
            Value::text("Milk"),
            Value::bool(true),
            Value::uint(1),
            Value::uint(9),
            Value::bool(false),
        ];
        let winners = [
            winner(task::TITLE, b"", &values[0], 5),
            winner(task::TAG, "küche".as_bytes(), &values[1], 5),
            winner(task::TAG, b"gone", &values[4], 5),
            winner(task::STATUS, b"", &values[2], 5),
            winner(task::PRIORITY, b"", &values[3], 5),
        ];
        let fields = TaskFields::fold(winners);
        assert_eq!(fields, TaskFields::fold(winners.into_iter().rev()));
        assert_eq!(
            (fields.title.as_str(), fields.status, fields.priority),
            ("Milk", Status::Done, 0)
        );
        assert_eq!(fields.tags, BTreeSet::from(["küche".to_owned()]));
        assert_eq!(fields.completed.map(|mark| mark.at_ms), Some(1_000));
    }

    #[test]
    fn values_of_unexpected_types_read_as_none() {
        let wrong = Value::array(&[]);
        for field in (1..20).map(Field) {
            let fields = TaskFields::fold([winner(field, b"x", &wrong, 0)]);
            assert_eq!(
                (fields.title.as_str(), fields.status, fields.deleted),
                ("", Status::Open, None)
            );
        }
    }

    #[test]
    fn a_rules_proposal_is_known_until_a_person_writes() {
        let value = Value::text("x");
        let touched = |stamp: Stamp| {
            TaskFields::fold([winner(task::TITLE, b"", &value, stamp.0)]).touched_by_person
        };
        assert!(!touched(Stamp::RULE) && !touched(Stamp::of_rule(Some(Stamp::RULE))));
        assert!(touched(Stamp::of_write(Time::new(0, 0), None)));
    }

    #[test]
    fn marks_and_assignees_round_trip() {
        let mark = Mark {
            at_ms: 7,
            computer: AuthorKey([3; 32]),
            person: None,
        };
        let person = EntityId([4; 16]);
        let status = status_value(Status::Done, Some((mark, person)));
        let kept = TaskFields::fold([winner(task::STATUS, b"", &status, 1)]).completed;
        assert_eq!(
            kept,
            Some(Mark {
                person: Some(person),
                ..mark
            })
        );
        for assignee in [
            None,
            Some(Assignee::Person(person)),
            Some(Assignee::Computer(AuthorKey([9; 32]))),
        ] {
            assert_eq!(read_assignee(&assignee_value(assignee)), assignee);
        }
    }
}
