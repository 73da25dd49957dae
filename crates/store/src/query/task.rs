//! One task as people see it.

use std::collections::BTreeMap;

use rota_model::cell::{Field, Kind};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::register::also_written;
use rota_model::task::{Assignee, Status};
use rota_model::value::Value;
use rusqlite::{OptionalExtension, Row, params};

use super::names::{Author, Named};
use crate::error::StoreError;
use crate::index::read_standing;
use crate::project::Shown;
use crate::read::Reader;
use crate::sql::{fixed, uint};

/// A task with everything that a list or a page about it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView {
    /// The id.
    pub id: EntityId,
    /// The short handle.
    pub short: String,
    /// The title.
    pub title: String,
    /// Markdown.
    pub notes: String,
    /// Open, done or cancelled.
    pub status: Status,
    /// The list it is in, that of its root; zero if none is known.
    pub list: Named<EntityId>,
    /// The space.
    pub space: Named<SpaceId>,
    /// The task it is shown below.
    pub parent: Option<EntityId>,
    /// The tags, sorted.
    pub tags: Vec<String>,
    /// 0 to 3.
    pub priority: u8,
    /// As stored: see [`rota_model::when::When`].
    pub start: Option<String>,
    /// As stored: see [`rota_model::when::When`].
    pub due: Option<String>,
    /// RRULE text.
    pub repeat: Option<String>,
    /// For each field the values that stand beside the one shown, the greatest rank first.
    pub also_written: BTreeMap<Field, Vec<Value>>,
    /// Who is to do it, with the name.
    pub assignee: Option<(Assignee, String)>,
    /// The order key.
    pub order: String,
    /// When it was made, in Unix milliseconds.
    pub created_ms: u64,
    /// Who made it.
    pub created_by: Author,
    /// When anything of it was last written, in Unix milliseconds.
    pub updated_ms: u64,
    /// When it was completed or dropped, in Unix milliseconds.
    pub completed_ms: Option<u64>,
    /// Who completed or dropped it.
    pub completed_by: Option<Author>,
    /// When it went to the trash, itself or with its parent or list, in Unix milliseconds.
    pub deleted_ms: Option<u64>,
    /// Who put it there, or what it is in.
    pub deleted_by: Option<Author>,
    /// When to remind, as stored: see [`rota_model::reminder`].
    pub reminder: Option<String>,
    /// Among whom the next occurrence passes on.
    pub rotation: Vec<Named<EntityId>>,
    /// What has to be done first, by title.
    pub waits_for: Vec<Waited>,
    /// The task whose next occurrence it is.
    pub predecessor: Option<EntityId>,
    /// How many tasks it is below.
    pub depth: u32,
    /// How many tasks are directly below it, without those in the trash.
    pub subtasks: u64,
    /// How many of them are done or dropped.
    pub subtasks_done: u64,
    /// Whether it was kept out of a deleted list.
    pub recovered: bool,
}

/// A task that has to be done first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The id.
    pub id: EntityId,
    /// The title.
    pub title: String,
    /// Open, done or dropped.
    pub status: Status,
    /// Whether it holds up what waits for it: it is to be done, and not in the trash.
    pub holds_up: bool,
}

pub(crate) const COLUMNS: &str = "id, space, uuid, title, notes, status, list, state, shown_parent, tags, priority,
    start, due, repeat, also, assignee, order_key, created_ms, created_author, created_person, updated_ms,
    completed_ms, completed_author, completed_person, trashed_ms, deleted_author, reminder, rotation, waits, predecessor,
    depth";

/// A row as it is stored, its references not yet followed.
pub(crate) struct Raw {
    pub(crate) row: i64,
    space: i64,
    list: i64,
    shown: Shown,
    parent: Option<i64>,
    also: u64,
    assignee: Option<Vec<u8>>,
    created: (Option<i64>, Option<[u8; 16]>),
    completed: (Option<i64>, Option<[u8; 16]>),
    deleted_author: Option<i64>,
    rotation: Option<Vec<u8>>,
    waits: bool,
    predecessor: Option<i64>,
    view: TaskView,
}

