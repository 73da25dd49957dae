//! Tasks in display order: lists in their order, in each list by place, subtasks after their task.

use std::collections::HashMap;

use rota_model::text::fold;
use rusqlite::{OptionalExtension, params};

use super::filter::TaskFilter;
use super::task::{COLUMNS, Raw, TaskView};
use crate::error::StoreError;
use crate::project::Shown;
use crate::read::Reader;
use crate::sql::{int, uint};

/// A part of the tasks that a filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// How many to leave out at the beginning.
    pub offset: u64,
    /// At most so many; `None` for all.
    pub limit: Option<u64>,
}

/// That part, and how many there are in all.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskPage {
    /// Number of the last op that it has seen.
    pub seq: u64,
    /// How many tasks the filter lets through in all.
    pub total: u64,
    /// The asked-for part.
    pub tasks: Vec<TaskView>,
}

/// Up to so many candidates are looked up one by one; of more, the display order is walked through.
const LOOKED_UP_MAX_COUNT: usize = 2_000;

/// A list in display order, with which of its tasks are wanted and how many these are.
pub(super) struct Source {
    pub(super) list: i64,
    pub(super) space: i64,
    pub(super) states: Vec<i64>,
    pub(super) tasks: u64,
}

/// Lists in display order, found by what a task's row says.
pub(super) struct Sources<'a> {
    pub(super) all: &'a [Source],
    places: HashMap<(i64, i64, i64), usize>,
    spaces: HashMap<i64, i64>,
}

impl<'a> Sources<'a> {
    pub(super) fn of(all: &'a [Source]) -> Self {
        let places = all.iter().enumerate().flat_map(|(index, source)| {
            source
                .states
                .iter()
                .map(move |state| ((source.space, source.list, *state), index))
        });
        Self {
            all,
            places: places.collect(),
            spaces: all
                .iter()
                .map(|source| (source.list, source.space))
                .collect(),
        }
    }

    /// Which of the lists a task is in, if it is wanted.
    pub(super) fn index(&self, space: i64, list: i64, state: i64) -> Option<usize> {
        self.places.get(&(space, list, state)).copied()
    }

    /// The space of a list of which anything is wanted.
    pub(super) fn space_of(&self, list: i64) -> Option<i64> {
        self.spaces.get(&list).copied()
    }

    /// How many tasks are wanted.
    pub(super) fn tasks(&self) -> u64 {
        self.all.iter().map(|source| source.tasks).sum()
    }
}

