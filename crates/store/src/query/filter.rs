//! Which tasks fulfil the conditions of a filter that have an index of their own.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rota_model::id::{EntityId, SpaceId};
use rota_model::task::Assignee;
use rusqlite::{Params, params};

use crate::error::StoreError;
use crate::project::{Shown, assignee_bytes, day_number};
use crate::read::Reader;
use crate::search;

/// Days on which a task has to be due, as its reader counts days.
#[derive(Clone, Debug)]
pub struct DueFilter {
    /// The first day; `None` for any before the last.
    pub from: Option<Date>,
    /// The last day; `None` for any after the first.
    pub to: Option<Date>,
    /// The reader's zone: a time falls on the day that it falls on there.
    pub zone: TimeZone,
}

/// One kind of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// To be done.
    Open,
    /// Done and dropped.
    Done,
    /// In the trash, by themselves or with what they are in.
    Trash,
    /// Kept out of a deleted list.
    Recovered,
}

/// Which tasks are wanted: those that fulfil every condition.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// Only those of this space.
    pub space: Option<SpaceId>,
    /// Only those of this list.
    pub list: Option<EntityId>,
    /// Only those of this kind; the next three say nothing then.
    pub only: Option<Only>,
    /// Not those to be done.
    pub without_open: bool,
    /// Done and cancelled ones too.
    pub done: bool,
    /// Those in the trash too, and those kept out of a deleted list.
    pub trash: bool,
    /// Only those due on these days.
    pub due: Option<DueFilter>,
    /// Only those with all of these tags.
    pub tags: Vec<String>,
    /// Only those given to one of these; empty for no condition.
    pub assigned: Vec<Assignee>,
    /// Only those with these words in title, notes or tags.
    pub search: Option<String>,
}

impl TaskFilter {
    /// Whether a task that shows so is wanted, if nothing else speaks against it.
    pub(super) fn wants(&self, shown: Shown, list_deleted: bool) -> bool {
        let is_trash = shown == Shown::Trash || list_deleted;
        match (self.only, shown) {
            (_, Shown::Hidden) => false,
            (Some(only), Shown::Recovered) => only == Only::Recovered,
            (None, Shown::Recovered) => self.trash,
            (Some(Only::Recovered), _) => false,
            (Some(Only::Trash), _) => is_trash,
            (Some(Only::Open), _) => !is_trash && shown == Shown::Open,
            (Some(Only::Done), _) => !is_trash && shown != Shown::Open,
            (None, _) if is_trash => self.trash,
            (None, Shown::Open) => !self.without_open,
            (None, _) => self.done,
        }
    }

    /// Whether it has conditions beside those on where a task is and whether it is done.
    pub(super) fn narrows(&self) -> bool {
        self.due.is_some()
            || self.search.is_some()
            || !self.tags.is_empty()
            || !self.assigned.is_empty()
    }
}

/// How many days the calendars of two zones are apart at most: they are up to 26 hours.
pub(super) const ZONES_MAX_DAYS: i64 = 2;

impl DueFilter {
    /// The stored days between which such tasks are found by their index, and the days and instants that decide. What
    /// another zone's clock says is up to [`ZONES_MAX_DAYS`] off.
    pub(super) fn bounds(&self) -> [i64; 6] {
        let number = |day: Option<Date>, none| day.map_or(none, day_number);
        let around = |day: Option<Date>, days: i64, none| {
            day.map_or(none, |day| day_number(day).saturating_add(days))
        };
        let start = |day: Date| {
            Some(
                day.to_zoned(self.zone.clone())
                    .ok()?
                    .timestamp()
                    .as_millisecond(),
            )
        };
        [
            around(self.from, -ZONES_MAX_DAYS, i64::MIN),
            around(self.to, ZONES_MAX_DAYS, i64::MAX),
            number(self.from, i64::MIN),
            number(self.to, i64::MAX),
            self.from.and_then(start).unwrap_or(i64::MIN),
            self.to
                .and_then(|day| start(day.tomorrow().ok()?))
                .unwrap_or(i64::MAX),
        ]
    }
}

/// The condition of [`DueFilter::bounds`], its numbers from the first parameter on.
pub(super) const DUE: &str = "due_day BETWEEN ?1 AND ?2
     AND CASE WHEN due_ms IS NULL THEN due_day BETWEEN ?3 AND ?4 ELSE due_ms >= ?5 AND due_ms < ?6 END";

impl Reader<'_> {
    /// The rows of the tasks that fulfil the conditions on days, tags, assignee and words, in rising order; `None` if
    /// the filter has no such condition.
    pub(super) fn candidates(&self, filter: &TaskFilter) -> Result<Option<Vec<i64>>, StoreError> {
        let mut found: Option<Vec<i64>> = None;
        let mut narrow = |rows: Vec<i64>| {
            found = Some(match found.take() {
                Some(before) => common(&before, &rows),
                None => rows,
            });
        };
        if let Some(typed) = &filter.search {
            narrow(match search::expression(typed) {
                Some(expression) => search::find(self.conn, &expression)?,
                None => Vec::new(),
            });
        }
        for tag in &filter.tags {
            narrow(self.rows(
                "SELECT task FROM task_tags WHERE tag = ?1 ORDER BY task",
                [tag],
            )?);
        }
        if !filter.assigned.is_empty() {
            let mut rows = Vec::new();
            for assignee in &filter.assigned {
                rows.extend(self.rows(
                    "SELECT id FROM tasks WHERE assignee = ?1",
                    [assignee_bytes(*assignee)],
                )?);
            }
            rows.sort_unstable();
            rows.dedup();
            narrow(rows);
        }
        if let Some(due) = &filter.due {
            let [a, b, c, d, e, f] = due.bounds();
            let mut rows = self.rows(
                &format!("SELECT id FROM tasks WHERE {DUE}"),
                params![a, b, c, d, e, f],
            )?;
            rows.sort_unstable();
            narrow(rows);
        }
        Ok(found)
    }

    pub(super) fn rows(&self, query: &str, arguments: impl Params) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(query)?;
        let rows = statement.query_map(arguments, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What is in both of two sequences in rising order.
fn common(a: &[i64], b: &[i64]) -> Vec<i64> {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter()
        .copied()
        .filter(|row| many.binary_search(row).is_ok())
        .collect()
}
