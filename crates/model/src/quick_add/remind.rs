//! Reminders as people say them: `remind`, `remind 10 min before`, `remind at 17:00`.

use jiff::Zoned;

use crate::reminder::{Lead, LeadUnit};
use crate::when::{Spoken, Style, When, WhenError, local_in_zone_of, read_when, span};
use crate::words::{Cursor, Unit, Word};

/// A reminder that was said.
pub(super) enum SpokenReminder {
    /// At the due time.
    Due,
    Before(Lead),
    /// At a time that is known.
    At(When),
    /// On a day or at a time of day.
    Spoken(Spoken),
}

/// Reads what stands behind the word for a reminder, to the end.
pub(super) fn read(
    cursor: &mut Cursor,
    now: &Zoned,
    style: &Style,
) -> Result<Option<SpokenReminder>, WhenError> {
    if cursor.is_at_end() {
        return Ok(Some(SpokenReminder::Due));
    }
    let start = cursor.clone();
    if let Some(lead) = cursor.tried(eat_lead) {
        return Ok(Some(SpokenReminder::Before(lead)));
    }
    if let Some(when) = cursor.tried(|cursor| eat_distance(cursor, now)) {
        return Ok(Some(SpokenReminder::At(when)));
    }
    *cursor = start;
    let spoken = read_when(cursor, now, style)?;
    Ok(spoken
        .filter(|_| cursor.is_at_end())
        .map(SpokenReminder::Spoken))
}

/// `10m`, `10 minutes before`, and in some languages the other way round
fn eat_lead(cursor: &mut Cursor) -> Option<Lead> {
    cursor.eat(Word::Before);
    let (number, unit) = cursor.eat_length()?;
    cursor.eat(Word::Before);
    let (number, unit) = match unit {
        Unit::Minute => (number, LeadUnit::Minutes),
        Unit::Hour => (number, LeadUnit::Hours),
        Unit::Day => (number, LeadUnit::Days),
        Unit::Week => (number.checked_mul(7)?, LeadUnit::Days),
        Unit::Month | Unit::Year => return None,
    };
    Lead::new(number, unit).filter(|_| cursor.is_at_end())
}

/// `in 10 minutes`
fn eat_distance(cursor: &mut Cursor, now: &Zoned) -> Option<When> {
    if !cursor.eat(Word::In) {
        return None;
    }
    let (number, unit) = cursor.eat_length()?;
    if !cursor.is_at_end() || !matches!(unit, Unit::Minute | Unit::Hour) {
        return None;
    }
    let later = now.checked_add(span(number, unit)).ok()?;
    let when = local_in_zone_of(later.datetime(), now);
    crate::when::is_writable(when.date()).then_some(when)
}