impl Raw {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = EntityId(fixed(row, 2)?);
        let tags: String = row.get(9)?;
        let nobody = Author {
            person: Named {
                id: EntityId::ZERO,
                name: String::new(),
            },
            computer: Named {
                id: AuthorKey::ZERO,
                name: String::new(),
            },
        };
        let updated_ms = uint(row.get(20)?);
        Ok(Self {
            row: row.get(0)?,
            space: row.get(1)?,
            list: row.get(6)?,
            shown: Shown::from_number(row.get(7)?),
            parent: row.get(8)?,
            also: uint(row.get(14)?),
            assignee: row.get(15)?,
            created: (row.get(18)?, row.get(19)?),
            completed: (row.get(22)?, row.get(23)?),
            deleted_author: row.get(25)?,
            rotation: row.get(27)?,
            waits: row.get::<_, i64>(28)? > 0,
            predecessor: row.get(29)?,
            view: TaskView {
                id,
                short: id.short(),
                title: row.get(3)?,
                notes: row.get(4)?,
                status: status(row.get(5)?),
                list: Named {
                    id: EntityId::ZERO,
                    name: String::new(),
                },
                space: Named {
                    id: SpaceId::ZERO,
                    name: String::new(),
                },
                parent: None,
                tags: tags.lines().map(str::to_owned).collect(),
                priority: row.get(10)?,
                start: row.get(11)?,
                due: row.get(12)?,
                repeat: row.get(13)?,
                also_written: BTreeMap::new(),
                assignee: None,
                order: row.get(16)?,
                created_ms: row.get::<_, Option<i64>>(17)?.map_or(updated_ms, uint),
                created_by: nobody,
                updated_ms,
                completed_ms: row.get::<_, Option<i64>>(21)?.map(uint),
                completed_by: None,
                deleted_ms: row.get::<_, Option<i64>>(24)?.map(uint),
                deleted_by: None,
                reminder: row.get(26)?,
                rotation: Vec::new(),
                waits_for: Vec::new(),
                predecessor: None,
                depth: row.get(30)?,
                subtasks: 0,
                subtasks_done: 0,
                recovered: false,
            },
        })
    }
}

