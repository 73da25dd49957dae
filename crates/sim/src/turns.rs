//! Repeating tasks at which people take turns: what completing one writes, and that everybody gets the same next one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rota_model::cell::{Kind, task};
use rota_model::edit::Draft;
use rota_model::id::{AuthorKey, EntityId};
use rota_model::stamp::Time;
use rota_model::successor::{successor, successor_id};
use rota_model::task::{Assignee, Status, TaskFields, Winner, assignee_value, read_assignee};
use rota_model::value::Value;

use crate::dice::Dice;
use crate::log::State;
use crate::machine::of_task;
use crate::rules::{Planted, Rules};
use crate::witness::{Breach, breach};

/// By the due date, and by the day of completion.
const REPEATS: [&str; 2] = ["FREQ=WEEKLY", "FREQ=WEEKLY;X-ROTA-FROM=DONE"];

/// What was written of next occurrences, wherever that was.
#[derive(Debug, Default)]
pub struct Turns {
    /// By next occurrence: whose turn those thought it to be who completed the one before, and at which computers.
    proposed: BTreeMap<EntityId, (BTreeSet<Option<EntityId>>, BTreeSet<usize>)>,
    /// Tasks completed where nothing was known of a rule: its author did not count there.
    without: BTreeSet<EntityId>,
}

/// What the next occurrences of a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandedOn {
    /// How many there are.
    pub turns: usize,
    /// Of how many the one before was completed at several computers.
    pub apart: usize,
}

/// The cells of a new task at which these people take turns.
pub fn in_turn(id: EntityId, people: &[EntityId], dice: &mut Dice) -> Vec<Draft> {
    let turns: Vec<_> = people.iter().map(|one| Value::entity(Some(*one))).collect();
    let first = people.first().map(|one| Assignee::Person(*one));
    vec![
        of_task(id, task::DUE, Value::text("2026-03-16")),
        of_task(id, task::REPEAT, Value::text(REPEATS[dice.index(2)])),
        of_task(id, task::ROTATION, Value::array(&turns)),
        of_task(id, task::ASSIGNEE, assignee_value(first)),
    ]
}

/// A task as a computer sees it.
#[must_use]
pub fn fields(state: &State, id: EntityId) -> TaskFields {
    let cells = state.winners.iter();
    let own = cells.filter(|(cell, _)| cell.kind == Kind::TASK && cell.entity == id);
    TaskFields::fold(own.map(|(cell, written)| Winner {
        field: cell.field,
        key: &cell.key,
        rank: written.rank,
        value: &written.value,
        time: Time(0),
        author: AuthorKey([0; 32]),
    }))
}

impl Turns {
    /// What a rule writes when a task is completed at a computer, by its clock and by who is a member there.
    pub fn next(
        &mut self,
        at: usize,
        state: &State,
        id: EntityId,
        wall_ms: u64,
        rules: &Rules,
    ) -> Vec<Draft> {
        let done_at = i64::try_from(wall_ms).unwrap_or(i64::MAX);
        let done_at = Timestamp::from_millisecond(done_at).unwrap_or_default();
        let done_at = done_at.to_zoned(TimeZone::UTC);
        let members: BTreeSet<EntityId> = state
            .membership
            .standing()
            .map(|admission| admission.admit.person)
            .collect();
        let next = successor(&id, &fields(state, id), &done_at, "a0", |person| {
            members.contains(person)
        });
        let mut drafts = next.ok().flatten().unwrap_or_default();
        if drafts.is_empty() {
            self.without.insert(id);
            return drafts;
        }
        let (turns, computers) = self.proposed.entry(successor_id(&id)).or_default();
        for draft in &drafts {
            if draft.cell.field == task::ASSIGNEE {
                turns.insert(person(read_assignee(&draft.value)));
                computers.insert(at);
            }
        }
        if rules.has(Planted::NextByDate) {
            name_by_date(&mut drafts);
        }
        drafts
    }

    /// Checks what a computer shows: a done task has one next occurrence, and whose turn it is was said by somebody who
    /// completed it. (5)
    ///
    /// # Errors
    /// The breach.
    pub fn check(&self, state: &State) -> Result<HandedOn, Breach> {
        let tasks: BTreeSet<EntityId> = state
            .winners
            .keys()
            .filter(|cell| cell.kind == Kind::TASK)
            .map(|cell| cell.entity)
            .collect();
        let all: BTreeMap<EntityId, TaskFields> = tasks
            .into_iter()
            .map(|id| (id, fields(state, id)))
            .collect();
        let mut handed_on = HandedOn::default();
        for (id, fields) in &all {
            if fields.status != Status::Done || fields.repeat.is_none() {
                continue;
            }
            let next: Vec<_> = all
                .iter()
                .filter(|(_, next)| next.predecessor == Some(*id))
                .collect();
            if next.is_empty() && self.without.contains(id) {
                continue;
            }
            let [(next, shown)] = next[..] else {
                return Err(breach(
                    5,
                    format!("a done task has {} next ones", next.len()),
                ));
            };
            let Some((turns, computers)) = self.proposed.get(next) else {
                return Err(breach(5, "the next one has another id".to_owned()));
            };
            if !turns.contains(&person(shown.assignee)) {
                return Err(breach(5, "it is nobody's turn who was named".to_owned()));
            }
            handed_on.turns += 1;
            handed_on.apart += usize::from(computers.len() > 1);
        }
        Ok(handed_on)
    }
}

fn person(assignee: Option<Assignee>) -> Option<EntityId> {
    match assignee {
        Some(Assignee::Person(person)) => Some(person),
        Some(Assignee::Computer(_)) | None => None,
    }
}

/// The planted bug: what is due on another day is another task.
fn name_by_date(drafts: &mut [Draft]) {
    let due = drafts.iter().find(|draft| draft.cell.field == task::DUE);
    let Some(due) = due.map(|draft| draft.value.as_cbor().to_vec()) else {
        return;
    };
    for draft in drafts {
        draft.cell.entity = EntityId::derive("next by date", &[&draft.cell.entity.0, &due]);
    }
}
