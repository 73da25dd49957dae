//! Tasks in another order than that of their lists, and in groups.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rota_model::id::EntityId;
use rusqlite::{OptionalExtension, params};

use super::filter::{DUE, DueFilter, TaskFilter};
use super::names::Named;
use super::plain::{Part, due_key};
use super::tasks::{Marks, Page, Sources, TaskPage, cut};
use crate::error::StoreError;
use crate::read::Reader;
use crate::sql::uint;

/// An order other than that of the lists. Times fall on the days on which they fall in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By when they are due, days before their times; those without a date last.
    Due,
    /// By when they were completed, the latest first.
    Completed,
    /// By when they went to the trash, the latest first.
    Deleted,
    /// By when they were last written, the latest first.
    Updated,
}

/// Tasks by days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayGroups {
    /// Number of the last op that was seen.
    pub seq: u64,
    /// Each day with how many tasks, in the order of the sort; those without a day last.
    pub groups: Vec<(Option<Date>, u64)>,
}

/// Tasks by lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListGroups {
    /// Number of the last op that was seen.
    pub seq: u64,
    /// Each list with how many tasks, in display order.
    pub groups: Vec<(Named<EntityId>, u64)>,
}

/// What a task is sorted by, smaller first, and its row.
pub(super) type Keyed = (i64, i64, i64);

