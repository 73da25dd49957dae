//! Tasks by what they were called before.

use rota_model::text::fold;
use rusqlite::OptionalExtension;

use super::filter::TaskFilter;
use super::task::TaskView;
use super::tasks::{Sources, titled};
use crate::error::StoreError;
use crate::read::Reader;
use crate::search;

/// A task that had another title once.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierTitle {
    /// The title that it had.
    pub title: String,
    /// The task as it is.
    pub task: TaskView,
}

impl Reader<'_> {
    /// Tasks, done ones too, that had a title with the words that a person typed and have none now: at most `max`, those
    /// whose titles were written last first. Of several such titles of a task the one written last.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tasks_once_titled(
        &self,
        typed: &str,
        max: usize,
    ) -> Result<Vec<EarlierTitle>, StoreError> {
        let Some(expression) = search::expression(typed) else {
            return Ok(Vec::new());
        };
        let folded = fold(typed);
        let (sources, _) = self.sources(&TaskFilter {
            done: true,
            ..TaskFilter::default()
        })?;
        let sources = Sources::of(&sources);
        let mut at = self
            .conn
            .prepare_cached("SELECT space, list, state, title FROM tasks WHERE id = ?1")?;
        let mut earlier = self.conn.prepare_cached(
            "SELECT task, title FROM earlier_titles
             WHERE id IN (SELECT rowid FROM search_earlier WHERE search_earlier MATCH ?1) ORDER BY seq DESC, id",
        )?;
        let mut rows = earlier.query([expression])?;
        let mut found: Vec<(i64, String)> = Vec::new();
        while found.len() < max
            && let Some(row) = rows.next()?
        {
            let task: i64 = row.get(0)?;
            let shows = at
                .query_row([task], |task| {
                    let list = sources.index(task.get(0)?, task.get(1)?, task.get(2)?);
                    Ok(list.is_some() && !titled(&folded, &task.get::<_, String>(3)?))
                })
                .optional()?;
            if shows == Some(true) && found.iter().all(|(other, _)| *other != task) {
                found.push((task, row.get(1)?));
            }
        }
        let raws = self.by_rows(found.iter().map(|(task, _)| *task))?;
        found
            .into_iter()
            .zip(raws)
            .map(|((_, title), raw)| {
                let task = self.finish(raw)?;
                Ok(EarlierTitle { title, task })
            })
            .collect()
    }
}
