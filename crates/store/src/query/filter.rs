//! Which tasks fulfil the conditions of a filter that have an index of their own.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rota_model::id::{EntityId, SpaceId};
use rota_model::task::Assignee;
use rota_model::when::When;
use rusqlite::{Params, params};

use crate::error::StoreError;
use crate::project::{assignee_bytes, day_number};
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

/// Which tasks are wanted: those that fulfil every condition.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// Only those of this space.
    pub space: Option<SpaceId>,
    /// Only those of this list.
    pub list: Option<EntityId>,
    /// Not those to be done.
    pub without_open: bool,
    /// Done and cancelled ones too.
    pub done: bool,
    /// Those in the trash too.
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
                Some(expression) => self.rows(
                    "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid",
                    [expression],
                )?,
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
            narrow(self.due(due)?);
        }
        Ok(found)
    }

    fn due(&self, due: &DueFilter) -> Result<Vec<i64>, StoreError> {
        // What another zone's clock says is up to a day off here: days at the edges are looked at one by one.
        let first = due.from.map_or(i64::MIN, |day| {
            day_number(day.yesterday().unwrap_or(Date::MIN))
        });
        let last = due.to.map_or(i64::MAX, |day| {
            day_number(day.tomorrow().unwrap_or(Date::MAX))
        });
        let within = |day: Date| {
            due.from.is_none_or(|from| from <= day) && due.to.is_none_or(|to| day <= to)
        };
        let inner = |day: i64| {
            due.from.is_none_or(|from| day > day_number(from))
                && due.to.is_none_or(|to| day < day_number(to))
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, due_day, due FROM tasks WHERE due_day BETWEEN ?1 AND ?2")?;
        let mut found = statement.query(params![first, last])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            if inner(row.get(1)?)
                || When::parse_stored(text).is_ok_and(|when| within(when.date_for(&due.zone)))
            {
                rows.push(row.get(0)?);
            }
        }
        rows.sort_unstable();
        Ok(rows)
    }

    fn rows(&self, query: &str, arguments: impl Params) -> Result<Vec<i64>, StoreError> {
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