impl Reader<'_> {
    /// The tasks that a filter lets through, in another order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tasks_sorted(
        &self,
        filter: &TaskFilter,
        sort: Sort,
        zone: &TimeZone,
        page: Page,
    ) -> Result<TaskPage, StoreError> {
        let (wanted, _) = self.sources(filter)?;
        let wanted = Sources::of(&wanted);
        let (total, rows) = match self.part(filter, sort, zone, page, &wanted)? {
            Some(part) => {
                let mut keyed = part.keyed;
                keyed.sort_unstable();
                let here = Page {
                    offset: page.offset.saturating_sub(part.before),
                    ..page
                };
                (part.total, self.page_of(&keyed, here, &wanted)?)
            }
            None => self.whole(filter, sort, zone, page, &wanted)?,
        };
        let raws = self.by_rows(rows.into_iter())?;
        let tasks = raws
            .into_iter()
            .map(|raw| self.finish(raw))
            .collect::<Result<_, _>>()?;
        Ok(TaskPage {
            seq: self.seq()?,
            total,
            tasks,
        })
    }

    /// The part around a page, where the database alone can tell it.
    fn part(
        &self,
        filter: &TaskFilter,
        sort: Sort,
        zone: &TimeZone,
        page: Page,
        wanted: &Sources<'_>,
    ) -> Result<Option<Part>, StoreError> {
        let Some(plain) = self.plain(filter)? else {
            return Ok(None);
        };
        Ok(match (sort, &filter.due) {
            (Sort::Due, Some(due)) => Some(self.plain_due(&plain, due, page)?),
            (Sort::Due, None) => {
                let part = self.plain_due(&plain, &any_day(zone), page)?;
                let last = page
                    .limit
                    .map_or(u64::MAX, |limit| page.offset.saturating_add(limit));
                // Those without a date come last: only a page of dated ones alone can be told from these.
                (last <= part.total).then(|| Part {
                    total: wanted.tasks(),
                    ..part
                })
            }
            (Sort::Completed, None) => Some(self.plain_completed(&plain, page)?),
            (Sort::Completed | Sort::Deleted | Sort::Updated, _) => None,
        })
    }

    /// All that is wanted, sorted, and a page of it.
    fn whole(
        &self,
        filter: &TaskFilter,
        sort: Sort,
        zone: &TimeZone,
        page: Page,
        wanted: &Sources<'_>,
    ) -> Result<(u64, Vec<i64>), StoreError> {
        let (mut keyed, undated) = self.keyed(filter, sort, zone, wanted)?;
        keyed.sort_unstable();
        let mut rows = self.page_of(&keyed, page, wanted)?;
        let missing = page.limit.map_or(usize::MAX, |limit| {
            uint_len(limit).saturating_sub(rows.len())
        });
        let rest = Page {
            offset: page.offset.saturating_sub(keyed.len() as u64),
            limit: Some(missing as u64),
        };
        let total = (keyed.len() + undated.len()) as u64;
        rows.extend(cut(undated.into_iter(), rest));
        Ok((total, rows))
    }

    /// How many tasks fall on each day, in the order of a sort by the same.
    ///
    /// # Errors
    /// If the database fails.
    pub fn day_groups(
        &self,
        filter: &TaskFilter,
        sort: Sort,
        zone: &TimeZone,
    ) -> Result<DayGroups, StoreError> {
        if let Some(plain) = self.plain(filter)? {
            let groups = match (sort, &filter.due) {
                (Sort::Due, Some(due)) => Some(self.plain_due_days(&plain, due)?),
                (Sort::Due, None) => {
                    let mut days = self.plain_due_days(&plain, &any_day(zone))?;
                    let dated: u64 = days.iter().map(|(_, tasks)| tasks).sum();
                    let (wanted, _) = self.sources(filter)?;
                    let undated = Sources::of(&wanted).tasks().saturating_sub(dated);
                    days.extend((undated > 0).then_some((None, undated)));
                    Some(days)
                }
                (Sort::Completed, None) => Some(self.plain_completed_days(&plain, zone)?),
                (Sort::Completed | Sort::Deleted | Sort::Updated, _) => None,
            };
            if let Some(groups) = groups {
                let seq = self.seq()?;
                return Ok(DayGroups { seq, groups });
            }
        }
        let (wanted, _) = self.sources(filter)?;
        let wanted = Sources::of(&wanted);
        let (mut keyed, undated) = self.keyed(filter, sort, zone, &wanted)?;
        keyed.sort_unstable();
        let mut groups: Vec<(Option<Date>, u64)> = Vec::new();
        let mut days = Days::new(zone);
        for (key, ..) in keyed {
            let day = match sort {
                Sort::Due => date_of(key),
                Sort::Completed | Sort::Deleted | Sort::Updated => days.of(-key),
            };
            match groups.last_mut() {
                Some((last, tasks)) if *last == day => *tasks += 1,
                _ => groups.push((day, 1)),
            }
        }
        if !undated.is_empty() {
            groups.push((None, undated.len() as u64));
        }
        Ok(DayGroups {
            seq: self.seq()?,
            groups,
        })
    }

    /// How many tasks are in each list, in display order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn list_groups(&self, filter: &TaskFilter) -> Result<ListGroups, StoreError> {
        let (sources, _) = self.sources(filter)?;
        let mut counts: Vec<u64> = sources.iter().map(|source| source.tasks).collect();
        if let Some(rows) = self.candidates(filter)? {
            counts.fill(0);
            let wanted = Sources::of(&sources);
            let mut statement = self
                .conn
                .prepare_cached("SELECT space, list, state FROM tasks WHERE id = ?1")?;
            for row in rows {
                let place = statement
                    .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                    .optional()?;
                if let Some(index) = place.and_then(|(s, l, state)| wanted.index(s, l, state)) {
                    counts[index] += 1;
                }
            }
        }
        let mut groups = Vec::new();
        for (source, tasks) in sources.iter().zip(counts) {
            if tasks > 0 {
                groups.push((self.list_named(source.list)?.0, tasks));
            }
        }
        Ok(ListGroups {
            seq: self.seq()?,
            groups,
        })
    }

    /// What is wanted with what it is sorted by, in no order; and by due date those without one, in display order.
    fn keyed(
        &self,
        filter: &TaskFilter,
        sort: Sort,
        zone: &TimeZone,
        wanted: &Sources<'_>,
    ) -> Result<(Vec<Keyed>, Vec<i64>), StoreError> {
        let beside_due = TaskFilter {
            due: None,
            ..filter.clone()
        };
        match sort {
            Sort::Due => {
                let narrowed = self.candidates(&beside_due)?;
                let dated = self.dated(filter.due.as_ref(), zone, wanted, narrowed.as_deref())?;
                let undated = match filter.due {
                    Some(_) => Vec::new(),
                    None => self.undated(&dated, wanted, narrowed.as_deref())?,
                };
                Ok((dated, undated))
            }
            Sort::Completed => {
                let narrowed = self.candidates(filter)?;
                let found = self.completed(wanted, narrowed.as_deref())?;
                Ok((found, Vec::new()))
            }
            Sort::Deleted | Sort::Updated => {
                let narrowed = self.candidates(filter)?;
                Ok((self.touched(sort, wanted, narrowed.as_deref())?, Vec::new()))
            }
        }
    }

    fn dated(
        &self,
        due: Option<&DueFilter>,
        zone: &TimeZone,
        wanted: &Sources<'_>,
        narrowed: Option<&[i64]>,
    ) -> Result<Vec<Keyed>, StoreError> {
        let marks = narrowed.map(Marks::of);
        let every = any_day(zone);
        let [a, b, c, d, e, f] = due.unwrap_or(&every).bounds();
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT id, due_day, due_ms, state, list FROM tasks WHERE {DUE} ORDER BY due_day, due_ms"
        ))?;
        let mut rows = statement.query(params![a, b, c, d, e, f])?;
        let mut found = Vec::new();
        let mut days = Days::new(zone);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if !self.is_wanted(wanted, marks.as_ref(), id, row.get(4)?, row.get(3)?)? {
                continue;
            }
            found.push(due_key(&mut days, id, row.get(1)?, row.get(2)?));
        }
        Ok(found)
    }

    /// The wanted tasks that are not among the dated ones, in display order.
    fn undated(
        &self,
        dated: &[Keyed],
        wanted: &Sources<'_>,
        narrowed: Option<&[i64]>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut rows: Vec<i64> = dated.iter().map(|(.., row)| *row).collect();
        rows.sort_unstable();
        let dated = Marks::of(&rows);
        let marks = narrowed.map(Marks::of);
        self.walk(wanted.all, u64::MAX, |row| {
            !dated.has(row) && marks.as_ref().is_none_or(|marks| marks.has(row))
        })
    }

    fn completed(
        &self,
        wanted: &Sources<'_>,
        narrowed: Option<&[i64]>,
    ) -> Result<Vec<Keyed>, StoreError> {
        let marks = narrowed.map(Marks::of);
        let mut statement = self.conn.prepare_cached(
            "SELECT id, completed_ms, state, list FROM tasks WHERE completed_ms IS NOT NULL
             ORDER BY completed_ms DESC",
        )?;
        let mut rows = statement.query([])?;
        let mut found: Vec<Keyed> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, ms): (i64, i64) = (row.get(0)?, row.get(1)?);
            if self.is_wanted(wanted, marks.as_ref(), id, row.get(3)?, row.get(2)?)? {
                found.push((-ms, 0, id));
            }
        }
        Ok(found)
    }

    fn touched(
        &self,
        sort: Sort,
        wanted: &Sources<'_>,
        narrowed: Option<&[i64]>,
    ) -> Result<Vec<Keyed>, StoreError> {
        let marks = narrowed.map(Marks::of);
        let mut statement = self.conn.prepare_cached(
            "SELECT id, trashed_ms, updated_ms, space FROM tasks WHERE list = ?1 AND state = ?2",
        )?;
        let mut found = Vec::new();
        for source in wanted.all {
            let list_deleted_ms = self.list_named(source.list)?.1;
            for state in &source.states {
                let mut rows = statement.query(params![source.list, state])?;
                while let Some(row) = rows.next()? {
                    let id: i64 = row.get(0)?;
                    if row.get::<_, i64>(3)? != source.space
                        || marks.as_ref().is_some_and(|marks| !marks.has(id))
                    {
                        continue;
                    }
                    let trashed_ms = row.get::<_, Option<i64>>(1)?.map(uint).or(list_deleted_ms);
                    let updated_ms: i64 = row.get(2)?;
                    let key = match (sort, trashed_ms) {
                        (Sort::Deleted, Some(ms)) => crate::sql::int(ms),
                        _ => updated_ms,
                    };
                    found.push((-key, 0, id));
                }
            }
        }
        Ok(found)
    }

    fn is_wanted(
        &self,
        wanted: &Sources<'_>,
        marks: Option<&Marks>,
        row: i64,
        list: i64,
        state: i64,
    ) -> Result<bool, StoreError> {
        if marks.is_some_and(|marks| !marks.has(row)) {
            return Ok(false);
        }
        // Tasks that name no list share a number in all spaces.
        let space = if list == 0 {
            self.conn
                .prepare_cached("SELECT space FROM tasks WHERE id = ?1")?
                .query_row([row], |row| row.get(0))?
        } else {
            match wanted.space_of(list) {
                Some(space) => space,
                None => return Ok(false),
            }
        };
        Ok(wanted.index(space, list, state).is_some())
    }

    /// The rows of a page of what is sorted already; those with the same key in display order.
    fn page_of(
        &self,
        keyed: &[Keyed],
        page: Page,
        wanted: &Sources<'_>,
    ) -> Result<Vec<i64>, StoreError> {
        let first = uint_len(page.offset).min(keyed.len());
        let last = page
            .limit
            .map_or(keyed.len(), |limit| first.saturating_add(uint_len(limit)))
            .min(keyed.len());
        if first == last {
            return Ok(Vec::new());
        }
        let key = |index: usize| keyed.get(index).map(|(a, b, _)| (*a, *b));
        let begin = keyed.partition_point(|(a, b, _)| Some((*a, *b)) < key(first));
        let end = keyed.partition_point(|(a, b, _)| Some((*a, *b)) <= key(last - 1));
        let mut statement = self
            .conn
            .prepare_cached("SELECT space, list, state, place FROM tasks WHERE id = ?1")?;
        let mut placed = Vec::with_capacity(end - begin);
        for (a, b, row) in &keyed[begin..end] {
            let (index, place) = statement.query_row([row], |found| {
                let index = wanted.index(found.get(0)?, found.get(1)?, found.get(2)?);
                Ok((index, found.get::<_, Vec<u8>>(3)?))
            })?;
            placed.push((*a, *b, index, place, *row));
        }
        placed.sort_unstable();
        let rows = placed.into_iter().map(|(.., row)| row);
        Ok(rows.skip(first - begin).take(last - first).collect())
    }
}

