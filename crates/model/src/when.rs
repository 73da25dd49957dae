//! When a task starts or is due: a date, or a local time in a zone.
//!
//! A date floats: it is that day wherever it is read. A time keeps what the clock on the wall shows and the zone it hangs
//! in, so that 09:00 stays 09:00 when the rules of the zone change. UTC is worked out on reading only.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};

use crate::limits::WHEN_MAX_BYTES;

mod calendar;
mod clock;
mod day;
mod error;
mod locale;
mod phrase;
mod read;
mod style;

pub(crate) use calendar::month_name;
pub(crate) use clock::{Hour, read_time};
pub use error::WhenError;
pub(crate) use phrase::{Spoken, read_date, read_when, resolve, span};
pub use read::parse_when;
pub use style::{Clock, DateOrder, Signs, Style};

/// A day, or a minute of the clock in a zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A day, wherever it is read.
    Date(Date),
    /// A local time.
    At {
        /// What the clock shows, to the minute.
        local: DateTime,
        /// The IANA name of the zone. One that is not known here is kept, and read as the reader's own.
        zone: String,
    },
}

impl When {
    /// A local time in a zone; seconds are dropped.
    #[must_use]
    pub fn at(local: DateTime, zone: impl Into<String>) -> Self {
        Self::At {
            local: to_minute(local),
            zone: zone.into(),
        }
    }

    /// An instant as the clock in the zone of `now` shows it.
    #[must_use]
    pub fn at_instant(instant: Timestamp, now: &Zoned) -> Self {
        local_in_zone_of(instant.to_zoned(now.time_zone().clone()).datetime(), now)
    }

    /// Reads what [`When`] prints, and nothing else.
    pub fn parse_stored(text: &str) -> Result<Self, WhenError> {
        let malformed = || WhenError::NotUnderstood {
            text: error::excerpt(text),
        };
        if text.len() > WHEN_MAX_BYTES {
            return Err(malformed());
        }
        let when = match text.split_once('T') {
            None => Self::Date(text.parse().map_err(|_| malformed())?),
            Some((date, rest)) => {
                let (time, zone) = rest
                    .strip_suffix(']')
                    .and_then(|rest| rest.split_once('['))
                    .filter(|(_, zone)| is_zone_name(zone))
                    .ok_or_else(malformed)?;
                let date: Date = date.parse().map_err(|_| malformed())?;
                let time: Time = time.parse().map_err(|_| malformed())?;
                Self::at(DateTime::from_parts(date, time), zone)
            }
        };
        // One text a value: what prints otherwise was not written by any Rota.
        if when.to_string() == text && is_writable(when.date()) {
            Ok(when)
        } else {
            Err(malformed())
        }
    }

    /// The day on which it falls for the person who wrote it.
    #[must_use]
    pub fn date(&self) -> Date {
        match self {
            Self::Date(date) => *date,
            Self::At { local, .. } => local.date(),
        }
    }

    /// The time of day for the person who wrote it, if there is one.
    #[must_use]
    pub fn time(&self) -> Option<Time> {
        match self {
            Self::Date(_) => None,
            Self::At { local, .. } => Some(local.time()),
        }
    }

    /// The instant at which it begins: of a date, the first one of the day in the reader's zone. A time that the clock
    /// skips in spring counts from before the gap, one that comes twice in autumn is the first.
    #[must_use]
    pub fn instant(&self, reader: &TimeZone) -> Timestamp {
        let (local, zone) = match self {
            Self::Date(date) => (date.to_datetime(Time::midnight()), None),
            Self::At { local, zone } => (*local, zone_named(zone)),
        };
        let zone = zone.unwrap_or_else(|| reader.clone());
        let edge = if local.year() > 0 {
            Timestamp::MAX
        } else {
            Timestamp::MIN
        };
        zone.to_ambiguous_timestamp(local)
            .compatible()
            .unwrap_or(edge)
    }

    /// The day on which it falls for a reader in a zone.
    #[must_use]
    pub fn date_for(&self, reader: &TimeZone) -> Date {
        match self {
            Self::Date(date) => *date,
            Self::At { .. } => reader.to_datetime(self.instant(reader)).date(),
        }
    }

    /// As the JSON answers show it: a date, or a time in UTC by RFC 3339.
    #[must_use]
    pub fn to_json_text(&self, reader: &TimeZone) -> String {
        match self {
            Self::Date(date) => date.to_string(),
            Self::At { .. } => self.instant(reader).to_string(),
        }
    }

    /// The same time of day in the same zone on another day.
    #[must_use]
    pub fn on(&self, date: Date) -> Self {
        match self {
            Self::Date(_) => Self::Date(date),
            Self::At { local, zone } => Self::At {
                local: DateTime::from_parts(date, local.time()),
                zone: zone.clone(),
            },
        }
    }
}

/// The stored form: `2026-03-20` or `2026-03-20T17:00[Europe/Berlin]`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::At { local, zone } => {
                write!(
                    f,
                    "{}T{:02}:{:02}[{zone}]",
                    local.date(),
                    local.hour(),
                    local.minute()
                )
            }
        }
    }
}

/// The zone of that IANA name, from the table that Rota carries: the same on every computer, read from no file.
#[must_use]
pub fn zone_named(name: &str) -> Option<TimeZone> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    if is_zone_name(name) {
        ZONES.get(name).ok()
    } else {
        None
    }
}

/// A local time of the person whose clock shows `now`; where that zone has no name, the same instant in UTC.
pub(crate) fn local_in_zone_of(local: DateTime, now: &Zoned) -> When {
    let zone = now.time_zone();
    if let Some(name) = zone.iana_name().filter(|name| zone_named(name).is_some()) {
        return When::at(local, name);
    }
    let instant = zone
        .to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(now.timestamp());
    When::at(TimeZone::UTC.to_datetime(instant), "UTC")
}

/// The zone of a person's own computer, or of the time itself where it names one that is known here.
pub(crate) fn zone_of(when: Option<&When>, reader: &TimeZone) -> TimeZone {
    match when {
        Some(When::At { zone, .. }) => zone_named(zone).unwrap_or_else(|| reader.clone()),
        _ => reader.clone(),
    }
}

/// Whether a date can be stored; the first and last year are left out so that no zone leads over the calendar's end.
pub(crate) fn is_writable(date: Date) -> bool {
    (1..=9998).contains(&date.year())
}

fn is_zone_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte))
}

fn to_minute(local: DateTime) -> DateTime {
    DateTime::from_parts(
        local.date(),
        Time::constant(local.hour(), local.minute(), 0, 0),
    )
}
