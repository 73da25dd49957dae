//! What became of a reminder: it was handled, or put off. It holds for the reminder as it stood then: another time of the
//! task is another reminder.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::limits::REMINDED_MAX_BYTES;
use crate::reminder::Reminder;
use crate::value::Value;
use crate::when::When;

/// The earliest that a day begins anywhere before it does in UTC.
const EARLIEST_ZONE_MS: i64 = 15 * 60 * 60 * 1000;

/// A handled reminder, as the cell `reminded` holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// Which reminder, by [`name`].
    pub of: String,
    /// Until when it is put off, in Unix milliseconds; `None` if it is over.
    pub until_ms: Option<u64>,
}

/// What names a reminder: its text, and the due date where it counts from that.
#[must_use]
pub fn name(reminder: &Reminder, due: Option<&When>) -> String {
    match (reminder, due) {
        (Reminder::Due | Reminder::Before(_), Some(due)) => format!("{reminder} {due}"),
        _ => reminder.to_string(),
    }
}

impl Reminded {
    /// The value of the cell: `[name, Unix ms or null]`.
    #[must_use]
    pub fn value(&self) -> Value {
        let until = self.until_ms.map_or_else(Value::null, Value::uint);
        Value::array(&[Value::text(&self.of), until])
    }

    /// Reads what [`Reminded::value`] wrote.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let items = value.as_array()?;
        let of = items.first()?.as_text()?;
        (of.len() <= REMINDED_MAX_BYTES).then(|| Self {
            of: of.to_owned(),
            until_ms: items.get(1).and_then(Value::as_uint),
        })
    }
}

/// A reminder that is still to come or to be handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Put off until then, in Unix milliseconds.
    pub again_ms: Option<u64>,
    /// The earliest Unix millisecond at which it can be due, for a reader in any zone.
    pub from_ms: i64,
}

/// What is pending by a task's cells: by the texts of its reminder and due date, and what became of it.
#[must_use]
pub fn pending(
    reminder: Option<&str>,
    due: Option<&str>,
    reminded: Option<&Reminded>,
) -> Option<Pending> {
    let reminder = Reminder::parse_stored(reminder?).ok()?;
    let due = due.and_then(|due| When::parse_stored(due).ok());
    let handled = reminded.filter(|reminded| reminded.of == name(&reminder, due.as_ref()));
    if let Some(handled) = handled {
        let again_ms = handled.until_ms?;
        return Some(Pending {
            again_ms: Some(again_ms),
            from_ms: i64::try_from(again_ms).unwrap_or(i64::MAX),
        });
    }
    let earliest = reminder.moment(due.as_ref(), &TimeZone::UTC, Time::midnight())?;
    Some(Pending {
        again_ms: None,
        from_ms: earliest.as_millisecond() - EARLIEST_ZONE_MS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: Option<&str> = Some("2026-11-21T17:00[Europe/Berlin]");
    const DUE_MS: i64 = 1_795_276_800_000;

    fn handled(reminder: &str, due: Option<&str>, until_ms: Option<u64>) -> Reminded {
        let due = due.map(|due| When::parse_stored(due).unwrap());
        let reminder = Reminder::parse_stored(reminder).unwrap();
        Reminded {
            of: name(&reminder, due.as_ref()),
            until_ms,
        }
    }

    #[test]
    fn it_is_pending_until_it_is_handled_and_again_when_the_task_has_another_time() {
        let pending_ms = |due, reminded: Option<&Reminded>| {
            pending(Some("due"), due, reminded).map(|pending| pending.from_ms)
        };
        assert_eq!(pending_ms(DUE, None), Some(DUE_MS - EARLIEST_ZONE_MS));
        let over = handled("due", DUE, None);
        assert_eq!(pending_ms(DUE, Some(&over)), None);
        let later = Some("2026-11-22T17:00[Europe/Berlin]");
        assert!(pending_ms(later, Some(&over)).is_some());
        assert_eq!(
            pending_ms(None, None),
            None,
            "no due date, nothing to count from"
        );
        assert!(pending(Some("before 10m"), DUE, Some(&over)).is_some());
    }

    #[test]
    fn one_that_is_put_off_comes_at_that_moment_exactly() {
        let reminded = handled("before 1h", DUE, Some(7));
        let found = pending(Some("before 1h"), DUE, Some(&reminded)).unwrap();
        assert_eq!((found.again_ms, found.from_ms), (Some(7), 7));
        assert_eq!(Reminded::read(&reminded.value()), Some(reminded));
    }

    #[test]
    fn no_zone_has_its_morning_before_the_earliest_moment() {
        let from = pending(Some("due"), Some("2026-11-21"), None)
            .unwrap()
            .from_ms;
        let due = When::parse_stored("2026-11-21").unwrap();
        for zone in [
            "Pacific/Kiritimati",
            "Pacific/Apia",
            "UTC",
            "Pacific/Pago_Pago",
        ] {
            let zone = TimeZone::get(zone).unwrap();
            let moment = Reminder::Due
                .moment(Some(&due), &zone, Time::midnight())
                .unwrap();
            assert!(moment.as_millisecond() > from);
        }
    }

    #[test]
    fn what_is_no_such_value_is_none() {
        for value in [
            Value::null(),
            Value::text("due"),
            Value::array(&[]),
            Value::uint(3),
        ] {
            assert_eq!(Reminded::read(&value), None);
        }
        let long = Value::array(&[
            Value::text(&"x".repeat(REMINDED_MAX_BYTES + 1)),
            Value::null(),
        ]);
        assert_eq!(Reminded::read(&long), None);
        assert_eq!(pending(Some("sometime"), DUE, None), None);
    }
}
