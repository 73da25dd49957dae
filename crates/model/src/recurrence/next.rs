//! The next occurrence of a repeating task.

use chrono::{Datelike, TimeZone as _, Timelike};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use rrule::{RRule, RRuleSet, Unvalidated, Validated};

use super::{CountsFrom, End, Frequency, RepeatError, RepeatRule, Rule};
use crate::when::{When, is_writable, zone_of};

/// Occurrences looked at in one call: more than the minutes of two days, which a rule by the minute needs to get to the
/// next date. The library itself gives up after 100,000 empty rounds.
const LOOKED_AT_MAX_COUNT: usize = 3_000;

/// What the successor of a done task carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// When it is due.
    pub due: When,
    /// The rule that it repeats by: one fewer where the rule counts.
    pub rule: RepeatRule,
}

/// The occurrence that follows a task that is now done, or `None` where the rule ends.
///
/// A rule counts from the due date, so that a late completion does not move the series, unless it says "after done"; without a
/// due date it counts from the day of completion. The clock of the task's zone decides: 09:00 stays 09:00.
pub fn next_due(
    rule: &RepeatRule,
    due: Option<&When>,
    done_at: &Zoned,
) -> Result<Option<Next>, RepeatError> {
    let parts = &rule.rule;
    let end = match parts.end {
        End::Count(count) if count <= 1 => return Ok(None),
        End::Count(count) => End::Count(count - 1),
        end => end,
    };
    let zone = zone_of(due, done_at.time_zone());
    let done_here = zone.to_datetime(done_at.timestamp());
    let done = due.map_or(When::Date(done_here.date()), |due| {
        match (due, parts.frequency) {
            // Hours and minutes after completion count from its minute, longer rounds from its day.
            (When::At { zone, .. }, Frequency::Hourly | Frequency::Minutely) => {
                When::at(done_here, zone.clone())
            }
            _ => due.on(done_here.date()),
        }
    });
    let found = match (parts.from, due) {
        (CountsFrom::Due, Some(due)) => after(parts, due, local_of(due))?,
        (CountsFrom::Done, _) if parts.has_no_days() => in_one_round(parts, &done, done_here)?,
        (CountsFrom::Done | CountsFrom::Due, _) => after(parts, &done, done_here)?,
    };
    let found = found.filter(|next| !is_past_end(end, next, &zone));
    Ok(found.map(|due| Next {
        due,
        rule: RepeatRule::from(Rule {
            end,
            ..parts.clone()
        }),
    }))
}

/// The first occurrence at or after `earliest`, in the zone and with the time of day of that, unless the rule has its own.
pub fn first_due(rule: &RepeatRule, earliest: &When) -> Result<Option<When>, RepeatError> {
    let parts = &rule.rule;
    let start = local_of(earliest);
    let first = occurrences(parts, start)?
        .take(LOOKED_AT_MAX_COUNT)
        .find(|local| *local >= start);
    let first = first.map(|local| like(earliest, local));
    let zone = zone_of(Some(earliest), &TimeZone::UTC);
    let first = first.filter(|first| is_writable(first.date()));
    Ok(first.filter(|first| !is_past_end(parts.end, first, &zone)))
}

/// A start moved by as much as the due date moved; days where one of them has no time of day, else the clock's distance.
#[must_use]
pub fn shifted_start(start: &When, old_due: &When, new_due: &When) -> Option<When> {
    let both_timed = old_due.time().is_some() && new_due.time().is_some() && start.time().is_some();
    let distance = if both_timed {
        local_of(new_due).duration_since(local_of(old_due))
    } else {
        new_due.date().duration_since(old_due.date())
    };
    let local = local_of(start).checked_add(distance).ok()?;
    is_writable(local.date()).then(|| like(start, local))
}

/// Whether the library takes the rule.
pub(super) fn check(rule: &Rule) -> Result<(), RepeatError> {
    let start = DateTime::constant(2026, 1, 1, 0, 0, 0, 0);
    library_rule(rule, start).map(|_| ())
}

/// The first occurrence after a day or time, counted from it, and after `now` where that is later.
fn after(rule: &Rule, due: &When, now: DateTime) -> Result<Option<When>, RepeatError> {
    let start = local_of(due);
    let is_later = |local: &DateTime| match due {
        When::Date(date) => local.date() > *date,
        When::At { .. } => *local > start.max(now),
    };
    let next = occurrences(rule, start)?
        .take(LOOKED_AT_MAX_COUNT)
        .find(is_later);
    Ok(next
        .map(|local| like(due, local))
        .filter(|next| is_writable(next.date())))
}

