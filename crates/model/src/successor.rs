//! The next occurrence of a repeating task.
//!
//! Its id follows from its predecessor's, so two computers that complete the same occurrence apart make one successor;
//! rule, date and whose turn it is may differ between them, and one of each wins everywhere.

use jiff::Zoned;

use crate::cell::{Cell, Field, Kind, task};
use crate::edit::Draft;
use crate::id::EntityId;
use crate::recurrence::{RepeatError, RepeatRule, next_due, shifted_start};
use crate::task::{Assignee, TaskFields, assignee_value};
use crate::value::Value;
use crate::when::When;

/// The id of the next occurrence.
#[must_use]
pub fn successor_id(predecessor: &EntityId) -> EntityId {
    EntityId::derive("rota next 1", &[&predecessor.0])
}

/// The cells of the next occurrence of a task that was completed at `done_at`, to be written by a rule; `order` is its
/// order key. `None` if the task does not repeat or its rule has come to its end.
///
/// # Errors
/// A stored rule that this version cannot run.
pub fn successor(
    id: &EntityId,
    fields: &TaskFields,
    done_at: &Zoned,
    order: &str,
) -> Result<Option<Vec<Draft>>, RepeatError> {
    let Some(rule) = fields.repeat.as_deref() else {
        return Ok(None);
    };
    let rule = RepeatRule::parse(rule)?;
    let due = fields
        .due
        .as_deref()
        .and_then(|text| When::parse_stored(text).ok());
    let Some(next) = next_due(&rule, due.as_ref(), done_at)? else {
        return Ok(None);
    };
    let start = fields
        .start
        .as_deref()
        .and_then(|text| When::parse_stored(text).ok())
        .zip(due.as_ref())
        .and_then(|(start, due)| shifted_start(&start, due, &next.due));
    let successor = successor_id(id);
    let one = |field: Field, value: Value| Draft {
        cell: Cell::of(Kind::TASK, successor, field),
        value,
    };
    let mut drafts = vec![
        one(task::TITLE, Value::text(&fields.title)),
        one(task::PREDECESSOR, Value::entity(Some(*id))),
        one(task::DUE, Value::text(&next.due.to_string())),
        one(task::REPEAT, Value::text(next.rule.as_str())),
        one(task::ORDER, Value::text(order)),
        one(task::PRIORITY, Value::uint(u64::from(fields.priority))),
        one(task::ASSIGNEE, assignee_value(whose_turn(fields))),
        one(task::CREATED, Value::null()),
    ];
    if let Some(list) = fields.list {
        drafts.push(one(task::LIST, Value::entity(Some(list))));
    }
    if let Some((parent, _)) = fields.parent {
        drafts.push(one(task::PARENT, Value::entity(Some(parent))));
    }
    if !fields.notes.is_empty() {
        drafts.push(one(task::NOTES, Value::text(&fields.notes)));
    }
    if let Some(start) = start {
        drafts.push(one(task::START, Value::text(&start.to_string())));
    }
    if let Some(reminder) = &fields.reminder {
        drafts.push(one(task::REMINDER, Value::text(reminder)));
    }
    if !fields.rotation.is_empty() {
        let persons: Vec<_> = fields
            .rotation
            .iter()
            .map(|person| Value::entity(Some(*person)))
            .collect();
        drafts.push(one(task::ROTATION, Value::array(&persons)));
    }
    drafts.extend(fields.tags.iter().map(|tag| Draft {
        cell: Cell::element(Kind::TASK, successor, task::TAG, tag.as_bytes()),
        value: Value::bool(true),
    }));
    Ok(Some(drafts))
}

/// Who does the next occurrence: the next person of the rotation, else whoever did this one.
fn whose_turn(fields: &TaskFields) -> Option<Assignee> {
    let present = match fields.assignee {
        Some(Assignee::Person(person)) => fields.rotation.iter().position(|turn| *turn == person),
        Some(Assignee::Computer(_)) | None => None,
    };
    match (present, fields.rotation.is_empty()) {
        (Some(index), _) => fields
            .rotation
            .iter()
            .cycle()
            .nth(index + 1)
            .map(|person| Assignee::Person(*person)),
        (None, false) if fields.assignee.is_none() => fields
            .rotation
            .first()
            .map(|person| Assignee::Person(*person)),
        (None, _) => fields.assignee,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn done_at() -> Zoned {
        "2026-03-17T10:00[Europe/Berlin]".parse().unwrap()
    }

    fn weekly() -> TaskFields {
        TaskFields {
            title: "Bins".into(),
            due: Some("2026-03-16".into()),
            repeat: Some("FREQ=WEEKLY".into()),
            tags: BTreeSet::from(["home".to_owned()]),
            ..TaskFields::default()
        }
    }

    fn value_of(drafts: &[Draft], field: Field) -> Value {
        drafts
            .iter()
            .find(|draft| draft.cell.field == field)
            .unwrap()
            .value
            .clone()
    }

    #[test]
    fn two_computers_make_one_successor() {
        let id = EntityId([1; 16]);
        let fortnightly = TaskFields {
            repeat: Some("FREQ=WEEKLY;INTERVAL=2".into()),
            ..weekly()
        };
        let a = successor(&id, &weekly(), &done_at(), "a").unwrap().unwrap();
        let b = successor(&id, &fortnightly, &done_at(), "b")
            .unwrap()
            .unwrap();
        assert_eq!(a[0].cell.entity, b[0].cell.entity);
        assert_eq!(value_of(&a, task::DUE).as_text(), Some("2026-03-23"));
        assert_eq!(value_of(&b, task::DUE).as_text(), Some("2026-03-30"));
    }

    #[test]
    fn a_task_that_does_not_repeat_has_none() {
        let once = TaskFields {
            repeat: None,
            ..weekly()
        };
        assert_eq!(
            successor(&EntityId([1; 16]), &once, &done_at(), "a"),
            Ok(None)
        );
    }

    #[test]
    fn the_turn_passes_on_and_begins_again() {
        let [mia, tom, lea] = [1, 2, 3].map(|n| EntityId([n; 16]));
        for (now, next) in [(mia, tom), (tom, lea), (lea, mia)] {
            let fields = TaskFields {
                rotation: vec![mia, tom, lea],
                assignee: Some(Assignee::Person(now)),
                ..weekly()
            };
            let drafts = successor(&EntityId([9; 16]), &fields, &done_at(), "a")
                .unwrap()
                .unwrap();
            assert_eq!(
                value_of(&drafts, task::ASSIGNEE),
                assignee_value(Some(Assignee::Person(next)))
            );
        }
    }
}
