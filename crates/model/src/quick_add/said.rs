//! What the words at the end of a text said, and what follows from it together.

use jiff::civil::{Date, Time};

use super::remind::SpokenReminder;
use super::{Context, Ignored, QuickAdd, Reason, Slot};
use crate::recurrence::{RepeatRule, SpokenRepeat, first_due};
use crate::reminder::Reminder;
use crate::when::{Spoken, When, local_in_zone_of, resolve};

/// What a run of words says.
pub(super) enum Phrase {
    When(Spoken),
    Repeat(Box<SpokenRepeat>),
    Reminder(SpokenReminder),
    Start(When),
}

/// What was said so far, from the end.
#[derive(Default)]
pub(super) struct Said {
    date: Option<Date>,
    time: Option<Time>,
    repeat: Option<RepeatRule>,
    reminder: Option<SpokenReminder>,
    start: Option<When>,
}

impl Said {
    /// Takes what a phrase says, unless something later said the same.
    pub(super) fn add(&mut self, phrase: Phrase) -> Result<Slot, Reason> {
        match phrase {
            Phrase::When(spoken) => {
                let said_twice = (spoken.date.is_some() && self.date.is_some())
                    || (spoken.time.is_some() && self.time.is_some());
                if said_twice {
                    return Err(Reason::SaidLater(Slot::Due));
                }
                self.date = self.date.or(spoken.date);
                self.time = self.time.or(spoken.time);
                Ok(Slot::Due)
            }
            Phrase::Repeat(spoken) => {
                if self.repeat.is_some() || (spoken.time.is_some() && self.time.is_some()) {
                    return Err(Reason::SaidLater(Slot::Repeat));
                }
                self.repeat = Some(spoken.rule);
                self.time = self.time.or(spoken.time);
                Ok(Slot::Repeat)
            }
            Phrase::Reminder(reminder) => fill(&mut self.reminder, reminder, Slot::Reminder),
            Phrase::Start(start) => fill(&mut self.start, start, Slot::Start),
        }
    }

    pub(super) fn settle(self, context: &Context, found: &mut QuickAdd) {
        let due = self.due(context);
        found.repeat = match (self.repeat, &due) {
            (Some(rule), Some(due)) => Some(rule.pinned_to(due.date())),
            (rule, _) => rule,
        };
        let counts_from = due.as_ref().or(context.due.as_ref());
        found.reminder = self
            .reminder
            .and_then(|reminder| reminder.settle(counts_from, context));
        found.due = due;
        found.start = self.start;
    }

    fn due(&self, context: &Context) -> Option<When> {
        let now = &context.now;
        let spoken = Spoken {
            date: self.date,
            time: self.time,
        };
        let (Some(rule), None) = (&self.repeat, self.date) else {
            return resolve(spoken, now).ok().flatten();
        };
        let earliest = match self.time {
            Some(_) => resolve(spoken, now).ok().flatten()?,
            None if rule.is_within_days() => local_in_zone_of(now.datetime(), now),
            None => When::Date(now.date()),
        };
        first_due(rule, &earliest).ok().flatten()
    }
}

/// The reminder that was read but has nothing to count from: it stays in the title, and what stands before it is read anew.
pub(super) fn without_due(found: &QuickAdd) -> Option<Ignored> {
    let token = found
        .tokens
        .iter()
        .find(|token| token.slot == Slot::Reminder)?;
    let is_nothing = found.reminder.is_none();
    is_nothing.then(|| Ignored {
        span: token.span.clone(),
        reason: Reason::NoDue,
    })
}

fn fill<T>(place: &mut Option<T>, value: T, slot: Slot) -> Result<Slot, Reason> {
    if place.is_some() {
        return Err(Reason::SaidLater(slot));
    }
    *place = Some(value);
    Ok(slot)
}

impl SpokenReminder {
    /// What is kept; `None` where it counts from a due date that there is not.
    fn settle(self, due: Option<&When>, context: &Context) -> Option<Reminder> {
        let now = &context.now;
        match self {
            Self::Due => due.map(|_| Reminder::Due),
            Self::Before(lead) => due.map(|_| Reminder::Before(lead)),
            Self::At(when) => Some(Reminder::At(when)),
            Self::Spoken(spoken) => {
                let time = spoken.time.unwrap_or(context.style.morning);
                let date = spoken.date.or(due.map(When::date));
                let when = resolve(
                    Spoken {
                        date,
                        time: Some(time),
                    },
                    now,
                );
                when.ok().flatten().map(Reminder::At)
            }
        }
    }
}