/// One interval on, by the calendar: 31 January and a month is 28 February.
fn in_one_round(rule: &Rule, done: &When, now: DateTime) -> Result<Option<When>, RepeatError> {
    if !rule.hours.is_empty() || !rule.minutes.is_empty() {
        return after(rule, done, now);
    }
    let interval = i64::from(rule.interval);
    let span = match rule.frequency {
        Frequency::Yearly => Span::new().years(interval),
        Frequency::Monthly => Span::new().months(interval),
        Frequency::Weekly => Span::new().weeks(interval),
        Frequency::Daily => Span::new().days(interval),
        Frequency::Hourly | Frequency::Minutely => return after(rule, done, now),
    };
    let next = local_of(done)
        .checked_add(span)
        .ok()
        .filter(|local| is_writable(local.date()));
    Ok(next.map(|local| like(done, local)))
}

fn is_past_end(end: End, next: &When, zone: &TimeZone) -> bool {
    match (end, next) {
        (End::Never | End::Count(_), _) => false,
        (End::UntilDate(last), _) => next.date() > last,
        (End::UntilLocal(last), When::At { local, .. }) => *local > last,
        (End::UntilLocal(last), When::Date(date)) => *date > last.date(),
        (End::UntilInstant(last), When::At { .. }) => next.instant(zone) > last,
        // The day in UTC, so that all computers agree about a date, which has no zone.
        (End::UntilInstant(last), When::Date(date)) => {
            *date > TimeZone::UTC.to_datetime(last).date()
        }
    }
}

/// The occurrences from a start on. The library is given the local clock as if it were UTC: RFC 5545 counts on the local
/// clock, and what a zone does to it is decided in one place, `When::instant`.
fn occurrences(
    rule: &Rule,
    start: DateTime,
) -> Result<impl Iterator<Item = DateTime>, RepeatError> {
    let (rule, start) = library_rule(rule, start)?;
    Ok(RRuleSet::new(start)
        .rrule(rule)
        .limit()
        .into_iter()
        .map_while(|found| {
            let date = Date::new(
                i16::try_from(found.year()).ok()?,
                i8::try_from(found.month()).ok()?,
                i8::try_from(found.day()).ok()?,
            );
            let time = Time::new(
                i8::try_from(found.hour()).ok()?,
                i8::try_from(found.minute()).ok()?,
                0,
                0,
            );
            Some(DateTime::from_parts(date.ok()?, time.ok()?))
        }))
}

type LibraryStart = chrono::DateTime<rrule::Tz>;

fn library_rule(
    rule: &Rule,
    start: DateTime,
) -> Result<(RRule<Validated>, LibraryStart), RepeatError> {
    let contradiction = |reason: String| RepeatError::Contradiction { reason };
    let instant = TimeZone::UTC.to_timestamp(start).unwrap_or(Timestamp::MAX);
    let start = rrule::Tz::UTC
        .timestamp_opt(instant.as_second(), 0)
        .single()
        .ok_or_else(|| contradiction("the date is outside the calendar".to_owned()))?;
    let frequency = match rule.frequency {
        Frequency::Yearly => rrule::Frequency::Yearly,
        Frequency::Monthly => rrule::Frequency::Monthly,
        Frequency::Weekly => rrule::Frequency::Weekly,
        Frequency::Daily => rrule::Frequency::Daily,
        Frequency::Hourly => rrule::Frequency::Hourly,
        Frequency::Minutely => rrule::Frequency::Minutely,
    };
    let months: Vec<chrono::Month> = rule
        .months
        .iter()
        .filter_map(|month| chrono::Month::try_from(*month).ok())
        .collect();
    let weekdays = rule
        .weekdays
        .iter()
        .map(|(number, day)| rrule::NWeekday::new(*number, weekday(*day)));
    let library: RRule<Unvalidated> = RRule::new(frequency)
        .interval(rule.interval)
        .week_start(rule.week_start.map_or(chrono::Weekday::Mon, weekday))
        .by_month(&months)
        .by_week_no(rule.week_numbers.clone())
        .by_year_day(rule.year_days.clone())
        .by_month_day(rule.month_days.clone())
        .by_weekday(weekdays.collect())
        .by_hour(rule.hours.clone())
        .by_minute(rule.minutes.clone())
        .by_set_pos(rule.positions.clone());
    let library = library
        .validate(start)
        .map_err(|error| contradiction(error.to_string()))?;
    Ok((library, start))
}

fn weekday(day: jiff::civil::Weekday) -> chrono::Weekday {
    use jiff::civil::Weekday;
    match day {
        Weekday::Monday => chrono::Weekday::Mon,
        Weekday::Tuesday => chrono::Weekday::Tue,
        Weekday::Wednesday => chrono::Weekday::Wed,
        Weekday::Thursday => chrono::Weekday::Thu,
        Weekday::Friday => chrono::Weekday::Fri,
        Weekday::Saturday => chrono::Weekday::Sat,
        Weekday::Sunday => chrono::Weekday::Sun,
    }
}

fn local_of(when: &When) -> DateTime {
    when.date()
        .to_datetime(when.time().unwrap_or(Time::midnight()))
}

/// A local time as a date or a time, as the model is one, in its zone.
fn like(model: &When, local: DateTime) -> When {
    match model {
        When::Date(_) => When::Date(local.date()),
        When::At { zone, .. } => When::at(local, zone.clone()),
    }
}
