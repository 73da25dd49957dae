//! The next occurrence of a repeating task.
//!
//! Its id follows from its predecessor's, so two computers that complete the same occurrence apart make one successor;
//! rule, date and whose turn it is may differ between them, and one of each wins everywhere.

use jiff::Zoned;

use crate::cell::{Cell, Field, Kind, task};
use crate::edit::Draft;
use crate::id::EntityId;
use crate::recurrence::{RepeatError, RepeatRule, next_due, shifted_start};
use crate::reminder::Reminder;
use crate::task::{Assignee, TaskFields, assignee_value};
use crate::value::Value;
use crate::when::When;

/// The id of the next occurrence.
#[must_use]
pub fn successor_id(predecessor: &EntityId) -> EntityId {
    EntityId::derive("rota next 1", &[&predecessor.0])
}

/// The cells of the next occurrence of a task that was completed at `done_at`, to be written by a rule; `order` is its
/// order key, and a turn passes over who is no member of the space any more. `None` if the task does not repeat or its rule
/// has come to its end.
///
/// # Errors
/// A stored rule that this version cannot run.
pub fn successor(
    id: &EntityId,
    fields: &TaskFields,
    done_at: &Zoned,
    order: &str,
    is_member: impl Fn(&EntityId) -> bool,
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
        one(
            task::ASSIGNEE,
            assignee_value(whose_turn(fields, is_member)),
        ),
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
    if let Some(reminder) = next_reminder(fields, due.as_ref(), &next.due) {
        drafts.push(one(task::REMINDER, Value::text(&reminder)));
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

/// The reminder of the next occurrence: one at a time of its own moves as far as the due date did.
fn next_reminder(fields: &TaskFields, due: Option<&When>, next: &When) -> Option<String> {
    let text = fields.reminder.as_deref()?;
    match (Reminder::parse_stored(text), due) {
        (Ok(Reminder::At(at)), Some(due)) => {
            shifted_start(&at, due, next).map(|at| Reminder::At(at).to_string())
        }
        // What counts from the due date stays as it is, and so does what a later version wrote. A time that nothing moves is
        // over.
        (Ok(Reminder::At(_)), None) => None,
        _ => Some(text.to_owned()),
    }
}

/// Who does the next occurrence: with a rotation the next person in it who is still a member, behind whoever was to do
/// this one (the first, where that was nobody of them); without one, whoever was to do this one.
fn whose_turn(fields: &TaskFields, is_member: impl Fn(&EntityId) -> bool) -> Option<Assignee> {
    let turns = &fields.rotation;
    if turns.is_empty() {
        return fields.assignee;
    }
    let present = match fields.assignee {
        Some(Assignee::Person(person)) => turns.iter().position(|turn| *turn == person),
        Some(Assignee::Computer(_)) | None => None,
    };
    let first = present.map_or(0, |index| index + 1);
    let mut next = turns.iter().cycle().skip(first).take(turns.len());
    next.find(|person| is_member(person))
        .map(|person| Assignee::Person(*person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AuthorKey;
    use crate::task::read_assignee;
    use std::collections::BTreeSet;

    fn everyone(_: &EntityId) -> bool {
        true
    }

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
        let a = successor(&id, &weekly(), &done_at(), "a", everyone)
            .unwrap()
            .unwrap();
        let b = successor(&id, &fortnightly, &done_at(), "b", everyone)
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
            successor(&EntityId([1; 16]), &once, &done_at(), "a", everyone),
            Ok(None)
        );
    }

    fn people() -> [EntityId; 3] {
        [1, 2, 3].map(|n| EntityId([n; 16]))
    }

    fn in_turn(now: Option<Assignee>) -> TaskFields {
        TaskFields {
            rotation: people().to_vec(),
            assignee: now,
            ..weekly()
        }
    }

    fn next_in_turn(fields: &TaskFields, is_member: impl Fn(&EntityId) -> bool) -> Value {
        let id = EntityId([9; 16]);
        let drafts = successor(&id, fields, &done_at(), "a", is_member);
        value_of(&drafts.unwrap().unwrap(), task::ASSIGNEE)
    }

    fn person(id: EntityId) -> Value {
        assignee_value(Some(Assignee::Person(id)))
    }

    #[test]
    fn the_turn_passes_on_and_begins_again() {
        let [mia, tom, lea] = people();
        for (now, next) in [(mia, tom), (tom, lea), (lea, mia)] {
            let fields = in_turn(Some(Assignee::Person(now)));
            assert_eq!(next_in_turn(&fields, everyone), person(next));
        }
    }

    #[test]
    fn who_is_not_in_the_rotation_is_followed_by_its_first() {
        let outside = [
            None,
            Some(Assignee::Person(EntityId([7; 16]))),
            Some(Assignee::Computer(AuthorKey([7; 32]))),
        ];
        for now in outside {
            assert_eq!(next_in_turn(&in_turn(now), everyone), person(people()[0]));
        }
    }

    #[test]
    fn who_left_is_passed_over() {
        let [mia, tom, lea] = people();
        for (left, now, next) in [
            (vec![tom], mia, lea),
            (vec![lea], tom, mia),
            (vec![mia], mia, tom),
            (vec![mia, tom], tom, lea),
            (vec![tom, lea], mia, mia),
        ] {
            let fields = in_turn(Some(Assignee::Person(now)));
            let is_member = |person: &EntityId| !left.contains(person);
            assert_eq!(next_in_turn(&fields, is_member), person(next), "{left:?}");
        }
        let fields = in_turn(Some(Assignee::Person(mia)));
        assert_eq!(next_in_turn(&fields, |_| false), assignee_value(None));
    }

    #[test]
    fn the_rotation_itself_stays_as_it_is() {
        let id = EntityId([9; 16]);
        let fields = in_turn(Some(Assignee::Person(people()[1])));
        let drafts = successor(&id, &fields, &done_at(), "a", |_| false);
        let value = value_of(&drafts.unwrap().unwrap(), task::ROTATION);
        let kept: Vec<_> = value.as_array().unwrap();
        let kept: Vec<_> = kept.iter().filter_map(Value::as_entity).collect();
        assert_eq!(kept, people());
    }

    #[test]
    fn without_a_rotation_it_stays_with_whom_it_was() {
        let fields = TaskFields {
            rotation: Vec::new(),
            ..in_turn(Some(Assignee::Person(people()[2])))
        };
        assert_eq!(next_in_turn(&fields, |_| false), person(people()[2]));
    }

    #[test]
    fn two_computers_that_complete_it_apart_agree_whose_turn_is_next() {
        // At other times and with other order keys: everything else is the same cell with the same value.
        let id = EntityId([9; 16]);
        let fields = in_turn(Some(Assignee::Person(people()[0])));
        let late = "2026-03-19T23:00[America/New_York]".parse().unwrap();
        let here = successor(&id, &fields, &done_at(), "a", everyone);
        let there = successor(&id, &fields, &late, "b", everyone);
        let without_order = |drafts: Result<Option<Vec<Draft>>, RepeatError>| {
            let mut drafts = drafts.unwrap().unwrap();
            drafts.retain(|draft| draft.cell.field != task::ORDER);
            drafts
        };
        assert_eq!(without_order(here), without_order(there));
    }

    #[test]
    fn a_round_of_turns_gives_everyone_the_same_share() {
        let mut fields = in_turn(None);
        let mut turns = Vec::new();
        for _ in 0..9 {
            let drafts = successor(&EntityId([9; 16]), &fields, &done_at(), "a", everyone);
            let drafts = drafts.unwrap().unwrap();
            fields.assignee = read_assignee(&value_of(&drafts, task::ASSIGNEE));
            let due = value_of(&drafts, task::DUE);
            fields.due = due.as_text().map(str::to_owned);
            turns.push(fields.assignee);
        }
        for (index, turn) in turns.into_iter().enumerate() {
            assert_eq!(turn, Some(Assignee::Person(people()[index % 3])));
        }
    }

    #[test]
    fn a_reminder_at_a_time_moves_with_the_due_date() {
        let id = EntityId([9; 16]);
        for (due, reminder, next) in [
            (
                Some("2026-03-16"),
                "2026-03-15T18:00[Europe/Berlin]",
                Some("2026-03-22T18:00[Europe/Berlin]"),
            ),
            (Some("2026-03-16"), "before 1d", Some("before 1d")),
            (
                Some("2026-03-16"),
                "of a later version",
                Some("of a later version"),
            ),
            (None, "2026-03-15T18:00[Europe/Berlin]", None),
        ] {
            let fields = TaskFields {
                due: due.map(str::to_owned),
                reminder: Some(reminder.to_owned()),
                ..weekly()
            };
            let drafts = successor(&id, &fields, &done_at(), "a", everyone);
            let drafts = drafts.unwrap().unwrap();
            let kept = drafts
                .iter()
                .find(|draft| draft.cell.field == task::REMINDER)
                .map(|draft| draft.value.as_text().unwrap().to_owned());
            assert_eq!(kept.as_deref(), next, "{reminder}");
        }
    }
}
