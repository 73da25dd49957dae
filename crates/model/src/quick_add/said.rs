//! What the words at the end of a text said, and what follows from it together.

use jiff::tz::TimeZone;

use super::remind::SpokenReminder;
use super::{Context, Ignored, QuickAdd, Reason, Slot};
use crate::recurrence::{RepeatRule, SpokenRepeat, first_due};
use crate::reminder::Reminder;
use crate::when::{Hour, Spoken, When, local_in_zone_of, resolve};

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
    spoken: Spoken,
    repeat: Option<RepeatRule>,
    reminder: Option<SpokenReminder>,
    start: Option<When>,
}

impl Said {
    /// Takes what a phrase says, unless something later said the same.
    pub(super) fn add(&mut self, phrase: Phrase) -> Result<Slot, Reason> {
        match phrase {
            Phrase::When(spoken) => {
                if spoken.date.is_some() && self.spoken.date.is_some() {
                    return Err(Reason::SaidLater(Slot::Due));
                }
                self.take_time(spoken, Slot::Due)?;
                self.spoken.date = self.spoken.date.or(spoken.date);
                Ok(Slot::Due)
            }
            Phrase::Repeat(said) => {
                if self.repeat.is_some() {
                    return Err(Reason::SaidLater(Slot::Repeat));
                }
                let SpokenRepeat { rule, part, hour } = *said;
                let date = None;
                self.take_time(Spoken { date, part, hour }, Slot::Repeat)?;
                self.repeat = Some(rule);
                Ok(Slot::Repeat)
            }
            Phrase::Reminder(reminder) => fill(&mut self.reminder, reminder, Slot::Reminder),
            Phrase::Start(start) => fill(&mut self.start, start, Slot::Start),
        }
    }

    /// Takes a part of the day and a time, which may be said apart: "at 7 every morning".
    fn take_time(&mut self, spoken: Spoken, slot: Slot) -> Result<(), Reason> {
        let said = &mut self.spoken;
        if (spoken.part.is_some() && said.part.is_some())
            || (spoken.hour.is_some() && said.hour.is_some())
        {
            return Err(Reason::SaidLater(slot));
        }
        said.part = said.part.or(spoken.part);
        said.hour = said.hour.or(spoken.hour);
        Ok(())
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
        let (now, style) = (&context.now, &context.style);
        let resolved = || resolve(self.spoken, now, style).ok().flatten();
        let (Some(rule), None) = (&self.repeat, self.spoken.date) else {
            return resolved();
        };
        let soonest = if self.spoken.has_time() {
            resolved()?
        } else if rule.is_within_days() {
            local_in_zone_of(now.datetime(), now)
        } else {
            When::Date(now.date())
        };
        let earliest = match &self.start {
            Some(start) => not_before(start, soonest, now.time_zone())?,
            None => soonest,
        };
        let first = first_due(rule, &earliest).ok().flatten();
        // Where the rule ends before it begins, what else was said still goes.
        first.or_else(resolved)
    }
}

/// The first time of that kind that is not before the start, which may be a day or a time itself.
fn not_before(start: &When, soonest: When, zone: &TimeZone) -> Option<When> {
    if start.instant(zone) <= soonest.instant(zone) {
        return Some(soonest);
    }
    let day = start.date_for(zone);
    if soonest.time().is_none() {
        return Some(When::Date(day));
    }
    let at = soonest.on(day);
    if start.instant(zone) <= at.instant(zone) {
        Some(at)
    } else {
        Some(soonest.on(day.tomorrow().ok()?))
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
        match self {
            Self::Due => due.map(|_| Reminder::Due),
            Self::Before(lead) => due.map(|_| Reminder::Before(lead)),
            Self::At(when) => Some(Reminder::At(when)),
            Self::Spoken(mut spoken) => {
                if !spoken.has_time() {
                    spoken.hour = Some(Hour::exact(context.style.morning));
                }
                spoken.date = spoken.date.or(due.map(When::date));
                let when = resolve(spoken, &context.now, &context.style);
                when.ok().flatten().map(Reminder::At)
            }
        }
    }
}