/// Days of instants that come in order: the zone is asked once a day.
pub(super) struct Days<'a> {
    zone: &'a TimeZone,
    known: Option<(Date, i64, i64)>,
}

impl<'a> Days<'a> {
    pub(super) fn new(zone: &'a TimeZone) -> Self {
        Self { zone, known: None }
    }

    /// The day of an instant.
    pub(super) fn of(&mut self, ms: i64) -> Option<Date> {
        self.bounds(ms).map(|(day, ..)| day)
    }

    /// The day of an instant, with the instants at which it begins and ends.
    pub(super) fn bounds(&mut self, ms: i64) -> Option<(Date, i64, i64)> {
        if let Some(known) = self.known
            && (known.1..known.2).contains(&ms)
        {
            return Some(known);
        }
        let instant = Timestamp::from_millisecond(ms).ok()?;
        let start = instant.to_zoned(self.zone.clone()).start_of_day().ok()?;
        let end = start.checked_add(1.day()).ok()?;
        self.known = Some((
            start.date(),
            start.timestamp().as_millisecond(),
            end.timestamp().as_millisecond(),
        ));
        self.known
    }
}

/// The day of a stored number.
pub(super) fn date_of(number: i64) -> Option<Date> {
    let part = |number: i64| i8::try_from(number).ok();
    Date::new(
        i16::try_from(number / 10_000).ok()?,
        part(number / 100 % 100)?,
        part(number % 100)?,
    )
    .ok()
}

fn any_day(zone: &TimeZone) -> DueFilter {
    DueFilter {
        from: None,
        to: None,
        zone: zone.clone(),
    }
}

fn uint_len(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