impl Reader<'_> {
    /// The tasks that a filter lets through, in display order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tasks(&self, filter: &TaskFilter, page: Page) -> Result<TaskPage, StoreError> {
        let (sources, others) = self.sources(filter)?;
        let (total, raws) = match self.candidates(filter)? {
            None => self.in_order(&sources, page)?,
            Some(rows) if rows.len() <= LOOKED_UP_MAX_COUNT => {
                self.looked_up(&sources, &rows, page)?
            }
            Some(rows) => self.walked_through(&sources, &others, &rows, page)?,
        };
        let mut tasks = Vec::with_capacity(raws.len());
        for raw in raws {
            tasks.push(self.finish(raw)?);
        }
        Ok(TaskPage {
            seq: self.seq()?,
            total,
            tasks,
        })
    }

    /// The tasks with the words that a filter asks for, those that the words describe best first: by title before notes,
    /// open before done. Where very many have them, in display order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tasks_matching(&self, filter: &TaskFilter, page: Page) -> Result<TaskPage, StoreError> {
        let rows = match (&filter.search, self.candidates(filter)?) {
            (Some(_), Some(rows)) if rows.len() <= LOOKED_UP_MAX_COUNT => rows,
            _ => return self.tasks(filter, page),
        };
        let typed = fold(filter.search.as_deref().unwrap_or_default());
        let (sources, _) = self.sources(filter)?;
        let sources = Sources::of(&sources);
        let mut statement = self
            .conn
            .prepare_cached("SELECT space, list, state, place, title FROM tasks WHERE id = ?1")?;
        let mut found = Vec::new();
        for row in rows {
            let read = statement
                .query_row([row], |found| {
                    let list = sources.index(found.get(0)?, found.get(1)?, found.get(2)?);
                    let title: String = found.get(4)?;
                    let key = (distance(&typed, &title), found.get::<_, i64>(2)?);
                    Ok((list, key, found.get::<_, Vec<u8>>(3)?))
                })
                .optional()?;
            if let Some((Some(list), key, place)) = read {
                found.push((key, list, place, row));
            }
        }
        found.sort_unstable();
        let total = found.len() as u64;
        let raws = self.by_rows(cut(found.into_iter().map(|(.., row)| row), page))?;
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

    /// The lists that may have such tasks, in display order, those not known by name last; and all others.
    pub(super) fn sources(
        &self,
        filter: &TaskFilter,
    ) -> Result<(Vec<Source>, Vec<Source>), StoreError> {
        let space = match &filter.space {
            Some(space) => match self.space_row(space)? {
                Some(row) => Some(row),
                None => return Ok((Vec::new(), Vec::new())),
            },
            None => None,
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT c.space, c.list, c.state, c.tasks, l.deleted_ms IS NOT NULL,
                 (?1 IS NULL OR c.space = ?1)
                 AND (?2 IS NULL OR c.list IN (SELECT id FROM entities WHERE entity = ?2 AND kind = 2))
             FROM list_counts c LEFT JOIN lists l ON l.id = c.list
             WHERE c.tasks > 0 ORDER BY c.space, l.id IS NULL, l.order_key, l.uuid, c.list, c.state",
        )?;
        let mut rows = statement.query(params![space, filter.list.map(|list| list.0)])?;
        let (mut sources, mut others): (Vec<Source>, Vec<Source>) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let (space, list, state): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let tasks = uint(row.get(3)?);
            let inside: bool = row.get(5)?;
            let kind = if inside && filter.wants(Shown::from_number(state), row.get(4)?) {
                &mut sources
            } else {
                &mut others
            };
            match kind.last_mut() {
                Some(last) if last.list == list && last.space == space => {
                    last.states.push(state);
                    last.tasks += tasks;
                }
                _ => kind.push(Source {
                    list,
                    space,
                    states: vec![state],
                    tasks,
                }),
            }
        }
        Ok((sources, others))
    }

    /// Without a condition that narrows: the numbers of each list tell where the page begins.
    fn in_order(&self, sources: &[Source], page: Page) -> Result<(u64, Vec<Raw>), StoreError> {
        let total = sources.iter().map(|source| source.tasks).sum();
        let mut skip = page.offset;
        let mut raws = Vec::new();
        for source in sources {
            if skip >= source.tasks {
                skip -= source.tasks;
                continue;
            }
            let left = page.limit.map_or(i64::MAX as u64, |limit| {
                limit.saturating_sub(raws.len() as u64)
            });
            if left == 0 {
                break;
            }
            let mut statement = self
                .conn
                .prepare_cached(&format!("{} LIMIT ?3 OFFSET ?4", merged(source, COLUMNS)))?;
            let found = statement.query_map(
                params![source.list, source.space, int(left), int(skip)],
                Raw::read,
            )?;
            for raw in found {
                raws.push(raw?);
            }
            skip = 0;
        }
        Ok((total, raws))
    }

    /// Few candidates: where each is, then in order.
    fn looked_up(
        &self,
        sources: &[Source],
        rows: &[i64],
        page: Page,
    ) -> Result<(u64, Vec<Raw>), StoreError> {
        let sources = Sources::of(sources);
        let mut statement = self
            .conn
            .prepare_cached("SELECT space, list, state, place FROM tasks WHERE id = ?1")?;
        let mut found = Vec::new();
        for row in rows {
            let place = statement
                .query_row([row], |found| {
                    let list = sources.index(found.get(0)?, found.get(1)?, found.get(2)?);
                    Ok((list, found.get::<_, Vec<u8>>(3)?))
                })
                .optional()?;
            if let Some((Some(list), place)) = place {
                found.push((list, place, *row));
            }
        }
        found.sort_unstable();
        let total = found.len() as u64;
        let wanted = cut(found.into_iter().map(|(_, _, row)| row), page);
        Ok((total, self.by_rows(wanted)?))
    }

    /// Many candidates: through the display order, in the index alone. Their number follows from those that are not
    /// wanted, where these are fewer; then the walk ends with the page.
    fn walked_through(
        &self,
        sources: &[Source],
        others: &[Source],
        rows: &[i64],
        page: Page,
    ) -> Result<(u64, Vec<Raw>), StoreError> {
        let marks = Marks::of(rows);
        let number = |sources: &[Source]| sources.iter().map(|source| source.tasks).sum::<u64>();
        if number(others) < number(sources) {
            let not_wanted = self.walk(others, u64::MAX, |row| marks.has(row))?;
            let total = (rows.len() as u64).saturating_sub(not_wanted.len() as u64);
            let last = page
                .limit
                .map_or(u64::MAX, |limit| page.offset.saturating_add(limit));
            let found = self.walk(sources, last, |row| marks.has(row))?;
            return Ok((total, self.by_rows(cut(found.into_iter(), page))?));
        }
        let found = self.walk(sources, u64::MAX, |row| marks.has(row))?;
        let total = found.len() as u64;
        Ok((total, self.by_rows(cut(found.into_iter(), page))?))
    }

    /// The tasks of lists in their order that are wanted, at most `max`.
    pub(super) fn walk(
        &self,
        sources: &[Source],
        max: u64,
        wanted: impl Fn(i64) -> bool,
    ) -> Result<Vec<i64>, StoreError> {
        let mut found = Vec::new();
        for source in sources {
            let mut statement = self.conn.prepare_cached(&merged(source, "id, place"))?;
            let mut walk = statement.query(params![source.list, source.space])?;
            while let Some(row) = walk.next()? {
                let row = row.get(0)?;
                if wanted(row) {
                    found.push(row);
                    if found.len() as u64 >= max {
                        return Ok(found);
                    }
                }
            }
        }
        Ok(found)
    }

    pub(super) fn by_rows(&self, rows: impl Iterator<Item = i64>) -> Result<Vec<Raw>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT {COLUMNS} FROM tasks WHERE id = ?1"))?;
        rows.map(|row| Ok(statement.query_row([row], Raw::read)?))
            .collect()
    }
}

