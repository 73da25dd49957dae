//! Sorted pages and groups of filters that ask for nothing but lists, states and days: the database counts and skips, and
//! only what is shown is looked at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rota_model::cell::Kind;
use rusqlite::{OptionalExtension, params};

use super::filter::{DUE, DueFilter, Only, TaskFilter, ZONES_MAX_DAYS};
use super::sorted::{Days, Keyed, date_of};
use super::tasks::Page;
use crate::error::StoreError;
use crate::project::day_number;
use crate::read::Reader;
use crate::sql::{int, uint};

/// A filter as a condition on the columns that the sorted indexes hold.
pub(super) struct Plain {
    condition: String,
}

/// The part of a sorted sequence that a page is cut from: how many come before it, and how many there are in all.
pub(super) struct Part {
    pub(super) before: u64,
    pub(super) total: u64,
    pub(super) keyed: Vec<Keyed>,
}

impl Reader<'_> {
    /// The condition of a filter, if it is that simple; its days are not in it.
    pub(super) fn plain(&self, filter: &TaskFilter) -> Result<Option<Plain>, StoreError> {
        let beside_due = TaskFilter {
            due: None,
            ..filter.clone()
        };
        if beside_due.narrows() {
            return Ok(None);
        }
        let states = match (filter.only, filter.without_open, filter.done) {
            (Some(Only::Open), ..) => "0",
            (Some(Only::Done), ..) => "1, 2",
            (Some(Only::Trash | Only::Recovered), ..) => return Ok(None),
            (None, ..) if filter.trash => return Ok(None),
            (None, false, false) => "0",
            (None, false, true) => "0, 1, 2",
            (None, true, true) => "1, 2",
            (None, true, false) => return Ok(None),
        };
        let mut condition = format!(
            "state IN ({states}) AND list NOT IN (SELECT id FROM lists WHERE deleted_ms IS NOT NULL)"
        );
        if let Some(list) = &filter.list {
            let rows = self.rows(
                "SELECT id FROM entities WHERE entity = ?1 AND kind = ?2",
                params![list.0, Kind::LIST.0],
            )?;
            let rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
            condition.push_str(&format!(" AND list IN ({})", rows.join(", ")));
        }
        if let Some(space) = &filter.space {
            let Some(row) = self.space_row(space)? else {
                return Ok(None);
            };
            // Tasks that name no list share a number in all spaces.
            let without_list = "SELECT 1 FROM list_counts WHERE space = ?1 AND list = 0";
            if self.conn.prepare_cached(without_list)?.exists([row])? {
                return Ok(None);
            }
            condition.push_str(&format!(
                " AND list IN (SELECT list FROM list_counts WHERE space = {row})"
            ));
        }
        Ok(Some(Plain { condition }))
    }

    /// What is due on days, from its first on until a page is full.
    pub(super) fn plain_due(
        &self,
        plain: &Plain,
        due: &DueFilter,
        page: Page,
    ) -> Result<Part, StoreError> {
        let bounds = due.bounds();
        let [a, b, c, d, e, f] = bounds;
        let condition = &plain.condition;
        let total = self
            .conn
            .prepare_cached(&format!(
                "SELECT count(*) FROM tasks WHERE {DUE} AND {condition}"
            ))?
            .query_row(params![a, b, c, d, e, f], |row| row.get(0))
            .map(uint)?;
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT id, due_day, due_ms FROM tasks WHERE {DUE} AND {condition} ORDER BY due_day"
        ))?;
        let mut rows = statement.query(params![a, b, c, d, e, f])?;
        let enough = page
            .limit
            .map_or(u64::MAX, |limit| page.offset.saturating_add(limit));
        let mut days = Days::new(&due.zone);
        let mut keyed: Vec<Keyed> = Vec::new();
        let mut stored_day = i64::MIN;
        while let Some(row) = rows.next()? {
            let (id, day): (i64, i64) = (row.get(0)?, row.get(1)?);
            if day != stored_day {
                stored_day = day;
                // A time falls so many days before the one that is stored at most: what is before that is complete.
                let edge = day.saturating_sub(ZONES_MAX_DAYS);
                let open = keyed.iter().rev().take_while(|(day, ..)| *day >= edge);
                let closed = keyed.len() - open.count();
                if closed as u64 >= enough {
                    break;
                }
            }
            keyed.push(due_key(&mut days, id, day, row.get(2)?));
        }
        Ok(Part {
            before: 0,
            total,
            keyed,
        })
    }

    /// What was completed, the latest first, around a page.
    pub(super) fn plain_completed(&self, plain: &Plain, page: Page) -> Result<Part, StoreError> {
        let condition = format!("completed_ms IS NOT NULL AND {}", plain.condition);
        let total = self
            .conn
            .prepare_cached(&format!("SELECT count(*) FROM tasks WHERE {condition}"))?
            .query_row([], |row| row.get(0))
            .map(uint)?;
        let first: Option<i64> = self
            .conn
            .prepare_cached(&format!(
                "SELECT completed_ms FROM tasks WHERE {condition} ORDER BY completed_ms DESC LIMIT 1 OFFSET ?1"
            ))?
            .query_row([int(page.offset)], |row| row.get(0))
            .optional()?;
        let Some(first) = first else {
            return Ok(Part {
                before: total,
                total,
                keyed: Vec::new(),
            });
        };
        let before = self
            .conn
            .prepare_cached(&format!(
                "SELECT count(*) FROM tasks WHERE {condition} AND completed_ms > ?1"
            ))?
            .query_row([first], |row| row.get(0))
            .map(uint)?;
        let enough = page.limit.map_or(u64::MAX, |limit| {
            page.offset.saturating_add(limit).saturating_sub(before)
        });
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT id, completed_ms FROM tasks WHERE {condition} AND completed_ms <= ?1 ORDER BY completed_ms DESC"
        ))?;
        let mut rows = statement.query([first])?;
        let mut keyed: Vec<Keyed> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, ms): (i64, i64) = (row.get(0)?, row.get(1)?);
            // What was completed at one moment is sorted by its place: all of it has to be there.
            let another = keyed.last().is_some_and(|(last, ..)| *last != -ms);
            if keyed.len() as u64 >= enough && another {
                break;
            }
            keyed.push((-ms, 0, id));
        }
        Ok(Part {
            before,
            total,
            keyed,
        })
    }

    /// How many tasks are due on each day, in order.
    pub(super) fn plain_due_days(
        &self,
        plain: &Plain,
        due: &DueFilter,
    ) -> Result<Vec<(Option<Date>, u64)>, StoreError> {
        let [a, b, c, d, e, f] = due.bounds();
        let condition = &plain.condition;
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        let mut floating = self.conn.prepare_cached(&format!(
            "SELECT due_day, count(*) FROM tasks WHERE {DUE} AND due_ms IS NULL AND {condition} GROUP BY due_day"
        ))?;
        let mut rows = floating.query(params![a, b, c, d, e, f])?;
        while let Some(row) = rows.next()? {
            *counts.entry(row.get(0)?).or_default() += uint(row.get(1)?);
        }
        let mut timed = self.conn.prepare_cached(&format!(
            "SELECT due_ms, due_day FROM tasks WHERE {DUE} AND due_ms IS NOT NULL AND {condition}"
        ))?;
        let mut rows = timed.query(params![a, b, c, d, e, f])?;
        let mut days = Days::new(&due.zone);
        while let Some(row) = rows.next()? {
            let (day, ..) = due_key(&mut days, 0, row.get(1)?, row.get(0)?);
            *counts.entry(day).or_default() += 1;
        }
        Ok(counts
            .into_iter()
            .map(|(day, tasks)| (date_of(day), tasks))
            .collect())
    }

    /// How many tasks were completed on each day, the latest first.
    pub(super) fn plain_completed_days(
        &self,
        plain: &Plain,
        zone: &TimeZone,
    ) -> Result<Vec<(Option<Date>, u64)>, StoreError> {
        let condition = format!("completed_ms IS NOT NULL AND {}", plain.condition);
        let mut latest = self.conn.prepare_cached(&format!(
            "SELECT completed_ms FROM tasks WHERE {condition} AND completed_ms < ?1 ORDER BY completed_ms DESC LIMIT 1"
        ))?;
        let mut number = self.conn.prepare_cached(&format!(
            "SELECT count(*) FROM tasks WHERE {condition} AND completed_ms >= ?1 AND completed_ms < ?2"
        ))?;
        let mut days = Days::new(zone);
        let mut groups = Vec::new();
        let mut end = i64::MAX;
        while let Some(ms) = latest
            .query_row([end], |row| row.get::<_, i64>(0))
            .optional()?
        {
            let start = days.bounds(ms).map_or(ms, |(_, start, _)| start);
            let tasks = number.query_row(params![start, end], |row| row.get(0))?;
            groups.push((days.of(ms), uint(tasks)));
            end = start;
        }
        Ok(groups)
    }
}

/// The day on which a task is due for its reader, and the instant, if it has one.
pub(super) fn due_key(days: &mut Days<'_>, id: i64, stored_day: i64, ms: Option<i64>) -> Keyed {
    match ms {
        None => (stored_day, i64::MIN, id),
        Some(ms) => (days.of(ms).map_or(stored_day, day_number), ms, id),
    }
}