impl Reader<'_> {
    /// A task, wherever it is shown; also one that is in the trash.
    ///
    /// # Errors
    /// If the database fails.
    pub fn task(&self, id: &EntityId) -> Result<Option<TaskView>, StoreError> {
        let raw = self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM tasks WHERE id IN (SELECT id FROM entities WHERE entity = ?1 AND kind = ?2)
                 ORDER BY state = 4, state LIMIT 1"
            ))?
            .query_row(params![id.0, Kind::TASK.0], Raw::read)
            .optional()?;
        raw.map(|raw| self.finish(raw)).transpose()
    }

    /// The tasks below a task, in display order, those of its subtasks after each.
    ///
    /// # Errors
    /// If the database fails.
    pub fn subtasks(&self, id: &EntityId) -> Result<Vec<TaskView>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "WITH RECURSIVE below(id) AS (
                 SELECT t.id FROM tasks t JOIN entities e ON t.parent = e.id
                 WHERE e.entity = ?1 AND e.kind = ?2 AND t.shown_parent = e.id
                 UNION SELECT t.id FROM tasks t JOIN below b ON t.parent = b.id WHERE t.shown_parent = b.id)
             SELECT {COLUMNS} FROM tasks WHERE id IN below AND state <> 4 ORDER BY place"
        ))?;
        let raws = statement
            .query_map(params![id.0, Kind::TASK.0], Raw::read)?
            .collect::<Result<Vec<_>, _>>()?;
        raws.into_iter().map(|raw| self.finish(raw)).collect()
    }

    /// The ids of the tasks of which the short handle begins so, at most `max`. The beginning is one that
    /// [`rota_model::id::normalise_short`] gave.
    ///
    /// # Errors
    /// If the database fails.
    pub fn tasks_by_short(&self, beginning: &str, max: u32) -> Result<Vec<EntityId>, StoreError> {
        const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut low: i64 = 0;
        for c in beginning.chars() {
            let Some(digit) = ALPHABET.find(c) else {
                return Ok(Vec::new());
            };
            low = low << 5 | i64::try_from(digit).unwrap_or(0);
        }
        let free = 5 * u32::try_from(8usize.saturating_sub(beginning.len())).unwrap_or(0);
        let (low, high) = (low << free, (low + 1) << free);
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT uuid FROM tasks WHERE short >= ?1 AND short < ?2 AND state <> 4 LIMIT ?3",
        )?;
        let ids =
            statement.query_map(params![low, high, max], |row| Ok(EntityId(fixed(row, 0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Follows the references of a row.
    pub(crate) fn finish(&self, raw: Raw) -> Result<TaskView, StoreError> {
        let mut view = raw.view;
        view.space = self.space_named(raw.space)?;
        let (list, list_deleted_ms) = self.list_named(raw.list)?;
        view.list = list;
        view.parent = raw
            .parent
            .map(|row| self.uuid_of(row))
            .transpose()?
            .flatten();
        if raw.shown == Shown::Trash || list_deleted_ms.is_some() {
            view.deleted_ms = view
                .deleted_ms
                .or(list_deleted_ms)
                .or(Some(view.updated_ms));
            view.deleted_by =
                self.deleted_by(raw.space, raw.list, raw.deleted_author, raw.parent)?;
        }
        view.recovered = raw.shown == Shown::Recovered;
        for person in raw.rotation.iter().flat_map(|ids| ids.chunks_exact(16)) {
            if let Some(id) = EntityId::from_slice(person) {
                let name = self.person_name(raw.space, id)?;
                view.rotation.push(Named { id, name });
            }
        }
        if raw.waits {
            view.waits_for = self.waits_for(raw.row)?;
        }
        view.predecessor = raw
            .predecessor
            .map(|row| self.uuid_of(row))
            .transpose()?
            .flatten();
        (view.subtasks, view.subtasks_done) = self.directly_below(raw.row)?;
        view.assignee = match raw.assignee.as_deref() {
            Some([0, id @ ..]) => match EntityId::from_slice(id) {
                Some(id) => Some((Assignee::Person(id), self.person_name(raw.space, id)?)),
                None => None,
            },
            Some([1, key @ ..]) => match AuthorKey::from_slice(key) {
                Some(key) => {
                    let name = self.author(raw.space, key)?.computer.name;
                    Some((Assignee::Computer(key), name))
                }
                None => None,
            },
            _ => None,
        };
        view.created_by = self.marked(raw.space, raw.created)?;
        if view.completed_ms.is_some() {
            view.completed_by = Some(self.marked(raw.space, raw.completed)?);
        }
        for number in (0..63).filter(|number| raw.also & 1 << number != 0) {
            let writes = read_standing(self.conn, raw.row, Field(number), &[])?;
            let values = also_written(&writes)
                .into_iter()
                .map(|index| writes[index].value.clone())
                .collect();
            view.also_written.insert(Field(number), values);
        }
        Ok(view)
    }

    /// Who put a task into the trash: itself, a task above it, or the list.
    fn deleted_by(
        &self,
        space: i64,
        list: i64,
        mut author: Option<i64>,
        mut above: Option<i64>,
    ) -> Result<Option<Author>, StoreError> {
        // Parents are a tree: the bound is for a database that is not as it should be.
        for _ in 0..1_000 {
            let (None, Some(row)) = (author, above) else {
                break;
            };
            (author, above) = self
                .conn
                .prepare_cached("SELECT deleted_author, shown_parent FROM tasks WHERE id = ?1")?
                .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?
                .unwrap_or((None, None));
        }
        if author.is_none() {
            author = self
                .conn
                .prepare_cached("SELECT deleted_author FROM lists WHERE id = ?1")?
                .query_row([list], |row| row.get(0))
                .optional()?
                .flatten();
        }
        author
            .map(|author| self.marked(space, (Some(author), None)))
            .transpose()
    }

    fn waits_for(&self, row: i64) -> Result<Vec<Waited>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT t.uuid, t.title, t.status, t.state = 0 OR t.state = 5, l.deleted_ms IS NULL OR t.state = 5
             FROM task_waits w JOIN tasks t ON t.id = w.waits_for LEFT JOIN lists l ON l.id = t.list
             WHERE w.task = ?1 ORDER BY t.title, t.uuid",
        )?;
        let waited = statement.query_map([row], |row| {
            Ok(Waited {
                id: EntityId(fixed(row, 0)?),
                title: row.get(1)?,
                status: status(row.get(2)?),
                holds_up: row.get(3)? && row.get(4)?,
            })
        })?;
        Ok(waited.collect::<Result<_, _>>()?)
    }

    /// How many tasks are directly below one, and how many of them are done or dropped.
    fn directly_below(&self, row: i64) -> Result<(u64, u64), StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*), coalesce(sum(state IN (1, 2)), 0) FROM tasks
                 WHERE parent = ?1 AND shown_parent = ?1 AND (state < 3 OR state = 5)",
            )?
            .query_row([row], |row| Ok((uint(row.get(0)?), uint(row.get(1)?))))?)
    }

    pub(super) fn marked(
        &self,
        space: i64,
        (author, person): (Option<i64>, Option<[u8; 16]>),
    ) -> Result<Author, StoreError> {
        let key = match author {
            Some(row) => self
                .conn
                .prepare_cached("SELECT key FROM authors WHERE id = ?1")?
                .query_row([row], |row| Ok(AuthorKey(fixed(row, 0)?)))?,
            None => AuthorKey::ZERO,
        };
        let mut author = self.author(space, key)?;
        if let Some(person) = person.map(EntityId) {
            author.person = Named {
                id: person,
                name: self.person_name(space, person)?,
            };
        }
        Ok(author)
    }

    fn uuid_of(&self, row: i64) -> Result<Option<EntityId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT uuid FROM tasks WHERE id = ?1")?
            .query_row([row], |row| Ok(EntityId(fixed(row, 0)?)))
            .optional()?)
    }
}

fn status(number: i64) -> Status {
    match number {
        1 => Status::Done,
        2 => Status::Cancelled,
        _ => Status::Open,
    }
}