/// The tasks of a list in their order: one run through the index for each state, merged.
fn merged(source: &Source, columns: &str) -> String {
    let parts: Vec<_> = source
        .states
        .iter()
        .map(|state| {
            let place = if columns.ends_with("place") {
                ""
            } else {
                ", place"
            };
            // Tasks that name no list share a number in all spaces; else the list's row tells the space, and the index
            // alone answers.
            let space = if source.list == 0 {
                "space = ?2"
            } else {
                "?2 IS NOT NULL"
            };
            format!(
                "SELECT {columns}{place} FROM tasks WHERE list = ?1 AND state = {state} AND {space}"
            )
        })
        .collect();
    format!("{} ORDER BY place", parts.join(" UNION ALL "))
}

/// Whether a title has all the words that were typed.
pub(super) fn titled(typed: &str, title: &str) -> bool {
    distance(typed, title) < ELSEWHERE
}

/// Something else of the task has the words.
const ELSEWHERE: u8 = 4;

/// How far a title is from what was typed: 0 if it is the same, 1 if it begins so, 2 if a word of it does, 3 if all the
/// words begin words of it, 4 if something else of the task has them.
fn distance(typed: &str, title: &str) -> u8 {
    let title = fold(title);
    let begins_word = |part: &str| {
        title.match_indices(part).any(|(at, _)| {
            let before = title[..at].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric())
        })
    };
    let typed = typed.trim();
    if title == typed {
        0
    } else if title.starts_with(typed) {
        1
    } else if begins_word(typed) {
        2
    } else if typed.split_whitespace().all(begins_word) {
        3
    } else {
        ELSEWHERE
    }
}

pub(super) fn cut(rows: impl Iterator<Item = i64>, page: Page) -> impl Iterator<Item = i64> {
    let max = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    rows.skip(max(page.offset))
        .take(page.limit.map_or(usize::MAX, max))
}

/// A set of rows, a bit each.
pub(super) struct Marks {
    bits: Vec<u64>,
}

impl Marks {
    /// Of rows in rising order.
    pub(super) fn of(rows: &[i64]) -> Self {
        let last = rows.last().copied().unwrap_or(0);
        let mut bits = vec![0; usize::try_from(last / 64 + 1).unwrap_or(0)];
        for row in rows {
            if let Some(word) = usize::try_from(row / 64)
                .ok()
                .and_then(|at| bits.get_mut(at))
            {
                *word |= 1 << (row % 64);
            }
        }
        Self { bits }
    }

    pub(super) fn has(&self, row: i64) -> bool {
        usize::try_from(row / 64)
            .ok()
            .and_then(|at| self.bits.get(at))
            .is_some_and(|word| word & 1 << (row % 64) != 0)
    }
}
