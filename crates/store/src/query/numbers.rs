//! The numbers beside the views, and the tags in use.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rota_model::id::SpaceId;
use rota_model::task::Assignee;
use rusqlite::params;

use super::filter::{DUE, DueFilter};
use crate::error::StoreError;
use crate::project::assignee_bytes;
use crate::read::Reader;
use crate::sql::uint;

/// Numbers of tasks at one moment; of those to be done, but for the last two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Number of the last op that was seen.
    pub seq: u64,
    /// Due today or before.
    pub today: u64,
    /// Due before today.
    pub overdue: u64,
    /// Due after today.
    pub upcoming: u64,
    /// Given to those who were named.
    pub assigned: u64,
    /// Kept out of deleted lists.
    pub recovered: u64,
    /// In the trash.
    pub trash: u64,
}

/// Rows of open tasks count if their list is not in the trash.
const IN_LIST: &str =
    "state = 0 AND list NOT IN (SELECT id FROM lists WHERE deleted_ms IS NOT NULL)";

impl Reader<'_> {
    /// The numbers beside the views, for a reader whose clock shows `today`.
    ///
    /// # Errors
    /// If the database fails.
    pub fn numbers(
        &self,
        today: Date,
        zone: &TimeZone,
        assigned: &[Assignee],
    ) -> Result<Numbers, StoreError> {
        let due = |from: Option<Date>, to: Option<Date>| {
            let zone = zone.clone();
            let [a, b, c, d, e, f] = DueFilter { from, to, zone }.bounds();
            self.number(
                &format!("SELECT count(*) FROM tasks WHERE {DUE} AND {IN_LIST}"),
                params![a, b, c, d, e, f],
            )
        };
        let mut given = 0;
        for assignee in assigned {
            given += self.number(
                &format!("SELECT count(*) FROM tasks WHERE assignee = ?1 AND {IN_LIST}"),
                [assignee_bytes(*assignee)],
            )?;
        }
        let overdue = match today.yesterday() {
            Ok(yesterday) => due(None, Some(yesterday))?,
            Err(_) => 0,
        };
        let upcoming = match today.tomorrow() {
            Ok(tomorrow) => due(Some(tomorrow), None)?,
            Err(_) => 0,
        };
        Ok(Numbers {
            seq: self.seq()?,
            today: due(None, Some(today))?,
            overdue,
            upcoming,
            assigned: given,
            recovered: self.number("SELECT coalesce(sum(tasks), 0) FROM list_counts WHERE state = 5", [])?,
            trash: self.number(
                "SELECT coalesce(sum(c.tasks), 0) FROM list_counts c LEFT JOIN lists l ON l.id = c.list
                 WHERE c.state = 3 OR c.state < 3 AND l.deleted_ms IS NOT NULL",
                [],
            )?,
        })
    }

    /// The tags of tasks that are not in the trash, with how many have each; those that most have first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tags(&self, space: Option<&SpaceId>) -> Result<Vec<(String, u64)>, StoreError> {
        let row = match space {
            Some(space) => match self.space_row(space)? {
                Some(row) => Some(row),
                None => return Ok(Vec::new()),
            },
            None => None,
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT g.tag, count(*) AS tasks FROM task_tags g CROSS JOIN tasks t ON t.id = g.task
             WHERE (t.state < 3 OR t.state = 5) AND (?1 IS NULL OR t.space = ?1)
                 AND (t.state = 5 OR t.list NOT IN (SELECT id FROM lists WHERE deleted_ms IS NOT NULL))
             GROUP BY g.tag ORDER BY tasks DESC, g.tag",
        )?;
        let tags = statement.query_map([row], |row| Ok((row.get(0)?, uint(row.get(1)?))))?;
        Ok(tags.collect::<Result<_, _>>()?)
    }

    fn number(&self, query: &str, arguments: impl rusqlite::Params) -> Result<u64, StoreError> {
        let number: i64 = self
            .conn
            .prepare_cached(query)?
            .query_row(arguments, |row| row.get(0))?;
        Ok(uint(number))
    }
}
